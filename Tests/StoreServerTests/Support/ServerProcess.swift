import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import StoreWire
import Testing

/// The built `storefront-server`, run as a child in a home of its own.
final class ServerProcess: Sendable {
    let directory: TemporaryDirectory
    private let process: Process
    private let said = Held<[UInt8]>([])
    /// An element whenever it has said more; ends once it has ended and all that it said is read.
    private let sayings: AsyncStream<Void>

    /// - Parameter arguments: `--port 0` is added for a server.
    init(
        _ arguments: [String], in directory: TemporaryDirectory? = nil, environment: [String: String] = [:],
        input: String = ""
    ) throws {
        self.directory = try directory ?? TemporaryDirectory()
        let home = self.directory
        process = Process()
        process.executableURL = try Self.executable()
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: home.path)
        process.environment = [
            "HOME": home.path, "PATH": "/usr/bin:/bin", "XDG_DATA_HOME": home.file("data"),
            "XDG_CONFIG_HOME": home.file("config"),
        ].merging(environment) { $1 }
        let typed = URL(fileURLWithPath: home.file("input-\(UUID().uuidString)"))
        try Data(input.utf8).write(to: typed)
        process.standardInput = try FileHandle(forReadingFrom: typed)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        let (sayings, saying) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        self.sayings = sayings
        try process.run()
        Thread.detachNewThread { [process, said] in
            while true {
                let more = output.fileHandleForReading.availableData
                guard !more.isEmpty else { break }
                said.change { $0 += more }
                saying.yield()
            }
            process.waitUntilExit()
            saying.finish()
        }
    }

    deinit { if process.isRunning { process.terminate() } }

    /// What it has said so far.
    var output: String { String(decoding: said.value, as: UTF8.self) }

    /// Waits until it takes connections.
    func port() async throws -> Int {
        for await _ in sayings {
            if let line = output.split(separator: "\n").first(where: { $0.contains("\"listening\"") }) {
                let reply = Client.Reply(status: 0, text: String(line), headers: [:])
                return try #require(reply["port"].flatMap { Int($0) })
            }
        }
        throw StartFailure(output: output)
    }

    struct StartFailure: Error { let output: String }

    func terminate() { process.terminate() }

    /// Ends it as a power cut would.
    func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    /// Waits for its end and gives the exit code.
    func exitCode() async throws -> Int32 {
        for await _ in sayings {}
        // A test that takes too long is cancelled, and so is its waiting.
        guard !process.isRunning else { throw StartFailure(output: output) }
        return process.terminationStatus
    }

    /// It lies beside the test bundle.
    private static func executable() throws -> URL {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let program = tests.deletingLastPathComponent().appendingPathComponent("storefront-server")
        try #require(
            FileManager.default.isExecutableFile(atPath: program.path), "\(program.path) is not built")
        return program
    }
}

/// One connection to a server that runs.
struct LiveClient: Sendable {
    private let client: TestClient

    static func connected(
        to port: Int, _ body: @escaping @Sendable (LiveClient) async throws -> Void
    ) async throws {
        // Beside other tests, a password takes as long as it takes.
        try await TestClient.withClient(
            host: "127.0.0.1", port: port, configuration: .init(timeout: .seconds(600))
        ) {
            try await body(LiveClient(client: $0))
        }
    }

    func get(_ target: String, token: String? = nil) async throws -> Client.Reply {
        try await send(.get, target, nil, token, [:])
    }

    func post(
        _ target: String, _ body: String, token: String? = nil, headers: HTTPFields = [:]
    ) async throws -> Client.Reply {
        try await send(.post, target, body, token, headers)
    }

    /// Registers somebody and gives their token.
    func register() async throws -> String {
        let body = #"{"email":"a@example.com","password":"long enough","name":"A"}"#
        let reply = try await post("/api/auth/register", body)
        let token: String = try #require(reply["access_token"])
        return token
    }

    private func send(
        _ method: HTTPRequest.Method, _ target: String, _ body: String?, _ token: String?,
        _ headers: HTTPFields
    ) async throws -> Client.Reply {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        if body != nil { headers[.contentType] = "application/json" }
        let reply = try await client.execute(
            .init(target, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }))
        return Client.Reply(
            status: reply.status.code, text: String(buffer: reply.body ?? ByteBuffer()),
            headers: reply.headers)
    }
}
