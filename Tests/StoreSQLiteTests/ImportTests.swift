import Foundation
import GRDB
import StoreContracts
import StoreCrypto
import StoreDomain
import Testing

@testable import StoreSQLite

@Suite("Catalogues in and out of SQLite", .serialized) struct ImportTests {
    let directory: TemporaryDirectory
    let store: LocalStore

    init() throws {
        directory = try TemporaryDirectory()
        store = try LocalStore(
            path: directory.file("store.db"), statePath: nil, policy: ShopPolicy(), clock: TestClock(),
            zones: TestZones(),
            ids: RandomSource())
    }

    private func row(
        _ handle: String, _ name: String, price: Int64 = 100, stock: Stock = 3, category: String? = "Tea",
        sku: String? = nil, barcode: String? = nil, keeps: Set<ImportedField> = []
    ) throws -> ImportedProduct {
        let draft = try ProductDraft(
            name: name, description: "About \(name)", price: Money(minorUnits: price), stock: stock,
            category: category, sku: sku, barcode: barcode)
        return ImportedProduct(handle: handle, draft: draft, row: 2, keeps: keeps)
    }

    private func take(_ products: [ImportedProduct]) async throws -> ImportResult {
        try await store.transfer.importProducts(products, as: .operatorOfStore) { _ in }
    }

    private func listed() async throws -> [Product] {
        try await store.services.catalog.page(ProductQuery(sort: .name), at: .first, perPage: 500).products
    }

    @Test func aSecondImportChangesNothingAndChangesUpdate() async throws {
        let rows = try [
            row("a", "Assam", sku: "A-1"), row("b", "Brew kettle"), row("c", "Cup", barcode: "123"),
        ]
        #expect(try await take(rows) == ImportResult(added: 3))
        let first = try await listed()
        #expect(try await take(rows) == ImportResult(unchanged: 3))
        #expect(try await listed() == first)

        let changed = try [
            row("other", "Assam", price: 250, sku: "a-1"), row("b", "Brewing kettle", stock: 1),
            row("c", "Cup", barcode: "123"),
        ]
        #expect(try await take(changed) == ImportResult(updated: 2, unchanged: 1))
        let products = try await listed()
        #expect(products.map(\.name) == ["Assam", "Brewing kettle", "Cup"])
        #expect(products.map(\.price.minorUnits) == [250, 100, 100])
        #expect(products.map(\.stock) == [3, 1, 3])
        #expect(products.map(\.id) == first.map(\.id))
        #expect(try await StoreVerifier(store.database).verify().isEmpty)
    }

