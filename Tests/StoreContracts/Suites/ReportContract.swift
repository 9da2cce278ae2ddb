import StoreDomain
import Testing

/// What every store promises of its reports.
public enum ReportContract {
    public static let cases = [
        ContractCase(
            "A sale counts on its day with what was paid, what comes back on the day on which it does"
        ) {
            shop in
            let till = try await ReportShop(shop)
            let sold = try await till.sell([(till.pen, 3), (till.lamp, 1)], "a", discountCode: "SAVE10")
            shop.clock.advance(bySeconds: 86_400)
            let item = try #require(sold.items.first)
            let back = try await till.counter.refunds.refund(
                RefundDraft(
                    orderID: sold.id, lines: [.init(itemID: item.id, quantity: 1)], reason: "Broken"),
                till: "1", key: shop.key("r"), as: till.people.admin)
            let report = try await till.report(.sales, .days(from: till.first, 2))
            #expect(report.rows.map(\.figures.turnover) == [sold.total.minorUnits, -back.amount.minorUnits])
            #expect(report.rows.map(\.figures.sales) == [1, 0])
            #expect(report.rows.map(\.figures.refunds) == [0, 1])
            #expect(report.total.gross == sold.total.minorUnits + sold.discount.minorUnits)
            #expect(report.total.orderDiscounts == sold.discount.minorUnits)
            #expect(report.total.tendered == sold.total.minorUnits - back.amount.minorUnits)
            let products = try await till.report(.products, .days(from: till.first, 2))
            #expect(products.rows.map(\.title).sorted() == ["Lamp", "Pen"])
            #expect(products.rows.reduce(0) { $0 + $1.figures.turnover } == report.total.turnover)
            let reasons = try await till.report(.refunds, .days(from: till.first, 2))
            #expect(reasons.rows.map(\.title) == ["Refund: Broken"])
            let discounts = try await till.report(.discounts, .days(from: till.first, 2))
            #expect(discounts.rows.map(\.title) == ["Code SAVE10"])
            // The day before is beside it.
            let compared = try await till.report(
                .sales, .days(from: till.first.advanced(by: 1), 1), comparison: .before)
            #expect(compared.totalBefore?.turnover == sold.total.minorUnits)
            #expect(compared.rows.map(\.before?.turnover) == [sold.total.minorUnits])
        },
        ContractCase("A gift card is no turnover when it is sold, and a tender when it pays") { shop in
            let till = try await ReportShop(shop)
            let code = GiftCardCode(number: 7)
            let card = try await till.sell(
                [], "a", [PaymentRequest(methodID: "card", approvalCode: "A1")],
                cards: [GiftCardSale(amountMinor: 5_000, code: code)])
            #expect(card.total.isZero)
            let sold = try await till.sell(
                [(till.pen, 1)], "b", [PaymentRequest(methodID: "gift-card", cardCode: code)])
            let report = try await till.report(.tenders, .today)
            #expect(report.total.turnover == sold.total.minorUnits && report.total.giftCards == 5_000)
            let tenders = report.rows.reduce(into: [:]) { $0[$1.key] = $1.figures.turnover }
            #expect(tenders == ["card": 5_000, "gift-card": sold.total.minorUnits])
            #expect(report.total.tendered == 5_000 + sold.total.minorUnits)
        },
        ContractCase("What was sold in training and what waits to be paid is in no report") { shop in
            let till = try await ReportShop(shop)
            _ = try await till.counter.till.sell(
                SaleDraft(
                    till: "1", lines: [SaleDraft.Line(productID: till.pen.id, quantity: 1)],
                    tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 100_000)], isTraining: true),
                key: shop.key("t"), as: till.people.admin)
            let order = try await shop.services.orders.place(
                shop.draft([(till.lamp, 1)]), key: shop.key("o"), as: till.people.staff)
            #expect(try await till.report(.sales, .today).total.isZero)
            _ = try await shop.services.payments.pay(
                order.id, [PaymentRequest(methodID: "cash", tenderedMinor: 100_000)], key: shop.key("p"),
                as: till.people.staff)
            let report = try await till.report(.cashiers, .today)
            #expect(report.rows.map(\.title) == ["Staff"] && report.total.turnover == order.total.minorUnits)
        },
        ContractCase("Days are the shop's; another zone leaves the days before as they are") { shop in
            let till = try await ReportShop(shop)
            let now = shop.clock.now()
            let midnight = ShopZone.utc.lastMidnights(1, before: now)[0].advanced(bySeconds: 86_400)
            shop.clock.advance(bySeconds: midnight.seconds(since: now) - 1)
            let early = try await till.sell([(till.pen, 1)], "a")
            shop.clock.advance(bySeconds: 10)
            _ = try await shop.services.policy.set(
                "shop.timezone", to: "America/Los_Angeles", as: till.people.admin)
            shop.clock.advance(bySeconds: 10)
            let late = try await till.sell([(till.lamp, 1)], "b")
            let report = try await till.report(.sales, .days(from: till.first, 2))
            // Midnight in UTC is the afternoon before, five o'clock, in Los Angeles.
            #expect(report.rows.map(\.figures.turnover) == [(early.total + late.total).minorUnits, 0])
            let hours = try await till.report(.hours, .days(from: till.first, 1))
            #expect(hours.rows.filter { !$0.figures.isZero }.map(\.key) == ["17", "23"])
            #expect(hours.cells.map(\.hour) == [17, 23])
        },
        ContractCase("Whatever is sold and comes back, the reports are what the documents come to") { shop in
            let till = try await ReportShop(shop)
            var made = try await till.trade(60, seed: 7)
            try await till.expectReports(of: made)
            // More is added to what is there.
            made += try await till.trade(25, seed: 11, from: 60)
            try await till.expectReports(of: made)
        },
        ContractCase("A product takes what it has sold into another category, whatever was looked at before")
        {
            shop in
            let till = try await ReportShop(shop)
            let catalog = shop.services.catalog
            func move(_ category: String) async throws -> Product {
                try await catalog.edit(till.pen.id, ProductPatch(category: category), as: till.people.admin)
            }
            var made = try await till.trade(40, seed: 3)
            // Whole months and single days of it are over by then.
            shop.clock.advance(bySeconds: 70 * 86_400)
            try await till.expectReports(of: made)
            try await till.expectReports(of: made, goods: [move("Light"), till.lamp])
            try await till.expectReports(of: made, goods: [move(""), till.lamp])
            made += try await till.trade(20, seed: 5, from: 40)
            shop.clock.advance(bySeconds: 3 * 86_400)
            try await till.expectReports(of: made, goods: [move("Paper"), till.lamp])
            // Some days of a period are asked for before others, and some as those before.
            for (from, days) in [(1, 3), (0, 20), (2, 70), (30, 41), (0, 76)] {
                for comparison in [ReportComparison.none, .before, .year] {
                    let period = ReportPeriod.days(from: till.first.advanced(by: from), days)
                    let report = try await till.report(.categories, period, comparison: comparison)
                    let products = try await till.report(.products, period, comparison: comparison)
                    let category = [String(till.pen.id): "Paper", String(till.lamp.id): "Light"]
                    #expect(
                        report.sums == products.sums(under: category), "\(from) \(days) \(comparison)")
                }
            }
        },
        ContractCase("What is sold at a clock that was set back is in the reports of days that are over") {
            shop in
            let till = try await ReportShop(shop)
            _ = try await till.sell([(till.pen, 1)], "a")
            let early = shop.clock.now()
            shop.clock.advance(bySeconds: 80 * 86_400)
            let period = ReportPeriod.days(from: till.first, 90)
            let before = try await till.report(.categories, period)
            #expect(before.rows.map(\.key) == ["Paper"])
            shop.clock.advance(bySeconds: early.seconds(since: shop.clock.now()))
            let late = try await till.sell([(till.lamp, 1)], "b")
            shop.clock.advance(bySeconds: 80 * 86_400)
            let after = try await till.report(.categories, period)
            #expect(after.sums == before.sums.merging(["Light": [late.total.minorUnits, 0]]) { $1 })
        },
        ContractCase("Only those who see reports see what was sold, in a period that can be") { shop in
            let till = try await ReportShop(shop)
            let reports = try #require(till.counter.reports)
            for principal in [till.people.customer, .guest] {
                await #expect(throws: StoreError.self) {
                    try await reports.report(ReportQuery(.sales, .today), as: principal)
                }
            }
            for query in [
                ReportQuery(.sales, .days(from: till.first, ReportQuery.mostDays + 1)),
                ReportQuery(.products, .today, limit: 0),
            ] {
                await #expect(throws: StoreError.self) {
                    try await reports.report(query, as: till.people.admin)
                }
            }
        },
    ]
}

