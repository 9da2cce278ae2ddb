import Foundation
import HTTPTypes
import StoreDomain
@testable import StoreServer
import StoreContracts
import StoreWire
import Testing

/// Tokens, roles, secrets, and what a stranger may try.
@Suite(.serialized) struct SecurityTests {
    private func base64URL(_ text: String) -> String {
        Data(text.utf8).base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }

    @Test func tokensThatAreNotOursDoNotCount() async throws {
        try await TestServer().run { anyone in
            let ada = try await anyone.registered("ada@example.com")
            let token = try #require(ada.token)
            let parts = token.split(separator: ".").map(String.init)
            let payload = parts[1]
            let forged = base64URL(#"{"sub":"1","iat":0,"exp":9999999999,"jti":"x","iss":"storefront"}"#)
            let bad = [
                "", "x", "a.b.c", "\(parts[0]).\(payload).", "\(parts[0]).\(forged).\(parts[2])",
                "\(base64URL(#"{"alg":"none","typ":"JWT"}"#)).\(forged).",
                "\(base64URL(#"{"alg":"none","typ":"JWT"}"#)).\(payload).\(parts[2])",
                "\(base64URL(#"{"alg":"HS512","typ":"JWT"}"#)).\(payload).\(parts[2])",
                String(repeating: "a", count: 5000),
            ]
            for text in bad {
                let reply = try await Client(http: anyone.http, token: text).call(.me)
                #expect(reply.status == 401, "\(text.prefix(80))")
                #expect(reply.headers[.wwwAuthenticate] == "Bearer")
            }
            let basic = try await anyone.call(.me, headers: [.authorization: "Basic \(token)"])
            #expect(basic.status == 401)
            let lower = try await anyone.call(.me, headers: [.authorization: "bearer \(token)"])
            #expect(lower.status == 200)
        }
    }

    @Test func aTokenOfAnotherSecretDoesNotCount() async throws {
        let server = try await TestServer()
        let other = await TokenAuthority(
            secret: Secret(String(repeating: "x", count: 32)), clock: server.clock, ids: CountingIDs())
        let user = User(
            id: 1, email: "ada@example.com", name: "Ada", role: .admin, createdAt: server.clock.now(),
            updatedAt: server.clock.now())
        let token = try await other.issue(for: user).revealed
        try await server.run { anyone in
            _ = try await anyone.registered("ada@example.com")
            let reply = try await Client(http: anyone.http, token: token).call(.me)
            #expect(reply.status == 401)
        }
    }

    @Test func aTokenRunsOutAfterAnHour() async throws {
        let server = try await TestServer()
        try await server.run { anyone in
            let ada = try await anyone.registered("ada@example.com")
            server.clock.advance(bySeconds: 3599)
            #expect(try await ada.call(.me).status == 200)
            server.clock.advance(bySeconds: 1)
            #expect(try await ada.call(.me).status == 401)
        }
    }

    @Test func rolesAreThoseOfNow() async throws {
        let server = try await TestServer()
        try await server.run { anyone in
            _ = try await anyone.registered("ada@example.com")
            let bob = try await anyone.registered("bob@example.com")
            let body: JSON = ["name": "Mug", "price": 1]
            #expect(try await bob.call(.addProduct, [], body).status == 403)
            let accounts = server.services.accounts
            _ = try await accounts.setRole("staff", of: "bob@example.com", as: .operatorOfStore)
            #expect(try await bob.call(.addProduct, [], body).status == 201)
            _ = try await accounts.setRole("customer", of: "bob@example.com", as: .operatorOfStore)
            #expect(try await bob.call(.addProduct, [], body).status == 403)
        }
    }

    @Test func theLogHoldsNoSecrets() async throws {
        let server = try await TestServer()
        try await server.run { anyone in
            let ada = try await anyone.registered("ada@example.com")
            try await ada.call(.me)
            try await anyone.call(.searchProducts, [("q", "something-private")])
            try await anyone.call(.logIn, [], ["email": "ada@example.com", "password": "wrong-password"])
            let log = server.log.text
            #expect(log.contains(#""path":"/api/auth/login","status":401"#))
            for secret in [
                TestServer.password, try #require(ada.token), "something-private", "wrong-password",
                "ada@example.com",
            ] { #expect(!log.contains(secret)) }
            for line in log.split(separator: "\n") {
                #expect(throws: Never.self) { try JSONParser.parse(line.utf8) }
            }
        }
    }

    @Test func requestIDsAreInTheAnswerAndTheLog() async throws {
        let server = try await TestServer()
        try await server.run { anyone in
            let name = try #require(HTTPField.Name(WireHeader.requestID))
            let own = try await anyone.call(.health, headers: [name: "till-7"])
            #expect(own.headers[name] == "till-7")
            #expect(server.log.text.contains(#""id":"till-7""#))
            let hostile = try await anyone.call(.health, headers: [name: "a\"b"])
            #expect(hostile.headers[name] != "a\"b")
            #expect(hostile.headers[name]?.isEmpty == false)
        }
    }

    @Test func onlyNamedOriginsAreAllowed() async throws {
        let shop = "https://shop.example.com"
        let server = try await TestServer { $0.origins = .these([shop]) }
        try await server.run { anyone in
            let allowed = try await anyone.call(.products, headers: [.origin: shop])
            #expect(allowed.headers[.accessControlAllowOrigin] == shop)
            #expect(allowed.headers[.vary] == "Origin")
            let other = try await anyone.call(.products, headers: [.origin: "https://evil.example.com"])
            #expect(other.headers[.accessControlAllowOrigin] == nil)
            let asked = try await anyone.send(
                .options, "/api/orders",
                headers: [.origin: shop, .accessControlRequestMethod: "POST"])
            #expect(asked.status == 204)
            #expect(asked.headers[.accessControlAllowHeaders]?.contains("Idempotency-Key") == true)
        }
        try await TestServer().run { anyone in
            let none = try await anyone.call(.products, headers: [.origin: shop])
            #expect(none.headers[.accessControlAllowOrigin] == nil)
        }
    }

    @Test func tooManyPasswordsAtOnceAreSentAway() async throws {
        let server = try await TestServer { $0.limits.passwords = 0 }
        try await server.run { anyone in
            let reply = try await anyone.call(
                .logIn, [], ["email": "ada@example.com", "password": "whatever"])
            #expect(reply.status == 503)
            #expect(reply.headers[.retryAfter] == "1")
            #expect(try await anyone.call(.products).status == 200)
        }
    }

    /// What a token says is kept once its signature was found good; whether it still counts is asked each time.
    @Test func aTokenThatWasReadBeforeEndsInItsTime() async throws {
        let server = try await TestServer()
        try await server.run { anyone in
            let ada = try await anyone.registered("ada@example.com")
            for _ in 1...2 { #expect(try await ada.call(.me).status == 200) }
            server.clock.advance(bySeconds: TokenAuthority.lifetime)
            #expect(try await ada.call(.me).status == 401)
        }
    }
}

extension HTTPField.Name {
    static let replayed = HTTPField.Name(WireHeader.idempotencyReplayed) ?? .vary
    static let key = HTTPField.Name(WireHeader.idempotencyKey) ?? .vary
}
