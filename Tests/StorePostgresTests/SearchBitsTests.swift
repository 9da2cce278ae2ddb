import PostgresTesting
import StoreContracts
import StoreDomain
import StoreSearch
import StoreService
import Testing

@testable import StorePostgres

@Suite("Searches in a PostgreSQL shop with products enough for bits", .timeLimit(.minutes(20)))
struct SearchBitsTests {
    let shop: TestShop
    /// The same shop in memory, where every search goes through all products.
    let memory: MemoryEngine
    let reference: any CatalogService

    init() async throws {
        shop = try await TestShop(isDemo: false)
        memory = try MemoryEngine(isDemo: false, at: shop.clock.now())
        reference = Catalog(
            core: StoreCore(
                engine: memory, clock: shop.clock, zones: TestZones(), chain: "shell", digest: PlainDigest.of)
        )
    }

    private var catalog: any CatalogService { shop.services.catalog }

    private static let words = [
        "Green", "grey", "Tea", "teas", "Sugar", "Salt", "apple", "Émile", "お茶", "t-shirt", "boxes", "box",
        "o'clock",
    ]

    private func draft(_ number: Int, _ random: inout SplitMix64) throws -> ProductDraft {
        func word() -> String { Self.words.randomElement(using: &random) ?? "" }
        return try ProductDraft(
            name: "\(word()) \(Int.random(in: 1...40, using: &random))",
            description: "\(word()) and \(word())",
            price: Money(minorUnits: Int64.random(in: 1...300, using: &random)),
            stock: .untracked,
            category: [nil, "Tea", "Sweet", "Rare \(number / 500)"].randomElement(using: &random) ?? nil,
            sku: "SKU-\(number)")
    }

    private func drafts(_ count: Int, _ random: inout SplitMix64) throws -> [ProductDraft] {
        try (0..<count).map { try draft($0, &random) }
    }

    /// Puts the same products into both shops, in one transaction each.
    private func insert(_ drafts: [ProductDraft]) async throws -> [Int64] {
        let now = shop.clock.now()
        func ids(_ engine: any StoreEngine) async throws -> [Int64] {
            try await engine.write { tx in
                try drafts.map { try tx.insertProduct($0, handle: nil, at: now) }
            }
        }
        _ = try await ids(memory)
        return try await ids(shop.store.engine)
    }

    /// Does the same to both shops.
    private func change(_ ids: [Int64], _ number: Int, _ random: inout SplitMix64) async throws {
        guard let id = ids.randomElement(using: &random) else { return }
        let draft = try draft(number, &random)
        let patch = ProductPatch(
            name: Bool.random(using: &random) ? draft.name : nil,
            description: Bool.random(using: &random) ? draft.description : nil,
            price: Bool.random(using: &random) ? draft.price : nil, category: draft.category,
            isArchived: [true, false, nil, nil].randomElement(using: &random) ?? nil)
        _ = try await catalog.edit(id, patch, as: .operatorOfStore)
        _ = try await reference.edit(id, patch, as: .operatorOfStore)
    }

    private func query(_ random: inout SplitMix64) -> ProductQuery {
        let words = (0..<Int.random(in: 0...2, using: &random)).map { _ -> Substring in
            let word =
                (Self.words + ["SKU-12", "7", "and", "zebra", "emile", "tshirt"])
                .randomElement(using: &random) ?? ""
            return word.prefix(Int.random(in: 1...max(1, word.count), using: &random))
        }
        return ProductQuery(
            text: words.joined(separator: " "),
            category: [nil, nil, "Tea", "Rare 2", "None"].randomElement(using: &random) ?? nil,
            sort: ProductSort.allCases.randomElement(using: &random) ?? .automatic)
    }

    private func compare(_ query: ProductQuery, _ random: inout SplitMix64) async throws {
        let perPage = [7, 40, 100].randomElement(using: &random) ?? 40
        let expected = try await memory.read { try $0.page(query, at: .first, perPage: 10_000) }
        let ids = expected.products.map(\.id)
        let pages = max(1, (ids.count + perPage - 1) / perPage)
        func rows(_ number: Int) -> [Int64] { Array(ids.dropFirst((number - 1) * perPage).prefix(perPage)) }
        let number = Int.random(in: 1...pages, using: &random)
        let page = try await catalog.page(query, at: .number(number), perPage: perPage)
        let comment: Comment = "\(query), page \(number) of \(pages), \(perPage) a page"
        #expect(page.total == Count(ids.count), comment)
        #expect(page.products.map(\.id) == rows(number), comment)
        if let last = page.last, number < pages {
            let next = try await catalog.page(query, at: .after(last, number: number + 1), perPage: perPage)
            #expect(next.products.map(\.id) == rows(number + 1), comment)
        }
        if let first = page.first, number > 1 {
            let before = try await catalog.page(
                query, at: .before(first, number: number - 1), perPage: perPage)
            #expect(before.products.map(\.id) == rows(number - 1), comment)
        }
        let last = try await catalog.page(query, at: .last, perPage: perPage)
        #expect(last.products.map(\.id) == rows(pages) && last.number == pages, comment)
    }

