import StoreDomain
import Testing

/// Seeing orders again, and how they end.
extension OrderContract {
    static let listing = [
        ContractCase("Customers see their own orders, staff everybody's, newest first, by status") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 50, as: people.admin)
            let orders = shop.services.orders
            var placed: [Order] = []
            for number in 0..<7 {
                shop.clock.advance(bySeconds: 1)
                placed.append(
                    try await orders.place(
                        shop.draft([(pen, number + 1)]), key: shop.key("k\(number)"),
                        as: number.isMultiple(of: 2) ? people.customer : people.stranger))
            }
            placed[2] = try await orders.cancel(placed[2].id, as: people.staff)
            let own = try await orders.orders(OrderQuery(), as: people.customer)
            #expect(own.orders == [placed[6], placed[4], placed[2], placed[0]])
            #expect(own.total == 4)
            let all = try await orders.orders(OrderQuery(everybody: true), as: people.staff)
            #expect(all.orders == placed.reversed())
            func behind(_ id: Int64, page: Int = 1) async throws -> OrderPage {
                let query = OrderQuery(everybody: true, before: id, page: page, perPage: 2)
                return try await orders.orders(query, as: people.staff)
            }
            let behind4 = try await behind(placed[4].id)
            #expect(behind4.orders == [placed[3], placed[2]] && behind4.total == 7)
            #expect(try await behind(placed[4].id, page: 2).orders == [placed[1], placed[0]])
            #expect(try await behind(placed[0].id).orders.isEmpty)
            for nothing in [Int64(99_999), 1 << 40] { #expect(try await behind(nothing).orders.isEmpty) }
            let ownBehind = OrderQuery(before: placed[4].id)
            #expect(
                try await orders.orders(ownBehind, as: people.customer).orders == [placed[2], placed[0]])
            let cancelled = OrderQuery(status: .cancelled, everybody: true)
            #expect(try await orders.orders(cancelled, as: people.staff).orders == [placed[2]])
            let pending = OrderQuery(status: .pending)
            #expect(try await orders.orders(pending, as: people.customer).total == 3)
            #expect(try await orders.orders(OrderQuery(status: .paid), as: people.customer).orders.isEmpty)
            #expect(try await orders.orders(OrderQuery(), as: people.staff).orders.isEmpty)
        },
        ContractCase("What can still come back is found, partly refunded or not, newest first") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pen = try await shop.product("Pen", price: "1.00", stock: 50, as: people.admin)
            let orders = shop.services.orders
            var sold: [Order] = []
            for number in 0..<4 {
                shop.clock.advance(bySeconds: 1)
                let placed = try await orders.place(
                    shop.draft([(pen, 2)]), key: shop.key("k\(number)"), as: people.customer)
                guard number > 0 else {
                    sold.append(placed)
                    continue
                }
                sold.append(
                    try await shop.services.payments.pay(
                        placed.id, [PaymentRequest(methodID: "cash", tenderedMinor: 10_000)],
                        key: shop.key("p\(number)"), as: people.admin))
            }
            for (number, pieces) in [(1, 1), (2, 2)] {
                _ = try await counter.refunds.refund(
                    RefundDraft(
                        orderID: sold[number].id,
                        lines: [.init(itemID: sold[number].items[0].id, quantity: pieces)],
                        reason: "Not wanted"), till: "1", key: shop.key("r\(number)"), as: people.admin)
            }
            var query = OrderQuery(isReturnable: true, everybody: true, perPage: 1)
            var found: [Order] = []
            for page in 1...2 {
                query.page = page
                let orders = try await orders.orders(query, as: people.admin)
                #expect(orders.total == 2)
                found += orders.orders
            }
            #expect(found.map(\.id) == [sold[3].id, sold[1].id])
            #expect(found.map(\.status) == [.paid, .partiallyRefunded])
            query.status = .partiallyRefunded
            query.page = 1
            #expect(try await orders.orders(query, as: people.admin).orders.map(\.id) == [sold[1].id])
            query.status = .pending
            #expect(try await orders.orders(query, as: people.admin).total == 0)
            #expect(
                try await orders.orders(OrderQuery(isReturnable: true), as: people.customer).total == 2)
        },
        ContractCase("Pages join up, and beyond the last there is nothing") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 50, as: people.admin)
            let orders = shop.services.orders
            var placed: [Int64] = []
            for number in 0..<11 {
                placed.insert(
                    try await orders.place(
                        shop.draft([(pen, 1)]), key: shop.key("k\(number)"), as: people.customer
                    ).id, at: 0)
            }
            for perPage in [1, 3, 4, 11, 500] {
                var seen: [Int64] = []
                let pages = (11 + perPage - 1) / perPage
                for number in 1...pages {
                    let page = try await orders.orders(
                        OrderQuery(page: number, perPage: perPage), as: people.customer)
                    #expect(page.total == 11 && page.pages == pages && page.number == number)
                    seen += page.orders.map(\.id)
                }
                #expect(seen == placed)
                for beyond in [pages + 1, Int.max] {
                    let page = try await orders.orders(
                        OrderQuery(page: beyond, perPage: perPage), as: people.customer)
                    #expect(page.orders.isEmpty && page.total == 11)
                }
            }
            for bad in [OrderQuery(page: 0), OrderQuery(perPage: 0), OrderQuery(perPage: 501)] {
                await #expect(throws: StoreError.self) { try await orders.orders(bad, as: people.customer) }
            }
        },
        ContractCase("Another's order is not found; everybody's are not for customers") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 50, as: people.admin)
            let orders = shop.services.orders
            let order = try await orders.place(
                shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            #expect(try await orders.order(order.id, as: people.staff) == order)
            let missing = StoreError.notFound(.order(order.id))
            await #expect(throws: missing) { try await orders.order(order.id, as: people.stranger) }
            await #expect(throws: missing) { try await orders.cancel(order.id, as: people.stranger) }
            await #expect(throws: StoreError.notFound(.order(999))) {
                try await orders.order(999, as: people.staff)
            }
            await #expect(throws: StoreError.notAllowed(.seeAllOrders)) {
                try await orders.orders(OrderQuery(everybody: true), as: people.customer)
            }
            await #expect(throws: StoreError.signInRequired) {
                try await orders.orders(OrderQuery(), as: .guest)
            }
            await #expect(throws: StoreError.signInRequired) {
                try await orders.order(order.id, as: .guest)
            }
        },
    ]

    static let ending = [
        ContractCase("Cancelling gives the stock back, once, however often") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 9, as: people.admin)
            let orders = shop.services.orders
            let order = try await orders.place(
                shop.draft([(pen, 2), (pen, 3)]), key: shop.key("a"), as: people.customer)
            shop.clock.advance(bySeconds: 5)
            let cancelled = try await orders.cancel(order.id, as: people.customer)
            #expect(cancelled.status == .cancelled)
            #expect(cancelled.updatedAt == shop.clock.now())
            #expect(cancelled.total == order.total)
            #expect(try await orders.cancel(order.id, as: people.staff) == cancelled)
            #expect(try await shop.stock(pen) == 9)
        },
        ContractCase("Unpaid orders expire after an hour and free their stock, paid ones stay") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 2, as: people.admin)
            let orders = shop.services.orders
            let unpaid = try await orders.place(
                shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            let paid = try await orders.place(
                shop.draft([(pen, 1)]), key: shop.key("b"), as: people.customer)
            _ = try await shop.services.payments.pay(
                paid.id, [PaymentRequest(methodID: nil)], key: shop.key("p"), as: people.customer)
            shop.clock.advance(bySeconds: 3600)
            #expect(try await orders.order(unpaid.id, as: people.customer).status == .pending)
            shop.clock.advance(bySeconds: 1)
            let next = try await orders.place(
                shop.draft([(pen, 1)]), key: shop.key("c"), as: people.customer)
            let list = try await orders.orders(OrderQuery(), as: people.customer)
            #expect(list.orders.map(\.id) == [next.id, paid.id, unpaid.id])
            #expect(list.orders.map(\.status) == [.pending, .paid, .cancelled])
            shop.clock.advance(bySeconds: 3601)
            #expect(try await orders.order(next.id, as: people.customer).status == .cancelled)
            #expect(try await shop.stock(pen) == 1)
        },
        ContractCase(
            "Where orders never expire, they do not", ContractOptions(policy: ShopPolicy(pendingMinutes: 0))
        ) {
            shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "1.10", stock: 2, as: people.admin)
            let order = try await shop.services.orders.place(
                shop.draft([(pen, 1)]), key: shop.key("a"), as: people.customer)
            shop.clock.advance(bySeconds: 1_000_000)
            #expect(try await shop.services.orders.order(order.id, as: people.customer) == order)
        },
    ]
}
