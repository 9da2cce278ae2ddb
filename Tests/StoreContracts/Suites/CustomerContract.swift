import StoreDomain
import Testing

/// What every store promises of those who buy: found, shown, merged, exported, erased.
public enum CustomerContract {
    public static let cases = finding + merging + erasing

    private static let finding = [
        ContractCase("Customers are found by name, e-mail and number, page by page, the latest first") {
            shop in
            let (people, customers) = (try await shop.people(), try shop.counter().customers)
            let ids = try await shop.customers(["Ann Ash", "Bob Birch", "Ann Cedar", "Émile Ash"])
            let first = try await customers.customers(CustomerQuery(limit: 3), as: people.staff)
            #expect(first.customers.map(\.id) == [ids[3], ids[2], ids[1]] && first.next == ids[1])
            let second = try await customers.customers(
                CustomerQuery(after: first.next, limit: 3), as: people.staff)
            #expect(second.customers.first?.id == ids[0] && second.next == nil)
            #expect(second.customers.map(\.email).contains("customer@example.com"))
            // Whoever works here is no customer.
            #expect(!second.customers.map(\.email).contains("staff@example.com"))
            for (text, found) in [
                ("ann", [ids[2], ids[0]]), ("ash", [ids[3], ids[0]]), ("emile", [ids[3]]),
                ("ann ash", [ids[0]]), ("bob.birch@", [ids[1]]), ("#\(ids[2])", [ids[2]]), ("nobody", []),
            ] {
                let page = try await customers.customers(
                    CustomerQuery(words: CustomerWords(text)), as: people.staff)
                #expect(page.customers.map(\.id) == found && page.next == nil, "\(text)")
            }
            let paged = try await customers.customers(
                CustomerQuery(words: CustomerWords("ann"), limit: 1), as: people.staff)
            #expect(paged.customers.map(\.id) == [ids[2]] && paged.next == ids[2])
            await #expect(throws: StoreError.notAllowed(.seeAllOrders)) {
                try await customers.customers(CustomerQuery(), as: people.customer)
            }
            await #expect(throws: StoreError.self) {
                try await customers.customers(CustomerQuery(limit: 0), as: people.staff)
            }
        },
        ContractCase("What is known of a customer: figures, orders, credit, gift cards and returns") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let id = try await shop.customers(["Ann Ash"])[0]
            let none = try await counter.customers.customer(id, as: people.staff)
            #expect(none.figures.orders == 0 && none.figures.spent.isZero && none.figures.lastAt == nil)
            #expect(none.orders.isEmpty && none.credit == nil && none.cards.isEmpty && none.returns.isEmpty)
            let sold = try await shop.dealings(of: id, people)
            let known = try await counter.customers.customer(id, as: people.staff)
            #expect(known.figures.orders == 2 && known.figures.paid == 2)
            #expect(known.figures.spent == sold[0].total + sold[1].total - shop.refunded(known.orders))
            #expect(known.figures.lastAt == sold[1].createdAt)
            #expect(known.orders.map(\.id) == [sold[1].id, sold[0].id])
            #expect(known.credit?.balance.minorUnits == 1_000)
            #expect(known.cards.map(\.balance.minorUnits) == [5_000])
            #expect(known.returns.map(\.customerID) == [id])
            await #expect(throws: StoreError.notFound(.customer(999))) {
                try await counter.customers.customer(999, as: people.staff)
            }
            await #expect(throws: StoreError.notAllowed(.seeAllOrders)) {
                try await counter.customers.customer(id, as: people.customer)
            }
            let admin = try #require(people.admin.userID)
            await #expect(throws: StoreError.self) {
                try await counter.customers.customer(admin, as: people.staff)
            }
        },
    ]

    private static let merging = [
        ContractCase("Of two customers who are one person, one gets all that the other had") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let ids = try await shop.customers(["Ann Ash", "Anne Ash"])
            let sold = try await shop.dealings(of: ids[0], people)
            await #expect(throws: StoreError.notAllowed(.manageAccounts)) {
                try await counter.customers.merge(ids[0], into: ids[1], as: people.staff)
            }
            let own = try #require(people.staff.userID)
            for target in [ids[0], own] {
                await #expect(throws: StoreError.self) {
                    try await counter.customers.merge(ids[0], into: target, as: people.admin)
                }
            }
            let kept = try await counter.customers.merge(ids[0], into: ids[1], as: people.admin)
            #expect(kept.user.id == ids[1] && kept.figures.orders == 2)
            #expect(kept.orders.map(\.id) == [sold[1].id, sold[0].id])
            #expect(kept.orders.allSatisfy { $0.userID == ids[1] && $0.userName == "Anne Ash" })
            // What the documents say else is what they said.
            #expect(kept.orders.map(\.total) == [sold[1].total, sold[0].total])
            #expect(kept.credit?.balance.minorUnits == 1_000 && kept.returns.count == 1)
            #expect(kept.cards.map(\.balance.minorUnits) == [5_000])
            // Its owner sees them, and they are counted.
            let session = try await shop.services.auth.signIn(
                email: "anne.ash@example.com", password: Shop.password)
            let page = try await shop.services.orders.orders(OrderQuery(perPage: 9), as: .user(session))
            #expect(page.total == 2 && page.orders.count == 2)
            // The other account is no more.
            await #expect(throws: StoreError.notFound(.customer(ids[0]))) {
                try await counter.customers.customer(ids[0], as: people.staff)
            }
            await #expect(throws: StoreError.wrongCredentials) {
                try await shop.services.auth.signIn(email: "ann.ash@example.com", password: Shop.password)
            }
            #expect(try await shop.journal(of: .customersMerged, as: people.admin).count == 1)
        },
        ContractCase("Credit of both customers is added up, and what was booked stays readable") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let ids = try await shop.customers(["Ann Ash", "Anne Ash"])
            let pen = try await shop.product("Pen", price: "10.00", stock: 9, as: people.admin)
            _ = try await shop.services.policy.set("tax.rate", to: "0", as: people.admin)
            for id in [ids[0], ids[1], ids[0]] { _ = try await shop.credit(pen, to: id, people) }
            let kept = try await counter.customers.merge(ids[0], into: ids[1], as: people.admin)
            #expect(kept.credit?.balance.minorUnits == 3_000)
            let card = try #require(kept.credit)
            let history = try await counter.cards.history(of: card.id, as: people.admin)
            #expect(history.movements.map(\.amount.minorUnits) == [1_000, 2_000])
            #expect(history.movements.map(\.left.minorUnits) == [1_000, 3_000])
            // It pays.
            let paid = try await counter.till.sell(
                SaleDraft(
                    till: "1", lines: [SaleDraft.Line(productID: pen.id, quantity: 3)], customerID: ids[1],
                    tenders: [PaymentRequest(methodID: "store-credit")]),
                key: shop.key("p"), as: people.staff)
            #expect(paid.payments.first?.card?.left.isZero == true)
        },
        ContractCase("Nobody is merged away or erased for whom a sale is parked") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let ids = try await shop.customers(["Ann Ash", "Anne Ash"])
            let pen = try await shop.product("Pen", price: "10.00", stock: 9, as: people.admin)
            let parked = try await shop.park(pen, for: ids[0], as: people.staff)
            await #expect(throws: StoreError.self) {
                try await counter.customers.merge(ids[0], into: ids[1], as: people.admin)
            }
            await #expect(throws: StoreError.self) {
                try await counter.customers.erase(ids[0], as: people.admin)
            }
            #expect(try await counter.customers.customer(ids[0], as: people.staff).user.name == "Ann Ash")
            _ = try await counter.parking.resume(parked.code, as: people.staff)
            let erased = try await counter.customers.erase(ids[0], as: people.admin)
            #expect(erased.isErased)
        },
    ]

    private static let erasing = [
        ContractCase("An export has everything that is kept about a customer, and stands on the journal") {
            shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let id = try await shop.customers(["Ann Ash"])[0]
            let sold = try await shop.dealings(of: id, people)
            await #expect(throws: StoreError.notAllowed(.manageAccounts)) {
                try await counter.customers.export(id, as: people.staff)
            }
            let export = try await counter.customers.export(id, as: people.admin)
            #expect(export.user.email == "ann.ash@example.com" && export.at == shop.clock.now())
            #expect(export.lastSeenAt != nil)
            #expect(export.orders.map(\.id) == [sold[1].id, sold[0].id])
            #expect(export.refunds.map(\.orderID) == [sold[0].id])
            #expect(export.returns.count == 1 && export.cards.count == 1)
            #expect(export.credit?.movements.map(\.amount.minorUnits) == [1_000])
            #expect(Set(export.journal.map(\.kind)).isSuperset(of: [.accountAdded, .looseReturn]))
            #expect(export.journal.allSatisfy { $0.text.contains("\(id)") })
            #expect(try await shop.journal(of: .customerExported, as: people.admin).count == 1)
        },
        ContractCase("An erased customer has no name anywhere, while every figure stays") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let id = try await shop.customers(["Ann Ash"])[0]
            let sold = try await shop.dealings(of: id, people)
            let session = try await shop.services.auth.signIn(
                email: "ann.ash@example.com", password: Shop.password)
            let before = try await counter.customers.customer(id, as: people.staff)
            // Credit is owed, and an order waits: both come first.
            await #expect(throws: StoreError.self) { try await counter.customers.erase(id, as: people.admin) }
            _ = try await counter.cards.expire(before.credit?.id, reason: "Paid out", as: people.admin)
            let mug = try await shop.services.catalog.product(sold[0].items[0].productID)
            let waiting = try await shop.services.orders.place(
                shop.draft([(mug, 1)]), key: shop.key("w"), as: .user(session))
            await #expect(throws: StoreError.self) { try await counter.customers.erase(id, as: people.admin) }
            _ = try await shop.services.orders.cancel(waiting.id, as: people.admin)
            await #expect(throws: StoreError.notAllowed(.manageAccounts)) {
                try await counter.customers.erase(id, as: people.staff)
            }
            let erased = try await counter.customers.erase(id, as: people.admin)
            #expect(erased.isErased && erased.id == id && !erased.name.contains("Ann"))
            // The documents keep their figures and call nobody by the name.
            let orders = try await shop.services.orders.orders(
                OrderQuery(everybody: true, perPage: 9), as: people.admin)
            let own = orders.orders.filter { $0.userID == id }
            #expect(own.count == 3 && own.allSatisfy { $0.userName == User.formerName && $0.note == nil })
            #expect(own.filter { $0.status != .cancelled }.map(\.total) == [sold[1].total, sold[0].total])
            let back = try #require(before.returns.first)
            let found = try await counter.looseReturns.find(back.number, as: people.admin)
            #expect(found.name == User.formerName && found.amount == back.amount)
            // Nobody gets in, and nobody finds it.
            await #expect(throws: StoreError.wrongCredentials) {
                try await shop.services.auth.signIn(email: "ann.ash@example.com", password: Shop.password)
            }
            await #expect(throws: StoreError.signInRequired) {
                try await shop.services.auth.currentUser(of: session)
            }
            await #expect(throws: StoreError.signInRequired) {
                try await shop.services.orders.orders(OrderQuery(), as: .user(session))
            }
            await #expect(throws: StoreError.notFound(.customer(id))) {
                try await counter.customers.customer(id, as: people.staff)
            }
            #expect(
                try await counter.customers.customers(CustomerQuery(), as: people.staff)
                    .customers.allSatisfy { $0.id != id })
            #expect(try await counter.till.customers(finding: "#\(id)", as: people.staff).isEmpty)
            #expect(
                try await shop.services.accounts.accounts(as: people.admin).allSatisfy { $0.user.id != id })
            await #expect(throws: StoreError.notFound(.customer(id))) {
                try await counter.till.sell(
                    SaleDraft(
                        till: "1", lines: [SaleDraft.Line(productID: mug.id, quantity: 1)],
                        customerID: id, tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 50_000)]),
                    key: shop.key("z"), as: people.staff)
            }
            #expect(try await shop.journal(of: .accountEmptied, as: people.admin).count == 1)
            // The address is free again; that of the stand-in is nobody's.
            _ = try await shop.services.auth.register(
                Registration(email: "ann.ash@example.com", name: "Ann", password: Shop.password))
            #expect(throws: StoreError.self) {
                try Registration(email: erased.email, name: "Ann", password: Shop.password)
            }
        },
    ]
}

