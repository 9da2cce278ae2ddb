import Foundation
import PostgresTesting
import StoreContracts
import StoreCrypto
import StoreDomain
import StoreSQLite
import StoreService
import Testing

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
        for id in stride(from: Int64(10), through: 300, by: 40) {
            for catalog in [postgres.services.catalog, sqlite.services.catalog] {
                _ = try await catalog.edit(id, ProductPatch(isArchived: true), as: .operatorOfStore)
            }
        }

        for number in 0..<500 {
            let typed = (0..<Int.random(in: 0...3, using: &random)).map { _ -> String in
                let word = word()
                return Bool.random(using: &random)
                    ? word : String(word.prefix(Int.random(in: 1...4, using: &random)))
            }.joined(separator: " ")
            let query = ProductQuery(
                text: number.isMultiple(of: 50) ? "SKU-\(number + 1)" : typed,
                category: [nil, nil, "Tea", "Été", "None"].randomElement(using: &random) ?? nil,
                sort: ProductSort.allCases.randomElement(using: &random) ?? .automatic)
            let perPage = Int.random(in: 1...40, using: &random)
            for position in [PagePosition.first, .number(2), .last] {
                let left = try await postgres.services.catalog.page(query, at: position, perPage: perPage)
                let right = try await sqlite.services.catalog.page(query, at: position, perPage: perPage)
                #expect(
                    left.products.map(\.id) == right.products.map(\.id), "\(query) \(position) \(perPage)")
                #expect(left.products == right.products)
                #expect(left.total == right.total && left.number == right.number, "\(query) \(position)")
            }
        }
        #expect(try await postgres.violations().isEmpty)
    }
}

struct FixedIDs: IDSource {
    func idempotencyKey() -> IdempotencyKey {
        guard let key = IdempotencyKey("11111111-2222-4333-8444-555555555555") else {
            fatalError("a fixed key is a key")
        }
        return key
    }
}