    @Test func whatIsRefusedTakesTheWholeFileWithIt() async throws {
        _ = try await take([try row("a", "Assam", barcode: "123")])
        let before = try await listed()
        await #expect(throws: StoreError.taken(field: "barcode", value: "123")) {
            try await take([try row("a", "Assam tea", barcode: "123"), try row("b", "Cup", barcode: "123")])
        }
        #expect(try await listed() == before)
        await #expect(throws: StoreError.signInRequired) {
            try await store.transfer.importProducts([try row("z", "Z")], as: .guest) { _ in }
        }
    }

    @Test func whatAFileLeavesOpenStaysAsItIs() async throws {
        _ = try await take([try row("a", "Assam", stock: 9, sku: "A-1", barcode: "123")])
        let open = try row(
            "a", "Assam", price: 300, stock: 0, category: nil, keeps: Set(ImportedField.allCases))
        #expect(try await take([open]) == ImportResult(updated: 1))
        let product = try #require(try await listed().first)
        #expect(product.price.minorUnits == 300 && product.stock == 9 && product.category == "Tea")
        #expect(product.sku == "A-1" && product.barcode == "123")
    }

    @Test func whatGoesOutComesBackToTheSameProducts() async throws {
        _ = try await take([try row("a", "Assam")])
        _ = try await store.services.catalog.add(
            try ProductDraft(name: "By hand", price: Money(minorUnits: 5)), as: .operatorOfStore)
        let before = try await listed()
        var out: [ExportedProduct] = []
        while true {
            let page = try await store.transfer.exportProducts(
                after: out.last?.product.id ?? 0, limit: 1, as: .operatorOfStore)
            guard !page.isEmpty else { break }
            out += page
        }
        #expect(out.map(\.product) == before)
        #expect(out.map(\.handle) == ["a", "store:\(store.storeID)/\(before[1].id)"])
        let back = try out.map {
            ImportedProduct(
                handle: $0.handle,
                draft: try ProductPatch(name: $0.product.name + "!").applied(to: $0.product), row: 1)
        }
        #expect(try await take(back) == ImportResult(updated: 2, soldOut: 1))
        #expect(try await listed().map(\.id) == before.map(\.id))
        #expect(try await listed().map(\.name) == ["Assam!", "By hand!"])
    }

    private func rehearse(_ products: [ImportedProduct]) async throws -> ImportResult {
        try await store.transfer.rehearseImport(products, as: .operatorOfStore)
    }

    @Test func aRehearsalSaysWhatAnImportDoesAndDoesNothing() async throws {
        _ = try await take([try row("a", "Assam", sku: "A-1", barcode: "123"), try row("b", "Brew kettle")])
        let before = try await listed()
        let rows = try [
            row("a", "Assam", price: 250, sku: "A-1", barcode: "123"), row("b", "Brew kettle"),
            row("c", "Cup", stock: 0),
        ]
        let expected = ImportResult(added: 1, updated: 1, unchanged: 1, soldOut: 1)
        #expect(try await rehearse(rows) == expected)
        #expect(try await listed() == before)
        #expect(try await take(rows) == expected)
        #expect(try await rehearse(rows) == ImportResult(unchanged: 3, soldOut: 1))
        let taken = try await rehearse([try row("d", "Dish", barcode: "123")])
        #expect(taken.refused == [RefusedRow(row: 2, reason: .taken(.barcode, "123"))])
        await #expect(throws: StoreError.signInRequired) {
            try await store.transfer.rehearseImport(rows, as: .guest)
        }
    }

    @Test func spoiltCodesAreFoundByWhatElseTellsTheProduct() async throws {
        _ = try await take([
            try row("a", "Assam", sku: "00123", barcode: "4006381333931"),
            try row("b", "Brew kettle", sku: "3-12"),
        ])
        let before = try await listed()
        func spoilt(
            _ handle: String, _ name: String, sku: String? = nil, barcode: String? = nil,
            _ damaged: [ImportedField: String]
        ) throws -> ImportedProduct {
            let draft = try row(handle, name, sku: sku, barcode: barcode).draft
            return ImportedProduct(
                handle: handle, draft: draft, row: 2, keeps: Set(damaged.keys), damaged: damaged)
        }
        let rows = try [
            spoilt("other", "Assam", sku: "123", barcode: "4006381333931", [:]),
            spoilt("b", "Brew kettle", [.sku: "12-Mar"]),
        ]
        #expect(try await rehearse(rows).unchanged == 2)
        let result = try await take(rows)
        #expect(result.unchanged == 2 && result.kept.map(\.kept) == ["00123", "3-12"])
        #expect(try await listed() == before)

        let lost = try [row("c", "Cup"), spoilt("d", "Dish", [.barcode: "4.00638E+12"])]
        #expect(try await rehearse(lost).refused == lost[1].lostCodes)
        await #expect(throws: StoreError.self) { try await take(lost) }
        #expect(try await listed() == before)
    }

    @Test func progressIsHeard() async throws {
        let rows = try (1...250).map { try row("\($0)", "Product \($0)") }
        let heard = Heard()
        _ = try await store.transfer.importProducts(rows, as: .operatorOfStore) { heard.add($0) }
        #expect(heard.counts == [100, 200, 250])
    }

    @Test func theStoreKeepsThePolicyItWasMadeWith() throws {
        try store.close()
        let again = try LocalStore(
            path: directory.file("store.db"), statePath: directory.file("state.db"),
            policy: ShopPolicy(shopName: "Other", currency: .eur), clock: TestClock(), zones: TestZones(),
            ids: RandomSource())
        #expect(again.policy == ShopPolicy())
        #expect(again.storeID == store.storeID)
        #expect(!again.isDemo && !again.isReadOnly)
        try again.close()
    }
}
