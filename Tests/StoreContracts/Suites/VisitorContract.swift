import StoreDomain
import StoreService
import Synchronization
import Testing

/// One thing that a store promises of a kiosk's visitors.
public struct VisitorCase: Sendable, CustomTestStringConvertible {
    public let testDescription: String
    private let body: @Sendable (VisitorTrial) async throws -> Void

    init(_ promise: String, body: @escaping @Sendable (VisitorTrial) async throws -> Void) {
        testDescription = promise
        self.body = body
    }

    /// - Parameter make: gives a store without accounts, of its own for each call, and what must live as long.
    public func run(
        on make: (TestClock) async throws -> (desk: VisitorDesk, services: StoreServices, held: any Sendable)
    ) async throws {
        let clock = TestClock()
        let made = try await make(clock)
        // The first account is the owner's.
        _ = try await made.services.auth.register(
            Registration(email: "owner@example.com", name: "Owner", password: Shop.password))
        try await body(VisitorTrial(desk: made.desk, shop: Shop(services: made.services, clock: clock)))
        withExtendedLifetime(made.held) {}
    }
}

/// A store under test and who comes to it.
struct VisitorTrial: Sendable {
    let desk: VisitorDesk
    let shop: Shop
    private let ids = CountedIDs()

    init(desk: VisitorDesk, shop: Shop) {
        self.desk = desk
        self.shop = shop
    }

    /// Another key for each number.
    static func key(_ number: UInt8) throws -> KeyFingerprint {
        try #require(KeyFingerprint(sha256: [UInt8](repeating: number, count: 32)))
    }

    /// Somebody with that key; nil without one.
    func visitor(_ number: UInt8?) throws -> any VisitorService {
        desk.service(for: try number.map(Self.key), visitor: "v\(number ?? 0)", ids: ids)
    }

    func wipe() async throws -> VisitorsWiped { try await desk.wipe(VisitorKeeping(), ids: ids) }

    func accounts() async throws -> [User] {
        try await shop.services.accounts.accounts(as: .operatorOfStore).map(\.user)
    }

    func order(_ key: String, as session: Session) async throws -> Order {
        let product = try await shop.product("A \(key)", price: "1.00", stock: 9, as: .operatorOfStore)
        return try await shop.services.orders.place(
            shop.draft([(product, 1)]), key: shop.key(key), as: .user(session))
    }
}

/// Keys of their own, as many digits as random ones have.
private final class CountedIDs: IDSource {
    private let count = Mutex<UInt64>(0)

    func idempotencyKey() -> IdempotencyKey {
        let number = count.withLock { count -> UInt64 in
            count += 1
            return count
        }
        return IdempotencyKey(random: number, number &* 0x9E37_79B9_7F4A_7C15)
    }

    func giftCardCode() -> GiftCardCode { GiftCardCode(number: 1) }
}

/// What a store promises of a kiosk's visitors.
public enum VisitorContract {
    public static let cases = keys + codes + passwords + forgetting + wiping