extension Report {
    /// What each row comes to, and what it came to in the days beside.
    fileprivate var sums: [String: [Int64]] { sums(under: [:]) }

    /// As `sums`, added up under what keys stand for; those that stand for nothing are their own.
    fileprivate func sums(under names: [String: String]) -> [String: [Int64]] {
        rows.reduce(into: [:]) { sums, row in
            let known = sums[names[row.key] ?? row.key] ?? [0, 0]
            sums[names[row.key] ?? row.key] = [
                known[0] + row.figures.turnover, known[1] + (row.before?.turnover ?? 0),
            ]
        }
    }
}

extension ReportPeriod {
    fileprivate static func days(from day: ShopDay, _ count: Int) -> ReportPeriod {
        ReportSpan(from: day, to: day.advanced(by: count - 1)).map { .span($0) } ?? .today
    }
}

/// A shop with a till, products in two categories, and what was sold there.
private struct ReportShop {
    let shop: Shop
    let people: Shop.People
    let counter: CounterServices
    let pen: Product
    let lamp: Product
    /// The day on which it opens.
    let first: ShopDay

    /// What was done, as its documents.
    enum Document {
        case sale(Int64, by: Principal)
        case looseReturn(LooseReturn)
    }

    init(_ shop: Shop) async throws {
        self.shop = shop
        people = try await shop.people()
        counter = try shop.counter()
        pen = try await shop.services.catalog.add(
            ProductDraft(
                name: "Pen", price: shop.amount("1.29"), stock: .counted(9_999), category: "Paper"),
            as: people.admin)
        lamp = try await shop.services.catalog.add(
            ProductDraft(
                name: "Lamp", price: shop.amount("49.90"), stock: .counted(9_999), category: "Light"),
            as: people.admin)
        first = ShopZone.utc.moment(shop.clock.now()).day
        _ = try await counter.shifts.open(till: "1", float: shop.amount("0.00"), as: people.admin)
    }

