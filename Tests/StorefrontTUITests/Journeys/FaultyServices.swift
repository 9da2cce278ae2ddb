import StoreContracts
import StoreDomain
import Synchronization

/// A call that a test can make fail.
enum FaultyCall: Hashable, Sendable { case place, pay, cancel, saveCheckout, finishCheckout, applyChange }

/// Services on top of real ones, whose calls fail as told: before they have their effect, or after it, when
/// the answer is lost.
final class FaultPlan: Sendable {
    enum Fault: Hashable, Sendable {
        case before(StoreError)
        case after(StoreError)
    }

    private let faults = Mutex<[FaultyCall: [Fault?]]>([:])
    private let waits = Mutex<[FaultyCall: @Sendable () async -> Void]>([:])

    /// What the next calls of a kind end with; nil lets one through.
    func next(_ call: FaultyCall, _ plan: Fault?...) { faults.withLock { $0[call] = plan } }

    /// Runs before each call of a kind.
    func before(_ call: FaultyCall, _ body: @escaping @Sendable () async -> Void) {
        waits.withLock { $0[call] = body }
    }

    func wrap(_ services: StoreServices) -> StoreServices {
        services.replacing(
            orders: FaultyOrders(base: services.orders, plan: self),
            payments: FaultyPayments(base: services.payments, plan: self),
            cart: FaultyCart(base: services.cart, plan: self))
    }

    fileprivate func run<Value: Sendable>(
        _ call: FaultyCall, _ body: () async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        if let wait = waits.withLock({ $0[call] }) { await wait() }
        let fault = faults.withLock { faults -> Fault? in
            guard faults[call]?.isEmpty == false else { return nil }
            return faults[call]?.removeFirst()
        }
        if case .before(let error)? = fault { throw error }
        let value = try await body()
        if case .after(let error)? = fault { throw error }
        return value
    }
}

private struct FaultyOrders: OrderService {
    let base: any OrderService
    let plan: FaultPlan

    func place(_ draft: OrderDraft, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order
    {
        try await plan.run(.place) { () throws(StoreError) in
            try await base.place(draft, key: key, as: principal)
        }
    }

    func order(placedUnder key: IdempotencyKey, as principal: Principal) async throws(StoreError) -> Order? {
        try await base.order(placedUnder: key, as: principal)
    }

    func dailySales(days: Int, as principal: Principal)
        async throws(StoreError) -> [DaySales]
    {
        try await base.dailySales(days: days, as: principal)
    }

    func orders(_ query: OrderQuery, as principal: Principal) async throws(StoreError) -> OrderPage {
        try await base.orders(query, as: principal)
    }

    func order(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        try await base.order(id, as: principal)
    }

    func cancel(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        try await plan.run(.cancel) { () throws(StoreError) in try await base.cancel(id, as: principal) }
    }
}

private struct FaultyPayments: PaymentService {
    let base: any PaymentService
    let plan: FaultPlan

    func quote(_ lines: [PricedLine], discountCode: String?, as principal: Principal) async throws(StoreError)
        -> PriceBreakdown
    { try await base.quote(lines, discountCode: discountCode, as: principal) }

    func methods(as principal: Principal) async throws(StoreError) -> [PaymentMethod] {
        try await base.methods(as: principal)
    }

    func keepOpen(_ orderID: Int64, as principal: Principal) async throws(StoreError) {
        try await base.keepOpen(orderID, as: principal)
    }

    func stranded(as principal: Principal) async throws(StoreError) -> [StrandedPayment] {
        try await base.stranded(as: principal)
    }

    func pay(_ orderID: Int64, _ tenders: [PaymentRequest], key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Order
    {
        try await plan.run(.pay) { () throws(StoreError) in
            try await base.pay(orderID, tenders, key: key, as: principal)
        }
    }
}

private struct FaultyCart: CartService {
    let base: any CartService
    let plan: FaultPlan

    func cart(of owner: CartOwner) async throws(StoreError) -> Cart { try await base.cart(of: owner) }

    func apply(_ changes: [CartChange], to owner: CartOwner) async throws(StoreError) -> (Cart, [CartNote]) {
        try await plan.run(.applyChange) { () throws(StoreError) in
            try await base.apply(changes, to: owner)
        }
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
        try await plan.run(.saveCheckout) { () throws(StoreError) in
            try await base.save(checkout, for: owner)
        }
    }

    func sale(of owner: CartOwner) async throws(StoreError) -> PendingSale? {
        try await base.sale(of: owner)
    }

    func save(_ sale: PendingSale, for owner: CartOwner) async throws(StoreError) {
        try await base.save(sale, for: owner)
    }

    func finishSale(of owner: CartOwner, isSold: Bool) async throws(StoreError) -> Cart {
        try await base.finishSale(of: owner, isSold: isSold)
    }

    func parking(of owner: CartOwner) async throws(StoreError) -> PendingParking? {
        try await base.parking(of: owner)
    }

    func save(_ parking: PendingParking, for owner: CartOwner) async throws(StoreError) {
        try await base.save(parking, for: owner)
    }

    func finishParking(of owner: CartOwner, with sale: ParkedSale?) async throws(StoreError) -> Cart {
        try await base.finishParking(of: owner, with: sale)
    }

    func finishCheckout(of owner: CartOwner, keepingCart: Bool) async throws(StoreError) -> Cart {
        try await plan.run(.finishCheckout) { () throws(StoreError) in
            try await base.finishCheckout(of: owner, keepingCart: keepingCart)
        }
    }
}
