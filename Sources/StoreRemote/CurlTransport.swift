import CCurl
import Foundation
import Synchronization

/// HTTP/1.1 through the system's libcurl, TLS through its OpenSSL. Each request has a thread of its own while
/// it is under way; connections are kept and used again.
public final class CurlTransport: HTTPTransport {
    /// A connection that no request is using, and that no one else knows of.
    private struct Connection: Sendable {
        private let bits: UInt

        init?() {
            guard let pointer = sf_http_make() else { return nil }
            bits = UInt(bitPattern: pointer)
        }

        var pointer: OpaquePointer? { OpaquePointer(bitPattern: bits) }
    }

    private static let keptConnections = 4

    private let authorities: String?
    private let maximumBody: Int
    private let idle = Mutex<[Connection]>([])

    /// Such as "7.88.1"; nil where there is no libcurl.
    public static var version: String? {
        sf_http_version().flatMap { text in
            // It begins with "libcurl/7.88.1 OpenSSL/3.0".
            String(cString: text).split(separator: " ").first?.split(separator: "/").last.map(String.init)
        }
    }

    /// - Parameters:
    ///   - authorities: a PEM file of the authorities to trust instead of the system's.
    ///   - maximumBody: the longest answer that is read, in bytes.
    public init(authorities: String? = nil, maximumBody: Int = 8 << 20) {
        self.authorities = authorities
        self.maximumBody = maximumBody
    }

    deinit {
        idle.withLock { connections in
            for connection in connections { connection.pointer.map(sf_http_free) }
        }
    }

    public func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        try await carry(request) { sf_http_perform($0, &$1) }
    }

    public func stream(_ request: HTTPRequest, _ take: @escaping @Sendable ([UInt8]) -> Void)
        async throws(HTTPFailure) -> HTTPResponse
    {
        let taker = Taker(take: take)
        return try await carry(request) { http, wanted in
            withExtendedLifetime(taker) {
                sf_http_stream(
                    http, &wanted,
                    { context, bytes, count in
                        guard let context, let bytes else { return }
                        Unmanaged<Taker>.fromOpaque(context).takeUnretainedValue()
                            .take(Array(UnsafeBufferPointer(start: bytes, count: count)))
                    }, Unmanaged.passUnretained(taker).toOpaque())
            }
        }
    }

    /// What a part of a stream is given to.
    private final class Taker: Sendable {
        let take: @Sendable ([UInt8]) -> Void

        init(take: @escaping @Sendable ([UInt8]) -> Void) { self.take = take }
    }

    private typealias Call = @Sendable (OpaquePointer?, inout sf_http_request) -> sf_http_answer

    /// Has `call` carry the request out on a thread of its own.
    private func carry(_ request: HTTPRequest, _ call: @escaping Call) async throws(HTTPFailure)
        -> HTTPResponse
    {
        guard let connection = idle.withLock({ $0.popLast() }) ?? Connection() else {
            throw HTTPFailure(
                .unreachable, wasSent: false,
                reason: "libcurl.so.4 is not on this system; install libcurl4")
        }
        connection.pointer.map(sf_http_prepare)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread { [self] in
                    continuation.resume(returning: perform(request, on: connection, call))
                }
            }
        } onCancel: {
            connection.pointer.map(sf_http_cancel)
        }
        // Not before a cancellation can no longer come, which would hit the next request on it.
        keep(connection)
        return try result.get()
    }

    private func keep(_ connection: Connection) {
        let isKept = idle.withLock { connections in
            guard connections.count < Self.keptConnections else { return false }
            connections.append(connection)
            return true
        }
        if !isKept { connection.pointer.map(sf_http_free) }
    }

    private func perform(_ request: HTTPRequest, on connection: Connection, _ call: Call)
        -> Result<HTTPResponse, HTTPFailure>
    {
        let lines = request.headers.map { strdup("\($0.name): \($0.value)") }
        defer { for line in lines { free(line) } }
        let milliseconds = max(1, Int(request.deadline / .milliseconds(1)))
        return request.method.rawValue.withCString { method in
            request.url.withCString { url in
                withOptionalCString(authorities) { authorities in
                    lines.map { UnsafePointer($0) }.withUnsafeBufferPointer { headers in
                        (request.body ?? []).withUnsafeBufferPointer { body in
                            var empty: UInt8 = 0
                            return withUnsafePointer(to: &empty) { empty in
                                var wanted = sf_http_request()
                                wanted.method = method
                                wanted.url = url
                                wanted.headers = headers.baseAddress
                                wanted.header_count = headers.count
                                wanted.body = request.body == nil ? nil : body.baseAddress ?? empty
                                wanted.body_length = body.count
                                wanted.authorities = authorities
                                wanted.deadline_ms = milliseconds
                                wanted.maximum_body = maximumBody
                                wanted.fresh_connection = !request.isRepeatable
                                return read(call(connection.pointer, &wanted))
                            }
                        }
                    }
                }
            }
        }
    }

    private func withOptionalCString<R>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> R) -> R {
        guard let text else { return body(nil) }
        return text.withCString { body($0) }
    }

    private func read(_ answer: sf_http_answer) -> Result<HTTPResponse, HTTPFailure> {
        let kind: HTTPFailure.Kind
        switch answer.outcome {
        case SF_HTTP_ANSWERED:
            let body = [UInt8](UnsafeBufferPointer(start: answer.body, count: answer.body_length))
            return .success(
                HTTPResponse(status: answer.status, headers: headers(answer), body: body))
        case SF_HTTP_CERTIFICATE: kind = .certificate
        case SF_HTTP_LOST: kind = .lost
        case SF_HTTP_TOO_LARGE: kind = .tooLarge
        case SF_HTTP_TIMED_OUT: kind = .timedOut
        case SF_HTTP_CANCELLED: kind = .cancelled
        default: kind = .unreachable
        }
        return .failure(
            HTTPFailure(kind, wasSent: answer.was_sent, reason: String(cString: answer.reason)))
    }

    private func headers(_ answer: sf_http_answer) -> [(name: String, value: String)] {
        let bytes = UnsafeRawBufferPointer(start: answer.head, count: answer.head_length)
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst()
            .compactMap { line in
                guard let colon = line.firstIndex(of: ":") else { return nil }
                let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
                return (String(line[..<colon]), String(value))
            }
    }
}
