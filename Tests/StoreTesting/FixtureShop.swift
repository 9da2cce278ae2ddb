import StoreDomain
import StorefrontCore

/// A small shop in memory that answers effects at once: for tests of models and screens, where the time at
/// which answers come is the test's to choose.
public struct FixtureShop {
    public var products: [Product]
    public var carts: [CartOwner: Cart] = [:]
    public var orders: [Order] = []
    public var refunds: [Refund] = []
    /// What happened at the till beside sales.
    public var happenings: [TillHappening] = []
    /// What was printed before it was paid.
    public var slips: [SaleSlip] = []
    /// The refunds that keys stand for.
    var refundKeys: [String: Int64] = [:]
    /// The shift that is open, and in which everything was sold.
    public var openShift: Int64?
    public var methods: [PaymentMethod] = [.cash, .externalCard]
    public var discounts: [Discount]
    public var users: [User]
    public var policy = ShopPolicy(shopName: "Corner Shop")
    public var checkouts: [CartOwner: PendingCheckout] = [:]
    /// Baskets that ended programs have left behind.
    public var leftBaskets: [LeftBasket] = []
    public var parked: [ParkedSale] = []
    public var approvals: [Approval] = []
    /// What was parked while the answer was lost.
    var unsettled: (deed: PendingParking.Deed, sale: ParkedSale)?
    /// By e-mail.
    public var badges: [String: Badge] = [:]
    public var roles = Role.standard
    /// What the rules were before, the latest first.
    public var earlierPolicies: [ShopPolicy] = []
    /// Sales of which nothing was heard.
    public var sales: [CartOwner: PendingSale] = [:]
    /// What was sold, by its key.
    public var soldOrders: [String: Order] = [:]
    public var drawerOpenings = 0
    /// The shop's gift cards by their codes, and what its customers have in store credit.
    public var cards: [GiftCardCode: GiftCard] = [:]
    public var credit: GiftCard?
    public var looseReturns: [LooseReturn] = []
    /// Products of which more was sold than the books had, and by how much counts differed.
    public var flagged: [Int64] = []
    public var bookedCounts: [Int] = []
    /// The macros of the till.
    public var macros: [TillMacro] = []
    public var priceChanges: [PriceChange] = []
    public var movements: [StockMovement] = []
    public var batches: [(batch: PriceBatch, lines: [PriceLine])] = []
    var sold = 0
    /// The shifts of its till.
    public var drawer = FixtureDrawer()
    /// The keys of the customer, and the code that adds another.
    public var visitorKeys: [VisitorKey] = []
    public static let visitorCode = VisitorCode(text: "7K4M9XQR", goodUntil: now.advanced(bySeconds: 300))
    /// Places and pays, but says that it does not know.
    public var losesAnswers = false
    private var orderIDs: [String: Int64] = [:]
    private var lastKey: UInt64 = 0
    /// What the next effects of a kind fail with.
    public var failure: StoreError?
    /// Somebody saved a catalogue file after it was looked at.
    public var fileIsChanged = false
    public static let now = Timestamp(seconds: 1_795_000_000)

