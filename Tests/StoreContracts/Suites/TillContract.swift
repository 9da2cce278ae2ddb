import StoreDomain
import Synchronization
import Testing

/// What a till is promised beyond a sale: what is set by hand, customers, labels, and one sale whatever becomes of
/// the answer.
extension CounterContract {
    static let tills = [
        ContractCase("A parked sale is taken up with all that was set by hand") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pen = try await shop.product("Pen", price: "10.00", stock: 9, as: people.admin)
            var basket = Cart()
            basket.apply(.add(CartLine(pen, quantity: 1), by: 3))
            let line = CartLine.ID(pen.id)
            basket.apply(
                .setOverride(line, try PriceOverride(price: try shop.amount("8.00"), reason: "scratched")))
            basket.apply(.setLineDiscount(line, .percent(try #require(Rate(percentText: "10")))))
            basket.apply(
                .setTerms(
                    SaleTerms(
                        discount: .amount(try shop.amount("1.00")),
                        customer: SaleCustomer(id: 1, name: "Customer", email: "customer@example.com"),
                        note: "comes at five",
                        exemption: try TaxExemption(reason: "mission", taxNumber: "CH-1"))))
            let parked = try await counter.parking.park(
                basket, label: "coat", till: "1", as: people.staff)
            let taken = try await counter.parking.resume(parked.code, as: people.staff).basket
            #expect(taken.lines == basket.lines && taken.terms == basket.terms)
            // Cash of one drawer is not counted in another.
            var paid = basket
            var terms = basket.terms
            // And no code of a gift card lies where anybody can take it up.
            for tender in [
                PaymentRequest(methodID: "cash", amountMinor: 500, tenderedMinor: 500),
                PaymentRequest(methodID: "gift-card", amountMinor: 100, cardCode: GiftCardCode(number: 1)),
            ] {
                terms.tenders = [tender]
                paid.apply(.setTerms(terms))
                await #expect(throws: StoreError.self) {
                    try await counter.parking.park(paid, label: "", till: "1", as: people.staff)
                }
            }
            #expect(try await counter.parking.parked(as: people.staff).isEmpty)
        },
        ContractCase("Another price of what a scale labelled is measured by its label") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            _ = try await shop.services.policy.set("tax.rate", to: "0", as: people.admin)
            _ = try await shop.services.policy.set("scale.labels", to: "20IIIIIWWWWWC", as: people.admin)
            let cheese = try await shop.services.catalog.add(
                ProductDraft(name: "Cheese", price: try shop.amount("12.90"), stock: .counted(9)),
                as: people.admin)
            let senior = try await shop.worker("senior", by: people.admin)
            // 0.254 kg: 3.28
            func sell(_ override: String?, _ key: String) async throws -> Order {
                let line = try SaleDraft.Line(
                    productID: cheese.id, quantity: 1, label: "2012345002548",
                    override: override.map {
                        try PriceOverride(price: shop.amount($0), reason: "last piece")
                    })
                return try await counter.till.sell(
                    SaleDraft(
                        till: "1", lines: [line],
                        tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 10_000)]),
                    key: shop.key(key), as: senior)
            }
            let listed = try await sell(nil, "a")
            #expect(listed.total.minorUnits == 328 && listed.items.first?.listPrice == nil)
            let cheaper = try await sell("3.00", "b")
            #expect(cheaper.items.first?.listPrice?.minorUnits == 328)
            _ = try await shop.asking(.overridePrices) { try await sell("11.00", "c") }
        },
        ContractCase("A till sells what a scale labelled, at the label's price or one set by hand") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            _ = try await shop.services.policy.set("tax.rate", to: "0", as: people.admin)
            _ = try await shop.services.policy.set("scale.labels", to: "20IIIIIPPPPPC", as: people.admin)
            let draft = try ProductDraft(
                name: "Cheese", price: try shop.amount("20.00"), stock: .counted(9))
            let cheese = try await shop.services.catalog.add(draft, as: people.admin)
            func sale(_ override: String?) throws -> SaleDraft {
                try SaleDraft(
                    till: "1",
                    lines: [
                        SaleDraft.Line(
                            productID: cheese.id, quantity: 1, label: "2012345004993",
                            override: try override.map {
                                try PriceOverride(price: shop.amount($0), reason: "last piece")
                            })
                    ], tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 10_000)])
            }
            let label = try await counter.till.price(sale(nil), as: people.admin)
            #expect(label.total.minorUnits == 499)
            let byHand = try await counter.till.sell(sale("4.00"), key: shop.key("a"), as: people.admin)
            #expect(byHand.total.minorUnits == 400 && byHand.items.first?.overrideReason == "last piece")
            _ = try await shop.services.policy.set("scale.labels", to: "", as: people.admin)
            await #expect(throws: StoreError.self) {
                try await counter.till.price(sale(nil), as: people.admin)
            }
        },
        ContractCase("A customer is found by e-mail, in any case, by who sells") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            guard case .user(let session) = people.customer else { throw StoreError.signInRequired }
            let email = session.user.email
            let found = try await counter.till.customer(email: email.uppercased(), as: people.staff)
            #expect(found.id == session.user.id && found.name == session.user.name)
            await #expect(throws: StoreError.notFound(.account("nobody@example.com"))) {
                try await counter.till.customer(email: "nobody@example.com", as: people.staff)
            }
            await #expect(throws: StoreError.notAllowed(.sell)) {
                try await counter.till.customer(email: email, as: people.customer)
            }
        },
        ContractCase("A sale whose answer is lost is one sale, however often it is asked for") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pen = try await shop.product("Pen", price: "10.00", stock: 9, as: people.admin)
            let carts = shop.services.cart
            let owner = CartOwner.user(try #require(people.staff.userID))
            let (cart, _) = try await carts.apply(.add(CartLine(pen, quantity: 1), by: 2), to: owner)
            let draft = try cart.saleDraft(
                till: "1", tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 10_000)])
            let till = LossyTill(base: counter.till, losses: 2)
            let flow = SaleFlow(carts: carts, till: till, ids: CountingIDs())
            guard
                case .unknown(let pending, .outcomeUnknown) = await flow.sell(
                    draft, owner: owner, principal: people.staff)
            else { return #expect(Bool(false), "the loss is told") }
            #expect(try await flow.pending(of: owner) == pending)
            // While it is not known, no checkout of this basket begins.
            await #expect(throws: StoreError.keyBusy) {
                try await carts.save(
                    PendingCheckout(orderKey: shop.key("c"), draft: try cart.orderDraft()), for: owner)
            }
            _ = await flow.finish(pending, owner: owner, principal: people.staff)
            // Asked for anew, it is the same sale.
            guard
                case .sold(let order, let rest) = await flow.sell(
                    draft, owner: owner, principal: people.staff)
            else { return #expect(Bool(false), "it is sold") }
            #expect(order.number?.position == 1 && rest.isEmpty)
            #expect(try await flow.pending(of: owner) == nil)
            #expect(try await shop.stock(pen) == .counted(7))
        },
        ContractCase("A sale that is refused leaves the basket as it was and nothing under way") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pen = try await shop.product("Pen", price: "10.00", stock: 9, as: people.admin)
            let carts = shop.services.cart
            let owner = CartOwner.user(try #require(people.staff.userID))
            let (cart, _) = try await carts.apply(.add(CartLine(pen, quantity: 1), by: 2), to: owner)
            let flow = SaleFlow(carts: carts, till: counter.till, ids: CountingIDs())
            let draft = try cart.saleDraft(
                till: "1", tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 1)])
            guard
                case .refused(.paymentRefused) = await flow.sell(
                    draft, owner: owner, principal: people.staff)
            else { return #expect(Bool(false), "it is refused") }
            #expect(try await flow.pending(of: owner) == nil)
            #expect(try await carts.cart(of: owner).lines == cart.lines)
        },
        ContractCase("A sale whose parking was not answered is parked once, and taken up once") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pen = try await shop.product("Pen", price: "10.00", stock: 9, as: people.admin)
            let carts = MemoryCart()
            let owner = CartOwner.user(try #require(people.staff.userID))
            let ids = CountingIDs()
            func flow(losses: Int) -> ParkingFlow {
                ParkingFlow(
                    carts: carts, parking: LossyParking(base: counter.parking, losses: losses), ids: ids)
            }
            let (basket, _) = await carts.apply([.add(CartLine(pen, quantity: 1), by: 2)], to: owner)
            let park = PendingParking.Deed.park(Cart(lines: basket.lines), label: "coat", till: "1")
            await #expect(throws: StoreError.outcomeUnknown) {
                try await flow(losses: 1).carryOut(park, owner: owner, principal: people.staff)
            }
            // It is parked, and the basket does not know yet: nothing of it can be sold meanwhile.
            #expect(try await counter.parking.parked(as: people.staff).map(\.code) == ["10"])
            #expect(await carts.cart(of: owner).pieces == 2)
            let draft = try basket.saleDraft(till: "1")
            let sale = PendingSale(saleKey: try shop.key("s"), draft: draft)
            await #expect(throws: StoreError.keyBusy) { try await carts.save(sale, for: owner) }
            let done = try #require(await flow(losses: 0).settle(owner: owner, principal: people.staff))
            #expect(done.cart.isEmpty && done.sale.label == "coat")
            #expect(try await counter.parking.parked(as: people.staff).count == 1)
            #expect(try await flow(losses: 0).settle(owner: owner, principal: people.staff) == nil)

            await #expect(throws: StoreError.outcomeUnknown) {
                try await flow(losses: 1).carryOut(
                    .takeUp(code: "10"), owner: owner, principal: people.staff)
            }
            #expect(try await counter.parking.parked(as: people.staff).isEmpty)
            #expect(await carts.cart(of: owner).isEmpty)
            // What is scanned meanwhile stays beside what is taken up.
            _ = await carts.apply([.add(CartLine(pen, quantity: 1), by: 1)], to: owner)
            let taken = try #require(await flow(losses: 0).settle(owner: owner, principal: people.staff))
            #expect(taken.cart.pieces == 3 && taken.deed == .takeUp(code: "10"))
            // What is refused leaves nothing open.
            await #expect(throws: StoreError.notFound(.parkedSale("10"))) {
                try await flow(losses: 0).carryOut(
                    .takeUp(code: "10"), owner: owner, principal: people.staff)
            }
            #expect(await carts.parking(of: owner) == nil)
        },
    ]
}

