import ArgumentParser
import Foundation

/// Clients of an HTTP server on this machine. Each has a connection of its own and sends its next request when the
/// last one is answered; one thread serves them all, and it is the same for every server.
struct HTTPLoad: Sendable {
    let port: Int
    let clients: Int
    /// A client's next request, whole.
    let request: @Sendable (_ client: Int, _ number: Int) -> [UInt8]

    struct Result: Sendable {
        /// Answered as wanted, in a second.
        let rate: Double
        /// Of each answer.
        let milliseconds: [Double]
        /// Answers that were not 2xx.
        let refused: Int
        /// Bytes of the last answer's body.
        let bodyBytes: Int
    }

    /// Works for a while, after a moment that does not count.
    func run(seconds: Double, warmUp: Double = 0.2) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Swift.Result { try LoadRun(self).run(seconds: seconds, warmUp: warmUp) })
            }
        }
    }

    /// A request as bytes.
    static func bytes(
        _ method: String, _ path: String, token: String? = nil, key: String? = nil, tag: String? = nil,
        body: String? = nil
    ) -> [UInt8] {
        var text = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n"
        if let token { text += "Authorization: Bearer \(token)\r\n" }
        if let key { text += "Idempotency-Key: \(key)\r\n" }
        if let tag { text += "If-None-Match: \(tag)\r\n" }
        if let body { text += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        return Array((text + "\r\n" + (body ?? "")).utf8)
    }

    /// Sends a request and hangs up without reading what comes back.
    static func drop(port: Int, _ request: [UInt8], after microseconds: UInt32) throws {
        var connection = LoadConnection(port: port)
        defer { connection.close() }
        try connection.send(request)
        usleep(microseconds)
    }

    /// One request on a connection of its own.
    static func call(port: Int, _ request: [UInt8]) throws -> (status: Int, body: [UInt8]) {
        var connection = LoadConnection(port: port)
        defer { connection.close() }
        try connection.send(request, keepsBody: true)
        while true {
            var source = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&source, 1, 30_000) > 0 else { throw ValidationError("a server does not answer") }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            if let answer = try connection.receive(into: &buffer) { return (answer.status, connection.body) }
        }
    }
}

/// One run of the clients.
private struct LoadRun {
    private let load: HTTPLoad
    private var connections: [LoadConnection]
    private var numbers: [Int]
    private var milliseconds: [Double] = []
    private var refused = 0
    private var bodyBytes = 0

    init(_ load: HTTPLoad) {
        self.load = load
        connections = (0..<load.clients).map { _ in LoadConnection(port: load.port) }
        numbers = Array(repeating: 0, count: load.clients)
        milliseconds.reserveCapacity(100_000)
    }

    /// Nobody waits longer for an answer.
    private static let patience: Int32 = 30_000

    static func run(_ load: HTTPLoad, seconds: Double, warmUp: Double) throws -> HTTPLoad.Result {
        var run = LoadRun(load)
        defer { for index in run.connections.indices { run.connections[index].close() } }
        for client in run.connections.indices { try run.sendNext(client) }
        try run.serve(until: .now + .seconds(warmUp))
        run.milliseconds.removeAll(keepingCapacity: true)
        run.refused = 0
        let start = ContinuousClock.now
        try run.serve(until: start + .seconds(seconds))
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        return HTTPLoad.Result(
            rate: Double(run.milliseconds.count) / elapsed, milliseconds: run.milliseconds,
            refused: run.refused,
            bodyBytes: run.bodyBytes)
    }

    func run(seconds: Double, warmUp: Double) throws -> HTTPLoad.Result {
        try Self.run(load, seconds: seconds, warmUp: warmUp)
    }

    private mutating func sendNext(_ client: Int) throws {
        try connections[client].send(load.request(client, numbers[client]))
        numbers[client] += 1
    }

