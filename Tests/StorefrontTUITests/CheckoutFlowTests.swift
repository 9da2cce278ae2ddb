import StoreDomain
import StoreSQLite
import Testing

/// The way from a cart to one order and one payment, with every step failing before and after its effect.
@Suite(.serialized) struct CheckoutFlowTests {
    /// A store, a signed-in member of its staff with two pieces in the cart, and services that fail as told.
    private struct Counter {
        let files: JourneyStore
        let store: LocalStore
        let plan = FaultPlan()
        let principal: Principal
        let owner: CartOwner
        let draft: OrderDraft
        let stockBefore: Int
        let ordersBefore: Int
        let services: StoreServices

        init() async throws {
            files = try await JourneyStore(products: 12)
            store = try files.open()
            let session = try await store.services.auth.signIn(
                email: "staff@example.com", password: DemoData.password)
            principal = .user(session)
            owner = .user(session.user.id)
            let page = try await store.services.catalog.page(ProductQuery(), at: .first, perPage: 50)
            let product = try #require(page.products.first { $0.stock.isTracked && $0.stock.covers(2) })
            stockBefore = product.stock.number
            _ = try await store.services.cart.apply(.add(CartLine(product, quantity: 1), by: 2), to: owner)
            draft = try OrderDraft(lines: [OrderDraft.Line(productID: product.id, quantity: 2)])
            services = plan.wrap(store.services)
            ordersBefore = try await Counter.orderCount(store.services, principal)
        }

        func flow(_ start: UInt64 = 1) -> CheckoutFlow {
            CheckoutFlow(services: services, ids: CountedIDs(from: start))
        }

        static func orderCount(_ services: StoreServices, _ principal: Principal) async throws -> Int {
            try await services.orders.orders(OrderQuery(everybody: true), as: principal).total
        }

        var newOrders: Int {
            get async throws { try await Counter.orderCount(store.services, principal) - ordersBefore }
        }

        var stock: Int {
            get async throws {
                try await store.services.catalog.product(draft.lines[0].productID).stock.number
            }
        }

        var cash: PaymentRequest { PaymentRequest(methodID: "cash", tenderedMinor: 99_999_99) }
    }

    private static let lost = FaultPlan.Fault.after(.outcomeUnknown)
    private static let full = FaultPlan.Fault.before(
        .storage(StorageFault(.full, path: "store.db", sentence: "The disk is full")))

    /// Each step, refused or unanswered once, and once again on the second try.
    static let faults: [(FaultyCall, FaultPlan.Fault)] = [
        (.place, lost), (.place, full), (.pay, lost), (.pay, full), (.saveCheckout, lost),
        (.saveCheckout, full), (.finishCheckout, lost), (.finishCheckout, full),
    ]

    @Test(.timeLimit(.minutes(20)), arguments: 0..<8)
    func endsInOneOrderAndOnePayment(fault index: Int) async throws {
        let counter = try await Counter()
        let (call, fault) = Self.faults[index]
        let begun = try await counter.flow().begin(counter.draft, for: counter.owner)
        counter.plan.next(call, fault, nil, fault)
        var pending = begun
        var order: Order?
        for attempt in 1...6 {
            // Every second try is one after a restart: it has what is stored, and other new keys.
            let stored = try await counter.store.services.cart.checkout(of: counter.owner)
            let start = attempt.isMultiple(of: 2) ? stored ?? pending : pending
            do throws(CheckoutFlow.Failure) {
                let (placed, cart) = try await counter.flow(UInt64(attempt)).complete(
                    start, payment: counter.cash, owner: counter.owner, principal: counter.principal)
                order = placed
                #expect(cart.isEmpty)
                break
            } catch {
                pending = error.pending
                #expect(pending.orderKey == begun.orderKey)
            }
        }
        #expect(order?.status == .paid, "\(call) \(fault)")
        #expect(try await counter.newOrders == 1)
        #expect(try await counter.stock == counter.stockBefore - 2)
        #expect(try await counter.store.services.cart.checkout(of: counter.owner) == nil)
        try counter.store.close()
        #expect(try await counter.files.violations() == [])
    }