    func sell(
        _ lines: [(Product, Int)], _ key: String,
        _ tenders: [PaymentRequest] = [PaymentRequest(methodID: "cash", tenderedMinor: 1_000_000)],
        discountCode: String? = nil, discount: ManualDiscount? = nil, back: RefundDraft? = nil,
        cards: [GiftCardSale] = [], as who: Principal? = nil
    ) async throws -> Order {
        try await counter.till.sell(
            SaleDraft(
                till: "1", lines: lines.map { try SaleDraft.Line(productID: $0.id, quantity: $1) },
                discountCode: discountCode, discount: discount, tenders: tenders, back: back,
                giftCards: cards), key: shop.key(key), as: who ?? people.admin)
    }

    func report(
        _ kind: ReportKind, _ period: ReportPeriod, comparison: ReportComparison = .none
    ) async throws -> Report {
        let reports = try #require(counter.reports)
        return try await reports.report(
            ReportQuery(kind, period, comparison: comparison), as: people.admin)
    }

    // MARK: - Random trade

    /// Sells, takes back, exchanges and voids, so many times.
    func trade(_ steps: Int, seed: UInt64, from start: Int = 0) async throws -> [Document] {
        var random = Dice(seed: seed)
        var made: [Document] = []
        var open: [Int64] = []
        for step in start..<start + steps {
            shop.clock.advance(bySeconds: Int64(random.roll(9_000)))
            let lines = [(pen, 1 + random.roll(4)), (lamp, 1 + random.roll(2))].filter { _ in
                random.roll(3) > 0
            }
            let who = random.roll(2) == 0 ? people.admin : people.staff
            switch random.roll(8) {
            case 0 where !open.isEmpty:
                try await refund(open[random.roll(open.count)], &random, "r\(step)")
            case 1 where !open.isEmpty:
                let order = try await shop.services.orders.order(
                    open.removeLast(), as: people.admin)
                guard order.status == .paid else { continue }
                _ = try await counter.refunds.void(
                    VoidDraft(orderID: order.id, reason: "Wrong", approvalCode: "V1"), till: "1",
                    key: shop.key("v\(step)"), as: people.admin)
            case 2 where !open.isEmpty:
                let order = try await shop.services.orders.order(
                    open[random.roll(open.count)], as: people.admin)
                guard let item = order.items.first(where: { $0.returnable > 0 }) else { continue }
                let back = try RefundDraft(
                    orderID: order.id, lines: [.init(itemID: item.id, quantity: 1)], reason: "Another one",
                    approvalCode: "X1")
                // Dearer than what comes back, so that something is to be paid.
                let sold = try await sell([(lamp, 2)], "x\(step)", back: back)
                made.append(.sale(sold.id, by: people.admin))
            case 3:
                let line = LooseReturnDraft.Line(productID: pen.id, quantity: 1 + random.roll(2))
                let draft = try LooseReturnDraft(
                    till: "1", lines: [line], reason: "No receipt", name: "Ann", methodID: "cash")
                made.append(
                    .looseReturn(
                        try await counter.looseReturns.take(
                            draft, key: shop.key("l\(step)"), as: people.admin)))
            default:
                let cards =
                    lines.isEmpty || random.roll(6) == 0
                    ? [GiftCardSale(amountMinor: 2_000, code: GiftCardCode(number: UInt64(step) + 1_000))]
                    : []
                let tenders =
                    random.roll(2) == 0
                    ? [PaymentRequest(methodID: "cash", tenderedMinor: 1_000_000)]
                    : [PaymentRequest(methodID: "card", approvalCode: "A\(step)")]
                let order = try await sell(
                    lines, "s\(step)", tenders,
                    discountCode: random.roll(3) == 0 && !lines.isEmpty ? "SAVE10" : nil, cards: cards,
                    as: who)
                made.append(.sale(order.id, by: who))
                if cards.isEmpty { open.append(order.id) }
            }
        }
        return made
    }

