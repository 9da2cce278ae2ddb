import StoreDomain
import Synchronization

/// Services on top of those of a throw-away shop, whose calls go wrong as they are told to; and the shop's clock.
public final class StoreFaults: StoreClock {
    private struct State {
        var fails: [TapedFault.Call: Int] = [:]
        var loses: [TapedFault.Call: Int] = [:]
        var isOffline = false
        var time: Timestamp
    }

    private let state: Mutex<State>

    public init(clock: Timestamp) { state = Mutex(State(time: clock)) }

    public func now() -> Timestamp { state.withLock(\.time) }

    public func arm(_ fault: TapedFault) {
        state.withLock { state in
            switch fault {
            case .fails(let call): state.fails[call, default: 0] += 1
            case .loses(let call): state.loses[call, default: 0] += 1
            case .offline: state.isOffline = true
            case .over: state = State(time: state.time)
            case .clock(let seconds):
                state.time = Timestamp(milliseconds: state.time.milliseconds + Int64(seconds) * 1_000)
            }
        }
    }

    public func wrap(_ services: StoreServices) -> StoreServices {
        StoreServices(
            auth: services.auth, accounts: services.accounts,
            catalog: FaultyCatalog(base: services.catalog, faults: self),
            orders: FaultyOrders(base: services.orders, faults: self),
            payments: FaultyPayments(base: services.payments, faults: self), discounts: services.discounts,
            cart: FaultyCart(base: services.cart, faults: self), policy: services.policy,
            counter: services.counter.map(wrap), changes: services.changes, visitor: services.visitor)
    }

    private func wrap(_ counter: CounterServices) -> CounterServices {
        CounterServices(
            till: FaultyTill(base: counter.till, faults: self),
            refunds: FaultyRefunds(base: counter.refunds, faults: self), looseReturns: counter.looseReturns,
            cards: counter.cards, customers: counter.customers, shifts: counter.shifts,
            parking: counter.parking,
            stock: counter.stock, products: counter.products, journal: counter.journal, pins: counter.pins,
            approvals: counter.approvals, reports: counter.reports)
    }

    fileprivate func run<Value: Sendable>(
        _ call: TapedFault.Call, _ body: () async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let (fails, loses) = state.withLock { state in
            (state.isOffline || take(&state.fails[call]), take(&state.loses[call]))
        }
        if fails { throw .unreachable("it fails on purpose") }
        let value = try await body()
        if loses { throw .outcomeUnknown }
        return value
    }

    /// Whether there was one left.
    private func take(_ count: inout Int?) -> Bool {
        guard let left = count, left > 0 else { return false }
        count = left - 1
        return true
    }
}

private struct FaultyCatalog: CatalogService {
    let base: any CatalogService
    let faults: StoreFaults

    func page(_ query: ProductQuery, at position: PagePosition, perPage: Int) async throws(StoreError)
        -> ProductPage
    {
        try await faults.run(.page) { () throws(StoreError) in
            try await base.page(query, at: position, perPage: perPage)
        }
    }
    func product(_ id: Int64) async throws(StoreError) -> Product {
        try await faults.run(.product) { () throws(StoreError) in try await base.product(id) }
    }
    func product(code: String) async throws(StoreError) -> Product {
        try await faults.run(.product) { () throws(StoreError) in try await base.product(code: code) }
    }
    func products(_ ids: [Int64]) async throws(StoreError) -> [Product] {
        try await faults.run(.product) { () throws(StoreError) in try await base.products(ids) }
    }
    func categories() async throws(StoreError) -> [CategoryCount] { try await base.categories() }
    func add(_ draft: ProductDraft, as principal: Principal) async throws(StoreError) -> Product {
        try await base.add(draft, as: principal)
    }
    func edit(_ id: Int64, _ patch: ProductPatch, seen: ProductVersion?, as principal: Principal)
        async throws(StoreError) -> Product
    {
        try await base.edit(id, patch, seen: seen, as: principal)
    }
}

private struct FaultyOrders: OrderService {
    let base: any OrderService
    let faults: StoreFaults

    func place(_ draft: OrderDraft, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order
    {
        try await faults.run(.place) { () throws(StoreError) in
            try await base.place(draft, key: key, as: principal)
        }
    }
    func order(placedUnder key: IdempotencyKey, as principal: Principal) async throws(StoreError) -> Order? {
        try await base.order(placedUnder: key, as: principal)
    }
    func orders(_ query: OrderQuery, as principal: Principal) async throws(StoreError) -> OrderPage {
        try await faults.run(.page) { () throws(StoreError) in try await base.orders(query, as: principal) }
    }
    func order(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        try await base.order(id, as: principal)
    }
    func cancel(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        try await faults.run(.cancel) { () throws(StoreError) in try await base.cancel(id, as: principal) }
    }
    func dailySales(days: Int, as principal: Principal) async throws(StoreError) -> [DaySales] {
        try await base.dailySales(days: days, as: principal)
    }
}

private struct FaultyPayments: PaymentService {
    let base: any PaymentService
    let faults: StoreFaults

