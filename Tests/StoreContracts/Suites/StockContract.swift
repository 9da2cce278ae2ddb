import StoreDomain
import Testing

/// What every store promises of products that sell without counting.
public enum StockContract {
    public static let cases = selling + switching

    private static let selling = [
        ContractCase("What nobody counts is ordered, cancelled, paid and refunded without a movement") {
            shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let wrap = try await shop.uncounted("Gift wrap", as: people.admin)
            let pen = try await shop.product("Pen", price: "2.00", stock: 3, as: people.admin)
            let orders = shop.services.orders
            let first = try await orders.place(
                shop.draft([(wrap, 9_999)]), key: shop.key("a"), as: people.customer)
            let second = try await orders.place(
                shop.draft([(wrap, 2), (pen, 1)]), key: shop.key("b"), as: people.customer)
            _ = try await orders.cancel(first.id, as: people.customer)
            let paid = try await shop.services.payments.pay(
                second.id, [shop.cash], key: shop.key("p"), as: people.staff)
            let item = try #require(paid.items.first { $0.productID == wrap.id })
            _ = try await counter.refunds.refund(
                RefundDraft(orderID: paid.id, lines: [.init(itemID: item.id, quantity: 1)], reason: "x"),
                till: Till.standard, key: shop.key("r"), as: people.admin)
            #expect(try await shop.stock(wrap) == .untracked)
            #expect(try await shop.stock(pen) == 2)
            #expect(try await counter.stock.movements(of: wrap.id, limit: 9, as: people.staff).isEmpty)
        },
        ContractCase("Beside what nobody counts, what is counted still runs out") { shop in
            let people = try await shop.people()
            let wrap = try await shop.uncounted("Gift wrap", as: people.admin)
            let pen = try await shop.product("Pen", price: "2.00", stock: 1, as: people.admin)
            await #expect(
                throws: StoreError.insufficientStock(productID: pen.id, name: "Pen", available: 1)
            ) {
                try await shop.services.orders.place(
                    shop.draft([(wrap, 5), (pen, 2)]), key: shop.key("a"), as: people.customer)
            }
        },
        ContractCase("Nothing is booked by hand on what nobody counts") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let wrap = try await shop.uncounted("Gift wrap", as: people.admin)
            let delivery = try StockAdjustment(
                productID: wrap.id, kind: .receiving, quantity: 5, reason: "delivered")
            let error = await #expect(throws: StoreError.self) {
                try await counter.stock.adjust(delivery, as: people.staff)
            }
            guard case .invalid? = error else {
                Issue.record("not invalid: \(String(describing: error))")
                return
            }
            #expect(try await shop.stock(wrap) == .untracked)
        },
    ]

    private static let switching = [
        ContractCase("When counting ends the pieces are booked off, when it begins they are booked in") {
            shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pen = try await shop.product("Pen", price: "2.00", stock: 7, as: people.admin)
            func edit(_ stock: Stock) async throws -> Product {
                try await shop.services.catalog.edit(pen.id, ProductPatch(stock: stock), as: people.admin)
            }
            func booked() async throws -> [Int] {
                try await counter.stock.movements(of: pen.id, limit: 9, as: people.staff)
                    .map(\.quantity).reversed()
            }
            #expect(try await edit(.untracked).stock == .untracked)
            #expect(try await booked() == [-7])
            #expect(try await edit(.untracked).stock == .untracked)
            let kept = try await shop.services.catalog.edit(
                pen.id, ProductPatch(name: "Pencil"), as: people.admin)
            #expect(kept.stock == .untracked && kept.name == "Pencil")
            #expect(try await edit(.counted(4)).stock == 4)
            #expect(try await booked() == [-7, 4])
            // None at all is a count as well: it is sold out then, and no movement says so.
            #expect(try await edit(.untracked).stock == .untracked)
            #expect(try await edit(.counted(0)).stock == 0)
            #expect(try await booked() == [-7, 4, -4])
            await #expect(
                throws: StoreError.insufficientStock(productID: pen.id, name: "Pencil", available: 0)
            ) {
                try await shop.services.orders.place(
                    shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            }
        },
        ContractCase("What an order holds of a product whose counting ended comes back to no stock") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pen = try await shop.product("Pen", price: "2.00", stock: 7, as: people.admin)
            let order = try await shop.services.orders.place(
                shop.draft([(pen, 3)]), key: shop.key("a"), as: people.customer)
            _ = try await shop.services.catalog.edit(
                pen.id, ProductPatch(stock: .untracked), as: people.admin)
            _ = try await shop.services.orders.cancel(order.id, as: people.customer)
            #expect(try await shop.stock(pen) == .untracked)
            let movements = try await counter.stock.movements(of: pen.id, limit: 9, as: people.staff)
            // 7 less 3 sold, 4 booked off; 3 back, 3 booked off.
            #expect(movements.map(\.quantity).sorted() == [-4, -3, -3, 3])
            let counted = try await shop.services.catalog.edit(
                pen.id, ProductPatch(stock: 5), as: people.admin)
            #expect(counted.stock == 5)
        },
        ContractCase(
            "Money for a cancelled order whose counting ended lets it stand again, whatever was left"
        ) {
            shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "2.00", stock: 1, as: people.admin)
            let orders = shop.services.orders
            let order = try await orders.place(
                shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            _ = try await orders.cancel(order.id, as: people.customer)
            _ = try await orders.place(shop.draft([(pen, 1)]), key: shop.key("b"), as: people.stranger)
            _ = try await shop.services.catalog.edit(
                pen.id, ProductPatch(stock: .untracked), as: people.admin)
            let paid = try await shop.services.payments.pay(
                order.id, [PaymentRequest(methodID: "card", approvalCode: "A-1")], key: shop.key("p"),
                as: people.staff)
            #expect(paid.status == .paid)
            #expect(try await shop.stock(pen) == .untracked)
        },
    ]
}

extension Shop {
    fileprivate var cash: PaymentRequest { PaymentRequest(methodID: "cash", tenderedMinor: 10_000_000) }

    /// A new product that sells without counting.
    func uncounted(_ name: String, as admin: Principal) async throws -> Product {
        try await services.catalog.add(
            ProductDraft(name: name, price: try amount("2.00"), stock: .untracked), as: admin)
    }
}
