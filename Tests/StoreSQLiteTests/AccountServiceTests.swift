import GRDB
import StoreContracts
import StoreDomain
import StoreService
import Testing

@testable import StoreSQLite

@Suite("Accounts in a store file", .serialized)
struct AccountServiceTests {
    private static let password = Secret("storefront-demo")

    private func hash(_ store: TestStore) async throws -> String? {
        try await store.database.read {
            try String.fetchOne($0, sql: "SELECT password_hash FROM account WHERE id = 2")
        }
    }

    private func signIn(_ store: TestStore, _ password: Secret = password, cost: Int = 4) async throws {
        _ = try await EngineServices.over(store.database, clock: store.clock, cost: cost)
            .services.auth.signIn(email: "customer@example.com", password: password)
    }

    @Test("On a server in production nobody becomes admin by registering first")
    func noFirstAdmin() async throws {
        let directory = try TemporaryDirectory()
        let database = try StoreDatabase.open(at: directory.file("store.db"), createdAs: .test())
        let services = try EngineServices.over(
            database, clock: TestClock(), firstAccountIsAdmin: false
        ).services
        let registration = try Registration(
            email: "first@example.com", name: "First", password: Self.password)
        #expect(try await services.auth.register(registration).user.role == .customer)
        let user = try await services.accounts.setRole(
            "admin", of: "first@example.com", as: .operatorOfStore)
        #expect(user.role == .admin)
    }

    @Test(
        "A right password renews a hash of another cost or kind; a wrong one does not",
        arguments: [
            // "a" by each kind, as in the known hashes.
            "$2a$04$5DCebwootqWMCp59ISrMJ.l4WvgHIVg17ZawDIrDM2IjlE64GDNQS",
            "$2y$04$5DCebwootqWMCp59ISrMJ.l4WvgHIVg17ZawDIrDM2IjlE64GDNQS",
            "$2b$04$5DCebwootqWMCp59ISrMJ.l4WvgHIVg17ZawDIrDM2IjlE64GDNQS",
        ])
    func renewal(old: String) async throws {
        let store = try await TestStore()
        try await store.database.write { db in
            try db.execute(sql: "UPDATE account SET password_hash = ? WHERE id = 2", arguments: [old])
        }
        await #expect(throws: StoreError.wrongCredentials) { try await signIn(store, Secret("b"), cost: 5) }
        #expect(try await hash(store) == old)
        try await signIn(store, Secret("a"), cost: 5)
        let renewed = try #require(try await hash(store))
        #expect(renewed.hasPrefix("$2b$05$"))
        try await signIn(store, Secret("a"), cost: 5)
        #expect(try await hash(store) == renewed)
    }

    @Test("Waiting outlives the program, and a clock that was set back locks nobody out")
    func persistentWait() async throws {
        let store = try await TestStore()
        for _ in 1...7 {
            do { try await signIn(store, Secret("wrong")) } catch StoreError.signInMustWait(let seconds) {
                store.clock.advance(bySeconds: Int64(seconds))
            } catch StoreError.wrongCredentials {}
        }
        let path = store.database.path
        try store.database.close()
        let database = try StoreDatabase.open(at: path, kind: .store, mode: .existing) { _ in }
        let auth = try EngineServices.over(database, clock: store.clock).services.auth
        await #expect(throws: StoreError.signInMustWait(seconds: 2)) {
            try await auth.signIn(email: "customer@example.com", password: Self.password)
        }
        store.clock.advance(bySeconds: -86_400 * 365)
        _ = try await auth.signIn(email: "customer@example.com", password: Self.password)
    }

    @Test("Failures are kept without the e-mail, and forgotten after a day")
    func failures() async throws {
        let store = try await TestStore()
        func rows() async throws -> [String] {
            try await store.database.read { db in
                try Row.fetchAll(db, sql: "SELECT * FROM sign_in_failure ORDER BY failures").map(
                    \.description)
            }
        }
        for email in ["my-password", "nobody@example.com", " Nobody@example.com "] {
            _ = try? await store.auth.signIn(email: email, password: Secret("wrong"))
        }
        let kept = try await rows()
        #expect(kept.count == 2 && kept[0].contains("failures:1") && kept[1].contains("failures:2"))
        #expect(!kept.joined().contains("assword") && !kept.joined().contains("@"))
        store.clock.advance(bySeconds: 86_401)
        _ = try? await store.auth.signIn(email: "another@example.com", password: Secret("wrong"))
        #expect(try await rows().count == 1)
        try await signIn(store)
        #expect(try await rows().count == 1)
    }

    @Test("A waiting account costs no hash")
    func noHashWhileWaiting() async throws {
        let store = try await TestStore()
        for _ in 1...5 { _ = try? await signIn(store, Secret("wrong")) }
        // Of a cost that would take until the stars have gone out.
        await #expect(throws: StoreError.signInMustWait(seconds: 1)) { try await signIn(store, cost: 31) }
    }

    @Test("A session of an account that is gone counts no more")
    func goneAccount() async throws {
        let store = try await TestStore()
        let session = try await store.auth.signIn(email: "customer@example.com", password: Self.password)
        try store.tamper("DELETE FROM account WHERE id = 2")
        await #expect(throws: StoreError.signInRequired) { try await store.auth.currentUser(of: session) }
        await #expect(throws: StoreError.signInRequired) { try await store.place(key: "a") }
        await #expect(throws: StoreError.signInRequired) {
            try await store.orders.orders(OrderQuery(), as: .user(session))
        }
    }

    @Test("The operator of the store sees and cancels every order, but neither places nor pays")
    func operatorOfStore() async throws {
        let store = try await TestStore()
        let order = try await store.place(key: "a")
        let (orders, operatorOfStore) = (store.orders, Principal.operatorOfStore)
        #expect(try await orders.orders(OrderQuery(everybody: true), as: operatorOfStore).orders == [order])
        #expect(try await orders.orders(OrderQuery(), as: operatorOfStore).orders == [order])
        #expect(try await orders.order(order.id, as: operatorOfStore) == order)
        await #expect(throws: StoreError.signInRequired) {
            try await orders.place(
                OrderDraft(lines: [OrderDraft.Line(productID: 1, quantity: 1)]), key: .of("b"),
                as: operatorOfStore)
        }
        await #expect(throws: StoreError.signInRequired) {
            try await store.payments.pay(
                order.id, [PaymentRequest(methodID: nil)], key: .of("b"), as: operatorOfStore)
        }
        #expect(try await store.payments.methods(as: operatorOfStore).isEmpty)
        #expect(try await orders.cancel(order.id, as: operatorOfStore).status == .cancelled)
    }
}
