import StoreWire

/// Carries one request to a server and its answer back. Follows no redirect and repeats nothing.
public protocol HTTPTransport: Sendable {
    func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse

    /// Gives the body of a good answer (200) to `take` part by part as it comes; returns when the answer ends. The
    /// body of any other answer is in what it returns. The request's deadline is how long nothing may come.
    func stream(_ request: HTTPRequest, _ take: @escaping @Sendable ([UInt8]) -> Void)
        async throws(HTTPFailure) -> HTTPResponse
}

public struct HTTPRequest: Sendable {
    public let method: Endpoint.Method
    /// Absolute, percent-encoded.
    public let url: String
    public let headers: [(name: String, value: String)]
    /// nil for none.
    public let body: [UInt8]?
    /// From now to the last byte of the answer; of a stream, from one part to the next.
    public let deadline: Duration
    /// Whether a second arrival does no harm, so that a kept connection may be used.
    public let isRepeatable: Bool
}

public struct HTTPResponse: Sendable {
    public let status: Int
    /// In the order of the answer.
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]

    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The last header of that name, whatever its case.
    func header(_ name: String) -> String? {
        headers.last { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Why there is no answer.
public struct HTTPFailure: Error, Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case unreachable, certificate, lost, tooLarge, timedOut, cancelled
    }

    public let kind: Kind
    /// Whether the request may have reached the other side.
    public let wasSent: Bool
    /// A few technical words.
    public let reason: String

    public init(_ kind: Kind, wasSent: Bool, reason: String) {
        self.kind = kind
        self.wasSent = wasSent
        self.reason = reason
    }
}
