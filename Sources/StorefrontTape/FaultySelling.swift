import StoreDomain

// What sells and what gives money back, as `StoreFaults` lets it go wrong.

struct FaultyCatalog: CatalogService {
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
    func categories() async throws(StoreError) -> [CategoryCount] {
        try await faults.run(.look) { () throws(StoreError) in try await base.categories() }
    }
    func add(_ draft: ProductDraft, as principal: Principal) async throws(StoreError) -> Product {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.add(draft, as: principal)
        }
    }
    func edit(_ id: Int64, _ patch: ProductPatch, seen: ProductVersion?, as principal: Principal)
        async throws(StoreError) -> Product
    {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.edit(id, patch, seen: seen, as: principal)
        }
    }
}

struct FaultyOrder: OrderService {
    let base: any OrderService
    let faults: StoreFaults

    func place(_ draft: OrderDraft, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order
    {
        try await faults.run(.place, as: principal) { () throws(StoreError) in
            try await base.place(draft, key: key, as: principal)
        }
    }
    func order(placedUnder key: IdempotencyKey, as principal: Principal) async throws(StoreError) -> Order? {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.order(placedUnder: key, as: principal)
        }
    }
    func orders(_ query: OrderQuery, as principal: Principal) async throws(StoreError) -> OrderPage {
        try await faults.run(.page, as: principal) { () throws(StoreError) in
            try await base.orders(query, as: principal)
        }
    }
    func order(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.order(id, as: principal)
        }
    }
    func cancel(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        try await faults.run(.cancel, as: principal) { () throws(StoreError) in
            try await base.cancel(id, as: principal)
        }
    }
    func dailySales(days: Int, as principal: Principal) async throws(StoreError) -> [DaySales] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.dailySales(days: days, as: principal)
        }
    }
}

struct FaultyPayment: PaymentService {
    let base: any PaymentService
    let faults: StoreFaults

    func quote(_ lines: [PricedLine], discountCode: String?, as principal: Principal) async throws(StoreError)
        -> PriceBreakdown
    {
        try await faults.run(.page, as: principal) { () throws(StoreError) in
            try await base.quote(lines, discountCode: discountCode, as: principal)
        }
    }
    func methods(as principal: Principal) async throws(StoreError) -> [PaymentMethod] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.methods(as: principal)
        }
    }
    func keepOpen(_ orderID: Int64, as principal: Principal) async throws(StoreError) {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.keepOpen(orderID, as: principal)
        }
    }
    func pay(_ orderID: Int64, _ tenders: [PaymentRequest], key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Order
    {
        try await faults.run(.pay, as: principal) { () throws(StoreError) in
            try await base.pay(orderID, tenders, key: key, as: principal)
        }
    }
    func stranded(as principal: Principal) async throws(StoreError) -> [StrandedPayment] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.stranded(as: principal)
        }
    }
}

struct FaultyDiscount: DiscountService {
    let base: any DiscountService
    let faults: StoreFaults

    func discounts(as principal: Principal) async throws(StoreError) -> [Discount] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.discounts(as: principal)
        }
    }
    func add(_ discount: Discount, as principal: Principal) async throws(StoreError) -> Discount {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.add(discount, as: principal)
        }
    }
    func change(_ code: String, _ change: DiscountChange, as principal: Principal) async throws(StoreError)
        -> Discount
    {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.change(code, change, as: principal)
        }
    }
}

struct FaultyCart: CartService {
    let base: any CartService
    let faults: StoreFaults