    func quote(_ lines: [PricedLine], discountCode: String?, as principal: Principal) async throws(StoreError)
        -> PriceBreakdown
    {
        try await faults.run(.page) { () throws(StoreError) in
            try await base.quote(lines, discountCode: discountCode, as: principal)
        }
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
        try await faults.run(.pay) { () throws(StoreError) in
            try await base.pay(orderID, tenders, key: key, as: principal)
        }
    }
    func stranded(as principal: Principal) async throws(StoreError) -> [StrandedPayment] {
        try await base.stranded(as: principal)
    }
}

private struct FaultyCart: CartService {
    let base: any CartService
    let faults: StoreFaults

    func cart(of owner: CartOwner) async throws(StoreError) -> Cart { try await base.cart(of: owner) }
    func open(for owner: CartOwner) async throws(StoreError) -> OpenedBasket {
        try await base.open(for: owner)
    }
    func leftBehind(by owner: CartOwner) async throws(StoreError) -> [LeftBasket] {
        try await base.leftBehind(by: owner)
    }
    func takeUp(_ id: LeftBasket.ID, for owner: CartOwner) async throws(StoreError) -> Cart? {
        try await base.takeUp(id, for: owner)
    }
    func handOver(from owner: CartOwner, to other: CartOwner) async throws(StoreError) {
        try await base.handOver(from: owner, to: other)
    }
    func letGo(_ owner: CartOwner) async throws(StoreError) { try await base.letGo(owner) }
    func apply(_ changes: [CartChange], to owner: CartOwner) async throws(StoreError) -> (Cart, [CartNote]) {
        try await faults.run(.cart) { () throws(StoreError) in try await base.apply(changes, to: owner) }
    }
    func undo(_ owner: CartOwner) async throws(StoreError) -> Cart {
        try await faults.run(.cart) { () throws(StoreError) in try await base.undo(owner) }
    }
    func redo(_ owner: CartOwner) async throws(StoreError) -> Cart {
        try await faults.run(.cart) { () throws(StoreError) in try await base.redo(owner) }
    }
    func adopt(guestCartFor userID: Int64) async throws(StoreError) -> (OpenedBasket, [CartNote]) {
        try await base.adopt(guestCartFor: userID)
    }
    func checkout(of owner: CartOwner) async throws(StoreError) -> PendingCheckout? {
        try await base.checkout(of: owner)
    }
    func save(_ checkout: PendingCheckout, for owner: CartOwner) async throws(StoreError) {
        try await faults.run(.save) { () throws(StoreError) in try await base.save(checkout, for: owner) }
    }
    func finishCheckout(of owner: CartOwner, keepingCart: Bool) async throws(StoreError) -> Cart {
        try await faults.run(.finish) { () throws(StoreError) in
            try await base.finishCheckout(of: owner, keepingCart: keepingCart)
        }
    }
    func sale(of owner: CartOwner) async throws(StoreError) -> PendingSale? { try await base.sale(of: owner) }
    func save(_ sale: PendingSale, for owner: CartOwner) async throws(StoreError) {
        try await faults.run(.save) { () throws(StoreError) in try await base.save(sale, for: owner) }
    }
    func finishSale(of owner: CartOwner, isSold: Bool) async throws(StoreError) -> Cart {
        try await faults.run(.finish) { () throws(StoreError) in
            try await base.finishSale(of: owner, isSold: isSold)
        }
    }
    func parking(of owner: CartOwner) async throws(StoreError) -> PendingParking? {
        try await base.parking(of: owner)
    }
    func save(_ parking: PendingParking, for owner: CartOwner) async throws(StoreError) {
        try await faults.run(.save) { () throws(StoreError) in try await base.save(parking, for: owner) }
    }
    func finishParking(of owner: CartOwner, with sale: ParkedSale?) async throws(StoreError) -> Cart {
        try await faults.run(.finish) { () throws(StoreError) in
            try await base.finishParking(of: owner, with: sale)
        }
    }
}

private struct FaultyTill: TillService {
    let base: any TillService
    let faults: StoreFaults

    func price(_ draft: SaleDraft, as principal: Principal) async throws(StoreError) -> PricedSale {
        try await faults.run(.page) { () throws(StoreError) in try await base.price(draft, as: principal) }
    }
    func sell(_ draft: SaleDraft, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order
    {
        try await faults.run(.sell) { () throws(StoreError) in
            try await base.sell(draft, key: key, as: principal)
        }
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

private struct FaultyRefunds: RefundService {
    let base: any RefundService
    let faults: StoreFaults

    func refund(_ draft: RefundDraft, till: String, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Refund
    {
        try await faults.run(.refund) { () throws(StoreError) in
            try await base.refund(draft, till: till, key: key, as: principal)
        }
    }
    func void(_ draft: VoidDraft, till: String, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Refund
    {
        try await faults.run(.void) { () throws(StoreError) in
            try await base.void(draft, till: till, key: key, as: principal)
        }
    }
    func refunds(of orderID: Int64, as principal: Principal) async throws(StoreError) -> [Refund] {
        try await base.refunds(of: orderID, as: principal)
    }
}
