import HTTPTypes
import Hummingbird
import NIOCore
import StoreDomain
import StoreWire
import Synchronization

/// Answers about the goods, which are the same for everybody: each has a tag, and whoever has it already is told so. They
/// are kept as written for as long as nothing in the store changes.
///
/// Only for routes whose answer depends on path and query alone: who calls is not asked here.
final class CatalogAnswers: Sendable {
    /// What is answered, and the tag of that where it has one of its own.
    typealias Content = (bytes: [UInt8], tag: String?)

    private struct Key: Hashable {
        let endpoint: Endpoint
        let parameter: String?
        let query: Query
    }

    private struct Answer {
        let body: ByteBuffer
        let tag: String
    }

    private struct Kept {
        var version: Int?
        var answers: [Key: Answer] = [:]
        var bytes = 0
    }

    /// So many bytes are kept at most; beyond, it starts over.
    private static let limit = 4 << 20
    /// What an answer takes beside its body and query, about.
    private static let perAnswer = 512

    private let version: @Sendable () -> Int?
    private let kept = Mutex(Kept())

    /// - Parameter version: the store's, a larger number after each change by whichever program; nil where that cannot be
    ///   told, so that nothing is kept.
    init(version: @escaping @Sendable () -> Int?) { self.version = version }

    /// - Parameter make: makes the answer where none is kept.
    func answer(_ request: APIRequest, _ make: () async throws -> Content) async throws -> Response {
        let key = Key(endpoint: request.endpoint, parameter: request.parameter, query: request.query)
        // Before it is made, so that what is made of an older state is never kept as a newer one's.
        let version = version()
        if let version, let known = known(key, at: version) { return response(known, to: request) }
        let content = try await make()
        let answer = Answer(
            body: ByteBuffer(bytes: content.bytes), tag: content.tag ?? Self.tag(of: content.bytes))
        if let version { keep(answer, for: key, at: version) }
        return response(answer, to: request)
    }

    private func known(_ key: Key, at version: Int) -> Answer? {
        kept.withLock { kept in
            if version > kept.version ?? .min { kept = Kept(version: version) }
            return kept.version == version ? kept.answers[key] : nil
        }
    }

    private func keep(_ answer: Answer, for key: Key, at version: Int) {
        kept.withLock { kept in
            guard kept.version == version, kept.answers[key] == nil else { return }
            // A target has 16 KiB at most; a small answer takes more for what holds it than for itself.
            let bytes = answer.body.readableBytes + key.query.bytes + Self.perAnswer
            if kept.bytes + bytes > Self.limit { kept = Kept(version: version) }
            kept.answers[key] = answer
            kept.bytes += bytes
        }
    }

    private func response(_ answer: Answer, to request: APIRequest) -> Response {
        // Whoever keeps it asks each time: prices and stock are never told from memory.
        let headers: HTTPFields = [.eTag: answer.tag, .cacheControl: "no-cache"]
        if request.headers[.ifNoneMatch].map({ Self.names(answer.tag, in: $0) }) == true {
            return Response(status: .notModified, headers: headers)
        }
        return .json(body: answer.body, headers: headers)
    }

    /// Whether a list of tags has one, or is `*`.
    private static func names(_ tag: String, in list: String) -> Bool {
        list.split(separator: ",").contains { part in
            let text = part.trimmedText
            return text == "*" || text == tag || text == "W/" + tag
        }
    }

    /// A tag of 64 bits and the length, made of the bytes alone: every server on a store gives the same.
    private static func tag(of bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return "\"\(String(hash, radix: 16))-\(String(bytes.count, radix: 16))\""
    }
}
