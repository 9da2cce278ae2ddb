import GRDB
import StoreContracts
import StoreDomain
import StoreSearch
import StoreService
import Testing

@testable import StoreSQLite

@Suite("Searches in a shop with products enough for bits", .serialized) struct SearchBitsTests {
    let directory: TemporaryDirectory
    let store: StoreDatabase
    let catalog: any CatalogService
    /// The same shop in memory, where every search goes through all products.
    let memory: MemoryEngine
    let reference: any CatalogService

    init() throws {
        directory = try TemporaryDirectory()
        store = try StoreDatabase.open(at: directory.file("store.db"), createdAs: .test())
        catalog = try EngineServices.over(store, clock: TestClock()).services.catalog
        memory = try MemoryEngine(isDemo: false, at: TestClock().now())
        reference = Catalog(
            core: StoreCore(
                engine: memory, clock: TestClock(), zones: TestZones(), chain: "shell", digest: PlainDigest.of
            ))
    }

    private static let words = [
        "Green", "grey", "Tea", "teas", "Sugar", "Salt", "apple", "Émile", "お茶", "t-shirt", "boxes", "box",
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

    private func query(_ random: inout SplitMix64) -> ProductQuery {
        let words = (0..<Int.random(in: 0...2, using: &random)).map { _ -> Substring in
            let word =
                (Self.words + ["SKU-12", "7", "and", "zebra", "emile", "tshirt"])
                .randomElement(using: &random) ?? ""
            return word.prefix(Int.random(in: 1...max(1, word.count), using: &random))
        }
        return ProductQuery(
            text: words.joined(separator: " "),
            category: [nil, nil, "Tea", "Rare 2"].randomElement(using: &random) ?? nil,
            sort: ProductSort.allCases.randomElement(using: &random) ?? .automatic)
    }

    @Test("They find what going through all products finds, whatever is changed", arguments: [1] as [UInt64])
    func againstAllProducts(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        var drafts: [ProductDraft] = []
        for number in 0..<SearchUpkeep.enough + 200 { drafts.append(try draft(number, &random)) }
        let ids = try await insert(drafts)
        #expect(try store.readBlocking { try SearchBits(db: $0).numbers().count } > 50)
        for round in 0..<3 {
            for _ in 0..<12 { try await compare(query(&random), &random) }
            for number in 0..<40 { try await change(ids, 10_000 + round * 100 + number, &random) }
            #expect(try await StoreVerifier(store).verify().isEmpty, "seed \(seed)")
        }
    }

    @Test("Products sorted stretch by stretch stand as those sorted at once", arguments: [3, 4] as [UInt64])
    func stretches(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        var drafts: [ProductDraft] = []
        for number in 0..<SearchUpkeep.enough { drafts.append(try draft(number, &random)) }
        let ids = try await insert(drafts)
        for number in 0..<60 { try await change(ids, 10_000 + number, &random) }
        let products = try await store.read { db in
            try ids.compactMap { try ProductRecord(currency: .usd).find($0, in: db) }.filter {
                !$0.isArchived
            }
        }
        for _ in 0..<60 {
            let order = CatalogOrder(
                [ProductSort.name, .priceUp, .priceDown].randomElement(using: &random) ?? .name,
                categoryID: nil)
            let share = Int.random(in: 1...20, using: &random)
            let chosen = products.filter { _ in Int.random(in: 0..<share, using: &random) == 0 }
            var start = PageStart(
                isBackward: Bool.random(using: &random), limit: Int.random(in: 1...90, using: &random))
            if Bool.random(using: &random) {
                start.cursor = products.randomElement(using: &random).map(order.cursor)
            } else {
                start.skip = Int.random(in: 0...chosen.count, using: &random)
            }
            let (stretched, sorted) = try store.readBlocking { [start] db in
                let index = try SearchIndex(db)
                var set = index.empty
                for product in chosen { set.insert(product.id) }
                return (
                    try order.ids(start, of: set, few: 0, in: index),
                    try order.ids(start, of: set, few: .max, in: index)
                )
            }
            #expect(stretched == sorted, "seed \(seed), \(order), \(start)")
        }
    }

    /// Puts the same products into both shops, in one transaction each.
    private func insert(_ drafts: [ProductDraft]) async throws -> [Int64] {
        let now = TestClock().now()
        func ids(_ engine: any StoreEngine) async throws -> [Int64] {
            try await engine.write { tx in
                try drafts.map { try tx.insertProduct($0, handle: nil, at: now) }
            }
        }
        _ = try await ids(memory)
        return try await ids(SQLiteEngine(store))
    }

    @Test func verifyFindsARowThatIsMissingFromTheBits() async throws {
        var random = SplitMix64(seed: 5)
        var drafts: [ProductDraft] = []
        for number in 0..<SearchUpkeep.enough { drafts.append(try draft(number, &random)) }
        _ = try await insert(drafts)
        #expect(try await StoreVerifier(store).verify().isEmpty)
        try await store.write { db in
            let term = try SearchBits(db: db).number(of: SearchTerm.beginning("s").key)
            try SearchBits(db: db).change(try #require(term), [700: false])
            try SearchBits(db: db).change(try #require(term), [701: false])
        }
        #expect(try await StoreVerifier(store).verify().map(\.check) == [.search])
    }

    @Test func aShopThatGrowsOneByOneGetsBits() async throws {
        var random = SplitMix64(seed: 6)
        var drafts: [ProductDraft] = []
        for number in 0..<SearchUpkeep.enough - 1 { drafts.append(try draft(number, &random)) }
        _ = try await insert(drafts)
        func terms() throws -> Int { try store.readBlocking { try SearchBits(db: $0).numbers().count } }
        #expect(try terms() == 0)
        _ = try await catalog.add(draft(9_999, &random), as: .operatorOfStore)
        #expect(try terms() > 0)
        #expect(try await StoreVerifier(store).verify().isEmpty)
    }
}
