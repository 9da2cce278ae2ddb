import StoreDomain
import Synchronization
import Testing

/// What a checkout promises over any services: whatever fails, one order and one payment.
public enum CheckoutContract {
    public static let cases = [
        ContractCase("Whichever call fails, before or after its effect, going on ends in one paid order") {
            shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "29.99", stock: 90, as: people.admin)
            let owner = CartOwner.user(try #require(people.customer.userID))
            let payment = PaymentRequest(methodID: "demo-card")
            let ids = CountingIDs()
            var sold = 0
            for fault in Faults.every(calls: 6) {
                let cart = try await shop.services.cart.apply(
                    .add(CartLine(pen, quantity: 0), by: 2), to: owner
                ).0
                let began = await fault.attempt(
                    cart, payment, shop: shop, ids: ids, owner: owner, principal: people.customer)

                // The program starts again and finds what it had stored.
                let stored = try await shop.services.cart.checkout(of: owner)
                if let stored {
                    let (order, rest) = try await CheckoutFlow(services: shop.services, ids: ids).complete(
                        stored, payment: stored.payment ?? payment, owner: owner, principal: people.customer)
                    #expect(order.status == .paid && rest.isEmpty, fault.comment)
                }
                sold += began || stored != nil ? 1 : 0
                let paid = try await shop.services.orders.orders(OrderQuery(), as: people.customer)
                #expect(paid.total == sold && paid.orders.allSatisfy { $0.status == .paid }, fault.comment)
                #expect(try await shop.stock(pen) == .counted(90 - 2 * sold), fault.comment)
                #expect(try await shop.services.cart.checkout(of: owner) == nil, fault.comment)
                let left = try await shop.services.cart.cart(of: owner)
                #expect(left.isEmpty == (began || stored != nil), fault.comment)
                _ = try await shop.services.cart.apply(.clear, to: owner)
            }
            #expect(sold == 11)
        },
        ContractCase("A checkout given up leaves no order standing, and the cart as it was") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "29.99", stock: 90, as: people.admin)
            let owner = CartOwner.user(try #require(people.customer.userID))
            let ids = CountingIDs()
            let flow = CheckoutFlow(services: shop.services, ids: ids)
            let cart = try await shop.services.cart.apply(.add(CartLine(pen, quantity: 0), by: 2), to: owner)
                .0
            for fault in Faults.every(calls: 5) {
                _ = await fault.attempt(
                    cart, PaymentRequest(methodID: "cheque"), shop: shop, ids: ids, owner: owner,
                    principal: people.customer)
                if let stored = try await shop.services.cart.checkout(of: owner) {
                    try await flow.abandon(stored, owner: owner, principal: people.customer)
                }
                let orders = try await shop.services.orders.orders(
                    OrderQuery(status: .pending), as: people.customer)
                #expect(orders.total == 0, fault.comment)
                #expect(try await shop.stock(pen) == 90, fault.comment)
                #expect(try await shop.services.cart.cart(of: owner).lines == cart.lines, fault.comment)
                #expect(try await shop.services.cart.checkout(of: owner) == nil, fault.comment)
            }
        },
    ]
}

/// Keys that are different, and the same in every run.
public final class CountingIDs: IDSource {
    private let count = Mutex<UInt64>(0)

    public init() {}

    public func idempotencyKey() -> IdempotencyKey {
        count.withLock { count in
            count += 1
            return IdempotencyKey(random: 0, count)
        }
    }

    public func giftCardCode() -> GiftCardCode {
        count.withLock { count in
            count += 1
            return GiftCardCode(number: count)
        }
    }
}

/// Lets the writing calls of a checkout through but for one, which fails as if the line had dropped.
private final class Faults: Sendable {
    private let failing: Int
    private let afterEffect: Bool
    private let count = Mutex(0)

    init(failing: Int, afterEffect: Bool) {
        self.failing = failing
        self.afterEffect = afterEffect
    }

    static func every(calls: Int) -> [Faults] {
        (1...calls).flatMap { call in
            [false, true].map { Faults(failing: call, afterEffect: $0) }
        }
    }

    var comment: Comment { "call \(failing) failed \(afterEffect ? "after" : "before") its effect" }

    func pass<T>(_ call: () async throws(StoreError) -> T) async throws(StoreError) -> T {
        let number = count.withLock { count in
            count += 1
            return count
        }
        if number == failing, !afterEffect { throw .outcomeUnknown }
        let result = try await call()
        if number == failing { throw .outcomeUnknown }
        return result
    }

    /// One checkout, which the fault ends.
    ///
    /// - Returns: whether it went through all the same, the answer being lost at the very end.
    func attempt(
        _ cart: Cart, _ payment: PaymentRequest, shop: Shop, ids: any IDSource, owner: CartOwner,
        principal: Principal
    ) async -> Bool {
        let base = shop.services
        let services = StoreServices(
            auth: base.auth, accounts: base.accounts, catalog: base.catalog,
            orders: FaultyOrders(base: base.orders, faults: self),
            payments: FaultyPayments(base: base.payments, faults: self), discounts: base.discounts,
            cart: FaultyCart(base: base.cart, faults: self), policy: base.policy, counter: base.counter)
        let flow = CheckoutFlow(services: services, ids: ids)
        do {
            let pending = try await flow.begin(cart.orderDraft(), for: owner)
            _ = try await flow.complete(pending, payment: payment, owner: owner, principal: principal)
            Issue.record("nothing failed: \(comment)")
        } catch {}
        return failing == 6 && afterEffect
    }
}