    /// - Parameter more: how many products follow the eight that have names: "Item 9" and so on, at 9.00.
    public init(more: Int = 0) throws {
        let rows: [(String, String, Int64, Int, String)] = [
            (
                "Walnut chopping board", "Kitchen", 4_999, 12,
                "End-grain walnut, oiled. 40 × 30 cm, juice groove on one side."
            ),
            (
                "Émile café cup, 2 pieces", "Kitchen", 2_450, 3,
                "Stoneware from the Auvergne; dishwasher safe."
            ),
            ("緑茶 green tea 100 g", "Food", 1_290, 41, "First flush from Uji. 80 °C, two minutes."),
            ("Bicycle bell, brass", "Bicycles", 1_800, 0, "Clear ring, fits 22 to 26 mm bars."),
            ("Touring saddle", "Bicycles", 11_950, 5, "Leather on a steel frame; softens with the miles."),
            ("Wool blanket", "Home", 8_900, 7, "Merino, 140 × 200 cm."),
            (
                "Desk lamp with an adjustable arm and a very long name indeed", "Home", 20_000, 2,
                "Brass joints."
            ),
            ("Notebook, dotted", "Paper", 950, 120, "192 pages, thread-sewn, opens flat."),
        ]
        products = rows.enumerated().map { index, row in
            Product(
                id: Int64(index + 1), sku: "CS-\(100 + index)", barcode: "400000000\(100 + index)",
                name: row.0,
                description: row.4, price: Money(minorUnits: row.2), stock: .counted(row.3), category: row.1,
                createdAt: FixtureShop.now, updatedAt: FixtureShop.now)
        }
        for id in products.count + 1..<products.count + 1 + more {
            products.append(
                Product(
                    id: Int64(id), sku: "CS-\(99 + id)", name: "Item \(id)",
                    price: Money(minorUnits: Int64(id) * 100), stock: .counted(id % 7), category: "Items",
                    createdAt: FixtureShop.now, updatedAt: FixtureShop.now))
        }
        discounts = try Discount.seeds(currency: .usd)
        let roles: [Role] = [.customer, .staff, .admin, .cashier, .senior]
        users = roles.enumerated().map { index, role in
            User(
                id: Int64(index + 1), email: "\(role.name)@example.com", name: "Demo \(role.name)",
                role: role,
                createdAt: FixtureShop.now, updatedAt: FixtureShop.now)
        }
    }

    /// The answer of a healthy shop, or `failure`; nil for requests that have none.
    public mutating func reply(to request: Request) -> Reply? {
        let (owner, principal) = (request.owner, request.principal)
        switch request.ask {
        case .program(let ask): return reply(to: ask).map { .program($0) }
        case .welcome(.setUp(let country)):
            let policy = (try? CountryPreset(country).newPolicy()) ?? policy
            return .welcome(.wasSetUp(country, attempt { _ in policy }))
        case .welcome(.loadDemoData): return .welcome(.demoDataLoaded(.success(Done())))
        case .account(let ask): return .account(reply(to: ask))
        case .shop(let ask): return .shop(reply(to: ask))
        case .product(.load(let id)):
            return .product(
                .loaded(attempt { shop in shop.products.first { $0.id == id } ?? shop.products[0] }))
        case .product(.cost(let id)): return .product(.costed(attempt { shop in shop.cost(of: id) }))
        case .basket(let ask): return .basket(reply(to: ask, owner))
        case .checkout(let ask): return .checkout(reply(to: ask, owner, principal))
        case .receipt(.print): return .receipt(.printed(attempt { _ in Done() }))
        case .receipt(.save(let order, _)):
            return .receipt(.saved(attempt { _ in "receipt-\(order.id).txt" }))
        case .receipt(.makeInvoice(let id, let party, let till)):
            return .receipt(.invoiced(makeInvoice(id, party, till)))
        case .receipt(.mail(_, _, let recipient)):
            return .receipt(.mailed(to: recipient, attempt { _ in Done() }))
        case .orders(let ask): return .orders(reply(to: ask))
        case .importing(.look(let file, let choices)):
            return .importing(.looked(attempt { _ in .fixture(of: file, choices) }))
        case .importing(.carryOut(let preview, let choices)):
            return .importing(
                .carriedOut(
                    attempt { shop in
                        let file = shop.fileIsChanged ? "broken.csv" : preview.file
                        let now = ImportPreview.fixture(of: file, choices)
                        return now == preview ? .done(preview) : .changed(now)
                    }))
        case .till(let ask): return .till(reply(to: ask, owner, principal))
        case .shift(let ask):
            return .shift(failure.map { ask.failed(with: $0) } ?? drawer.answer(to: ask, as: principal))
        case .returns(let ask): return .returns(reply(to: ask, principal))
        case .looseReturns(let ask): return .looseReturns(reply(to: ask, principal))
        case .giftCards(let ask): return .giftCards(reply(to: ask))
        case .customers(let ask): return .customers(reply(to: ask))
        case .counting(let ask): return .counting(reply(to: ask))
        case .reports(let ask): return .reports(reply(to: ask))
        case .products(let ask): return .products(reply(to: ask))
        case .stock(let ask): return .stock(reply(to: ask))
        case .visitor(let ask): return .visitor(reply(to: ask))
        case .staff(let ask): return .staff(reply(to: ask, principal))
        case .office(let ask): return .office(reply(to: ask))
        case .firstSteps(let ask): return .firstSteps(reply(to: ask))
        case .baskets(.list):
            return .baskets(
                .list(
                    attempt { shop in
                        shop.leftBaskets.filter { $0.owner == owner || $0.owner == .guest }.map { left in
                            let lines = left.cart.pricedLines(currency: .usd)
                            return ListedBasket(
                                left,
                                total: lines.isEmpty ? nil : shop.price(lines, left.cart.discountCode).total)
                        }
                    }))
        }
    }

