import Foundation
import Synchronization

/// A request as a test server got it.
struct ReceivedRequest: Sendable {
    let method: String
    /// Path and query as they stood in the request line.
    let target: String
    let headers: [String: String]
    let body: String

    var path: String { String(target.prefix { $0 != "?" }) }
    var line: String { "\(method) \(target)" }

    func parameter(_ name: String) -> String? {
        target.split(separator: "?").dropFirst().first?.split(separator: "&")
            .first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
    }
}

/// What a test server does with a request.
enum Reply: Sendable {
    case answer(Int, String, headers: [String: String] = [:])
    /// These bytes, then the end of the line.
    case bytes(String)
    /// Nothing, for as long as the client stays.
    case silence
    /// A byte of an answer now and then, for as long as the client stays.
    case drip
    /// A body that never ends.
    case endless
    /// The line is cut without a word.
    case hangUp
}

/// A port at which nobody listens, for as long as somebody holds it: nobody else gets it meanwhile.
final class DeadPort: Sendable {
    let port: UInt16
    private let socket: Int32

    init() throws { (socket, port) = try TestServer.bind() }

    deinit { close(socket) }
}

/// A server on a port of its own that answers as a test tells it to: a socket and a thread for each line.
final class TestServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let log = Mutex<[ReceivedRequest]>([])
    private let (arrivals, arrival) = AsyncStream<Void>.makeStream()
    private let reply: @Sendable (ReceivedRequest) -> Reply

    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [ReceivedRequest] { log.withLock { $0 } }

    /// Returns when a request has come; to be called once.
    func untilAsked() async { for await _ in arrivals { return } }

    init(_ reply: @escaping @Sendable (ReceivedRequest) -> Reply) throws {
        self.reply = reply
        (listener, port) = try Self.bind()
        guard listen(listener, 128) == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        Thread.detachNewThread { [weak self, listener] in
            while true {
                let line = accept(listener, nil, nil)
                if line >= 0, let self {
                    Thread.detachNewThread {
                        self.serve(line)
                        close(line)
                    }
                } else if line >= 0 {
                    close(line)
                } else if errno == EINVAL || errno == EBADF {
                    // It was shut down. Who accepts is who closes, so that nobody's number is used again
                    // under this thread.
                    close(listener)
                    return
                }
            }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// A socket at a port of its own that does not listen.
    fileprivate static func bind() throws -> (Int32, UInt16) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                Glibc.bind(listener, address, size) == 0 && getsockname(listener, address, &size) == 0
            }
        }
        guard listener >= 0, isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        return (listener, UInt16(bigEndian: address.sin_port))
    }

    private func serve(_ line: Int32) {
        guard let request = read(line) else { return }
        log.withLock { $0.append(request) }
        arrival.yield()
        switch reply(request) {
        case .answer(let status, let body, let headers):
            var head =
                "HTTP/1.1 \(status) Status\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n"
            for (name, value) in headers { head += "\(name): \(value)\r\n" }
            _ = write(head + "\r\n" + body, to: line)
        case .bytes(let bytes): _ = write(bytes, to: line)
        case .silence: waitForEnd(line)
        case .drip:
            guard write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", to: line) else { return }
            // A byte whenever nothing was heard for a while.
            var end = pollfd(fd: line, events: Int16(POLLIN), revents: 0)
            while write("[", to: line), poll(&end, 1, 20) == 0 {}
        case .endless:
            guard write("HTTP/1.1 200 OK\r\n\r\n", to: line) else { return }
            let block = String(repeating: " ", count: 65_536)
            while write(block, to: line) {}
        case .hangUp: break
        }
        shutdown(line, Int32(SHUT_WR))
        waitForEnd(line)
    }

    private func waitForEnd(_ line: Int32) {
        var byte: UInt8 = 0
        while recv(line, &byte, 1, 0) > 0 {}
    }

    private func write(_ text: String, to line: Int32) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(line, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private func read(_ line: Int32) -> ReceivedRequest? {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = recv(line, &block, block.count, 0)
            guard count > 0 else { return nil }
            bytes += block.prefix(count)
            // TLS and the like.
            guard let first = bytes.first, (0x41...0x5A).contains(first) else { return nil }
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { continue }
            let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
            var headers: [String: String] = [:]
            for line in lines.dropFirst() {
                let parts = line.components(separatedBy: ": ")
                headers[parts[0].lowercased()] = parts.dropFirst().joined(separator: ": ")
            }
            let body = text[end.upperBound...]
            guard body.utf8.count >= Int(headers["content-length"] ?? "") ?? 0 else { continue }
            let words = lines[0].components(separatedBy: " ")
            guard words.count == 3 else { return nil }
            return ReceivedRequest(method: words[0], target: words[1], headers: headers, body: String(body))
        }
    }
}