/// Parking whose first answers are lost.
private final class LossyParking: ParkingService {
    private let base: any ParkingService
    private let losses: Mutex<Int>

    init(base: any ParkingService, losses: Int) {
        self.base = base
        self.losses = Mutex(losses)
    }

    private func lose() throws(StoreError) {
        let isLost = losses.withLock { left in
            left -= 1
            return left >= 0
        }
        if isLost { throw .outcomeUnknown }
    }

    func park(_ basket: Cart, label: String, till: String, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> ParkedSale
    {
        let sale = try await base.park(basket, label: label, till: till, key: key, as: principal)
        try lose()
        return sale
    }

    func parked(as principal: Principal) async throws(StoreError) -> [ParkedSale] {
        try await base.parked(as: principal)
    }

    func resume(_ code: String, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> ParkedSale
    {
        let sale = try await base.resume(code, key: key, as: principal)
        try lose()
        return sale
    }
}

extension ParkingService {
    /// Under a key that nothing else has.
    public func park(_ basket: Cart, label: String, till: String, as principal: Principal)
        async throws(StoreError) -> ParkedSale
    {
        try await park(basket, label: label, till: till, key: .any(), as: principal)
    }

    /// Under a key that nothing else has.
    public func resume(_ code: String, as principal: Principal) async throws(StoreError) -> ParkedSale {
        try await resume(code, key: .any(), as: principal)
    }
}

extension IdempotencyKey {
    fileprivate static func any() -> IdempotencyKey {
        guard let key = IdempotencyKey("any-\(UInt64.random(in: 0 ... .max))") else {
            fatalError("letters and digits are a key")
        }
        return key
    }
}

/// A till whose first sales are made, and their answers lost.
private final class LossyTill: TillService {
    private let base: any TillService
    private let losses: Mutex<Int>

    init(base: any TillService, losses: Int) {
        self.base = base
        self.losses = Mutex(losses)
    }

    func price(_ draft: SaleDraft, as principal: Principal) async throws(StoreError) -> PricedSale {
        try await base.price(draft, as: principal)
    }

    func sell(_ draft: SaleDraft, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order
    {
        let order = try await base.sell(draft, key: key, as: principal)
        let isLost = losses.withLock { left in
            left -= 1
            return left >= 0
        }
        if isLost { throw .outcomeUnknown }
        return order
    }

    func makeInvoice(of orderID: Int64, to party: InvoiceParty, till: String, as principal: Principal)
        async throws(StoreError) -> Order
    {
        try await base.makeInvoice(of: orderID, to: party, till: till, as: principal)
    }

    func customer(email: String, as principal: Principal) async throws(StoreError) -> SaleCustomer {
        try await base.customer(email: email, as: principal)
    }

    func customers(finding words: String, as principal: Principal) async throws(StoreError) -> [SaleCustomer]
    {
        try await base.customers(finding: words, as: principal)
    }

    func addCustomer(name: String, email: String, as principal: Principal) async throws(StoreError)
        -> SaleCustomer
    {
        try await base.addCustomer(name: name, email: email, as: principal)
    }
}