    private mutating func reply(to ask: ProgramRequest) -> ProgramAction? {
        switch ask {
        case .keepTheme: .themeKept(.success(Done()))
        case .keepEmail: .emailKept(.success(Done()))
        case .copy(let copied): .copied(copied, attempt { _ in Done() })
        case .connect(let address): .connected(address: address, attempt { _ in address.lowercased() })
        case .reconnect: nil
        case .policy:
            .policy(.success(PolicyVersion(number: 1, policy: policy, at: Self.now, by: nil)))
        case .account(let session):
            .account(
                users.first { $0.id == session.user.id }.map { .success($0) } ?? .failure(.signInRequired))
        case .showcase: .showcase(attempt { $0.products })
        }
    }

    private mutating func reply(to ask: AccountRequest) -> AccountAction {
        switch ask {
        case .signIn(let email, let password):
            let user = users.first { $0.email == email }
            guard password.revealed == AppContext.demoPassword, let user else {
                return .signedIn(.failure(.wrongCredentials))
            }
            return .signedIn(.success(Session(user: user)))
        case .register(let registration):
            guard !users.contains(where: { $0.email == registration.email.address }) else {
                return .signedIn(.failure(.emailTaken))
            }
            let user = User(
                id: Int64(users.count + 1), email: registration.email.address, name: registration.name,
                role: .customer, createdAt: Self.now, updatedAt: Self.now)
            users.append(user)
            return .signedIn(.success(Session(user: user)))
        case .signOut: return .signedOut(.success(Done()))
        case .useKey:
            let old = users[0]
            users[0] = User(
                id: old.id, email: "visitor@\(VisitorKey.nowhere)", name: "Visitor", role: old.role,
                createdAt: old.createdAt, updatedAt: Self.now)
            return .signedIn(attempt { shop in Session(user: shop.users[0]) })
        case .useCode(let code):
            guard VisitorCode.text(typed: code.revealed) == Self.visitorCode.text else {
                return .signedIn(.failure(.invalid([FieldProblem("code", "is wrong, or good no longer")])))
            }
            return .signedIn(attempt { shop in Session(user: shop.users[0]) })
        case .setPassword(let registration):
            let old = users[0]
            users[0] = User(
                id: old.id, email: registration.email.address, name: registration.name, role: old.role,
                createdAt: old.createdAt, updatedAt: Self.now)
            return .signedIn(attempt { shop in Session(user: shop.users[0]) })
        }
    }

