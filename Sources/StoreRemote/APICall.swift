import StoreDomain
import StoreWire

/// One request of the contract.
struct APICall: Sendable {
    let endpoint: Endpoint
    var id: Int64?
    var query: [(name: String, value: String)] = []
    var body: [UInt8]?
    var key: IdempotencyKey?
    var session: Session?
    /// Whether a second arrival does no harm: reads, and writes under a key that the server honours.
    var isRepeatable: Bool

    init(
        _ endpoint: Endpoint, id: Int64? = nil, query: [(name: String, value: String)] = [],
        body: (any WireWritable)? = nil, key: IdempotencyKey? = nil, session: Session? = nil,
        isRepeatable: Bool? = nil
    ) {
        self.endpoint = endpoint
        self.id = id
        self.query = query
        self.body = body?.wireBytes
        self.key = key
        self.session = session
        self.isRepeatable = isRepeatable ?? endpoint.isRead
    }

    /// Whether it matters if it arrived when no answer came.
    var hasEffect: Bool {
        switch endpoint {
        case .register, .addProduct, .editProduct, .removeProduct, .placeOrder, .checkout, .cancelOrder: true
        case .logIn, .logOut, .me, .products, .product, .searchProducts, .orders, .order, .calculate,
            .categories, .health, .ready, .metrics, .openAPI, .docs:
            false
        }
    }
}

/// How one try of a call ended, when not with what was asked for.
enum TryFailure: Error {
    /// The server's last word.
    case refused(StoreError)
    /// Another try may do better.
    ///
    /// - wait: as long as the server asked for.
    /// - isOffline: nothing came back at all.
    case passing(
        StoreError, mayHaveHadEffect: Bool, wait: Duration? = nil, isOffline: Bool = false)
}