    private func refund(_ id: Int64, _ random: inout Dice, _ key: String) async throws {
        let order = try await shop.services.orders.order(id, as: people.admin)
        guard let item = order.items.first(where: { $0.returnable > 0 }) else { return }
        let quantity = 1 + random.roll(item.returnable)
        _ = try await counter.refunds.refund(
            RefundDraft(
                orderID: id, lines: [.init(itemID: item.id, quantity: quantity)], reason: "Broken",
                approvalCode: "B1"),
            till: "1", key: shop.key(key), as: people.admin)
    }

    // MARK: - The slow recount

    /// Adds every document up, one by one, and compares each report with that.
    ///
    /// - Parameter goods: the products as they are now; nil for as they were at first.
    func expectReports(of documents: [Document], goods: [Product]? = nil) async throws {
        var found = Recount()
        for document in documents {
            switch document {
            case .sale(let id, let who):
                let order = try await shop.services.orders.order(id, as: people.admin)
                found.add(order, by: who)
                for refund in try await counter.refunds.refunds(of: id, as: people.admin) {
                    found.add(refund, of: order)
                }
            case .looseReturn(let back): found.add(back)
            }
        }
        let span = try #require(
            ReportSpan(from: first, to: ShopZone.utc.moment(shop.clock.now()).day))
        for kind in ReportKind.allCases where !kind.tellsCost {
            let report = try await report(kind, .span(span))
            let sums = report.rows.reduce(into: [String: Int64]()) { sums, row in
                let value = kind.measure == .tax ? row.figures.taxDue : kind.measure.value(of: row.figures)
                if value != 0 { sums[row.key] = value }
            }
            // More than two months have a row each.
            let isMonthly = kind == .sales && span.days > 62
            let expected = found.expected(kind, goods ?? [pen, lamp]).filter { $0.value != 0 }
                .reduce(into: [String: Int64]()) { sums, sum in
                    sums[isMonthly ? String(sum.key.prefix(7)) : sum.key, default: 0] += sum.value
                }
            #expect(sums == expected, "\(kind)")
            #expect(report.total.turnover == found.turnover, "\(kind)")
            #expect(report.total.tendered == found.tendered, "\(kind)")
        }
        let parts = try await report(.sales, .span(span))
        #expect(parts.total.sales == found.sales && parts.total.refunds == found.refunds)
        #expect(parts.total.voids == found.voids && parts.total.giftCards == found.giftCards)
    }
}

/// Numbers that are the same in each run.
private struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// 0..<sides
    mutating func roll(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(max(1, sides)))
    }
}

