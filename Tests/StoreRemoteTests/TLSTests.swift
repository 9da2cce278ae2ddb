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

    init(name: String) async throws {
        directory = try TemporaryFolder()
        certificate = directory.path("certificate.pem")
        let key = directory.path("key.pem")
        let maker = Process()
        maker.executableURL = URL(filePath: Self.program)
        maker.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=test", "-addext", "subjectAltName=\(name)", "-keyout", key, "-out", certificate,
        ]
        maker.standardError = FileHandle.nullDevice
        try maker.run()
        maker.waitUntilExit()
        try directory.write(
            "HTTP/1.1 200 OK\r\nContent-Length: 60\r\nConnection: close\r\n\r\n"
                + #"{"product":{"id":3,"name":"Lamp","price":29.99,"stock":12} }"#,
            to: "api/products/3")
        port = try TestServer.freePort()
        let server = Process()
        let output = Pipe()
        server.executableURL = URL(filePath: Self.program)
        server.arguments = [
            "s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate, "-key", key, "-HTTP",
        ]
        server.currentDirectoryURL = URL(filePath: directory.root)
        server.standardOutput = output
        server.standardError = FileHandle.nullDevice
        try server.run()
        pid = server.processIdentifier
        var said = Data()
        while !String(decoding: said, as: UTF8.self).contains("ACCEPT") {
            let part = output.fileHandleForReading.availableData
            try #require(!part.isEmpty, "openssl s_server does not start")
            said += part
        }
    }

    deinit { kill(pid, SIGKILL) }
}

@Suite("TLS", .enabled(if: TLSServer.isThere))
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