private struct FaultyOrders: OrderService {
    let base: any OrderService
    let faults: Faults

    func place(_ draft: OrderDraft, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order
    {
        try await faults.pass { () async throws(StoreError) in
            try await base.place(draft, key: key, as: principal)
        }
    }
    func order(placedUnder key: IdempotencyKey, as principal: Principal) async throws(StoreError) -> Order? {
        try await base.order(placedUnder: key, as: principal)
    }
    func orders(_ query: OrderQuery, as principal: Principal) async throws(StoreError) -> OrderPage {
        try await base.orders(query, as: principal)
    }
    func order(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        try await base.order(id, as: principal)
    }
    func cancel(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        try await base.cancel(id, as: principal)
    }
    func dailySales(days: Int, as principal: Principal)
        async throws(StoreError) -> [DaySales]
    {
        try await base.dailySales(days: days, as: principal)
    }
}

private struct FaultyPayments: PaymentService {
    let base: any PaymentService
    let faults: Faults

    func quote(_ lines: [PricedLine], discountCode: String?, as principal: Principal)
        async throws(StoreError) -> PriceBreakdown
    {
        try await base.quote(lines, discountCode: discountCode, as: principal)
    }
    func methods(as principal: Principal) async throws(StoreError) -> [PaymentMethod] {
        try await base.methods(as: principal)
    }
    func keepOpen(_ orderID: Int64, as principal: Principal) async throws(StoreError) {
        try await base.keepOpen(orderID, as: principal)
    }
    func pay(_ orderID: Int64, _ tenders: [PaymentRequest], key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Order
    {
        try await faults.pass { () async throws(StoreError) in
            try await base.pay(orderID, tenders, key: key, as: principal)
        }
    }
    func stranded(as principal: Principal) async throws(StoreError) -> [StrandedPayment] {
        try await base.stranded(as: principal)
    }
}

private struct FaultyCart: CartService {
    let base: any CartService
    let faults: Faults

    func cart(of owner: CartOwner) async throws(StoreError) -> Cart { try await base.cart(of: owner) }
    func apply(_ changes: [CartChange], to owner: CartOwner) async throws(StoreError) -> (Cart, [CartNote]) {
        try await base.apply(changes, to: owner)
    }
    func undo(_ owner: CartOwner) async throws(StoreError) -> Cart { try await base.undo(owner) }
    func redo(_ owner: CartOwner) async throws(StoreError) -> Cart { try await base.redo(owner) }
    func open(for owner: CartOwner) async throws(StoreError) -> OpenedBasket {
        try await base.open(for: owner)
    }
    func leftBehind(by owner: CartOwner) async throws(StoreError) -> [LeftBasket] {
        try await base.leftBehind(by: owner)
    }
    func takeUp(_ id: LeftBasket.ID, for owner: CartOwner) async throws(StoreError) -> Cart? {
        try await base.takeUp(id, for: owner)
    }
    func letGo(_ owner: CartOwner) async throws(StoreError) { try await base.letGo(owner) }
    func handOver(from owner: CartOwner, to other: CartOwner) async throws(StoreError) {
        try await base.handOver(from: owner, to: other)
    }
    func adopt(guestCartFor userID: Int64) async throws(StoreError) -> (OpenedBasket, [CartNote]) {
        try await base.adopt(guestCartFor: userID)
    }
    func checkout(of owner: CartOwner) async throws(StoreError) -> PendingCheckout? {
        try await base.checkout(of: owner)
    }
    func save(_ checkout: PendingCheckout, for owner: CartOwner) async throws(StoreError) {
        try await faults.pass { () async throws(StoreError) in try await base.save(checkout, for: owner) }
    }
    func sale(of owner: CartOwner) async throws(StoreError) -> PendingSale? {
        try await base.sale(of: owner)
    }
    func save(_ sale: PendingSale, for owner: CartOwner) async throws(StoreError) {
        try await faults.pass { () async throws(StoreError) in try await base.save(sale, for: owner) }
    }
    func finishSale(of owner: CartOwner, isSold: Bool) async throws(StoreError) -> Cart {
        try await faults.pass { () async throws(StoreError) in
            try await base.finishSale(of: owner, isSold: isSold)
        }
    }
    func parking(of owner: CartOwner) async throws(StoreError) -> PendingParking? {
        try await base.parking(of: owner)
    }
    func save(_ parking: PendingParking, for owner: CartOwner) async throws(StoreError) {
        try await faults.pass { () async throws(StoreError) in try await base.save(parking, for: owner) }
    }
    func finishParking(of owner: CartOwner, with sale: ParkedSale?) async throws(StoreError) -> Cart {
        try await faults.pass { () async throws(StoreError) in
            try await base.finishParking(of: owner, with: sale)
        }
    }
    func finishCheckout(of owner: CartOwner, keepingCart: Bool) async throws(StoreError) -> Cart {
        try await faults.pass { () async throws(StoreError) in
            try await base.finishCheckout(of: owner, keepingCart: keepingCart)
        }
    }
}