    private mutating func reply(to ask: VisitorRequest) -> VisitorAction {
        switch ask {
        case .keys: return .keys(attempt { $0.visitorKeys })
        case .addKey:
            if let key = KeyFingerprint(sha256: [UInt8](repeating: 1, count: 32)) {
                visitorKeys.append(VisitorKey(fingerprint: key, addedAt: Self.now, seenAt: Self.now))
            }
            return .keys(attempt { $0.visitorKeys })
        case .remove(let key):
            visitorKeys.removeAll { $0.fingerprint == key }
            return .keys(attempt { $0.visitorKeys })
        case .makeCode: return .code(attempt { _ in Self.visitorCode })
        case .forget: return .forgotten(attempt { _ in Done() })
        }
    }

    private mutating func reply(to ask: ShopRequest) -> ShopAction {
        switch ask {
        case .page(let query, let position, let perPage, let landing):
            return .page(query, landing, attempt { $0.page(query, position, perPage) })
        case .categories: return .categories(.success(categories))
        case .code(let code, let label, let count):
            let found = ProductCode(code).flatMap { code in products.first { $0.isKnown(by: code) } }
            return .code(
                code, label: label, count: count,
                found.map { .success($0) } ?? .failure(.notFound(.productCode(code))))
        }
    }

    private mutating func reply(to ask: BasketRequest, _ owner: CartOwner) -> BasketAction {
        switch ask {
        case .load(let version): return .loaded(version: version, .success(carts[owner] ?? Cart()))
        case .open(let version): return .opened(version: version, .success(open(owner)))
        case .change(let change, let version):
            return .changed(version: version, attempt { $0.change(owner) { $0.apply(change) } })
        case .undo(let version):
            return .changed(
                version: version,
                attempt {
                    $0.change(owner) {
                        _ = $0.undo()
                        return []
                    }
                })
        case .redo(let version):
            return .changed(
                version: version,
                attempt {
                    $0.change(owner) {
                        _ = $0.redo()
                        return []
                    }
                })
        case .adopt(let userID, let version):
            return .adopted(version: version, attempt { $0.adopt(.user(userID)) })
        case .letGo: return .letGo(attempt { _ in Done() })
        case .takeUp(let id): return .takenUp(attempt { TakenBasket(cart: $0.takeUp(id, owner)) })
        case .quote(let what):
            return .quoted(
                what,
                attempt { shop in
                    what.sale.flatMap { try? $0.saleDraft(till: Till.standard) }
                        .flatMap { shop.price($0)?.breakdown } ?? shop.price(what.lines, what.code)
                })
        case .tryCode(let what): return .triedCode(what, attempt { $0.price(what.lines, what.code) })
        case .compare(let ids):
            return .compared(ids, attempt { shop in shop.products.filter { ids.contains($0.id) } })
        }
    }

    private mutating func reply(to ask: CheckoutRequest, _ owner: CartOwner, _ principal: Principal)
        -> CheckoutAction
    {
        switch ask {
        case .find: return .found(.success(CheckoutRequest.Found(pending: checkouts[owner])))
        case .begin(let draft): return .began(attempt { $0.begin(draft, owner) })
        case .methods:
            return .methods(
                attempt { shop in shop.methods.filter { principal.allows($0.permission) } })
        case .complete(let pending, let payment):
            return .ended(complete(pending, payment, owner, principal))
        case .abandon(let pending):
            return .abandoned(
                attempt { shop in
                    if let id = shop.orderIDs[pending.orderKey] { _ = shop.set(id, .cancelled) }
                    shop.checkouts[owner] = nil
                    return Done()
                })
        case .take(let order, let pending):
            orderIDs[pending.orderKey] = order.id
            return .ended(complete(pending, pending.payment, owner, principal))
        case .placeAnew(let pending):
            lastKey += 1
            let anew = PendingCheckout(
                orderKey: IdempotencyKey(random: 1, lastKey), draft: pending.draft, payment: pending.payment,
                paysLater: pending.paysLater)
            return .ended(complete(anew, anew.payment, owner, principal))
        case .keepOpen: return .keptOpen(attempt { _ in Done() })
        case .pay(let id, let request): return .paid(attempt { $0.pay(id, request) })
        }
    }

