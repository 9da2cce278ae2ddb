import StoreDomain
import Testing

/// What every store promises of a country's rules, of stock below zero, of training and of finding customers.
extension CounterContract {
    static let setup = [
        ContractCase("A country's rules are told before they are set, and set in one version") { shop in
            let (people, policies) = (try await shop.people(), shop.services.policy)
            let pen = try await shop.product("Pen", price: "10.00", stock: 9, as: people.admin)
            let before = try await policies.current()
            let told = try await policies.apply(.us, checksOnly: true, as: people.admin)
            #expect(try await policies.current() == before)
            #expect(told.number == before.number + 1 && told.policy.taxName == "Sales tax")
            let sale = try await shop.counter().till.sell(
                shop.sale([(pen, 1)], tenders: [cash(10_000)]), key: shop.key("a"), as: people.staff)
            let set = try await policies.apply(.us, checksOnly: false, as: people.admin)
            #expect(set.policy == told.policy && set.number == told.number)
            #expect(try await policies.apply(.us, checksOnly: false, as: people.admin).number == set.number)
            #expect(try await policies.history(as: people.admin).count == set.number)
            // What was sold before keeps its figures.
            #expect(try await shop.services.orders.order(sale.id, as: people.admin).tax == sale.tax)
            await #expect(throws: StoreError.self) {
                try await policies.apply(.de, checksOnly: true, as: people.admin)
            }
            await #expect(throws: StoreError.notAllowed(.changePolicy)) {
                try await policies.apply(.us, checksOnly: true, as: people.staff)
            }
        },
        ContractCase("More than there is sells only where the shop allows it and somebody says so") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pen = try await shop.product("Pen", price: "10.00", stock: 2, as: people.admin)
            let tooFew = StoreError.insufficientStock(productID: pen.id, name: "Pen", available: 2)
            await #expect(throws: tooFew) {
                try await counter.till.sell(three(pen, knows: false), key: shop.key("a"), as: people.admin)
            }
            // Who may only ask for it does not do it by himself.
            _ = try await shop.asking(.sellBelowZero) {
                try await counter.till.sell(three(pen, knows: true), key: shop.key("b"), as: people.staff)
            }
            #expect(try await counter.stock.toCount(as: people.admin).isEmpty)
            let sale = try await counter.till.sell(
                three(pen, knows: true), key: shop.key("c"), as: people.admin)
            #expect(sale.number?.position == 1)
            #expect(try await shop.stock(pen) == .counted(-1))
            let due = try await counter.stock.toCount(as: people.admin)
            #expect(due.map(\.product.id) == [pen.id] && due.first?.product.stock == .counted(-1))
            await #expect(throws: StoreError.notAllowed(.adjustStock)) {
                try await counter.stock.toCount(as: people.customer)
            }
            // Whoever buys for himself gets no more than there is.
            await #expect(throws: StoreError.self) {
                try await shop.services.orders.place(
                    shop.draft([(pen, 1)]), key: shop.key("d"), as: people.customer)
            }
            _ = try await shop.services.policy.set("stock.belowZero", to: "refuse", as: people.admin)
            await #expect(throws: StoreError.self) {
                try await counter.till.sell(three(pen, knows: true), key: shop.key("e"), as: people.admin)
            }
            _ = try await shop.services.policy.set("stock.belowZero", to: "allow", as: people.admin)
            _ = try await counter.till.sell(three(pen, knows: false), key: shop.key("f"), as: people.staff)
            #expect(try await shop.stock(pen) == .counted(-4))
            #expect(try await counter.journal.firstBreaks(as: people.admin).isEmpty)
        },
        ContractCase("A product below zero stays editable, goods arrive, and a count takes its flag away") {
            shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pen = try await shop.product("Pen", price: "10.00", stock: 2, as: people.admin)
            _ = try await counter.till.sell(three(pen, knows: true), key: shop.key("a"), as: people.admin)
            let renamed = try await shop.services.catalog.edit(
                pen.id, ProductPatch(name: "Blue pen"), as: people.admin)
            #expect(renamed.name == "Blue pen" && renamed.stock == .counted(-1))
            func book(_ kind: StockMovementKind, _ quantity: Int) async throws -> Product {
                try await counter.stock.adjust(
                    StockAdjustment(productID: pen.id, kind: kind, quantity: quantity, reason: "shelf"),
                    as: people.admin)
            }
            await #expect(throws: StoreError.self) { try await book(.loss, -1) }
            #expect(try await book(.receiving, 5).stock == .counted(4))
            // The books are right again, and nobody has looked yet.
            #expect(try await counter.stock.toCount(as: people.admin).count == 1)
            #expect(try await book(.count, 0).stock == .counted(4))
            #expect(try await counter.stock.toCount(as: people.admin).isEmpty)
        },
        ContractCase("Training sells nothing, and its records are apart") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pen = try await shop.product("Pen", price: "10.00", stock: 9, as: people.admin)
            let shift = try await counter.shifts.open(
                till: "1", float: shop.amount("50.00"), as: people.staff)
            func draft(_ count: Int, training: Bool) throws -> SaleDraft {
                try SaleDraft(
                    till: "1", lines: [SaleDraft.Line(productID: pen.id, quantity: count)],
                    tenders: [cash(100_000)], isTraining: training)
            }
            for number in 1...2 {
                let trained = try await counter.till.sell(
                    draft(2, training: true), key: shop.key("t\(number)"), as: people.staff)
                #expect(trained.number?.text == "T1-00000\(number)" && trained.id == -Int64(number))
                #expect(trained.isTraining && trained.status == .paid && trained.total.minorUnits == 2170)
            }
            await #expect(throws: StoreError.self) {
                try await counter.till.sell(draft(10, training: true), key: shop.key("t3"), as: people.staff)
            }
            #expect(try await shop.stock(pen) == .counted(9))
            let orders = try await shop.services.orders.orders(OrderQuery(everybody: true), as: people.admin)
            #expect(orders.orders.isEmpty)
            // The first receipt has the first number.
            let sale = try await counter.till.sell(
                draft(1, training: false), key: shop.key("s"), as: people.staff)
            #expect(sale.number?.text == "R1-000001" && !sale.isTraining)
            let report = try await counter.shifts.report(shift.id, as: people.admin)
            #expect(report.sales == 1 && report.salesTotal == sale.total && report.isBalanced)
            #expect(report.training == ShiftReport.TrainingSum(sales: 2, totalMinor: 4340))
            let records = try await counter.journal.records(
                of: Till.trainingChain(of: "1"), from: 1, limit: 9, as: people.admin)
            #expect(records.map(\.kind) == [.trainingSale, .trainingSale])
            #expect(try await counter.journal.firstBreaks(as: people.admin).isEmpty)
            // Nothing of it comes back for real, nor is it put aside.
            await #expect(throws: StoreError.notFound(.order(-1))) {
                try await counter.refunds.refund(
                    RefundDraft(
                        orderID: -1, lines: [.init(itemID: 1, quantity: 1)], reason: "learnt"), till: "1",
                    key: shop.key("r"), as: people.admin)
            }
            var basket = Cart()
            basket.apply(.add(CartLine(pen, quantity: 1), by: 1))
            basket.apply(.setTerms(SaleTerms(isTraining: true)))
            await #expect(throws: StoreError.self) {
                try await counter.parking.park(basket, label: "", till: "1", as: people.staff)
            }
        },
        ContractCase("A till finds customers by words or number, and makes new ones, who have no password") {
            shop in
            let (people, till) = (try await shop.people(), try shop.counter().till)
            let ada = try await till.addCustomer(
                name: "Ada Byron", email: "ada@example.com", as: people.staff)
            _ = try await till.addCustomer(name: "Émile Zola", email: "zola@example.com", as: people.staff)
            #expect(try await till.customers(finding: "byr", as: people.staff) == [ada])
            #expect(
                try await till.customers(finding: "emile", as: people.staff).map(\.name) == ["Émile Zola"])
            #expect(try await till.customers(finding: "#\(ada.id)", as: people.staff).contains(ada))
            let both = try await till.customers(finding: "example.com", as: people.staff).map(\.name)
            #expect(both.contains("Ada Byron") && both.contains("Émile Zola"))
            #expect(try await till.customers(finding: "nobody", as: people.staff).isEmpty)
            await #expect(throws: StoreError.self) { try await till.customers(finding: "", as: people.staff) }
            await #expect(throws: StoreError.notAllowed(.sell)) {
                try await till.customers(finding: "ada", as: people.customer)
            }
            await #expect(throws: StoreError.emailTaken) {
                try await till.addCustomer(name: "Ada", email: "ADA@example.com", as: people.staff)
            }
            await #expect(throws: StoreError.wrongCredentials) {
                try await shop.services.auth.signIn(
                    email: "ada@example.com", password: Secret("no password at all"))
            }
        },
    ]

    private static func cash(_ given: Int64) -> PaymentRequest {
        PaymentRequest(methodID: "cash", tenderedMinor: given)
    }

    private static func three(_ product: Product, knows: Bool) throws -> SaleDraft {
        try SaleDraft(
            till: "1", lines: [SaleDraft.Line(productID: product.id, quantity: 3, sellsBelowZero: knows)],
            tenders: [cash(100_000)])
    }
}