    private static let keys = [
        VisitorCase("A key is nobody's, and nothing is stored, until its visitor wants to be remembered") {
            trial in
            let visitor = try trial.visitor(1)
            #expect(try await visitor.recognize() == nil)
            #expect(try await trial.accounts().count == 1)
            let session = try await visitor.remember()
            #expect(session.user.role == .customer)
            #expect(try await visitor.remember() == session)
            #expect(try await trial.visitor(1).recognize() == session)
            #expect(try await trial.visitor(2).recognize() == nil)
            #expect(try await trial.accounts().count == 2)
            #expect(try await visitor.keys(as: .user(session)).map(\.fingerprint) == [VisitorTrial.key(1)])
        },
        VisitorCase("Of many sessions with a new key, one makes the account") { trial in
            let ids = try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 0..<6 { group.addTask { try await trial.visitor(3).remember().user.id } }
                return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
        },
        VisitorCase("Without a key nobody is known, and nothing can be remembered") { trial in
            let visitor = try trial.visitor(nil)
            #expect(try await visitor.recognize() == nil)
            await #expect(throws: StoreError.self) { try await visitor.remember() }
            await #expect(throws: StoreError.signInRequired) { try await visitor.keys(as: .guest) }
        },
        VisitorCase("A key opens no account of those who work in the shop") { trial in
            let visitor = try trial.visitor(1)
            let session = try await visitor.remember()
            _ = try await trial.shop.services.accounts.setRole(
                "staff", of: session.user.email, as: .operatorOfStore)
            #expect(try await visitor.recognize() == nil)
            await #expect(throws: StoreError.self) { try await visitor.makeCode(as: .user(session)) }
        },
        VisitorCase("A key is added to one account, and taken out of it by its other ways in") { trial in
            let first = try trial.visitor(1)
            let session = try await first.remember()
            let other = try await trial.shop.register("me@example.com")
            let second = try trial.visitor(2)
            #expect(try await second.addKey(as: .user(other)).count == 1)
            #expect(try await second.recognize()?.user.id == other.user.id)
            await #expect(throws: StoreError.self) { try await second.addKey(as: .user(session)) }
            // Nobody takes out another's.
            #expect(try await first.remove(VisitorTrial.key(2), as: .user(session)).count == 1)
            #expect(try await second.recognize() != nil)
            #expect(try await second.remove(VisitorTrial.key(2), as: .user(other)).isEmpty)
            #expect(try await second.recognize() == nil)
            // The shop takes out any.
            #expect(try await trial.desk.keys().map(\.account.id) == [session.user.id])
            #expect(try await trial.desk.remove(VisitorTrial.key(1)))
            #expect(try await !trial.desk.remove(VisitorTrial.key(1)))
            #expect(try await first.recognize() == nil)
        },
        VisitorCase("An account has a few keys") { trial in
            let session = try await trial.visitor(1).remember()
            for number in 2...UInt8(VisitorKey.most) {
                _ = try await trial.visitor(number).addKey(as: .user(session))
            }
            await #expect(throws: StoreError.self) { try await trial.visitor(99).addKey(as: .user(session)) }
        },
    ]

