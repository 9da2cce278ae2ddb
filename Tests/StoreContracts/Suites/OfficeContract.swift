import StoreDomain
import Testing

/// What every store promises of the back office: changes that overwrite nothing unseen, prices with their history,
/// and stock that is received, counted and explained.
public enum OfficeContract {
    public static let cases = editing + prices + stock

    private static let editing = [
        ContractCase(
            "Who changes a product that somebody changed meanwhile is told, and nothing is overwritten"
        ) {
            shop in
            let people = try await shop.people()
            let catalog = shop.services.catalog
            let pen = try await shop.product("Pen", price: "2.00", stock: 5, as: people.admin)
            let dearer = try await catalog.edit(
                pen.id, ProductPatch(price: shop.amount("3.00")), seen: pen.version, as: people.admin)
            #expect(dearer.price.minorUnits == 300)
            for patch in [ProductPatch(name: "Pencil"), ProductPatch(isArchived: true)] {
                await #expect(throws: StoreError.changedMeanwhile(dearer)) {
                    try await catalog.edit(pen.id, patch, seen: pen.version, as: people.staff)
                }
            }
            #expect(try await catalog.product(pen.id) == dearer)
            // Asked again after a lost answer, a change that is done is done.
            let again = try await catalog.edit(
                pen.id, ProductPatch(price: shop.amount("3.00")), seen: pen.version, as: people.admin)
            #expect(again == dearer)
            let renamed = try await catalog.edit(
                pen.id, ProductPatch(name: "Pencil"), seen: dearer.version, as: people.staff)
            #expect(renamed.name == "Pencil" && renamed.price.minorUnits == 300)
        },
        ContractCase("What a sale takes is no change to who edits the name, but to who types the stock over")
        {
            shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pen = try await shop.product("Pen", price: "2.00", stock: 5, as: people.admin)
            _ = try await counter.till.sell(
                shop.sale([(pen, 2)]), key: shop.key("s"), as: people.staff)
            let sold = try await shop.services.catalog.product(pen.id)
            await #expect(throws: StoreError.changedMeanwhile(sold)) {
                try await shop.services.catalog.edit(
                    pen.id, ProductPatch(stock: 10), seen: pen.version, as: people.admin)
            }
            let named = try await shop.services.catalog.edit(
                pen.id, ProductPatch(name: "Pencil"), seen: pen.version, as: people.admin)
            #expect(named.name == "Pencil" && named.stock == 3)
            let typed = try await shop.services.catalog.edit(
                pen.id, ProductPatch(stock: 10), seen: named.version, as: people.admin)
            #expect(typed.stock == 10)
        },
        ContractCase("What is no longer sold is found by its name and codes, by who may change products") {
            shop in
            let (people, products) = (try await shop.people(), try shop.counter().products)
            let draft = try shop.draft("Émile cup", sku: "CS-9_1", barcode: "4006381333931")
            let cup = try await shop.services.catalog.add(draft, as: people.admin)
            _ = try await shop.product("Cup board", price: "9.00", stock: 1, as: people.admin)
            #expect(try await products.archived(finding: "", limit: 9, as: people.admin).isEmpty)
            let gone = try await shop.services.catalog.edit(
                cup.id, ProductPatch(isArchived: true), as: people.admin)
            for text in ["", "emile", "CUP", "cs-9_1", "4006381333931"] {
                #expect(
                    try await products.archived(finding: text, limit: 9, as: people.admin) == [gone],
                    "\(text)")
            }
            for text in ["board", "9%1", "csx9"] {
                #expect(
                    try await products.archived(finding: text, limit: 9, as: people.admin).isEmpty, "\(text)")
            }
            #expect(try await products.product(cup.id, as: people.admin) == gone)
            await #expect(throws: StoreError.notAllowed(.manageProducts)) {
                try await products.archived(finding: "", limit: 9, as: people.customer)
            }
            await #expect(throws: StoreError.notAllowed(.manageProducts)) {
                try await products.product(cup.id, as: people.customer)
            }
            await #expect(throws: StoreError.notFound(.product(99))) {
                try await products.product(99, as: people.admin)
            }
        },
    ]

    private static let prices = [
        ContractCase("Every change of a price is kept, with who made it and when") { shop in
            let (people, products) = (try await shop.people(), try shop.counter().products)
            let pen = try await shop.product("Pen", price: "2.00", stock: 5, as: people.admin)
            #expect(try await products.prices(of: pen.id, limit: 9, as: people.admin).isEmpty)
            let catalog = shop.services.catalog
            let first = shop.clock.now()
            _ = try await catalog.edit(pen.id, ProductPatch(price: shop.amount("3.00")), as: people.admin)
            shop.clock.advance(bySeconds: 60)
            _ = try await catalog.edit(pen.id, ProductPatch(name: "Pencil"), as: people.admin)
            _ = try await catalog.edit(
                pen.id, ProductPatch(name: "Pen", price: shop.amount("2.50")), as: people.staff)
            let changes = try await products.prices(of: pen.id, limit: 9, as: people.admin)
            #expect(changes.map(\.from.minorUnits) == [300, 200])
            #expect(changes.map(\.to.minorUnits) == [250, 300])
            #expect(changes.map(\.by) == [people.staff.userID, people.admin.userID])
            #expect(changes.last?.at == first && changes.allSatisfy { $0.batchID == nil })
            #expect(try await products.prices(of: pen.id, limit: 1, as: people.admin) == [changes[0]])
            await #expect(throws: StoreError.notAllowed(.manageProducts)) {
                try await products.prices(of: pen.id, limit: 9, as: people.customer)
            }
        },
        ContractCase("Prices change together as the plan said, or not at all, and are taken back together") {
            shop in
            let (people, products) = (try await shop.people(), try shop.counter().products)
            var goods: [Product] = []
            for (name, price, category) in [
                ("Green tea", "12.90", "Tea"), ("Black tea", "7.10", "Tea"), ("Free leaf", "0.00", "Tea"),
                ("Mug", "9.00", "Cups"),
            ] {
                goods.append(
                    try await shop.services.catalog.add(
                        shop.draft(name, price: price, category: category), as: people.admin))
            }
            let rule = try PriceRule(typed: "5%", isAmount: false, ending: .ninetyFive, currency: .usd)
            let draft = PriceBatchDraft(.found(text: "", category: "Tea"), rule)
            let plan = try await products.plan(draft, as: people.admin)
            #expect(plan.lines.map(\.new.minorUnits) == [1395, 795])
            #expect(plan.lines.map(\.old.minorUnits) == [1290, 710])
            func price(_ index: Int) async throws -> Int64 {
                let product = try await shop.services.catalog.product(goods[index].id)
                return product.price.minorUnits
            }
            // Somebody changes one of them in between.
            let other = try await shop.services.catalog.edit(
                goods[1].id, ProductPatch(price: shop.amount("8.00")), as: people.staff)
            await #expect(throws: StoreError.self) {
                try await products.apply(draft, agreement: plan.agreement, as: people.admin)
            }
            #expect(try await price(0) == 1290)
            _ = try await shop.services.catalog.edit(
                other.id, ProductPatch(price: shop.amount("7.10")), as: people.staff)
            let batch = try await products.apply(draft, agreement: plan.agreement, as: people.admin)
            #expect(batch.count == 2 && batch.by == people.admin.userID && batch.takenBackAt == nil)
            #expect(try await price(0) == 1395)
            #expect(try await price(1) == 795)
            #expect(try await price(2) == 0)
            #expect(try await price(3) == 900)
            #expect(
                try await products.prices(of: goods[0].id, limit: 9, as: people.admin).map(\.batchID)
                    == [batch.id])
            // One price is changed by hand before the batch is taken back: it is kept, and told.
            _ = try await shop.services.catalog.edit(
                goods[1].id, ProductPatch(price: shop.amount("6.00")), as: people.staff)
            let back = try await products.takeBack(batch.id, as: people.admin)
            #expect(back.restored == 1 && back.kept.map(\.productID) == [goods[1].id])
            #expect(back.kept.first?.old.minorUnits == 600 && back.batch.takenBackAt != nil)
            #expect(try await price(0) == 1290)
            #expect(try await price(1) == 600)
            await #expect(throws: StoreError.self) { try await products.takeBack(batch.id, as: people.admin) }
            #expect(try await products.batches(limit: 9, as: people.admin) == [back.batch])
            await #expect(throws: StoreError.notFound(.priceBatch(99))) {
                try await products.takeBack(99, as: people.admin)
            }
            await #expect(throws: StoreError.notAllowed(.manageProducts)) {
                try await products.plan(draft, as: people.customer)
            }
        },
        ContractCase("A batch that brings one price below zero changes none, and names the product") { shop in
            let (people, products) = (try await shop.people(), try shop.counter().products)
            let mug = try await shop.product("Mug", price: "9.00", stock: 5, as: people.admin)
            let pen = try await shop.product("Pen", price: "2.00", stock: 5, as: people.admin)
            let rule = try PriceRule(typed: "-3.00", isAmount: true, ending: .none, currency: .usd)
            let draft = PriceBatchDraft(.products([mug.id, pen.id]), rule)
            let error = await #expect(throws: StoreError.self) {
                try await products.plan(draft, as: people.admin)
            }
            #expect(error?.message.contains("Pen") == true)
            await #expect(throws: StoreError.self) {
                try await products.apply(draft, agreement: PricePlan([], .always).agreement, as: people.admin)
            }
            #expect(try await shop.services.catalog.product(mug.id).price.minorUnits == 900)
        },
    ]

    private static let stock = [
        ContractCase("A delivery of several products is booked whole or not at all") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pen = try await shop.product("Pen", price: "2.00", stock: 5, as: people.admin)
            let mug = try await shop.product("Mug", price: "9.00", stock: 1, as: people.admin)
            let wrap = try await shop.uncounted("Gift wrap", as: people.admin)
            func delivery(_ goods: [(Product, Int)]) throws -> [StockAdjustment] {
                try goods.map {
                    try StockAdjustment(
                        productID: $0.0.id, kind: .receiving, quantity: $0.1, reason: "note 17",
                        unitCost: shop.amount("1.10"))
                }
            }
            await #expect(throws: StoreError.self) {
                try await counter.stock.book(delivery([(mug, 4), (wrap, 1)]), as: people.staff)
            }
            #expect(try await shop.stock(mug) == 1)
            let booked = try await counter.stock.book(
                delivery([(mug, 4), (pen, 10), (mug, 2)]), as: people.staff)
            #expect(booked.map(\.id) == [mug.id, pen.id])
            #expect(booked.map(\.stock) == [7, 15])
            await #expect(throws: StoreError.self) { try await counter.stock.book([], as: people.staff) }
            await #expect(throws: StoreError.notAllowed(.adjustStock)) {
                try await counter.stock.book(delivery([(mug, 4)]), as: people.customer)
            }
        },
        ContractCase("A stock is explained by its movements, back to where it began") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pen = try await shop.product("Pen", price: "2.00", stock: 5, as: people.admin)
            _ = try await counter.till.sell(shop.sale([(pen, 2)]), key: shop.key("s"), as: people.staff)
            shop.clock.advance(bySeconds: 60)
            _ = try await counter.stock.adjust(
                StockAdjustment(productID: pen.id, kind: .receiving, quantity: 7, reason: "note 17"),
                as: people.staff)
            let all = try await counter.stock.explanation(of: pen.id, limit: 9, as: people.staff)
            #expect(all.product.stock == 10 && all.start == 5 && !all.isCut)
            #expect(all.steps.map(\.stock) == [10, 3])
            #expect(all.movements.map(\.kind) == [.receiving, .sale])
            let cut = try await counter.stock.explanation(of: pen.id, limit: 1, as: people.staff)
            #expect(cut.isCut && cut.start == 3)
            await #expect(throws: StoreError.notAllowed(.adjustStock)) {
                try await counter.stock.explanation(of: pen.id, limit: 9, as: people.customer)
            }
        },
        ContractCase("What little is left of is listed with what sold lately") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let low = try await shop.services.policy.current().policy.lowStock
            let pen = try await shop.product("Pen", price: "2.00", stock: .counted(low + 3), as: people.admin)
            _ = try await shop.product("Mug", price: "2.00", stock: .counted(low + 1), as: people.admin)
            let cup = try await shop.product("Cup", price: "2.00", stock: 0, as: people.admin)
            _ = try await shop.uncounted("Gift wrap", as: people.admin)
            #expect(try await counter.stock.low(limit: 9, as: people.staff).map(\.product.id) == [cup.id])
            _ = try await counter.till.sell(shop.sale([(pen, 3)]), key: shop.key("s"), as: people.staff)
            let found = try await counter.stock.low(limit: 9, as: people.staff)
            #expect(found.map(\.product.id) == [cup.id, pen.id])
            #expect(found.map(\.sold) == [0, 3])
            #expect(found.first?.proposal(low: low) == low + 1)
            shop.clock.advance(bySeconds: 31 * 24 * 60 * 60)
            #expect(try await counter.stock.low(limit: 9, as: people.staff).map(\.sold) == [0, 0])
            await #expect(throws: StoreError.notAllowed(.adjustStock)) {
                try await counter.stock.low(limit: 9, as: people.customer)
            }
        },
    ]
}
