import Foundation
import StoreDomain
import Testing

@testable import StoreRemote

@Suite("Sessions with servers", .serialized)
struct SessionTests {
    private func store(_ server: String, in folder: TemporaryFolder) throws -> TokenStore {
        TokenStore(directory: folder.path("sessions"), server: try ServerAddress(server))
    }

    private let session = Session(user: RemoteFixture.user, token: Secret("a.b.c"))

    @Test("Kept for the next start, for one server alone, for nobody else to read, and gone at the end")
    func keeping() throws {
        let folder = try TemporaryFolder()
        let one = try store("https://one.example.com", in: folder)
        #expect(one.session == nil)
        try one.keep(session)
        #expect(try store("https://ONE.example.com:443/", in: folder).session == session)
        #expect(try store("https://two.example.com", in: folder).session == nil)
        #expect(try store("http://one.example.com", in: folder).session == nil)

        let directory = folder.path("sessions")
        let files = try FileManager.default.contentsOfDirectory(atPath: directory)
        #expect(files.count == 1)
        let file = "\(directory)/\(try #require(files.first))"
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode(file) == 0o600)
        #expect(try mode(directory) == 0o700)

        one.forget()
        #expect(one.session == nil && !FileManager.default.fileExists(atPath: file))
    }

    @Test("A file that others may read, of another server, or that makes no sense is none")
    func distrust() throws {
        let folder = try TemporaryFolder()
        try store("https://one.example.com", in: folder).keep(session)
        let directory = folder.path("sessions")
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: directory).first)
        let file = "\(directory)/\(name)"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        #expect(try store("https://one.example.com", in: folder).session == nil)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        try FileManager.default.moveItem(atPath: file, toPath: file.replacing("one", with: "two"))
        #expect(try store("https://two.example.com", in: folder).session == nil)
        try folder.write("{", to: "sessions/\(name)")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        #expect(try store("https://one.example.com", in: folder).session == nil)
    }

    @Test("Signing out forgets the token, whatever the server says", arguments: [404, 401, 500])
    func signOut(status: Int) async throws {
        let folder = try TemporaryFolder()
        let fixture = try RemoteFixture(tokenDirectory: folder.path("sessions")) { request in
            request.path == "/api/auth/login"
                ? .answer(200, #"{"user":\#(Flask.user),"access_token":"token-1"}"#) : .answer(status, "")
        }
        let session = try await fixture.services.auth.signIn(
            email: "customer@example.com", password: Secret("storefront-demo"))
        #expect(fixture.store.session == session)
        _ = await refusal { () async throws(StoreError) in try await fixture.services.auth.signOut(session) }
        #expect(fixture.store.session == nil)
        #expect(fixture.server.requests.last?.headers["authorization"] == "Bearer token-1")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("sessions")).isEmpty)
    }

    @Test("Whoever signed in again is sent for with the new token")
    func renewed() async throws {
        let fixture = try RemoteFixture { request in
            request.path == "/api/auth/login"
                ? .answer(200, #"{"user":\#(Flask.user),"access_token":"token-2"}"#)
                : .answer(200, #"{"orders":[],"count":0}"#)
        }
        _ = try await fixture.services.auth.signIn(
            email: "customer@example.com", password: Secret("storefront-demo"))
        _ = try await fixture.services.orders.orders(OrderQuery(), as: RemoteFixture.customer)
        #expect(fixture.server.requests.last?.headers["authorization"] == "Bearer token-2")
    }

    @Test(
        "A token that would break out of its header is not sent",
        arguments: ["a\r\nX-Evil: 1", "", "a b", "ä"])
    func hostileToken(token: String) async throws {
        let fixture = try RemoteFixture { _ in .answer(200, #"{"orders":[],"count":0}"#) }
        let principal = Principal.user(Session(user: RemoteFixture.user, token: Secret(token)))
        #expect(
            await refusal { () async throws(StoreError) in
                try await fixture.services.orders.orders(OrderQuery(), as: principal)
            } == .signInRequired)
        #expect(fixture.server.requests.isEmpty)
    }
}

@Suite("Server addresses")
struct ServerAddressTests {
    @Test(arguments: [
        ("https://Shop.Example.com", "https://shop.example.com", "shop.example.com"),
        ("https://shop.example.com:443/", "https://shop.example.com", "shop.example.com"),
        ("http://shop.example.com:8080/till//", "http://shop.example.com:8080/till", "shop.example.com:8080"),
        ("localhost:5000", "http://localhost:5000", "localhost:5000"),
        (" shop.example.com ", "https://shop.example.com", "shop.example.com"),
        ("http://[::1]:5000", "http://[::1]:5000", "[::1]:5000"),
    ])
    func reads(text: String, whole: String, host: String) throws {
        let address = try ServerAddress(text)
        #expect(address.text == whole && address.host == host)
    }

    @Test(arguments: [
        "", "ftp://shop.example.com", "https://", "https://user:secret@shop.example.com",
        "https://shop.example.com?x=1", "https://shop.example.com/#x", "https://shop.example.com:0",
        "https://shop.example.com:99999", "https://sh op.example.com", "https://shop.example.com/\r\nX: 1",
        "https://[::1", "file:///etc/passwd",
    ])
    func refuses(text: String) {
        #expect(throws: StoreError.self) { try ServerAddress(text) }
    }

    @Test("A redirect is followed between a path and the same with a slash, here alone")
    func redirects() throws {
        let address = try ServerAddress("https://shop.example.com/x")
        let target = "/x/api/orders?page=2"
        #expect(address.redirect(of: target, to: "/x/api/orders/?page=2") == "/x/api/orders/?page=2")
        #expect(
            address.redirect(of: target, to: "https://shop.example.com/x/api/orders/?page=2")
                == "/x/api/orders/?page=2")
        for elsewhere in [
            "http://shop.example.com/x/api/orders/", "https://evil.example.com/x/api/orders/",
            "https://shop.example.com.evil.com/x/api/orders/", "//evil.example.com/x/api/orders/",
            "/x/api/other/", "https://shop.example.com:8443/x/api/orders/", target, "orders/", "",
        ] { #expect(address.redirect(of: target, to: elsewhere) == nil, "\(elsewhere)") }
    }
}