    private mutating func reply(to ask: OrdersRequest) -> OrdersAction {
        switch ask {
        case .list(let query, let landing):
            let all = orders.filter { query.status == nil || $0.status == query.status }
            let rows = Array(all.dropFirst((query.page - 1) * query.perPage).prefix(query.perPage))
            return .list(
                landing,
                attempt { _ in
                    OrderPage(orders: rows, number: query.page, perPage: query.perPage, total: all.count)
                })
        case .one(let id):
            return .one(attempt { shop in shop.orders.first { $0.id == id } ?? shop.orders[0] })
        case .cancel(let id): return .cancelled(attempt { $0.set(id, .cancelled) })
        case .cancelAll(let ids):
            return .cancelledAll(
                each(ids) { shop, order in
                    if order.status == .paid { return .wrongStatus(orderID: order.id, status: .paid) }
                    _ = shop.set(order.id, .cancelled)
                    return nil
                })
        case .print(let ids, _): return .printed(each(ids) { _, _ in nil })
        case .export(let ids):
            return .exported(count: ids.count, attempt { _ in "orders.csv" })
        case .sales(let days): return .sales(attempt { $0.sales(days: days) })
        }
    }

    /// `failure` comes with the second order: what was begun stops there.
    private mutating func each(
        _ ids: [Int64], _ body: (inout FixtureShop, Order) -> StoreError?
    ) -> OrderOutcomes {
        var done: [Int64] = []
        var failed: [OrderOutcomes.Failure] = []
        for (index, id) in ids.enumerated() {
            if index == 1, let failure {
                failed.append(OrderOutcomes.Failure(id: id, error: failure))
                return OrderOutcomes(done: done, failed: failed, left: Array(ids[(index + 1)...]))
            }
            let order = orders.first { $0.id == id }
            if let error = order.map({ body(&self, $0) }) ?? .notFound(.order(id)) {
                failed.append(OrderOutcomes.Failure(id: id, error: error))
            } else {
                done.append(id)
            }
        }
        return OrderOutcomes(done: done, failed: failed)
    }

    /// Figures that rise and fall with the week, closed on its first day.
    private func sales(days: Int) -> [DaySales] {
        ShopZone.utc.lastMidnights(days, before: Self.now).enumerated().map { day, start in
            let orders = day % 7 * (3 + day / 7)
            return DaySales(start: start, orders: orders, total: Money(minorUnits: Int64(orders) * 3_199))
        }
    }

    mutating func attempt<Value>(_ body: (inout FixtureShop) -> Value) -> Answer<Value> {
        if let failure { return .failure(failure) }
        return .success(body(&self))
    }

    private func page(_ query: ProductQuery, _ position: PagePosition, _ perPage: Int) -> ProductPage {
        var found = products.filter { product in
            (query.category == nil || product.category == query.category)
                && query.words.allSatisfy(product.name.folded.contains)
        }
        switch query.sort {
        case .automatic, .newest: break
        case .name: found.sort { $0.name < $1.name }
        case .priceUp: found.sort { $0.price < $1.price }
        case .priceDown: found.sort { $0.price > $1.price }
        }
        let last = max(1, (found.count + perPage - 1) / perPage)
        let number =
            switch position {
            case .number(let number), .after(_, let number), .before(_, let number): number
            case .last: last
            }
        let rows = Array(found.dropFirst((number - 1) * perPage).prefix(perPage))
        return ProductPage(products: rows, number: number, perPage: perPage, total: Count(found.count))
    }

