import StoreDomain
import Testing

/// What every store promises of what goods cost.
public enum CostContract {
    public static let cases = [
        ContractCase("Ten at 4.00 and twenty at 4.30 cost 4.20 each, and a sale is booked at that") { shop in
            let till = try await CostShop(shop)
            try await till.receive(10, at: "4.00")
            try await till.receive(20, at: "4.30")
            let cost = try await till.counter.stock.cost(of: till.pen.id, as: till.people.admin)
            #expect(cost.average == till.money(420) && cost.value == till.money(12_600))
            #expect(cost.latest == till.money(430))
            _ = try await till.sell([(till.pen, 3)], "a")
            let movement = try #require(try await till.movements().first)
            #expect(movement.kind == .sale && movement.unitCost == till.money(420))
            #expect(movement.cost == till.money(1_260))
            let margin = try await till.report(.margin)
            #expect(margin.total.costOfGoods == 1_260 && margin.total.costed == 2_700)
            #expect(margin.total.margin == 1_440 && margin.total.marginPerMille == 533)
            #expect(margin.total.uncosted == 0 && margin.rows.map(\.title) == ["Pen"])
            #expect(margin.rows.first?.figures.margin == 1_440)
            let stock = try await till.report(.stock)
            #expect(stock.total.stockValue == 11_340 && stock.total.stock == 27)
            #expect(stock.rows.first?.figures.averageCost == 420)
            #expect(try await till.report(.marginDays).rows.last?.figures.margin == 1_440)
            #expect(try await till.report(.marginCategories).rows.map(\.title) == ["Paper"])
        },
        ContractCase("Goods come back at what they went out for, whatever the average is by then") { shop in
            let till = try await CostShop(shop)
            try await till.receive(10, at: "4.00")
            let sold = try await till.sell([(till.pen, 4)], "a")
            try await till.receive(6, at: "8.00")
            let item = try #require(sold.items.first)
            _ = try await till.counter.refunds.refund(
                RefundDraft(
                    orderID: sold.id, lines: [.init(itemID: item.id, quantity: 1)], reason: "Broken"),
                till: "1", key: shop.key("r"), as: till.people.admin)
            #expect(try await till.movements().first?.unitCost == till.money(400))
            let cost = try await till.counter.stock.cost(of: till.pen.id, as: till.people.admin)
            // 6 at 4.00, 6 at 8.00 and one that came back at 4.00.
            #expect(cost.value == till.money(7_600) && cost.average == till.money(585))
            let margin = try await till.report(.margin)
            #expect(margin.total.cost == 1_600 && margin.total.costBack == 400)
            #expect(margin.total.costed == 3_600 && margin.total.costedBack == 900)
            #expect(margin.total.margin == 1_500)
            // Without a receipt, they come at the average.
            let line = LooseReturnDraft.Line(productID: till.pen.id, quantity: 1)
            _ = try await till.counter.looseReturns.take(
                LooseReturnDraft(
                    till: "1", lines: [line], reason: "No receipt", name: "Ann", methodID: "cash"),
                key: shop.key("l"), as: till.people.admin)
            #expect(try await till.movements().first?.unitCost == till.money(585))
            #expect(try await till.report(.margin).total.costBack == 985)
        },
        ContractCase(
            "An order costs what its goods did when they were taken; one that is cancelled costs nothing"
        ) { shop in
            let till = try await CostShop(shop)
            try await till.receive(10, at: "4.00")
            func place(_ key: String) async throws -> Order {
                try await shop.services.orders.place(
                    shop.draft([(till.pen, 2)]), key: shop.key(key), as: till.people.staff)
            }
            let paid = try await place("a")
            let cancelled = try await place("b")
            try await till.receive(4, at: "9.00")
            _ = try await shop.services.orders.cancel(cancelled.id, as: till.people.staff)
            _ = try await shop.services.payments.pay(
                paid.id, [PaymentRequest(methodID: "cash", tenderedMinor: 100_000)], key: shop.key("p"),
                as: till.people.staff)
            let margin = try await till.report(.margin)
            #expect(margin.total.costOfGoods == 800 && margin.total.sales == 1)
            let cost = try await till.counter.stock.cost(of: till.pen.id, as: till.people.admin)
            // 8 at 4.00 and 4 at 9.00.
            #expect(cost.value == till.money(6_800))
        },
        ContractCase("What nobody knows the cost of is told as that, and is no margin") { shop in
            let till = try await CostShop(shop)
            try await till.receive(10, at: "4.00")
            let lamp = try await shop.product("Lamp", price: "20.00", stock: 5, as: till.people.admin)
            let wrap = try await shop.uncounted("Gift wrap", as: till.people.admin)
            _ = try await till.sell([(till.pen, 1), (lamp, 2), (wrap, 1)], "a")
            let margin = try await till.report(.margin)
            #expect(margin.total.costed == 900 && margin.total.cost == 400)
            #expect(margin.total.uncosted == margin.total.turnoverNet - 900)
            let row = try #require(margin.rows.first { $0.key == String(lamp.id) })
            #expect(row.figures.margin == 0 && row.figures.marginPerMille == nil)
            #expect(margin.text(.marginPercent, of: row.figures) == "unknown")
            for column in [ReportColumn.cost, .margin] {
                #expect(margin.text(column, of: row.figures) == "unknown")
                #expect(margin.machineText(column, of: row.figures) == "")
                #expect(margin.text(column, of: margin.total) != "unknown")
            }
            let cost = try await till.counter.stock.cost(of: lamp.id, as: till.people.admin)
            #expect(cost.average == nil && cost.value == nil)
            let stock = try await till.report(.stock)
            #expect(stock.total.stockUncosted == 3 && stock.total.stockCosted == 9)
            #expect(stock.total.stockValue == 3_600)
            let unknown = try #require(stock.rows.first { $0.key == String(lamp.id) })
            #expect(unknown.figures.stockUncosted == 3)
            for column in [ReportColumn.averageCost, .stockValue] {
                #expect(stock.text(column, of: unknown.figures) == "unknown")
                #expect(stock.machineText(column, of: unknown.figures) == "")
                #expect(stock.text(column, of: stock.total) != "unknown")
            }
        },
        ContractCase("Nobody sees what goods cost who may not, by any way") { shop in
            let till = try await CostShop(shop)
            try await till.receive(10, at: "4.00")
            _ = try await till.sell([(till.pen, 1)], "a")
            let (counter, staff) = (till.counter, till.people.staff)
            let explained = try await counter.stock.explanation(of: till.pen.id, limit: 9, as: staff)
            #expect(explained.cost == nil && explained.movements.count == 2)
            #expect(explained.movements.allSatisfy { $0.unitCost == nil && $0.cost == nil })
            let movements = try await counter.stock.movements(of: till.pen.id, limit: 9, as: staff)
            #expect(movements.allSatisfy { $0.unitCost == nil && $0.cost == nil })
            for who in [staff, till.people.customer] {
                await #expect(throws: StoreError.notAllowed(.seeCost)) {
                    try await counter.stock.cost(of: till.pen.id, as: who)
                }
            }
            let reports = try #require(counter.reports)
            for kind in ReportKind.allCases {
                let query = ReportQuery(kind, .today)
                guard kind.tellsCost else {
                    let report = try await reports.report(query, as: staff)
                    #expect(report.total == report.total.withoutCost)
                    #expect(report.rows.allSatisfy { $0.figures == $0.figures.withoutCost })
                    continue
                }
                await #expect(throws: StoreError.notAllowed(.seeCost)) {
                    try await reports.report(query, as: staff)
                }
            }
            // The journal's records say what a delivery cost.
            let reader = try Role(name: "reader", grants: [.readJournal: .unlimited])
            _ = try await shop.services.accounts.save(reader, as: till.people.admin)
            let clerk = try await shop.worker("reader", by: till.people.admin)
            await #expect(throws: StoreError.notAllowed(.seeCost)) {
                try await counter.journal.chains(as: clerk)
            }
            let seen = try await counter.stock.explanation(of: till.pen.id, limit: 9, as: till.people.admin)
            #expect(seen.cost?.average == till.money(400))
        },
        ContractCase("A cost is of what comes in, and within what a price can be") { shop in
            let till = try await CostShop(shop)
            func refused(_ kind: StockMovementKind, _ quantity: Int, _ cost: Int64) {
                #expect(throws: StoreError.self) {
                    try StockAdjustment(
                        productID: 1, kind: kind, quantity: quantity, reason: "x",
                        unitCost: Money(minorUnits: cost))
                }
            }
            refused(.receiving, 1, -1)
            refused(.receiving, 1, Product.maximumPriceMinor + 1)
            refused(.loss, -1, 1)
            refused(.receiving, Product.maximumStock, Product.maximumPriceMinor)
            // Nothing said: it comes at the average.
            try await till.receive(10, at: "4.00")
            try await till.receive(5, at: nil)
            #expect(try await till.movements().first?.unitCost == till.money(400))
        },
    ]
}

