import StoreDomain
import StoreService
import Synchronization
import Testing

/// What programs on one store hear of each other, whatever keeps it.
public enum LiveContract {
    /// Two programs on one new store, and what must live as long as they are used. The first hears.
    public struct Two: Sendable {
        let near: StoreServices
        let far: StoreServices
        /// Whether the other's changes are told with their ids; else any may have changed.
        let namesChanges: Bool
        /// The first one's.
        let hub: ChangeHub
        let held: any Sendable

        /// - Parameter hub: the first one's, which hears the other by now.
        public init(
            near: StoreServices, far: StoreServices, namesChanges: Bool, hub: ChangeHub, held: any Sendable
        ) {
            self.near = near
            self.far = far
            self.namesChanges = namesChanges
            self.hub = hub
            self.held = held
        }
    }

    public struct Case: Sendable, CustomTestStringConvertible {
        public let testDescription: String
        private let body: @Sendable (Pair) async throws -> Void

        init(_ promise: String, body: @escaping @Sendable (Pair) async throws -> Void) {
            testDescription = promise
            self.body = body
        }

        public func run(on make: @Sendable (TestClock) async throws -> Two) async throws {
            let clock = TestClock()
            let two = try await make(clock)
            try await body(Pair(two: two, far: Shop(services: two.far, clock: clock)))
            withExtendedLifetime(two.held) {}
        }
    }

    public static let cases = [
        Case("A sale, its payment and its cancelling are heard by the other") { pair in
            let people = try await pair.far.people()
            let mug = try await pair.far.product("Mug", price: "5.00", stock: .counted(9), as: people.admin)
            try await pair.listening(as: people.staff, people) { heard in
                let order = try await pair.far.services.orders.place(
                    pair.far.draft([(mug, 2)]), key: pair.far.key("one"), as: people.customer)
                await heard.until { $0.touches(product: mug.id) && $0.touches(order: order.id) }
                heard.forget()
                let cancelled = try await pair.far.services.orders.cancel(order.id, as: people.customer)
                await heard.until { $0.touches(product: mug.id) && $0.touches(order: cancelled.id) }
                if pair.two.namesChanges { #expect(!heard.all.catalogue) }
            }
        },
        Case("A new product, another price and another rule of the shop are heard by the other") { pair in
            let people = try await pair.far.people()
            try await pair.listening(as: .guest, people) { heard in
                let mug = try await pair.far.product(
                    "Mug", price: "5.00", stock: .counted(9), as: people.admin)
                await heard.until(\.catalogue)
                heard.forget()
                var patch = ProductPatch()
                patch.price = try pair.far.amount("6.00")
                _ = try await pair.far.services.catalog.edit(mug.id, patch, as: people.admin)
                await heard.until(\.catalogue)
                heard.forget()
                _ = try await pair.far.services.policy.set("tax.rate", to: "7.7", as: people.admin)
                await heard.until(\.catalogue)
            }
        },
        Case(
            "What was undone is told to nobody, what a program does itself not to it, and orders not to strangers"
        ) { pair in
            let people = try await pair.far.people()
            let mug = try await pair.far.product("Mug", price: "5.00", stock: .counted(9), as: people.admin)
            let cup = try await pair.far.product("Cup", price: "5.00", stock: .counted(1), as: people.admin)
            let pot = try await pair.far.product("Pot", price: "5.00", stock: .counted(9), as: people.admin)
            try await pair.listening(as: people.stranger, people) { heard in
                await #expect(throws: StoreError.self) {
                    try await pair.far.services.orders.place(
                        pair.far.draft([(cup, 2)]), key: pair.far.key("refused"), as: people.customer)
                }
                let own = try await pair.two.near.orders.place(
                    pair.far.draft([(mug, 1)]), key: pair.far.key("own"), as: people.customer)
                let other = try await pair.far.services.orders.place(
                    pair.far.draft([(pot, 1)]), key: pair.far.key("other"), as: people.customer)
                await heard.until { $0.touches(product: pot.id) }
                guard pair.two.namesChanges else { return }
                let all = heard.all
                #expect(!all.touches(product: cup.id), "nothing was sold")
                #expect(!all.touches(product: mug.id) && !all.touches(order: own.id), "that was its own")
                #expect(!all.touches(order: other.id), "that is none of a stranger's business")
            }
        },
        Case("A discount code, that one is used, an account and its rights are heard by the other") { pair in
            let people = try await pair.far.people()
            let mug = try await pair.far.product("Mug", price: "5.00", stock: .counted(9), as: people.admin)
            let far = pair.far.services
            try await pair.listening(as: people.admin, people) { heard in
                let fixed = DiscountKind.fixed(try pair.far.amount("1.00"))
                _ = try await far.discounts.add(
                    Discount(
                        code: "LATER", kind: fixed, validFrom: nil, validUntil: nil, minimumSubtotal: nil,
                        usageLimit: nil, timesUsed: 0, isActive: true), as: people.admin)
                await heard.until(\.discounts)
                heard.forget()
                _ = try await far.orders.place(
                    pair.far.draft([(mug, 1)], code: "LATER"), key: pair.far.key("coded"),
                    as: people.customer)
                await heard.until(\.discounts)
                heard.forget()
                let new = try await pair.far.register("new@example.com").user
                await heard.until { $0.touches(account: new.id) }
                heard.forget()
                _ = try await far.accounts.setRole("staff", of: new.email, as: people.admin)
                await heard.until { $0.touches(account: new.id) }
                heard.forget()
                try await far.accounts.signOutEverywhere(new.email, as: people.admin)
                await heard.until { $0.touches(account: new.id) }
                heard.forget()
                try await far.accounts.save(
                    try Role(name: "helper", grants: [.sell: .unlimited]), as: people.admin)
                await heard.until { $0.accounts == .any }
            }
        },
        Case("Shifts, cash that moves, sales put aside and refunds are heard by the other") { pair in
            let people = try await pair.far.people()
            let mug = try await pair.far.product("Mug", price: "5.00", stock: .counted(9), as: people.admin)
            let far = try #require(pair.far.services.counter)
            let till = Till.standard
            try await pair.listening(as: people.admin, people) { heard in
                let shift = try await far.shifts.open(
                    till: till, float: pair.far.amount("50.00"), as: people.admin)
                await heard.until { $0.touches(shift: shift.id) }
                heard.forget()
                _ = try await far.shifts.move(
                    .paidIn, pair.far.amount("5.00"), reason: "Change", till: till, as: people.admin)
                await heard.until { $0.touches(shift: shift.id) }
                heard.forget()
                let parked = try await far.parking.park(
                    Cart(lines: [CartLine(mug, quantity: 1)]), label: "Coat", till: till, as: people.admin)
                await heard.until(\.parked)
                heard.forget()
                _ = try await far.parking.resume(parked.code, as: people.admin)
                await heard.until(\.parked)
                heard.forget()
                let sale = try await far.till.sell(
                    SaleDraft(
                        till: till, lines: [SaleDraft.Line(productID: mug.id, quantity: 1)],
                        tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 10_000)]),
                    key: pair.far.key("sale"), as: people.admin)
                await heard.until { $0.touches(shift: shift.id) && $0.touches(order: sale.id) }
                heard.forget()
                let item = try #require(sale.items.first)
                _ = try await far.refunds.refund(
                    RefundDraft(
                        orderID: sale.id,
                        lines: [RefundDraft.Line(itemID: item.id, quantity: 1, restocks: true)],
                        reason: "Broken"), till: till, key: pair.far.key("refund"), as: people.admin)
                await heard.until { $0.touches(shift: shift.id) && $0.touches(order: sale.id) }
                heard.forget()
                _ = try await far.shifts.close(
                    till: till, counted: DrawerCount(total: pair.far.amount("55.00")), nextFloat: nil,
                    reason: nil, as: people.admin)
                await heard.until { $0.touches(shift: shift.id) }
            }
        },
        Case("What the clock cancels is news to the program itself, too") { pair in
            let people = try await pair.far.people()
            let mug = try await pair.far.product("Mug", price: "5.00", stock: .counted(9), as: people.admin)
            guard let orders = pair.two.near.orders as? Orders else { return }
            try await pair.listening(as: people.staff, people) { heard in
                let order = try await orders.place(
                    pair.far.draft([(mug, 2)]), key: pair.far.key("late"), as: people.customer)
                pair.far.clock.advance(bySeconds: 3_601)
                try await orders.cancelDue()
                await heard.until { $0.touches(order: order.id) && $0.touches(product: mug.id) }
            }
        },
        Case("Who stops listening hears nothing more, and another hears all the same") { pair in
            let people = try await pair.far.people()
            let mug = try await pair.far.product("Mug", price: "5.00", stock: .counted(9), as: people.admin)
            try await pair.listening(as: .guest, people) { _ in }
            try await pair.listening(as: .guest, people) { heard in
                _ = try await pair.far.services.orders.place(
                    pair.far.draft([(mug, 1)]), key: pair.far.key("one"), as: people.customer)
                await heard.until { $0.touches(product: mug.id) }
            }
        },
    ]
}