    private func count(_ rows: String) throws -> Int {
        Int(try shop.database.psql("SELECT COUNT(*) FROM \(rows)")) ?? -1
    }

    @Test("They find what going through all products finds, whatever is changed", arguments: [1] as [UInt64])
    func againstAllProducts(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let ids = try await insert(drafts(SearchUpkeep.usuallyEnough + 200, &random))
        #expect(try count("product_term") > 50)
        #expect(try count("product_change") == 0)
        for round in 0..<3 {
            for _ in 0..<20 { try await compare(query(&random), &random) }
            for number in 0..<40 { try await change(ids, 10_000 + round * 100 + number, &random) }
            #expect(try await shop.violations().isEmpty, "seed \(seed)")
        }
        #expect(try count("product_change") > 0)
        // Now so much has changed that the next change brings the bits up to date.
        for number in 0..<SearchUpkeep.many { try await change(ids, 20_000 + number, &random) }
        #expect(try count("product_change") <= SearchUpkeep.many)
        for _ in 0..<20 { try await compare(query(&random), &random) }
        #expect(try await shop.violations().isEmpty, "seed \(seed)")
    }

    @Test("Products sorted stretch by stretch stand as those sorted at once", arguments: [3, 4] as [UInt64])
    func stretches(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let ids = try await insert(drafts(SearchUpkeep.usuallyEnough, &random))
        for number in 0..<60 { try await change(ids, 10_000 + number, &random) }
        let products = try await shop.store.engine.read { tx in
            try ids.compactMap { try tx.product($0) }.filter { !$0.isArchived }
        }
        for _ in 0..<60 {
            let order = ListingOrder(
                [ProductSort.name, .priceUp, .priceDown].randomElement(using: &random) ?? .name, category: nil
            )
            // Some stretches are read, and of others the products are looked for.
            let share = [1, 1, 3, 20].randomElement(using: &random) ?? 1
            let chosen = products.filter { _ in Int.random(in: 0..<share, using: &random) == 0 }
            var start = PageStart(
                isBackward: Bool.random(using: &random), limit: Int.random(in: 1...90, using: &random))
            if Bool.random(using: &random) {
                start.cursor = products.randomElement(using: &random).map(order.cursor)
            } else {
                start.skip = Int.random(in: 0...chosen.count, using: &random)
            }
            let (apart, read, sorted) = try await shop.store.database.read { [start] db in
                let sets = try #require(try SearchSets(db, keys: order.column?.digitKeys ?? []))
                var set = sets.empty
                for product in chosen { set.insert(product.id) }
                func ids(few: Int, apart: Int) throws -> [Int64] {
                    try SortedSets(sets: sets, order: order, few: few, apart: apart).ids(start, of: set)
                }
                return (
                    try ids(few: 0, apart: .max), try ids(few: 0, apart: 0), try ids(few: .max, apart: 0)
                )
            }
            #expect(apart == sorted, "seed \(seed), \(order), \(start)")
            #expect(read == sorted, "seed \(seed), \(order), \(start)")
        }
    }

    @Test func verifyFindsOneWrongBit() async throws {
        var random = SplitMix64(seed: 5)
        let ids = try await insert(drafts(SearchUpkeep.usuallyEnough, &random))
        #expect(try await shop.violations().isEmpty)
        for (key, isIn) in [("s*", true), (SearchTerm.everything.key, false), ("name/3", true)] {
            let id = try #require(ids.last)
            func set(_ isIn: Bool) async throws -> Bool {
                try await shop.store.database.write { db in
                    let bits = SearchBits(db: db)
                    let term = try #require(try bits.numbers()[key])
                    let was = try db.value(
                        [UInt8].self, "SELECT rows FROM product_bits WHERE term = $1 AND chunk = 0", [term])
                    let wasIn = try SearchBits.set(was ?? []).contains(id)
                    try bits.change([term: [id: isIn]])
                    return wasIn
                }
            }
            let wasIn = try await set(isIn)
            if wasIn == isIn { _ = try await set(!isIn) }
            let found = try await shop.violations()
            #expect(found.map(\.check) == [.search], "\(key)")
            #expect(found.first?.sentence.contains("product \(id) ") == true, "\(key)")
            _ = try await set(wasIn)
            #expect(try await shop.violations().isEmpty, "\(key)")
        }
    }

    @Test func aShopThatGrowsOneByOneGetsBits() async throws {
        var random = SplitMix64(seed: 6)
        _ = try await insert(drafts(SearchUpkeep.usuallyEnough - 1, &random))
        #expect(try count("product_term") == 0)
        _ = try await catalog.add(draft(9_999, &random), as: .operatorOfStore)
        #expect(try count("product_term") > 0)
        #expect(try await shop.violations().isEmpty)
    }

