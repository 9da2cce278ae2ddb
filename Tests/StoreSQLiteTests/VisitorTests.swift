import Foundation
import GRDB
import StoreContracts
import StoreCrypto
import StoreDomain
import StoreService
import Synchronization
import Testing

@testable import StoreSQLite

/// What a visitor of a kiosk, whom nobody knows, can do to a shop.
@Suite struct VisitorTests {
    private let directory: TemporaryDirectory
    private let clock = TestClock()

    init() throws { directory = try TemporaryDirectory() }

    private func demo(_ visitor: String = "a") throws -> LocalStore {
        try LocalStore.demoInMemory(
            purpose: .kiosk(visitor: visitor), policy: ShopPolicy(), clock: clock, zones: TestZones(),
            ids: RandomSource(), hasher: PlainHasher())
    }

    private func open(_ visitor: String, mode: StoreDatabase.OpenMode = .existingOrNew) throws -> LocalStore {
        try LocalStore(
            path: directory.file("store.db"), statePath: nil, mode: mode, purpose: .kiosk(visitor: visitor),
            policy: ShopPolicy(), clock: clock, zones: TestZones(), ids: RandomSource(),
            hasher: PlainHasher(), told: "The shop")
    }

    private final class Notes: Sendable {
        private let notes = Mutex<[VisitorNote]>([])
        var all: [VisitorNote] { notes.withLock { $0 } }
        func add(_ note: VisitorNote) { notes.withLock { $0.append(note) } }
    }

    // MARK: - In memory

    /// The same shop as the one in a file, and no file at all.
    @Test func aDemoInMemoryHasNoFile() async throws {
        let store = try demo()
        let file = try store.database.readBlocking {
            try String.fetchOne($0, sql: "SELECT file FROM pragma_database_list WHERE name = 'main'")
        }
        #expect(file?.isEmpty == true)
        let page = try await store.services.catalog.page(ProductQuery(), at: .first, perPage: 500)
        #expect(page.products.count == 240 && store.isDemo && store.path.isEmpty)
        let user = try await store.services.auth.register(
            Registration(email: "me@example.com", name: "Me", password: Secret("long enough")))
        let product = try #require(page.products.first { !$0.stock.isSoldOut })
        let order = try await store.services.orders.place(
            OrderDraft(lines: [OrderDraft.Line(productID: product.id, quantity: 1)]),
            key: RandomSource().idempotencyKey(), as: .user(user))
        #expect(try await StoreVerifier(store.database).verify().isEmpty)
        #expect(order.status == .pending)
        try store.close()
    }

