import StoreDomain
import Testing

/// What `OrderService` promises.
public enum OrderContract {
    public static let cases = placing + keys + listing + ending

    private static let placing = [
        ContractCase("An order takes the catalogue's prices, the code's discount, the tax and the stock") {
            shop in
            let people = try await shop.people()
            let lamp = try await shop.product("Lamp", price: "199.99", stock: 5, as: people.admin)
            let order = try await shop.services.orders.place(
                shop.draft([(lamp, 1)], code: " save20 "), key: shop.key("a"), as: people.customer)
            #expect(order.status == .pending)
            #expect(order.subtotal == (try shop.amount("199.99")))
            #expect(order.discount == (try shop.amount("40.00")))
            #expect(order.tax == (try shop.amount("17.00")))
            #expect(order.total == (try shop.amount("176.99")))
            #expect(order.discountCode == "SAVE20")
            #expect(order.createdAt == shop.clock.now())
            #expect(order.userID == people.customer.userID)
            #expect(order.payments.isEmpty)
            #expect(try await shop.stock(lamp) == 4)
        },
        ContractCase("Lines keep their order, two of one product count together") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 5, as: people.admin)
            let ink = try await shop.product("Ink", price: "2.00", stock: 9, as: people.admin)
            let orders = shop.services.orders
            let draft = try shop.draft([(pen, 2), (ink, 1), (pen, 3)])
            let order = try await orders.place(draft, key: shop.key("a"), as: people.customer)
            #expect(order.items.map(\.productName) == ["Pen", "Ink", "Pen"])
            #expect(order.items.map(\.quantity) == [2, 1, 3])
            #expect(order.items.map(\.total.minorUnits) == [220, 200, 330])
            #expect(order.subtotal.minorUnits == 750)
            #expect(try await shop.stock(pen) == 0)
        },
        ContractCase("What placing and paying answer is what stands in the store") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 5, as: people.admin)
            let ink = try await shop.product("Ink", price: "2.00", stock: 9, as: people.admin)
            let orders = shop.services.orders
            let placed = try await orders.place(
                shop.draft([(pen, 2), (ink, 1), (pen, 3)], code: "SAVE10"), key: shop.key("a"),
                as: people.admin)
            #expect(try await orders.order(placed.id, as: people.admin) == placed)
            #expect(Set(placed.items.map(\.id)).count == 3)
            let cash = PaymentRequest(methodID: "cash", tenderedMinor: 100_000)
            let paid = try await shop.services.payments.pay(
                placed.id, [cash], key: shop.key("b"), as: people.admin)
            #expect(try await orders.order(placed.id, as: people.admin) == paid)
            #expect(paid.payments.count == 1)
        },
        ContractCase("Too little stock of one line takes nothing of any, and names the product") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 4, as: people.admin)
            let ink = try await shop.product("Ink", price: "2.00", stock: 9, as: people.admin)
            await #expect(
                throws: StoreError.insufficientStock(productID: pen.id, name: "Pen", available: 4)
            ) {
                try await shop.services.orders.place(
                    shop.draft([(ink, 1), (pen, 2), (pen, 3)]), key: shop.key("a"), as: people.customer)
            }
            #expect(try await shop.stock(pen) == 4)
            #expect(try await shop.stock(ink) == 9)
            #expect(try await shop.services.orders.orders(OrderQuery(), as: people.customer).total == 0)
        },
        ContractCase("What is not sold cannot be ordered") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 4, as: people.admin)
            let orders = shop.services.orders
            let unknown = try OrderDraft(lines: [OrderDraft.Line(productID: 999_999, quantity: 1)])
            await #expect(throws: StoreError.notFound(.product(999_999))) {
                try await orders.place(unknown, key: shop.key("a"), as: people.customer)
            }
            _ = try await shop.services.catalog.edit(
                pen.id, ProductPatch(isArchived: true), as: people.admin)
            await #expect(throws: StoreError.notFound(.product(pen.id))) {
                try await orders.place(shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            }
        },
        ContractCase("A code that does not count gives no discount and does not stop the order") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "29.99", stock: 4, as: people.admin)
            let order = try await shop.services.orders.place(
                shop.draft([(pen, 1)], code: "NOSUCH"), key: shop.key("a"), as: people.customer)
            #expect(order.total == (try shop.amount("32.54")))
            #expect(order.discountCode == nil)
        },
        ContractCase("An order keeps the name and price of what was sold") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 4, as: people.admin)
            let orders = shop.services.orders
            let order = try await orders.place(
                shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            _ = try await shop.services.catalog.edit(
                pen.id, ProductPatch(name: "Quill", price: try shop.amount("7.00")), as: people.admin)
            #expect(try await orders.order(order.id, as: people.customer) == order)
        },
        ContractCase("An order of as many lines as may be is one order") { shop in
            let people = try await shop.people()
            var lines: [(Product, Int)] = []
            for number in 1...20 {
                lines.append(
                    (
                        try await shop.product(
                            "Nr \(number)", price: "0.0\(number % 10)", stock: 90, as: people.admin),
                        1
                    ))
            }
            let many = (0..<Order.maximumLines).map { lines[$0 % lines.count] }
            let order = try await shop.services.orders.place(
                shop.draft(many), key: shop.key("a"), as: people.customer)
            #expect(order.items.count == Order.maximumLines)
            #expect(order.items.map(\.productID) == many.map(\.0.id))
            #expect(try await shop.stock(lines[0].0) == 65)
        },
        ContractCase("Guests and the store's operator place no orders") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 4, as: people.admin)
            await #expect(throws: StoreError.signInRequired) {
                try await shop.services.orders.place(
                    shop.draft([(pen, 1)]), key: shop.key("a"), as: .guest)
            }
        },
    ]

    private static let keys = [
        ContractCase("The same key and content give the same order, also when it has changed since") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 4, as: people.admin)
            let orders = shop.services.orders
            let draft = try shop.draft([(pen, 3)])
            let first = try await orders.place(draft, key: shop.key("a"), as: people.customer)
            #expect(try await orders.place(draft, key: shop.key("a"), as: people.customer) == first)
            let cancelled = try await orders.cancel(first.id, as: people.customer)
            #expect(try await orders.place(draft, key: shop.key("a"), as: people.customer) == cancelled)
            #expect(try await shop.stock(pen) == 4)
        },
        ContractCase("The same key with other content is refused") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 9, as: people.admin)
            let orders = shop.services.orders
            _ = try await orders.place(shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            for other in [try shop.draft([(pen, 2)]), try shop.draft([(pen, 1)], code: "SAVE10")] {
                await #expect(throws: StoreError.keyReused) {
                    try await orders.place(other, key: shop.key("a"), as: people.customer)
                }
            }
            #expect(try await shop.stock(pen) == 8)
        },
        ContractCase("Two people's same keys are two keys, and a refused try uses none up") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 3, as: people.admin)
            let orders = shop.services.orders
            let first = try await orders.place(
                shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            let second = try await orders.place(
                shop.draft([(pen, 1)]), key: shop.key("a"), as: people.stranger)
            #expect(first.id != second.id)
            await #expect(throws: StoreError.self) {
                try await orders.place(shop.draft([(pen, 2)]), key: shop.key("b"), as: people.customer)
            }
            _ = try await orders.place(shop.draft([(pen, 1)]), key: shop.key("b"), as: people.customer)
        },
        ContractCase("The same key 32 times at once: one order, equal answers") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 50, as: people.admin)
            let (draft, key) = (try shop.draft([(pen, 1)]), try shop.key("a"))
            let answers = try await withThrowingTaskGroup(of: Order.self) { group in
                for _ in 0..<32 {
                    group.addTask {
                        try await shop.services.orders.place(draft, key: key, as: people.customer)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == 32)
            #expect(Set(answers).count == 1)
            #expect(try await shop.stock(pen) == 49)
            #expect(try await shop.services.orders.orders(OrderQuery(), as: people.customer).total == 1)
        },
        ContractCase("Of 32 after the last unit exactly one gets it") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 1, as: people.admin)
            let draft = try shop.draft([(pen, 1)])
            let outcomes = await withTaskGroup(of: StoreError?.self) { group in
                for number in 0..<32 {
                    group.addTask {
                        do {
                            _ = try await shop.services.orders.place(
                                draft, key: shop.key("k\(number)"), as: people.customer)
                            return nil
                        } catch { return error as? StoreError }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let soldOut = StoreError.insufficientStock(productID: pen.id, name: "Pen", available: 0)
            #expect(outcomes.count(where: { $0 == nil }) == 1)
            #expect(outcomes.count(where: { $0 == soldOut }) == 31)
            #expect(try await shop.stock(pen) == 0)
        },
    ]
}