    private var categories: [CategoryCount] {
        let counts = products.reduce(into: [String: Int]()) { $0[$1.category ?? "", default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.map { CategoryCount(name: $0.key, count: $0.value) }
    }

    // MARK: - Baskets

    /// A program ends and leaves this behind.
    public mutating func leave(_ cart: Cart, by owner: CartOwner, hasCheckout: Bool = false) {
        let id = 1 + Int64(leftBaskets.count)
        leftBaskets.append(
            LeftBasket(id: id, owner: owner, cart: cart, changedAt: Self.now, hasCheckout: hasCheckout))
    }

    /// Takes up the only one that is left behind.
    private mutating func open(_ owner: CartOwner) -> OpenedBasket {
        let left = leftBaskets.filter { $0.owner == owner }
        guard carts[owner] == nil, left.count == 1, let only = left.first else {
            return OpenedBasket(cart: carts[owner] ?? Cart(), leftBehind: left.count)
        }
        return OpenedBasket(cart: takeUp(only.id, owner) ?? Cart(), origin: .takenUp)
    }

    private mutating func adopt(_ owner: CartOwner) -> AdoptedBasket {
        let opened = open(owner)
        let guest = carts.removeValue(forKey: .guest) ?? Cart()
        let outcome = change(owner) { $0.merge(guest) }
        return AdoptedBasket(
            opened: OpenedBasket(
                cart: outcome.cart, origin: opened.origin, leftBehind: opened.leftBehind,
                joined: guest.pieces),
            notes: outcome.notes)
    }

    private mutating func takeUp(_ id: LeftBasket.ID, _ owner: CartOwner) -> Cart? {
        guard let index = leftBaskets.firstIndex(where: { $0.id == id }) else { return nil }
        let taken = leftBaskets.remove(at: index)
        if let present = carts[owner], !present.isEmpty {
            leftBaskets.append(
                LeftBasket(id: id + 100, owner: owner, cart: present, changedAt: Self.now, hasCheckout: false)
            )
        }
        carts[owner] = taken.cart
        return taken.cart
    }

    private mutating func change(_ owner: CartOwner, _ body: (inout Cart) -> [CartNote]) -> CartOutcome {
        var cart = carts[owner] ?? Cart()
        let notes = body(&cart)
        carts[owner] = cart
        return CartOutcome(cart: cart, notes: notes)
    }

    private func price(_ lines: [PricedLine], _ code: String?) -> PriceBreakdown {
        sale(lines, code).breakdown
    }

    private func sale(_ lines: [PricedLine], _ code: String?) -> PricedSale {
        let request: DiscountRequest =
            code.map { code in
                discounts.first { Discount.key($0.code) == Discount.key(code) }.map { .known($0) }
                    ?? .unknown(code: code)
            } ?? .none
        let sale = lines.map {
            SaleLine(
                productID: $0.productID ?? 0, name: $0.name, quantity: $0.quantity, unitPrice: $0.unitPrice)
        }
        return PricedSale(sale, discount: .code(request), policy: policy, at: Self.now)
    }

    private mutating func complete(
        _ start: PendingCheckout, _ payment: PaymentRequest?, _ owner: CartOwner, _ principal: Principal
    ) -> CheckoutOutcome {
        var begun = start
        begun.payment = payment
        begun.paysLater = payment == nil
        checkouts[owner] = begun
        if let failure {
            if case .insufficientStock = failure { checkouts[owner] = nil }
            return .failed(failure, pending: begun, order: nil)
        }
        let known = orderIDs[begun.orderKey].flatMap { id in orders.first { $0.id == id } }
        if known == nil, let agreement = begun.draft.agreement {
            let now = price(items(of: begun.draft, orderID: 0), begun.draft.discountCode)
            guard agreement.isKept(by: now) else {
                checkouts[owner] = nil
                return .failed(.priceChanged(now), pending: begun, order: nil)
            }
        }
        let order = known ?? place(begun.draft, payment, principal)
        orderIDs[begun.orderKey] = order.id
        if losesAnswers { return .failed(.outcomeUnknown, pending: begun, order: nil) }
        checkouts[owner] = nil
        let outcome = change(owner) {
            $0.takeOut(begun.draft)
            return []
        }
        return .done(order, outcome.cart)
    }

    private mutating func begin(_ draft: OrderDraft, _ owner: CartOwner) -> PendingCheckout {
        if let earlier = checkouts[owner], earlier.isConfirmed { return earlier }
        lastKey += 1
        let begun = PendingCheckout(orderKey: IdempotencyKey(random: 1, lastKey), draft: draft)
        checkouts[owner] = begun
        return begun
    }

    /// Adds an order of the draft, paid when there is a payment.
    @discardableResult
    public mutating func place(_ draft: OrderDraft, _ payment: PaymentRequest?, _ principal: Principal)
        -> Order
    {
        let id = Int64(1_041 + orders.count)
        let sold = items(of: draft, orderID: id)
        let sale = sale(sold.map(\.priced), draft.discountCode)
        let figures = sale.breakdown
        let items = zip(sold, sale.lines).map { item, line in
            OrderItem(
                id: item.id, orderID: id, productID: item.productID, productName: item.productName,
                sku: item.sku, quantity: item.quantity, unitPrice: item.unitPrice, total: item.total,
                orderDiscount: line.orderDiscount, tax: line.tax, taxRate: line.taxRate)
        }
        let method = methods.first { $0.id == payment?.methodID }
        let settled = method.map { settle(figures.total, payment, by: $0) } ?? []
        let user = users.first { $0.id == principal.userID } ?? users[0]
        let order = Order(
            id: id, userID: user.id, userName: user.name, status: settled.isEmpty ? .pending : .paid,
            items: items,
            subtotal: figures.subtotal, discount: figures.discount, tax: figures.tax, total: figures.total,
            discountCode: figures.discountCode, payments: settled, createdAt: Self.now, updatedAt: Self.now)
        orders.insert(order, at: 0)
        return order
    }

    private func items(of draft: OrderDraft, orderID id: Int64) -> [OrderItem] {
        draft.lines.enumerated().compactMap { index, line -> OrderItem? in
            guard let product = products.first(where: { $0.id == line.productID }) else { return nil }
            return OrderItem(
                id: Int64(index + 1), orderID: id, productID: product.id, productName: product.name,
                sku: product.sku,
                quantity: line.quantity, unitPrice: product.price, total: product.price * line.quantity)
        }
    }

    private func price(_ items: [OrderItem], _ code: String?) -> PriceBreakdown {
        price(items.map(\.priced), code)
    }

    private mutating func pay(_ id: Int64, _ request: PaymentRequest) -> Order {
        guard let method = methods.first(where: { $0.id == request.methodID }),
            let order = orders.first(where: { $0.id == id })
        else { return orders[0] }
        return set(id, .paid, settle(order.total, request, by: method))
    }

    private func settle(_ total: Money, _ request: PaymentRequest?, by method: PaymentMethod) -> [Payment] {
        let settlement = request.flatMap {
            try? Settlement(
                of: total, by: [$0], methods: [method], rounding: policy.cashRounding,
                principal: .operatorOfStore, at: Self.now)
        }
        return settlement?.payments ?? []
    }

    private mutating func set(_ id: Int64, _ status: OrderStatus, _ payments: [Payment]? = nil) -> Order {
        let index = orders.firstIndex { $0.id == id } ?? 0
        let old = orders[index]
        orders[index] = Order(
            id: old.id, userID: old.userID, userName: old.userName, status: status, items: old.items,
            subtotal: old.subtotal, discount: old.discount, tax: old.tax, total: old.total,
            discountCode: old.discountCode, payments: payments ?? old.payments, createdAt: old.createdAt,
            updatedAt: Self.now)
        return orders[index]
    }
}

extension OrderItem {
    fileprivate var priced: PricedLine {
        PricedLine(name: productName, unitPrice: unitPrice, quantity: quantity)
    }
}