    private static let codes = [
        VisitorCase("A code adds the key of whoever types it, once, within five minutes") { trial in
            let session = try await trial.visitor(1).remember()
            let code = try await trial.visitor(1).makeCode(as: .user(session))
            #expect(code.text.count == 8)
            let second = try trial.visitor(2)
            let typed = " \(code.shown.lowercased()) "
            #expect(try await second.useCode(typed).user.id == session.user.id)
            #expect(try await second.recognize()?.user.id == session.user.id)
            await #expect(throws: StoreError.self) { try await trial.visitor(3).useCode(typed) }
            let late = try await trial.visitor(1).makeCode(as: .user(session))
            trial.shop.clock.advance(bySeconds: VisitorCode.lifetime)
            await #expect(throws: StoreError.self) { try await trial.visitor(3).useCode(late.text) }
        },
        VisitorCase("A newer code takes the place of the one before") { trial in
            let session = try await trial.visitor(1).remember()
            let old = try await trial.visitor(1).makeCode(as: .user(session))
            let new = try await trial.visitor(1).makeCode(as: .user(session))
            await #expect(throws: StoreError.self) { try await trial.visitor(2).useCode(old.text) }
            _ = try await trial.visitor(2).useCode(new.text)
        },
        VisitorCase("Who guesses codes has to wait, and keeps nobody else from his") { trial in
            let session = try await trial.visitor(1).remember()
            let code = try await trial.visitor(1).makeCode(as: .user(session))
            let guesser = try trial.visitor(2)
            for _ in 0..<SignInThrottle.freeFailures {
                await #expect(throws: StoreError.self) { try await guesser.useCode("00000000") }
            }
            await #expect(throws: StoreError.signInMustWait(seconds: 1)) {
                try await guesser.useCode(code.text)
            }
            _ = try await trial.visitor(3).useCode(code.text)
        },
    ]

    private static let passwords = [
        VisitorCase("With a password an account is signed in to by its e-mail, too") { trial in
            let visitor = try trial.visitor(1)
            let session = try await visitor.remember()
            let registration = try Registration(
                email: "me@example.com", name: "Me", password: Shop.password)
            let named = try await visitor.setPassword(registration, as: .user(session))
            #expect(named.user.id == session.user.id && named.user.name == "Me")
            let auth = trial.shop.services.auth
            let again = try await auth.signIn(email: "ME@example.com", password: Shop.password)
            #expect(again.user.id == session.user.id && session.user.hasNoAddress)
            // Whoever finds the terminal alone does not change it.
            let other = try Registration(email: "other@example.com", name: "O", password: Shop.password)
            await #expect(throws: StoreError.self) {
                try await visitor.setPassword(other, as: .user(named))
            }
            await #expect(throws: StoreError.wrongCredentials) {
                try await auth.signIn(email: session.user.email, password: Secret("!"))
            }
        },
        VisitorCase("An e-mail of somebody else's is not given") { trial in
            let visitor = try trial.visitor(1)
            let session = try await visitor.remember()
            let registration = try Registration(
                email: "Owner@example.com", name: "Me", password: Shop.password)
            await #expect(throws: StoreError.emailTaken) {
                try await visitor.setPassword(registration, as: .user(session))
            }
        },
    ]

    private static let forgetting = [
        VisitorCase("Of an account that is forgotten a number is left, and its orders") { trial in
            let visitor = try trial.visitor(1)
            let session = try await visitor.remember()
            let order = try await trial.order("a", as: session)
            await #expect(throws: StoreError.self, "its order waits") {
                try await visitor.forget(as: .user(session))
            }
            _ = try await trial.shop.services.orders.cancel(order.id, as: .user(session))
            let registration = try Registration(
                email: "me@example.com", name: "Me", password: Shop.password)
            _ = try await visitor.setPassword(registration, as: .user(session))
            try await visitor.forget(as: .user(session))
            #expect(try await visitor.recognize() == nil)
            await #expect(throws: StoreError.wrongCredentials) {
                try await trial.shop.services.auth.signIn(email: "me@example.com", password: Shop.password)
            }
            let left = try await trial.accounts().first { $0.id == session.user.id }
            #expect(left?.name != "Me" && left?.email != "me@example.com")
            let kept = try await trial.shop.services.orders.order(order.id, as: .operatorOfStore)
            #expect(kept.userID == session.user.id && kept.userName != "Me")
            // Whoever comes with the key again is somebody new.
            #expect(try await visitor.remember().user.id != session.user.id)
        },
        VisitorCase("What the shop has made is not forgotten here") { trial in
            let registration = try Registration(email: "a@example.com", name: "A", password: Shop.password)
            let user = try await trial.shop.services.accounts.add(
                registration, role: "customer", as: .operatorOfStore)
            await #expect(throws: StoreError.self) {
                try await trial.visitor(1).forget(as: .user(Session(user: user)))
            }
        },
    ]

    private static let wiping = [
        VisitorCase("Accounts without orders go a day after anybody came with their key") { trial in
            let visitor = try trial.visitor(1)
            let session = try await visitor.remember()
            trial.shop.clock.advance(bySeconds: 23 * 3_600)
            #expect(try await visitor.recognize()?.user == session.user)
            trial.shop.clock.advance(bySeconds: 23 * 3_600)
            #expect(try await trial.wipe() == VisitorsWiped())
            trial.shop.clock.advance(bySeconds: 2 * 3_600)
            #expect(try await trial.wipe() == VisitorsWiped(accounts: 1))
            #expect(try await visitor.recognize() == nil)
            #expect(try await trial.wipe() == VisitorsWiped())
            #expect(try await trial.accounts().contains { $0.email == "owner@example.com" })
        },
        VisitorCase("Names go a month after the last order is finished, however many there are") { trial in
            var sessions: [Session] = []
            for number in 1...UInt8(60) { sessions.append(try await trial.visitor(number).remember()) }
            var orders: [Order] = []
            for (index, session) in sessions.enumerated() {
                orders.append(try await trial.order("o\(index)", as: session))
            }
            for (order, session) in zip(orders, sessions).dropFirst() {
                _ = try await trial.shop.services.orders.cancel(order.id, as: .user(session))
            }
            let owner = try await trial.shop.services.auth.signIn(
                email: "owner@example.com", password: Shop.password)
            _ = try await trial.shop.services.payments.pay(
                orders[0].id, [PaymentRequest(methodID: "cash", tenderedMinor: orders[0].total.minorUnits)],
                key: trial.shop.key("pay"), as: .user(owner))
            trial.shop.clock.advance(bySeconds: 29 * 86_400)
            #expect(try await trial.wipe() == VisitorsWiped())
            trial.shop.clock.advance(bySeconds: 2 * 86_400)
            #expect(try await trial.wipe() == VisitorsWiped(names: 60))
            #expect(try await trial.desk.keys().isEmpty)
        },
    ]
}