/// Two programs on one store.
struct Pair: Sendable {
    let two: LiveContract.Two
    let far: Shop

    /// Runs `body` while the near program listens.
    func listening(
        as principal: Principal, _ people: Shop.People, _ body: @Sendable (HeardChanges) async throws -> Void
    ) async throws {
        let heard = HeardChanges()
        let changes = try #require(two.near.changes)
        let before = two.hub.listenerCount
        let ear = Task { await changes.follow(as: principal) { heard.hear($0) } }
        while two.hub.listenerCount == before { try await Task.sleep(for: .milliseconds(1)) }
        if two.namesChanges {
            // What came before is told before this, and forgotten with it.
            let mark = try await far.product("Mark", price: "1.00", stock: .counted(1), as: people.admin)
            _ = try await far.services.orders.place(
                far.draft([(mark, 1)]), key: far.key("mark \(mark.id)".filter { $0 != " " }),
                as: people.admin)
            await heard.until { changes in
                if case .some(let ids) = changes.stock { ids.contains(mark.id) } else { false }
            }
            heard.forget()
        }
        try await body(heard)
        ear.cancel()
        await ear.value
    }
}

/// What was heard so far, put together.
public final class HeardChanges: Sendable {
    private struct State {
        var all = ShopChanges()
        var waiter: (isMet: @Sendable (ShopChanges) -> Bool, continuation: CheckedContinuation<Void, Never>)?
    }

    private let state = Mutex(State())

    public init() {}

    public var all: ShopChanges { state.withLock(\.all) }

    public func hear(_ changes: ShopChanges) {
        let met = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.all.merge(changes)
            guard let waiter = state.waiter, waiter.isMet(state.all) else { return nil }
            state.waiter = nil
            return waiter.continuation
        }
        met?.resume()
    }

    public func forget() { state.withLock { $0.all = ShopChanges() } }

    /// Returns when what was heard is enough, or the test has taken too long.
    public func until(_ isMet: @escaping @Sendable (ShopChanges) -> Bool) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isMetNow = state.withLock { state in
                    if isMet(state.all) || Task.isCancelled { return true }
                    state.waiter = (isMet, continuation)
                    return false
                }
                if isMetNow { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter?.continuation
            }
            waiter?.resume()
        }
    }
}
