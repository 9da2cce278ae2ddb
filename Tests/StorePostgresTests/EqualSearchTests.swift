import Foundation
import PostgresTesting
import StoreContracts
import StoreCrypto
import StoreDomain
import StoreSQLite
import StoreService
import Testing

@testable import StorePostgres

/// A search finds the same products in the same order, whatever stores the shop.
@Suite struct EqualSearchTests {
    private static let words = [
        "Whistle", "whisky", "Green", "greenhouse", "T-Shirt", "tshirt", "Résumé", "smørrebrød", "けん玉",
        "盆栽 はさみ",
        "Lamps", "lamp", "LM-BRK220", "brk", "Weiß", "weiss", "Łódź", "o'clock", "50", "500", "glass",
        "glasses",
    ]

    @Test func fiveHundredQueries() async throws {
        let clock = TestClock()
        let postgres = try await TestShop(clock: clock)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "storefront-equal-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let sqlite = try LocalStore(
            path: folder.appendingPathComponent("store.db").path, statePath: nil, policy: ShopPolicy(),
            clock: clock, zones: TestZones(), ids: FixedIDs())
        defer { try? sqlite.close() }

        var random = SplitMix64(seed: 20_261_129)
        func word() -> String { Self.words.randomElement(using: &random) ?? "" }
        var products: [ImportedProduct] = []
        for number in 1...300 {
            let draft = try ProductDraft(
                name: "\(word()) \(word())", description: "\(word()) \(word())",
                price: Money(minorUnits: Int64.random(in: 1...20, using: &random) * 50),
                stock: .counted(3), category: [nil, "Tea", "Été"].randomElement(using: &random) ?? nil,
                sku: number.isMultiple(of: 3) ? nil : "SKU-\(number)",
                barcode: number.isMultiple(of: 7) ? "4006381\(100_000 + number)" : nil)
            products.append(ImportedProduct(handle: "p-\(number)", draft: draft, row: number + 1))
        }
        for transfer in [postgres.store.services.transfer, sqlite.transfer] {
            let result = try await transfer.importProducts(products, as: .operatorOfStore) { _ in }
            #expect(result.added == 300)
        }
        func archive(from first: Int64) async throws {
            for id in stride(from: first, through: 300, by: 40) {
                for catalog in [postgres.services.catalog, sqlite.services.catalog] {
                    _ = try await catalog.edit(id, ProductPatch(isArchived: true), as: .operatorOfStore)
                }
            }
        }
        try await archive(from: 10)

        var seen: Set<[String]> = []
        for number in 0..<500 {
            // The second half with bits, as a large shop has them, which do not know the last changes.
            if number == 250 {
                try await postgres.store.database.write { db in
                    try SearchUpkeep(db: db, enough: 1, common: 8).make()
                }
                try await archive(from: 30)
            }
            // Every order in every category with every number of words, again and again.
            let sort = ProductSort.allCases[number % ProductSort.allCases.count]
            let category = Self.categories[number / ProductSort.allCases.count % Self.categories.count]
            let words = number / (ProductSort.allCases.count * Self.categories.count) % 4
            let typed = (0..<words).map { _ -> String in
                let word = word()
                return Bool.random(using: &random)
                    ? word : String(word.prefix(Int.random(in: 1...4, using: &random)))
            }.joined(separator: " ")
            let query = ProductQuery(
                text: number.isMultiple(of: 50) ? "SKU-\(number + 1)" : typed, category: category, sort: sort)
            if number.isMultiple(of: 3) {
                try await compareWays(query, perPage: Int.random(in: 1...7, using: &random), postgres)
            }
            seen.insert(["\(sort)", category ?? "all", "\(words)"])
            try await comparePages(
                query, perPage: Int.random(in: 1...40, using: &random), postgres.services.catalog,
                sqlite.services.catalog)
        }
        #expect(seen.count == ProductSort.allCases.count * Self.categories.count * 4)
        #expect(try await postgres.violations().isEmpty)
    }

    /// Many matches are read tier by tier; few at once. Both ways give the same pages.
    private func compareWays(_ query: ProductQuery, perPage: Int, _ shop: TestShop) async throws {
        guard let words = SearchQuestion(query.text) else { return }
        let question = TermQuestion(question: words, category: query.category)
        let (fewAtOnce, manyByTier) = try await shop.store.database.read { db in
            let codes = try ProductRows(db: db).idsOnSale(code: query.text, category: query.category)
            func pages(_ few: Int?) throws -> [[Int64]] {
                let matches = try BestMatches(
                    db: db, question: question, codes: codes, perPage: perPage, few: few)
                var pages = [try matches.page(at: .first), try matches.page(at: .number(3))]
                let last = try matches.page(at: .last)
                pages.append(last)
                if let cursor = pages[0].last {
                    pages.append(try matches.page(at: .after(cursor, number: 2)))
                }
                if let cursor = last.first {
                    pages.append(try matches.page(at: .before(cursor, number: last.number - 1)))
                }
                return pages.map { $0.products.map(\.id) }
            }
            return (try pages(nil), try pages(0))
        }
        #expect(fewAtOnce == manyByTier, "\(query) \(perPage)")
    }

    private static let categories = [nil, "Tea", "Été", "None"]

    /// The first pages forward, the last ones backward, and pages by their numbers.
    private func comparePages(
        _ query: ProductQuery, perPage: Int, _ left: any CatalogService, _ right: any CatalogService
    ) async throws {
        func pages(_ catalog: any CatalogService) async throws -> [ProductPage] {
            let first = try await catalog.page(query, at: .first, perPage: perPage)
            let last = try await catalog.page(query, at: .last, perPage: perPage)
            var pages = [first, try await catalog.page(query, at: .number(2), perPage: perPage), last]
            if let cursor = first.last {
                pages.append(try await catalog.page(query, at: .after(cursor, number: 2), perPage: perPage))
            }
            if let cursor = last.first, last.number > 1 {
                pages.append(
                    try await catalog.page(
                        query, at: .before(cursor, number: last.number - 1), perPage: perPage))
            }
            return pages
        }
        let (found, wanted) = (try await pages(left), try await pages(right))
        #expect(found.count == wanted.count)
        for (found, wanted) in zip(found, wanted) {
            #expect(
                found.products.map(\.id) == wanted.products.map(\.id), "\(query) \(wanted.number) \(perPage)")
            #expect(found.products == wanted.products)
            #expect(found.total == wanted.total && found.number == wanted.number, "\(query) \(wanted.number)")
        }
    }
}

struct FixedIDs: IDSource {
    func idempotencyKey() -> IdempotencyKey {
        guard let key = IdempotencyKey("11111111-2222-4333-8444-555555555555") else {
            fatalError("a fixed key is a key")
        }
        return key
    }

    func giftCardCode() -> GiftCardCode { GiftCardCode(number: 1) }
}