    /// Each has one of his own.
    @Test func twoDemosShareNothing() async throws {
        let (first, second) = (try demo(), try demo())
        _ = try await first.services.auth.register(
            Registration(email: "me@example.com", name: "Me", password: Secret("long enough")))
        await #expect(throws: StoreError.wrongCredentials) {
            try await second.services.auth.signIn(email: "me@example.com", password: Secret("long enough"))
        }
    }

    // MARK: - Accounts

    @Test func theFirstToRegisterIsNoAdmin() async throws {
        let store = try open("a")
        let session = try await store.services.auth.register(
            Registration(email: "me@example.com", name: "Me", password: Secret("long enough")))
        #expect(session.user.role == .customer)
        try store.close()
    }

    /// Wrong passwords count for the visitor who typed them.
    @Test func nobodyLocksAnOwnerOut() async throws {
        let owner = try LocalStore(
            path: directory.file("store.db"), statePath: nil, policy: ShopPolicy(), clock: clock,
            zones: TestZones(), ids: RandomSource(), hasher: PlainHasher())
        let (email, password) = ("owner@example.com", Secret("long enough"))
        _ = try await owner.services.auth.register(Registration(email: email, name: "Me", password: password))
        let (first, second) = (try open("a"), try open("b"))
        for _ in 0..<SignInThrottle.freeFailures {
            await #expect(throws: StoreError.wrongCredentials) {
                try await first.services.auth.signIn(email: email, password: Secret("wrong guess"))
            }
        }
        await #expect(throws: StoreError.signInMustWait(seconds: 1)) {
            try await first.services.auth.signIn(email: email, password: password)
        }
        #expect(try await second.services.auth.signIn(email: email, password: password).user.email == email)
        #expect(try await owner.services.auth.signIn(email: email, password: password).user.email == email)
        // The right password of one takes nothing back that another has typed.
        await #expect(throws: StoreError.signInMustWait(seconds: 1)) {
            try await first.services.auth.signIn(email: email, password: password)
        }
        for store in [owner, first, second] { try store.close() }
    }

    @Test func aVisitMakesTwoAccounts() async throws {
        let (store, tally, notes) = (try open("a"), VisitTally(), Notes())
        let services = store.services.forVisitors(VisitorLimits(), registrations: tally) { notes.add($0) }
        func register(_ name: String) async throws(StoreError) {
            _ = try await services.auth.register(
                Registration(email: "\(name)@example.com", name: name, password: Secret("long enough")))
        }
        try await register("one")
        // What came to nothing does not count.
        await #expect(throws: StoreError.emailTaken) { try await register("one") }
        try await register("two")
        let refusal = await #expect(throws: StoreError.self) { try await register("three") }
        if case .invalid? = refusal {} else { Issue.record("\(String(describing: refusal))") }
        #expect(notes.all == [.limit("registrations")])
        try store.close()
    }

    /// Counts what one network does, as a host does.
    private final class Hour: HourlyTally {
        private let count = Mutex(0)
        func take(upTo most: Int) -> Bool {
            count.withLock { count in
                guard count < most else { return false }
                count += 1
                return true
            }
        }
        func giveBack() { count.withLock { $0 -= 1 } }
    }

    /// Whoever comes again and again, or with a new key each time, makes no more of them.
    @Test func aNetworkMakesFiveAccountsAnHour() async throws {
        let (store, hour, notes) = (try open("a"), Hour(), Notes())
        func visit(_ key: UInt8) throws -> StoreServices {
            let fingerprint = try #require(KeyFingerprint(sha256: [UInt8](repeating: key, count: 32)))
            return store.services.forVisitors(
                VisitorLimits(), registrations: VisitTally(), hour: hour,
                identity: store.visitors.service(for: fingerprint, visitor: "a", ids: RandomSource())
            ) { notes.add($0) }
        }
        for key in 1...UInt8(3) { _ = try await #require(try visit(key).visitor).remember() }
        for number in 1...2 {
            _ = try await visit(9).auth.register(
                Registration(email: "\(number)@example.com", name: "Me", password: Secret("long enough")))
        }
        await #expect(throws: StoreError.self) { try await #require(try visit(4).visitor).remember() }
        await #expect(throws: StoreError.self) {
            try await visit(9).auth.register(
                Registration(email: "me@example.com", name: "Me", password: Secret("long enough")))
        }
        #expect(notes.all == [.limit("registrations"), .limit("registrations")])
        // Who is known makes none.
        _ = try await #require(try visit(1).visitor).remember()
        try store.close()
    }

    /// Those who work in the shop are told no more than anybody. The key that the owner has named opens nothing by
    /// itself: it lets a password of its role count.
    @Test func staffSignInWithAKeyAndTheirPassword() async throws {
        let (store, password) = (try open("a"), Secret("long enough"))
        for role in ["staff", "admin"] {
            _ = try await store.services.accounts.add(
                Registration(email: "\(role)@example.com", name: role, password: password), role: role,
                as: .operatorOfStore)
        }
        func services(_ role: String?) -> StoreServices {
            store.services.forVisitors(VisitorLimits(), registrations: VisitTally(), staffRole: role) { _ in }
        }
        let staff = services("staff")
        let session = try await staff.auth.signIn(email: "staff@example.com", password: password)
        #expect(try await staff.auth.currentUser(of: session).role.name == "staff")
        #expect(staff.counter != nil && services(nil).counter == nil)
        for (role, email) in [
            (nil, "staff@example.com"), ("staff", "admin@example.com"), ("admin", "staff@example.com"),
        ] as [(String?, String)] {
            await #expect(throws: StoreError.wrongCredentials) {
                try await services(role).auth.signIn(email: email, password: password)
            }
        }
        // They sell without a visitor's limits.
        let product = try await staff.catalog.add(
            ProductDraft(name: "Mug", price: Money(minorUnits: 100), stock: .counted(20)),
            as: .operatorOfStore)
        let order = try await staff.orders.place(
            OrderDraft(lines: [OrderDraft.Line(productID: product.id, quantity: 20)]),
            key: RandomSource().idempotencyKey(), as: .user(session))
        #expect(order.status == .pending)
        try store.close()
    }

    // MARK: - Wiping

    /// Neither the file nor what is written ahead of it holds what was wiped.
    @Test func whatIsWipedIsNowhereInTheFile() async throws {
        let store = try open("a")
        let name = "Wilhelmina Xanthippe"
        _ = try await store.services.auth.register(
            Registration(email: "wilhelmina@example.com", name: name, password: Secret("long enough")))
        func files() throws -> String {
            try ["", "-wal"].map { ending in
                String(decoding: try directory.bytes("store.db" + ending), as: UTF8.self)
            }.joined()
        }
        #expect(try files().contains(name))
        #expect(try await store.wipeVisitors(VisitorKeeping(), ids: RandomSource()) == VisitorsWiped())
        clock.advance(bySeconds: 25 * 3_600)
        let wiped = try await store.wipeVisitors(VisitorKeeping(), ids: RandomSource())
        #expect(wiped == VisitorsWiped(accounts: 1))
        #expect(try !files().contains(name) && !files().contains("wilhelmina"))
        #expect(try await StoreVerifier(store.database).verify().isEmpty)
        try store.close()
    }

    // MARK: - Orders

    @Test func aVisitorTakesAQuarterAtMost() throws {
        let limits = VisitorLimits()
        #expect(limits.most(of: .counted(100), held: 0) == 10)
        #expect(limits.most(of: .counted(12), held: 0) == 3)
        // What is held already counts, as does what is left.
        #expect(limits.most(of: .counted(9), held: 3) == 0)
        #expect(limits.most(of: .counted(10), held: 2) == 1)
        #expect(limits.most(of: .counted(1), held: 0) == 1)
        #expect(limits.most(of: .counted(0), held: 1) == 0)
        #expect(limits.most(of: .untracked, held: 50) == 10)
    }

    @Test func nobodyHoardsTheStock() async throws {
        let (store, notes) = (try demo(), Notes())
        let services = store.services.forVisitors(VisitorLimits(), registrations: VisitTally()) {
            notes.add($0)
        }
        let session = try await services.auth.register(
            Registration(email: "me@example.com", name: "Me", password: Secret("long enough")))
        let page = try await services.catalog.page(ProductQuery(), at: .first, perPage: 500)
        let plenty = try #require(page.products.first { ($0.stock.count ?? 0) >= 60 })
        func place(_ quantity: Int) async throws(StoreError) -> Order {
            try await services.orders.place(
                OrderDraft(lines: [OrderDraft.Line(productID: plenty.id, quantity: quantity)]),
                key: RandomSource().idempotencyKey(), as: .user(session))
        }
        await #expect(throws: StoreError.self) { try await place(11) }
        let first = try await place(5)
        await #expect(throws: StoreError.self, "what the first holds counts") { try await place(60) }
        _ = try await place(1)
        _ = try await place(1)
        await #expect(throws: StoreError.self, "three wait to be paid") { try await place(1) }
        _ = try await services.orders.cancel(first.id, as: .user(session))
        _ = try await place(1)
        #expect(notes.all.count { $0 == .limit("orders") } == 3)
        #expect(notes.all.count == 3 + 4)
    }

    /// A retry is answered as the first try was, however many orders wait.
    @Test func aRetryIsNoFurtherOrder() async throws {
        let store = try demo()
        let limits = VisitorLimits(pendingOrders: 1)
        let services = store.services.forVisitors(limits, registrations: VisitTally()) { _ in }
        let session = try await services.auth.register(
            Registration(email: "me@example.com", name: "Me", password: Secret("long enough")))
        let page = try await services.catalog.page(ProductQuery(), at: .first, perPage: 20)
        let product = try #require(page.products.first { !$0.stock.isSoldOut })
        let draft = try OrderDraft(lines: [OrderDraft.Line(productID: product.id, quantity: 1)])
        let key = RandomSource().idempotencyKey()
        let first = try await services.orders.place(draft, key: key, as: .user(session))
        #expect(try await services.orders.place(draft, key: key, as: .user(session)).id == first.id)
    }

    // MARK: - What is told

    @Test func noMessageNamesAPath() async throws {
        let missing = await storageFault { _ = try open("a", mode: .existing) }
        let sentence = try #require(missing).sentence
        #expect(sentence.hasPrefix("The shop ") && !sentence.contains(directory.path))
        try directory.write(Data("no database".utf8), to: "store.db")
        let broken = await storageFault { _ = try open("a", mode: .existing) }
        #expect(broken.map { !$0.sentence.contains(directory.path) } == true)
    }

    // MARK: - The host

    @Test func placesAreSharedByAll() async throws {
        let path = directory.file("hashing")
        let (mine, theirs) = (try HostSlots(path: path, count: 2), try HostSlots(path: path, count: 2))
        let first = try #require(mine.tryTake())
        let second = try #require(theirs.tryTake())
        #expect(first != second && theirs.tryTake() == nil)
        #expect(mine.tryTake() == nil, "one's own places are taken, too")
        mine.giveBack(first)
        #expect(theirs.tryTake() == first)
        theirs.giveBack(second)
        let hasher = SlottedHasher(PlainHasher(), slots: mine)
        let hash = try await hasher.hash(Secret("x"))
        #expect(await hasher.verify(Secret("x"), against: hash))
    }
}
