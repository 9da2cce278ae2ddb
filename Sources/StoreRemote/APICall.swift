import StoreDomain
import StoreWire

/// One request of the contract.
struct APICall: Sendable {
    let endpoint: Endpoint
    /// What stands in the path for its parameter.
    let parameter: String?
    let query: [(name: String, value: String)]
    let body: [UInt8]?
    let key: IdempotencyKey?
    let session: Session?
    /// The state of what is changed that whoever changes it has seen.
    let seen: ProductVersion?
    /// Whether a second arrival does no harm: reads, writes that say where something ends up, and writes
    /// under a key that the server honours.
    let isRepeatable: Bool
    /// How long its answer may take; nil for as long as any.
    let deadline: Duration?
    /// What the call is about, for a server that only says that it is not there.
    let subject: StoreError.Subject?

    init(
        _ endpoint: Endpoint, _ parameter: String? = nil, query: [(name: String, value: String)] = [],
        body: (any WireWritable)? = nil, key: IdempotencyKey? = nil, session: Session? = nil,
        seen: ProductVersion? = nil, isRepeatable: Bool? = nil, deadline: Duration? = nil,
        about subject: StoreError.Subject? = nil
    ) {
        self.deadline = deadline
        self.endpoint = endpoint
        self.parameter = parameter
        self.query = query
        self.body = body?.wireBytes
        self.key = key
        self.session = session
        self.seen = seen
        self.isRepeatable = isRepeatable ?? (endpoint.isRead || key != nil)
        self.subject = subject
    }

    /// Of a product or order by its number.
    init(
        _ endpoint: Endpoint, id: Int64, query: [(name: String, value: String)] = [],
        body: (any WireWritable)? = nil, session: Session? = nil, seen: ProductVersion? = nil,
        isRepeatable: Bool? = nil, about subject: StoreError.Subject? = nil
    ) {
        self.init(
            endpoint, String(id), query: query, body: body, session: session, seen: seen,
            isRepeatable: isRepeatable, about: subject)
    }
}

/// How one try of a call ended, when not with what was asked for.
enum TryFailure: Error {
    /// The last word.
    ///
    /// - isOfStore: of the shop's server, by a code of its own; else of whatever answered in its place, which does
    ///   not know what became of an earlier try.
    case refused(StoreError, isOfStore: Bool = true)
    /// Another try may do better.
    ///
    /// - wait: as long as the server asked for.
    /// - isOffline: nothing came back at all.
    case passing(
        StoreError, mayHaveHadEffect: Bool, wait: Duration? = nil, isOffline: Bool = false)
}