    @Test func aConfirmedCheckoutIsNeverReplaced() async throws {
        let counter = try await Counter()
        let begun = try await counter.flow().begin(counter.draft, for: counter.owner)
        counter.plan.next(.pay, Self.lost)
        await #expect(throws: CheckoutFlow.Failure.self) {
            _ = try await counter.flow().complete(
                begun, payment: counter.cash, owner: counter.owner, principal: counter.principal)
        }
        let again = try await counter.flow(7).begin(counter.draft, for: counter.owner)
        #expect(again.orderKey == begun.orderKey && again.isConfirmed)
        let (order, cart) = try await counter.flow(7).complete(
            again, payment: again.payment, owner: counter.owner, principal: counter.principal)
        #expect(order.status == .paid && cart.isEmpty)
        #expect(try await counter.newOrders == 1)
        try counter.store.close()
    }

    @Test func anUnconfirmedCheckoutIsReplaced() async throws {
        let counter = try await Counter()
        let first = try await counter.flow(1).begin(counter.draft, for: counter.owner)
        let second = try await counter.flow(2).begin(counter.draft, for: counter.owner)
        #expect(first.orderKey != second.orderKey)
        #expect(try await counter.store.services.cart.checkout(of: counter.owner) == second)
        try counter.store.close()
    }

    @Test func whatCannotBeOrderedIsForgotten() async throws {
        let counter = try await Counter()
        let much = try OrderDraft(
            lines: [
                OrderDraft.Line(productID: counter.draft.lines[0].productID, quantity: 9_999)
            ])
        let begun = try await counter.flow().begin(much, for: counter.owner)
        do throws(CheckoutFlow.Failure) {
            _ = try await counter.flow().complete(
                begun, payment: counter.cash, owner: counter.owner, principal: counter.principal)
            Issue.record("9,999 pieces were sold")
        } catch {
            guard case .insufficientStock = error.error else {
                Issue.record("\(error)")
                return
            }
        }
        #expect(try await counter.store.services.cart.checkout(of: counter.owner) == nil)
        #expect(try await counter.store.services.cart.cart(of: counter.owner).pieces == 2, "the cart stays")
        #expect(try await counter.newOrders == 0)
        try counter.store.close()
    }

    @Test func anotherWayToPayHasAnotherKey() async throws {
        let counter = try await Counter()
        let begun = try await counter.flow().begin(counter.draft, for: counter.owner)
        counter.plan.next(.pay, .before(.paymentRefused(.told("The card was declined"))))
        var pending = begun
        do throws(CheckoutFlow.Failure) {
            _ = try await counter.flow(2).complete(
                begun, payment: PaymentRequest(methodID: "card", approvalCode: "A1"), owner: counter.owner,
                principal: counter.principal)
        } catch {
            pending = error.pending
            #expect(error.order?.status == .pending)
        }
        let first = pending.paymentKey
        let (order, _) = try await counter.flow(3).complete(
            pending, payment: counter.cash, owner: counter.owner, principal: counter.principal)
        #expect(order.payments.first?.method == .cash && first != nil)
        #expect(try await counter.newOrders == 1)
        try counter.store.close()
    }

    @Test func abandoningGivesTheStockBackAndKeepsTheCart() async throws {
        let counter = try await Counter()
        let begun = try await counter.flow().begin(counter.draft, for: counter.owner)
        counter.plan.next(.pay, .before(.paymentRefused(.told("The card was declined"))))
        var pending = begun
        do throws(CheckoutFlow.Failure) {
            _ = try await counter.flow().complete(
                begun, payment: counter.cash, owner: counter.owner, principal: counter.principal)
        } catch { pending = error.pending }
        #expect(try await counter.stock == counter.stockBefore - 2)
        counter.plan.next(.cancel, Self.lost)
        await #expect(throws: StoreError.outcomeUnknown) {
            try await counter.flow().abandon(pending, owner: counter.owner, principal: counter.principal)
        }
        try await counter.flow().abandon(pending, owner: counter.owner, principal: counter.principal)
        #expect(try await counter.stock == counter.stockBefore)
        #expect(try await counter.store.services.cart.cart(of: counter.owner).pieces == 2)
        #expect(try await counter.store.services.cart.checkout(of: counter.owner) == nil)
        try counter.store.close()
        #expect(try await counter.files.violations() == [])
    }

    @Test func whatIsPaidCannotBeAbandoned() async throws {
        let counter = try await Counter()
        let begun = try await counter.flow().begin(counter.draft, for: counter.owner)
        counter.plan.next(.pay, Self.lost)
        var pending = begun
        do throws(CheckoutFlow.Failure) {
            _ = try await counter.flow().complete(
                begun, payment: counter.cash, owner: counter.owner, principal: counter.principal)
        } catch { pending = error.pending }
        do throws(StoreError) {
            try await counter.flow().abandon(pending, owner: counter.owner, principal: counter.principal)
            Issue.record("a paid order was cancelled")
        } catch {
            guard case .wrongStatus(_, .paid) = error else {
                Issue.record("\(error)")
                return
            }
        }
        #expect(try await counter.store.services.cart.cart(of: counter.owner).isEmpty, "it was bought")
        #expect(try await counter.store.services.cart.checkout(of: counter.owner) == nil)
        try counter.store.close()
    }

    @Test func anOrderOfBeforeIsPaidOnce() async throws {
        let counter = try await Counter()
        let begun = try await counter.flow().begin(counter.draft, for: counter.owner)
        let (order, _) = try await counter.flow().complete(
            begun, payment: nil, owner: counter.owner, principal: counter.principal)
        #expect(order.status == .pending)
        counter.plan.next(.pay, Self.lost)
        let cash = counter.cash
        await #expect(throws: StoreError.outcomeUnknown) {
            _ = try await counter.flow().pay(order.id, cash, principal: counter.principal)
        }
        let paid = try await counter.flow(9).pay(order.id, cash, principal: counter.principal)
        #expect(paid.status == .paid)
        try counter.store.close()
        #expect(try await counter.files.violations() == [])
    }
}
