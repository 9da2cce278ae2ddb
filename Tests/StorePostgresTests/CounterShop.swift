import StoreContracts
import StoreDomain
import StorePostgres
import StoreService
import Testing

/// An admin, a customer and three products (ids 1…3, prices 1.00, 2.00 and 3.00), and what they do.
struct CounterShop: Sendable {
    private let services: StoreServices
    private let held: TestShop?
    let admin: Principal
    let customer: Principal

    init(_ shop: TestShop, stock: Int = 100, products: Int = 3) async throws {
        try await self.init(shop.services, held: shop, stock: stock, products: products)
    }

    /// The same shop, copied into another database.
    init(standing shop: TestShop) async throws {
        services = shop.services
        held = shop
        admin = .user(Session(user: try await User.of(shop, 1)))
        customer = .user(Session(user: try await User.of(shop, 2)))
    }

    /// - Parameter held: what is let go of with this.
    init(_ services: StoreServices, held: TestShop? = nil, stock: Int = 100, products: Int = 3) async throws {
        self.services = services
        self.held = held
        let password = Secret("storefront-demo")
        admin = .user(
            try await services.auth.register(
                Registration(email: "admin@example.com", name: "Admin", password: password)))
        customer = .user(
            try await services.auth.register(
                Registration(email: "customer@example.com", name: "Customer", password: password)))
        for number in 1...products {
            _ = try await services.catalog.add(
                ProductDraft(
                    name: "Product \(number)", price: Money(minorUnits: Int64(number) * 100),
                    stock: .counted(stock)), as: admin)
        }
    }

    var orders: any OrderService { services.orders }

    /// - Parameter services: those of another server on the same database.
    @discardableResult
    func place(
        _ productID: Int64 = 1, _ quantity: Int = 1, key: String, code: String? = nil,
        on services: StoreServices? = nil
    ) async throws -> Order {
        try await (services ?? self.services).orders.place(
            OrderDraft(
                lines: [OrderDraft.Line(productID: productID, quantity: quantity)], discountCode: code),
            key: .of(key), as: customer)
    }

    @discardableResult
    func pay(_ order: Order, key: String) async throws -> Order {
        try await services.payments.pay(
            order.id, [PaymentRequest(methodID: nil)], key: .of(key), as: customer)
    }

    /// Sells for cash at the till.
    func sell(
        _ productID: Int64, _ quantity: Int, key: String, on services: StoreServices? = nil
    ) async throws -> Order {
        try await counter(of: services).till.sell(
            SaleDraft(
                till: Till.standard, lines: [SaleDraft.Line(productID: productID, quantity: quantity)],
                tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 1_000_000)]),
            key: .of(key), as: admin)
    }

    /// Gives the money for one piece of a line back.
    func refund(_ order: Order, _ item: OrderItem, restocks: Bool, key: String) async throws {
        _ = try await counter().refunds.refund(
            RefundDraft(
                orderID: order.id,
                lines: [RefundDraft.Line(itemID: item.id, quantity: 1, restocks: restocks)],
                reason: "Too many"),
            till: Till.standard, key: .of(key), as: admin)
    }

    /// Takes one piece of a line back and something else for it.
    ///
    /// - Parameter isPaid: whether cash is given; refused where nothing is left to pay, as no cash is where
    ///   something is.
    func exchange(
        _ order: Order, _ item: OrderItem, for productID: Int64, _ quantity: Int, isPaid: Bool, key: String
    ) async throws -> Order {
        try await counter().till.sell(
            SaleDraft(
                till: Till.standard, lines: [SaleDraft.Line(productID: productID, quantity: quantity)],
                tenders: isPaid ? [PaymentRequest(methodID: "cash", tenderedMinor: 1_000_000)] : [],
                back: RefundDraft(
                    orderID: order.id, lines: [RefundDraft.Line(itemID: item.id, quantity: 1)],
                    reason: "Another one")),
            key: .of(key), as: admin)
    }

    /// Takes a whole sale back in its shift.
    func void(_ order: Order, key: String) async throws {
        _ = try await counter().refunds.void(
            VoidDraft(orderID: order.id, reason: "Wrong"), till: Till.standard, key: .of(key), as: admin)
    }

    /// Prints a receipt, and clears a sale beside it.
    func printReceipt(of order: Order) async throws {
        _ = try await counter().shifts.issue(.sale(order.id), till: Till.standard, as: admin)
        try await counter().shifts.note(
            .abandoned(pieces: 1, amount: order.total), till: Till.standard, as: admin)
    }

    /// Closes the till's shift with what should be in its drawer, or opens one.
    func turnShift(closes: Bool) async throws {
        let shifts = try counter().shifts
        guard closes else {
            _ = try await shifts.open(till: Till.standard, float: Money(minorUnits: 10_000), as: admin)
            return
        }
        guard let shift = try await shifts.current(till: Till.standard, as: admin) else { return }
        let expected = try await shifts.report(shift.id, as: admin).expected ?? .zero()
        // Somebody may sell in between; then the count is off.
        _ = try await shifts.close(
            till: Till.standard, counted: DrawerCount(total: max(.zero(), expected)), nextFloat: nil,
            reason: "Counted while others sold",
            as: admin)
    }

    private func counter(of services: StoreServices? = nil) throws -> CounterServices {
        guard let counter = (services ?? self.services).counter else {
            throw StoreError.unsupported("a till")
        }
        return counter
    }
}

extension IdempotencyKey {
    static func of(_ text: String) throws -> IdempotencyKey {
        guard let key = IdempotencyKey(text) else { throw StoreError.keyReused }
        return key
    }
}
