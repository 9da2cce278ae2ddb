import StoreDomain
import StoreService
import Testing

/// What every store promises of prices that begin and end on days, and of when people were last seen.
public enum PriceDatesContract {
    public static let cases = dates + seen

    private static let dates = [
        ContractCase("Prices with days begin with the first and end behind the last, by themselves") { shop in
            let (people, products) = (try await shop.people(), try shop.counter().products)
            let pen = try await shop.product("Pen", price: "2.00", stock: 5, as: people.admin)
            let mug = try await shop.product("Mug", price: "9.00", stock: 5, as: people.admin)
            let day = try #require(ShopDay(ShopZone.utc.dateText(shop.clock.now())))
            let draft = try Self.draft(
                [pen, mug], "-10", first: day.advanced(by: 2), last: day.advanced(by: 3))
            let plan = try await products.plan(draft, as: people.admin)
            #expect(plan.lines.map(\.new.minorUnits) == [180, 810])
            #expect(plan.period.from == Self.start(day, 2) && plan.period.until == Self.start(day, 4))
            let batch = try await products.apply(draft, agreement: plan.agreement, as: people.admin)
            #expect(batch.state == .waiting(Self.start(day, 2)) && batch.count == 2)
            #expect(try await products.batches(limit: 9, as: people.admin) == [batch])
            #expect(try await shop.prices(pen, mug) == [200, 900])
            // Another plan, without the days, is not what was agreed to.
            await #expect(throws: StoreError.self) {
                try await products.apply(
                    PriceBatchDraft(draft.goods, draft.rule), agreement: plan.agreement, as: people.admin)
            }
            guard let desk = products as? ProductDesk else { return }
            #expect(try await desk.turnPrices() == Self.start(day, 2))
            shop.advance(to: Self.start(day, 2))
            #expect(try await desk.turnPrices() == Self.start(day, 4))
            #expect(try await shop.prices(pen, mug) == [180, 810])
            let begun = try #require(try await products.batches(limit: 9, as: people.admin).first)
            #expect(begun.state == .holding(until: Self.start(day, 4)) && begun.kept == 0)
            #expect(
                try await products.prices(of: pen.id, limit: 9, as: people.admin).map(\.batchID) == [batch.id]
            )
            // Looked at again, nothing begins twice.
            #expect(try await desk.turnPrices() == Self.start(day, 4))
            #expect(try await products.prices(of: pen.id, limit: 9, as: people.admin).count == 1)
            shop.advance(to: Self.start(day, 4))
            #expect(try await desk.turnPrices() == nil)
            #expect(try await shop.prices(pen, mug) == [200, 900])
            let over = try #require(try await products.batches(limit: 9, as: people.admin).first)
            #expect(over.state == .over(shop.clock.now()) && !over.canBeTakenBack)
        },
        ContractCase(
            "A price that somebody changed before its batch began stays, and so does one changed since"
        ) {
            shop in
            let (people, products) = (try await shop.people(), try shop.counter().products)
            let pen = try await shop.product("Pen", price: "2.00", stock: 5, as: people.admin)
            let mug = try await shop.product("Mug", price: "9.00", stock: 5, as: people.admin)
            let day = try #require(ShopDay(ShopZone.utc.dateText(shop.clock.now())))
            let draft = try Self.draft(
                [pen, mug], "-10", first: day.advanced(by: 1), last: day.advanced(by: 1))
            _ = try await shop.batch(draft, as: people.admin)
            guard let desk = products as? ProductDesk else { return }
            _ = try await shop.services.catalog.edit(
                pen.id, ProductPatch(price: shop.amount("2.50")), as: people.staff)
            shop.advance(to: Self.start(day, 1))
            _ = try await desk.turnPrices()
            #expect(try await shop.prices(pen, mug) == [250, 810])
            #expect(try await products.batches(limit: 1, as: people.admin).first?.kept == 1)
            _ = try await shop.services.catalog.edit(
                mug.id, ProductPatch(price: shop.amount("8.50")), as: people.staff)
            shop.advance(to: Self.start(day, 2))
            _ = try await desk.turnPrices()
            #expect(try await shop.prices(pen, mug) == [250, 850])
            let over = try #require(try await products.batches(limit: 1, as: people.admin).first)
            #expect(over.kept == 1 && over.keptBack == 1)
        },
        ContractCase(
            "Days that cross those of another batch are refused by the last one, others lie within or beside"
        ) { shop in
            let (people, products) = (try await shop.people(), try shop.counter().products)
            let pen = try await shop.product("Pen", price: "2.00", stock: 5, as: people.admin)
            let mug = try await shop.product("Mug", price: "9.00", stock: 5, as: people.admin)
            let day = try #require(ShopDay(ShopZone.utc.dateText(shop.clock.now())))
            _ = try await shop.batch(
                Self.draft([pen], "-10", first: day.advanced(by: 2), last: day.advanced(by: 9)),
                as: people.admin)
            for (first, last) in [(5, 12), (0, 5), (0, 12)] {
                let error = await #expect(throws: StoreError.self) {
                    try await products.plan(
                        Self.draft(
                            [mug, pen], "-5", first: day.advanced(by: first), last: day.advanced(by: last)),
                        as: people.admin)
                }
                guard case .invalid(let problems)? = error else {
                    Issue.record("refused with \(String(describing: error))")
                    return
                }
                #expect(problems.map(\.field) == ["last_day"])
            }
            // Those that have only the other product may.
            _ = try await shop.batch(
                Self.draft([mug], "-10", first: day.advanced(by: 5), last: day.advanced(by: 12)),
                as: people.admin)
            let within = try await shop.batch(
                Self.draft([pen], "-50", first: day.advanced(by: 5), last: day.advanced(by: 9)),
                as: people.admin)
            _ = try await shop.batch(
                Self.draft([pen], "10", first: day.advanced(by: 10), last: day.advanced(by: 11)),
                as: people.admin)
            guard let desk = products as? ProductDesk else { return }
            var prices: [[Int64]] = []
            for days in [2, 5, 10, 12, 13] {
                shop.advance(to: Self.start(day, days))
                _ = try await desk.turnPrices()
                prices.append(try await shop.prices(pen, mug))
            }
            #expect(prices == [[180, 900], [90, 810], [220, 810], [200, 810], [200, 900]])
            let found = try await products.batches(limit: 9, as: people.admin).first { $0.id == within.id }
            #expect(found?.kept == 0 && found?.keptBack == 0)
        },
        ContractCase(
            "What is called off before it begins does not begin, nor what is over before anybody looks"
        ) {
            shop in
            let (people, products) = (try await shop.people(), try shop.counter().products)
            let pen = try await shop.product("Pen", price: "2.00", stock: 5, as: people.admin)
            let day = try #require(ShopDay(ShopZone.utc.dateText(shop.clock.now())))
            let first = try await shop.batch(
                Self.draft([pen], "-10", first: day.advanced(by: 1), last: nil), as: people.admin)
            let back = try await products.takeBack(first.id, as: people.admin)
            #expect(back.restored == 0 && back.batch.state == .calledOff(shop.clock.now()))
            let missed = try await shop.batch(
                Self.draft([pen], "-20", first: day.advanced(by: 1), last: day.advanced(by: 2)),
                as: people.admin)
            guard let desk = products as? ProductDesk else { return }
            shop.advance(to: Self.start(day, 5))
            #expect(try await desk.turnPrices() == nil)
            #expect(try await shop.prices(pen) == [200])
            #expect(try await products.prices(of: pen.id, limit: 9, as: people.admin).isEmpty)
            let found = try await products.batches(limit: 9, as: people.admin).first { $0.id == missed.id }
            #expect(found?.state == .calledOff(shop.clock.now()))
        },
        ContractCase("What begins when something else ends is planned from the price that holds then") {
            shop in
            let (people, products) = (try await shop.people(), try shop.counter().products)
            let pen = try await shop.product("Pen", price: "2.00", stock: 5, as: people.admin)
            let day = try #require(ShopDay(ShopZone.utc.dateText(shop.clock.now())))
            // It holds at once, and until the end of tomorrow.
            let sale = try await shop.batch(
                Self.draft([pen], "-10", first: nil, last: day.advanced(by: 1)), as: people.admin)
            #expect(sale.state == .holding(until: Self.start(day, 2)))
            #expect(try await shop.prices(pen) == [180])
            let rise = try Self.draft([pen], "5", first: day.advanced(by: 2), last: nil)
            let plan = try await products.plan(rise, as: people.admin)
            #expect(plan.lines.map(\.old.minorUnits) == [200] && plan.lines.map(\.new.minorUnits) == [210])
            _ = try await shop.batch(rise, as: people.admin)
            guard let desk = products as? ProductDesk else { return }
            shop.advance(to: Self.start(day, 2))
            #expect(try await desk.turnPrices() == nil)
            #expect(try await shop.prices(pen) == [210])
        },
        ContractCase("Days that are over are refused by the field of the last one") { shop in
            let (people, products) = (try await shop.people(), try shop.counter().products)
            let pen = try await shop.product("Pen", price: "2.00", stock: 5, as: people.admin)
            let day = try #require(ShopDay(ShopZone.utc.dateText(shop.clock.now())))
            let past = try Self.draft([pen], "5", first: nil, last: day.advanced(by: -1))
            let error = await #expect(throws: StoreError.self) {
                try await products.plan(past, as: people.admin)
            }
            guard case .invalid(let problems)? = error else {
                Issue.record("refused with \(String(describing: error))")
                return
            }
            #expect(problems.map(\.field) == ["last_day"])
            // One that has begun begins at once.
            let now = try await products.plan(
                Self.draft([pen], "5", first: day.advanced(by: -3), last: day), as: people.admin)
            #expect(now.period == PricePeriod(from: nil, until: Self.start(day, 1)))
        },
    ]

    private static let seen = [
        ContractCase("Whoever signs in or takes over a till is seen, and who goes on is seen by the hour") {
            shop in
            let people = try await shop.people()
            func seen(_ email: String) async throws -> Timestamp? {
                let accounts = try await shop.services.accounts.accounts(as: people.admin)
                return accounts.first { $0.user.email == email }?.lastSeenAt
            }
            let start = try #require(try await seen("customer@example.com"))
            shop.clock.advance(bySeconds: 600)
            _ = try? await shop.services.auth.signIn(
                email: "customer@example.com", password: Secret("not the password"))
            #expect(try await seen("customer@example.com") == start)
            let session = try await shop.services.auth.signIn(
                email: "customer@example.com", password: Shop.password)
            let signedIn = shop.clock.now()
            #expect(try await seen("customer@example.com") == signedIn)
            shop.clock.advance(bySeconds: 3_599)
            _ = try await shop.services.auth.currentUser(of: session)
            guard shop.services.auth is SigningIn else { return }
            #expect(try await seen("customer@example.com") == signedIn)
            shop.clock.advance(bySeconds: 1)
            _ = try await shop.services.auth.currentUser(of: session)
            #expect(try await seen("customer@example.com") == shop.clock.now())
        }
    ]

    private static func draft(_ goods: [Product], _ percent: String, first: ShopDay?, last: ShopDay?) throws
        -> PriceBatchDraft
    {
        PriceBatchDraft(
            .products(goods.map(\.id)),
            try PriceRule(typed: percent, isAmount: false, ending: .none, currency: .usd),
            days: try ValidDays(first: first, last: last))
    }

    private static func start(_ day: ShopDay, _ days: Int) -> Timestamp {
        ShopZone.utc.startOfDay(day.text, plusDays: days) ?? Timestamp(milliseconds: 0)
    }
}

extension Shop {
    /// What products cost now, in minor units.
    fileprivate func prices(_ products: Product...) async throws -> [Int64] {
        var prices: [Int64] = []
        for product in products {
            prices.append(try await services.catalog.product(product.id).price.minorUnits)
        }
        return prices
    }

    fileprivate func batch(_ draft: PriceBatchDraft, as principal: Principal) async throws -> PriceBatch {
        let products = try counter().products
        let plan = try await products.plan(draft, as: principal)
        return try await products.apply(draft, agreement: plan.agreement, as: principal)
    }

    fileprivate func advance(to time: Timestamp) {
        clock.advance(bySeconds: (time.milliseconds - clock.now().milliseconds + 999) / 1_000)
    }
}