    func cart(of owner: CartOwner) async throws(StoreError) -> Cart {
        try await faults.run(.look) { () throws(StoreError) in try await base.cart(of: owner) }
    }
    func open(for owner: CartOwner) async throws(StoreError) -> OpenedBasket {
        try await faults.run(.cart) { () throws(StoreError) in try await base.open(for: owner) }
    }
    func leftBehind(by owner: CartOwner) async throws(StoreError) -> [LeftBasket] {
        try await faults.run(.look) { () throws(StoreError) in try await base.leftBehind(by: owner) }
    }
    func takeUp(_ id: LeftBasket.ID, for owner: CartOwner) async throws(StoreError) -> Cart? {
        try await faults.run(.cart) { () throws(StoreError) in try await base.takeUp(id, for: owner) }
    }
    func handOver(from owner: CartOwner, to other: CartOwner) async throws(StoreError) {
        try await faults.run(.cart) { () throws(StoreError) in try await base.handOver(from: owner, to: other)
        }
    }
    func letGo(_ owner: CartOwner) async throws(StoreError) {
        try await faults.run(.cart) { () throws(StoreError) in try await base.letGo(owner) }
    }
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
        try await faults.run(.cart) { () throws(StoreError) in try await base.adopt(guestCartFor: userID) }
    }
    func checkout(of owner: CartOwner) async throws(StoreError) -> PendingCheckout? {
        try await faults.run(.look) { () throws(StoreError) in try await base.checkout(of: owner) }
    }
    func save(_ checkout: PendingCheckout, for owner: CartOwner) async throws(StoreError) {
        try await faults.run(.save) { () throws(StoreError) in try await base.save(checkout, for: owner) }
    }
    func finishCheckout(of owner: CartOwner, keepingCart: Bool) async throws(StoreError) -> Cart {
        try await faults.run(.finish) { () throws(StoreError) in
            try await base.finishCheckout(of: owner, keepingCart: keepingCart)
        }
    }
    func sale(of owner: CartOwner) async throws(StoreError) -> PendingSale? {
        try await faults.run(.look) { () throws(StoreError) in try await base.sale(of: owner) }
    }
    func save(_ sale: PendingSale, for owner: CartOwner) async throws(StoreError) {
        try await faults.run(.save) { () throws(StoreError) in try await base.save(sale, for: owner) }
    }
    func finishSale(of owner: CartOwner, isSold: Bool) async throws(StoreError) -> Cart {
        try await faults.run(.finish) { () throws(StoreError) in
            try await base.finishSale(of: owner, isSold: isSold)
        }
    }
    func parking(of owner: CartOwner) async throws(StoreError) -> PendingParking? {
        try await faults.run(.look) { () throws(StoreError) in try await base.parking(of: owner) }
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

struct FaultyTill: TillService {
    let base: any TillService
    let faults: StoreFaults

    func price(_ draft: SaleDraft, as principal: Principal) async throws(StoreError) -> PricedSale {
        try await faults.run(.page, as: principal) { () throws(StoreError) in
            try await base.price(draft, as: principal)
        }
    }
    func sell(_ draft: SaleDraft, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order
    {
        try await faults.run(.sell, as: principal) { () throws(StoreError) in
            try await base.sell(draft, key: key, as: principal)
        }
    }
    func makeInvoice(of orderID: Int64, to party: InvoiceParty, till: String, as principal: Principal)
        async throws(StoreError) -> Order
    {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.makeInvoice(of: orderID, to: party, till: till, as: principal)
        }
    }
    func customer(email: String, as principal: Principal) async throws(StoreError) -> SaleCustomer {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.customer(email: email, as: principal)
        }
    }
    func customers(finding words: String, as principal: Principal) async throws(StoreError) -> [SaleCustomer]
    {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.customers(finding: words, as: principal)
        }
    }
    func addCustomer(name: String, email: String, as principal: Principal) async throws(StoreError)
        -> SaleCustomer
    {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.addCustomer(name: name, email: email, as: principal)
        }
    }
}

struct FaultyRefund: RefundService {
    let base: any RefundService
    let faults: StoreFaults

    func refund(_ draft: RefundDraft, till: String, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Refund
    {
        try await faults.run(.refund, as: principal) { () throws(StoreError) in
            try await base.refund(draft, till: till, key: key, as: principal)
        }
    }
    func void(_ draft: VoidDraft, till: String, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Refund
    {
        try await faults.run(.void, as: principal) { () throws(StoreError) in
            try await base.void(draft, till: till, key: key, as: principal)
        }
    }
    func refunds(of orderID: Int64, as principal: Principal) async throws(StoreError) -> [Refund] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.refunds(of: orderID, as: principal)
        }
    }
}

struct FaultyLooseReturn: LooseReturnService {
    let base: any LooseReturnService
    let faults: StoreFaults

    func figures(_ lines: [LooseReturnDraft.Line], as principal: Principal) async throws(StoreError)
        -> LooseReturnFigures
    {
        try await faults.run(.page, as: principal) { () throws(StoreError) in
            try await base.figures(lines, as: principal)
        }
    }
    func take(_ draft: LooseReturnDraft, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> LooseReturn
    {
        try await faults.run(.takeBack, as: principal) { () throws(StoreError) in
            try await base.take(draft, key: key, as: principal)
        }
    }
    func find(_ number: DocumentNumber, as principal: Principal) async throws(StoreError) -> LooseReturn {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.find(number, as: principal)
        }
    }
}

struct FaultyParking: ParkingService {
    let base: any ParkingService
    let faults: StoreFaults

    func park(_ basket: Cart, label: String, till: String, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> ParkedSale
    {
        try await faults.run(.park, as: principal) { () throws(StoreError) in
            try await base.park(basket, label: label, till: till, key: key, as: principal)
        }
    }
    func parked(as principal: Principal) async throws(StoreError) -> [ParkedSale] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.parked(as: principal)
        }
    }
    func resume(_ code: String, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> ParkedSale
    {
        try await faults.run(.resume, as: principal) { () throws(StoreError) in
            try await base.resume(code, key: key, as: principal)
        }
    }
}

struct FaultyGiftCard: GiftCardService {
    let base: any GiftCardService
    let faults: StoreFaults

    func card(code: GiftCardCode, as principal: Principal) async throws(StoreError) -> GiftCard {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.card(code: code, as: principal)
        }
    }
    func credit(of customerID: Int64, as principal: Principal) async throws(StoreError) -> GiftCard? {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.credit(of: customerID, as: principal)
        }
    }
    func cards(_ query: GiftCardQuery, as principal: Principal) async throws(StoreError) -> [GiftCard] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.cards(query, as: principal)
        }
    }
    func history(of cardID: Int64, as principal: Principal) async throws(StoreError) -> GiftCardHistory {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.history(of: cardID, as: principal)
        }
    }
    func issue(_ issue: GiftCardIssue, as principal: Principal) async throws(StoreError) -> GiftCard {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.issue(issue, as: principal)
        }
    }
    func expire(_ cardID: Int64?, reason: String, as principal: Principal) async throws(StoreError)
        -> [GiftCard]
    {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.expire(cardID, reason: reason, as: principal)
        }
    }
}