/// A shop with a till and a pen of 9.00, tax aside, of which there is none yet.
private struct CostShop {
    let shop: Shop
    let people: Shop.People
    let counter: CounterServices
    let pen: Product

    init(_ shop: Shop) async throws {
        self.shop = shop
        people = try await shop.people()
        counter = try shop.counter()
        pen = try await shop.services.catalog.add(
            ProductDraft(name: "Pen", price: shop.amount("9.00"), stock: .counted(0), category: "Paper"),
            as: people.admin)
        _ = try await counter.shifts.open(till: "1", float: shop.amount("0.00"), as: people.admin)
    }

    func money(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: pen.price.currency) }

    /// A second later than what was before.
    func receive(_ count: Int, at cost: String?) async throws {
        shop.clock.advance(bySeconds: 1)
        _ = try await counter.stock.adjust(
            StockAdjustment(
                productID: pen.id, kind: .receiving, quantity: count, reason: "Delivered",
                unitCost: cost.map { try shop.amount($0) }), as: people.staff)
    }

    func sell(_ lines: [(Product, Int)], _ key: String) async throws -> Order {
        shop.clock.advance(bySeconds: 1)
        return try await counter.till.sell(
            SaleDraft(
                till: "1", lines: lines.map { try SaleDraft.Line(productID: $0.id, quantity: $1) },
                tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 1_000_000)]), key: shop.key(key),
            as: people.admin)
    }

    func movements() async throws -> [StockMovement] {
        try await counter.stock.movements(of: pen.id, limit: 99, as: people.admin)
    }

    func report(_ kind: ReportKind) async throws -> Report {
        let reports = try #require(counter.reports)
        return try await reports.report(ReportQuery(kind, .month), as: people.admin)
    }
}