    /// What the previous version writes, which knows nothing of bits.
    private static let otherWrites = """
        INSERT INTO products (name, name_key, price, initial_stock, stock)
        VALUES ('Samovar 1', 'samovar 1', 3.10, 0, 0);
        INSERT INTO product_search (id, terms) SELECT max(id), array_to_tsvector(ARRAY['samovar', '1', U&'\\E001samovar',
            U&'\\E0011']) FROM products;
        UPDATE products SET price = 0.01 WHERE id = 7;
        DELETE FROM product_search WHERE id = 8;
        UPDATE products SET archived = true WHERE id = 8;
        """

    @Test("What the previous version writes meanwhile is found, and is where it belongs")
    func previousVersionWrites() async throws {
        var random = SplitMix64(seed: 7)
        _ = try await insert(
            drafts(SearchUpkeep.usuallyEnough, &random).map { try $0.priced(Money(minorUnits: 100)) })
        try shop.database.psql(Self.otherWrites)
        let first = try await catalog.page(
            ProductQuery(text: "s", sort: .newest), at: .first, perPage: 1)
        #expect(first.products.map(\.name) == ["Samovar 1"])
        let whole = try await catalog.page(ProductQuery(text: "samovar"), at: .first, perPage: 5)
        #expect(whole.products.map(\.name) == ["Samovar 1"] && whole.total == Count(1))
        for text in ["", "and"] {
            let oldest = try await catalog.page(
                ProductQuery(text: text, sort: .newest), at: .last, perPage: 500)
            #expect(oldest.products.suffix(4).map(\.id) == [4, 3, 2, 1])
            #expect(!oldest.products.contains { $0.id == 8 })
        }
        let cheap = try await catalog.page(
            ProductQuery(text: "and", sort: .priceUp), at: .first, perPage: 1)
        #expect(cheap.products.map(\.id) == [7])
        let last = try await catalog.page(ProductQuery(sort: .priceDown), at: .number(2_048), perPage: 1)
        #expect(last.products.map(\.id) == [7])
        #expect(try await shop.violations().isEmpty)
    }

    @Test("A large shop of the second schema gets bits as it is opened")
    func fromTheSecondSchema() async throws {
        let database = try await TestDatabase(isEmpty: true)
        try database.psql(
            """
            CREATE TABLE storefront_schema (number INTEGER PRIMARY KEY,
                applied_at TIMESTAMP NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'));
            \(PostgresSchemaV1.statements)
            \(PostgresSchemaV2.statements)
            INSERT INTO storefront_schema (number) VALUES (1), (2);
            INSERT INTO products (name, name_key, price, initial_stock, stock)
            SELECT 'Lamp ' || n, 'lamp ' || n, n % 70 + 1, 0, 0 FROM generate_series(1, 3000) AS n;
            INSERT INTO product_search (id, terms) SELECT id, array_to_tsvector(ARRAY['lamp', id::text,
                U&'\\E001lamp', U&'\\E001' || id]) FROM products;
            """)
        let shop = try await TestShop(isDemo: false, in: database)
        #expect(try database.psql("SELECT max(number) FROM storefront_schema") == "\(PostgresSchema.newest)")
        #expect(try database.psql("SELECT on_sale FROM product_bits_made") == "3000")
        #expect(try await shop.violations().isEmpty)
        let found = try await shop.services.catalog.page(
            ProductQuery(text: "lam 21"), at: .first, perPage: 500)
        #expect(found.products.allSatisfy { $0.name.hasPrefix("Lamp 21") } && found.total == Count(111))
    }

    @Test("Of several that write at once, what each wrote is found")
    func writersAtOnce() async throws {
        var random = SplitMix64(seed: 8)
        let ids = try await insert(drafts(SearchUpkeep.usuallyEnough, &random))
        let catalog = self.catalog
        try await withThrowingTaskGroup(of: Void.self) { group in
            for part in 0..<4 {
                group.addTask {
                    for id in ids.dropFirst(part * 100).prefix(100) {
                        _ = try await catalog.edit(
                            id, ProductPatch(name: "Quince \(id)"), as: .operatorOfStore)
                    }
                }
            }
            try await group.waitForAll()
        }
        let found = try await catalog.page(ProductQuery(text: "qui"), at: .first, perPage: 500)
        #expect(Set(found.products.map(\.id)) == Set(ids.prefix(400)) && found.total == Count(400))
        #expect(try count("product_change") <= 4 * SearchUpkeep.many)
        #expect(try await shop.violations().isEmpty)
    }
}

extension ProductDraft {
    fileprivate func priced(_ price: Money) throws -> ProductDraft {
        try ProductDraft(
            name: name, description: description, price: price, stock: stock, category: category, sku: sku)
    }
}