    private mutating func serve(until end: ContinuousClock.Instant) throws {
        var buffer = [UInt8](repeating: 0, count: 262_144)
        while ContinuousClock.now < end {
            var sources = connections.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
            guard poll(&sources, nfds_t(sources.count), Self.patience) > 0 else {
                throw ValidationError("a server does not answer within \(Self.patience / 1_000) s")
            }
            for client in sources.indices where sources[client].revents != 0 {
                guard let answer = try connections[client].receive(into: &buffer) else { continue }
                if (200..<400).contains(answer.status) {
                    milliseconds.append(answer.milliseconds)
                } else {
                    refused += 1
                }
                bodyBytes = answer.bodyBytes
                try sendNext(client)
            }
        }
    }
}

/// A connection that is opened when something is sent, and again after the server has closed it.
private struct LoadConnection {
    struct Answer {
        let status: Int
        let milliseconds: Double
        let bodyBytes: Int
    }

    private enum Progress {
        case head([UInt8])
        case body(status: Int, length: Int, left: Int, closes: Bool)
    }

    private(set) var descriptor: Int32 = -1
    /// Of the last answer, where it was to be kept.
    private(set) var body: [UInt8] = []
    private let port: Int
    private var progress = Progress.head([])
    private var started = ContinuousClock.now
    private var keepsBody = false
    /// To be sent again when the server closed the connection at that moment.
    private var request: [UInt8] = []

    init(port: Int) { self.port = port }

    mutating func send(_ bytes: [UInt8], keepsBody: Bool = false) throws {
        (started, progress, request, self.keepsBody) = (.now, .head([]), bytes, keepsBody)
        body = []
        try sendAgain()
    }

    private mutating func sendAgain() throws {
        if descriptor < 0 { try open() }
        var rest = request[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                // The server had closed it.
                try reopen()
                rest = request[...]
            }
        }
    }

    private mutating func reopen() throws {
        close()
        try open()
    }

    private mutating func open() throws {
        let socket = try Loopback.connection(to: port)
        var yes: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        descriptor = socket
    }

    mutating func close() {
        if descriptor >= 0 { Foundation.close(descriptor) }
        descriptor = -1
    }

    /// Takes in what has come; the answer once it is whole.
    mutating func receive(into buffer: inout [UInt8]) throws -> Answer? {
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else {
            guard case .head(let head) = progress, head.isEmpty else {
                throw ValidationError("a server cuts its answer")
            }
            try reopen()
            try sendAgain()
            return nil
        }
        switch progress {
        case .head(var head):
            head += buffer[..<count]
            guard let end = Self.end(of: head) else {
                progress = .head(head)
                return nil
            }
            let text = String(decoding: head[..<end], as: UTF8.self).lowercased()
            guard let status = Int(text.dropFirst(9).prefix(3)) else {
                throw ValidationError("a server answers in no words of HTTP")
            }
            guard let length = Self.length(text, status: status) else {
                throw ValidationError("a server does not say how long its answer is: \(text)")
            }
            let come = head.count - end - 4
            if keepsBody { body += head[(end + 4)...] }
            return finish(status, length, left: length - come, closes: text.contains("connection: close"))
        case .body(let status, let length, let left, let closes):
            if keepsBody { body += buffer[..<count] }
            return finish(status, length, left: left - count, closes: closes)
        }
    }

    private mutating func finish(_ status: Int, _ length: Int, left: Int, closes: Bool) -> Answer? {
        guard left <= 0 else {
            progress = .body(status: status, length: length, left: left, closes: closes)
            return nil
        }
        if closes { close() }
        return Answer(
            status: status, milliseconds: (ContinuousClock.now - started) / .milliseconds(1),
            bodyBytes: length)
    }

    /// Where the empty line begins.
    private static func end(of head: [UInt8]) -> Int? {
        guard head.count >= 4 else { return nil }
        for start in 0...(head.count - 4)
        where head[start] == 13 && head[start + 1] == 10 && head[start + 2] == 13 && head[start + 3] == 10 {
            return start
        }
        return nil
    }

    private static func length(_ head: String, status: Int) -> Int? {
        if status == 304 || status == 204 { return 0 }
        guard let name = head.range(of: "\r\ncontent-length:") else { return nil }
        return Int(
            head[name.upperBound...].prefix { $0 != "\r\n" && $0 != "\r" }.trimmingCharacters(
                in: .whitespaces))
    }
}