extension Shop {
    /// Accounts of customers by their names; their e-mails are the names with a point.
    fileprivate func customers(_ names: [String]) async throws -> [Int64] {
        var ids: [Int64] = []
        for name in names {
            let email = "\(name.folded.replacing(" ", with: "."))@example.com"
            let session = try await services.auth.register(
                Registration(email: email, name: name, password: Shop.password))
            ids.append(session.user.id)
        }
        return ids
    }

    /// Two sales at a till, the second of a gift card too; a piece of the first comes back, and something without a
    /// receipt.
    fileprivate func dealings(of id: Int64, _ people: People) async throws -> [Order] {
        let counter = try counter()
        _ = try await services.policy.set("tax.rate", to: "0", as: people.admin)
        let mug = try await product("Mug", price: "10.00", stock: 20, as: people.admin)
        func sell(_ key: String, _ cards: [GiftCardSale]) async throws -> Order {
            try await counter.till.sell(
                SaleDraft(
                    till: "1", lines: [SaleDraft.Line(productID: mug.id, quantity: 3)], customerID: id,
                    note: "For Ann", tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 50_000)],
                    giftCards: cards), key: self.key(key), as: people.staff)
        }
        let first = try await sell("d1", [])
        clock.advance(bySeconds: 60)
        let second = try await sell(
            "d2", [GiftCardSale(amountMinor: 5_000, code: GiftCardCode(number: UInt64(id)))])
        _ = try await counter.refunds.refund(
            RefundDraft(
                orderID: first.id, lines: [.init(itemID: first.items[0].id, quantity: 1)], reason: "Chipped"),
            till: "1", key: key("d3"), as: people.admin)
        _ = try await credit(mug, to: id, people)
        return [first, second]
    }

    /// Goods without a receipt, for which a customer gets credit.
    fileprivate func credit(_ product: Product, to id: Int64, _ people: People) async throws -> LooseReturn {
        let counter = try counter()
        let number = try await counter.cards.credit(of: id, as: people.staff)?.balance.minorUnits ?? 0
        return try await counter.looseReturns.take(
            LooseReturnDraft(
                till: "1", lines: [.init(productID: product.id, quantity: 1)], reason: "Not wanted",
                name: "Ann Ash", customerID: id),
            key: key("credit-\(id)-\(number)"), as: people.admin)
    }

    fileprivate func park(_ product: Product, for id: Int64, as principal: Principal) async throws
        -> ParkedSale
    {
        let counter = try counter()
        var cart = Cart()
        let customer = try await counter.customers.customer(id, as: principal).user
        cart.apply(.add(CartLine(product, quantity: 1), by: 1))
        cart.apply(.setTerms(SaleTerms(customer: SaleCustomer(customer))))
        return try await counter.parking.park(cart, label: "blue coat", till: "1", as: principal)
    }

    fileprivate func refunded(_ orders: [Order]) -> Money {
        .sum(orders.map(\.refunded), currency: .usd)
    }

    fileprivate func journal(of kind: JournalKind, as admin: Principal) async throws -> [JournalRecord] {
        let journal = try counter().journal
        var found: [JournalRecord] = []
        for chain in try await journal.chains(as: admin) {
            found += try await journal.records(of: chain, from: 1, limit: 1_000, as: admin)
        }
        return found.filter { $0.kind == kind }
    }
}