/// What documents come to, added up without any of the sums' rules.
private struct Recount {
    private(set) var turnover: Int64 = 0
    private(set) var tendered: Int64 = 0
    private(set) var giftCards: Int64 = 0
    private(set) var sales: Int64 = 0
    private(set) var refunds: Int64 = 0
    private(set) var voids: Int64 = 0
    private var days: [String: Int64] = [:]
    private var hours: [String: Int64] = [:]
    private var weekdays: [String: Int64] = [:]
    private var products: [Int64: Int64] = [:]
    private var people: [String: Int64] = [:]
    private var tenders: [String: Int64] = [:]
    private var tax: [String: Int64] = [:]
    private var discounts: [String: Int64] = [:]
    private var reasons: [String: Int64] = [:]

    private mutating func count(_ amount: Int64, at time: Timestamp, by person: Int64) {
        let reading = CivilTime(utc: time)
        let moment = ShopZone.utc.moment(time)
        turnover += amount
        days[reading.dateText, default: 0] += amount
        hours[String(reading.minuteText.dropFirst(11).prefix(2)), default: 0] += amount
        weekdays[moment.day.weekday.rawValue, default: 0] += amount
        people[String(person), default: 0] += amount
    }

    mutating func add(_ order: Order, by who: Principal) {
        sales += 1
        count(order.total.minorUnits, at: order.paidAt ?? order.createdAt, by: who.userID ?? 0)
        giftCards += order.giftCardsTotal.minorUnits
        for payment in order.payments where payment.movedFrom == nil {
            tenders[payment.method.id, default: 0] += payment.amount.minorUnits
            tendered += payment.amount.minorUnits
        }
        for (item, paid) in zip(order.items, order.paidByLine) {
            products[item.productID, default: 0] += paid.minorUnits
            tax[Self.key(item.taxRate), default: 0] += item.tax.minorUnits
        }
        if !order.discount.isZero { discounts["code:SAVE10", default: 0] += order.discount.minorUnits }
    }

    mutating func add(_ refund: Refund, of order: Order) {
        refunds += 1
        if refund.kind == .void { voids += 1 }
        count(-refund.amount.minorUnits, at: refund.at, by: refund.bookedOn)
        giftCards -= refund.giftCards.minorUnits
        for tender in refund.tenders where !tender.isMoved {
            tenders[tender.method.id, default: 0] -= tender.amount.minorUnits
            tendered -= tender.amount.minorUnits
        }
        for line in refund.lines {
            guard let item = order.items.first(where: { $0.id == line.itemID }) else { continue }
            products[item.productID, default: 0] -= line.amount.minorUnits
            tax[Self.key(item.taxRate), default: 0] -= line.tax.minorUnits
        }
        let kind = refund.kind == .void ? "void" : refund.exchangeID == nil ? "refund" : "exchange"
        reasons["\(kind)|\(refund.reason)", default: 0] += refund.amount.minorUnits
    }

    mutating func add(_ back: LooseReturn) {
        refunds += 1
        count(-back.amount.minorUnits, at: back.at, by: back.operatorID)
        for tender in back.tenders {
            tenders[tender.method.id, default: 0] -= tender.amount.minorUnits
            tendered -= tender.amount.minorUnits
        }
        for line in back.lines {
            products[line.productID, default: 0] -= line.amount.minorUnits
            tax[Self.key(line.taxRate), default: 0] -= line.tax.minorUnits
        }
        reasons["return|\(back.reason)", default: 0] += back.amount.minorUnits
    }

    func expected(_ kind: ReportKind, _ goods: [Product]) -> [String: Int64] {
        switch kind {
        case .sales: return days
        case .hours: return hours
        case .weekdays: return weekdays
        case .products:
            return products.reduce(into: [:]) { $0[String($1.key)] = $1.value }
        case .categories:
            let categories = goods.reduce(into: [Int64: String]()) { $0[$1.id] = $1.category }
            return products.reduce(into: [:]) { $0[categories[$1.key] ?? "", default: 0] += $1.value }
        case .cashiers: return people
        case .tenders: return tenders
        case .tax: return tax
        case .discounts: return discounts
        case .refunds: return reasons
        // The costs have a recount of their own.
        case .margin, .marginCategories, .marginDays, .stock: return [:]
        }
    }

    private static func key(_ rate: Rate?) -> String {
        rate.map { "\($0.numerator)/\($0.denominator)" } ?? ""
    }
}
