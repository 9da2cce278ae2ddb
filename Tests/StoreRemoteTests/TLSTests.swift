import Foundation
import StoreDomain
import Testing

@testable import StoreRemote

/// A file server with a certificate that nobody's system knows, from the openssl program.
private final class TLSServer: Sendable {
    static let program = "/usr/bin/openssl"
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: program) }

    let port: UInt16
    let certificate: String
    private let directory: TemporaryFolder
    private let pid: Int32
    /// Where it says what it serves; it must not end before the server.
    private let output: FileHandle

    init(name: String) async throws {
        let directory = try TemporaryFolder()
        self.directory = directory
        certificate = directory.path("certificate.pem")
        try directory.write(
            "HTTP/1.1 200 OK\r\nContent-Length: 60\r\nConnection: close\r\n\r\n"
                + #"{"product":{"id":3,"name":"Lamp","price":29.99,"stock":12} }"#,
            to: "api/products/3")
        // Children are waited for on a thread of their own: tests share few.
        (pid, port, output) = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try Self.start(in: directory, name: name) })
            }
        }
    }

    deinit { kill(pid, SIGKILL) }

    private static func start(in directory: TemporaryFolder, name: String) throws -> (
        Int32, UInt16, FileHandle
    ) {
        let maker = process(
            directory,
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                "2",
                "-subj", "/CN=test", "-addext", "subjectAltName=\(name)", "-keyout", "key.pem", "-out",
                "certificate.pem",
            ])
        let made = DispatchSemaphore(value: 0)
        maker.terminationHandler = { _ in made.signal() }
        try maker.run()
        made.wait()
        let server = process(
            directory,
            [
                "s_server", "-accept", "127.0.0.1:0", "-cert", "certificate.pem", "-key", "key.pem", "-HTTP",
            ])
        let pipe = Pipe()
        server.standardOutput = pipe
        try server.run()
        // "ACCEPT 127.0.0.1:40123"
        var said = ""
        while !(said.contains("ACCEPT") && said.hasSuffix("\n")) {
            let part = pipe.fileHandleForReading.availableData
            try #require(!part.isEmpty, "openssl s_server does not start")
            said += String(decoding: part, as: UTF8.self)
        }
        let digits = said.split(whereSeparator: \.isNewline).last { $0.hasPrefix("ACCEPT") }?
            .split(separator: ":").last
        let port = try #require(digits.flatMap { UInt16($0) }, "\(said)")
        return (server.processIdentifier, port, pipe.fileHandleForReading)
    }

    private static func process(_ directory: TemporaryFolder, _ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: directory.root)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return process
    }
}

@Suite("TLS", .serialized, .enabled(if: TLSServer.isThere))
struct TLSTests {
    private func product(_ server: TLSServer, authorities: String?) async -> Result<Product, StoreError> {
        do throws(StoreError) {
            let (store, _) = try RemoteFixture.client(
                of: "https://127.0.0.1:\(server.port)", authorities: authorities)
            return .success(try await store.services.catalog.product(3))
        } catch { return .failure(error) }
    }

    private func words(_ result: Result<Product, StoreError>) -> String {
        if case .failure(let error) = result { error.message } else { "" }
    }

    @Test("A certificate counts when its authority is named, and only for the name it is for")
    func privateAuthority() async throws {
        let server = try await TLSServer(name: "IP:127.0.0.1")
        let trusted = await product(server, authorities: server.certificate)
        #expect(try trusted.get().name == "Lamp")
        let host = "127.0.0.1:\(server.port)"
        #expect(
            words(await product(server, authorities: nil)).hasPrefix(
                "\(host) cannot prove that it is \(host)"))
        let missing = words(await product(server, authorities: "/no/such/file.pem"))
        #expect(missing.hasPrefix("\(host) cannot prove") && missing.contains("/no/such/file.pem"))

        let other = try await TLSServer(name: "DNS:shop.example.com")
        #expect(words(await product(other, authorities: other.certificate)).contains("cannot prove"))
    }

    @Test("Speaking TLS to one who does not is unreachable")
    func plainText() async throws {
        let server = try TestServer { _ in .answer(200, "{}") }
        let (store, _) = try RemoteFixture.client(of: "https://127.0.0.1:\(server.port)")
        let words = await sentence { () async throws(StoreError) in
            try await store.services.catalog.product(3)
        }
        #expect(words?.contains("cannot be reached") == true)
    }
}
