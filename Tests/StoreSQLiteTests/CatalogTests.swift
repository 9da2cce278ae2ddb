import Foundation
import GRDB
import StoreContracts
import StoreDomain
import StoreSearch
import StoreService
import Testing

@testable import StoreSQLite

@Suite("The catalogue on SQLite", .serialized) struct CatalogTests {
    let directory: TemporaryDirectory
    let store: StoreDatabase
    let catalog: any CatalogService

    init() throws {
        directory = try TemporaryDirectory()
        store = try StoreDatabase.open(at: directory.file("store.db"), createdAs: .test())
        catalog = try EngineServices.over(store, clock: TestClock()).services.catalog
    }

    private func draft(_ name: String, stock: Stock = 1, sku: String? = nil, category: String? = nil) throws
        -> ProductDraft
    {
        try ProductDraft(
            name: name, price: Money(minorUnits: 100), stock: stock, category: category, sku: sku)
    }

    // MARK: - Plans

    @Test("No page scans a table or sorts", arguments: ProductSort.allCases, [nil, 3] as [Int64?])
    func plans(sort: ProductSort, categoryID: Int64?) throws {
        let order = CatalogOrder(sort, categoryID: categoryID)
        let cursor: PageCursor? =
            switch sort {
            case .automatic, .newest: PageCursor([.integer(5)])
            case .name: PageCursor([.text("x"), .integer(5)])
            case .priceUp, .priceDown: PageCursor([.integer(5), .integer(5)])
            }
        for cursor in [nil, cursor] {
            for isBackward in [false, true] {
                let start = PageStart(cursor: cursor, isBackward: isBackward, limit: 20)
                let (condition, arguments) = try order.condition(start)
                let plan = try store.readBlocking { db in
                    try Row.fetchAll(
                        db, sql: "EXPLAIN QUERY PLAN " + CatalogListing.sql(order, condition, start),
                        arguments: arguments + [20, 0]
                    ).map { $0["detail"] as String }
                }
                #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
                #expect(plan.first?.contains("USING INDEX \(order.index)") == true, "\(plan)")
                #expect(cursor == nil || plan.first?.hasPrefix("SEARCH") == true, "\(plan)")
            }
        }
    }

    // MARK: - Stock

    @Test func aChangeOfStockIsBookedAsACorrection() async throws {
        let product = try await catalog.add(draft("Tea", stock: 5), as: .operatorOfStore)
        for stock in [7, 7, 0] {
            _ = try await catalog.edit(product.id, ProductPatch(stock: .counted(stock)), as: .operatorOfStore)
        }
        let booked = try await store.read {
            try Row.fetchAll($0, sql: "SELECT kind, quantity FROM stock_movement ORDER BY id").map {
                "\($0[0] as String) \($0[1] as Int)"
            }
        }
        #expect(booked == ["correction 2", "correction -7"])
        #expect(try await StoreVerifier(store).verify().isEmpty)
    }

    @Test func anotherCurrencyIsRefused() async throws {
        let draft = try ProductDraft(name: "Thé", price: Money(minorUnits: 100, currency: .eur))
        await #expect(throws: StoreError.invalid([FieldProblem("price", "must be in USD")])) {
            try await catalog.add(draft, as: .operatorOfStore)
        }
    }

    @Test(
        "After any mix of changes the counts, the stock and the search index are right",
        arguments: [1, 2, 3] as [UInt64])
    func storm(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        var ids: [Int64] = []
        func text() -> String {
            ["Tea", "Café", "緑茶", "Red lamp", "x-1"].randomElement(using: &random) ?? ""
        }
        for step in 0..<150 {
            let category = ["Food", "お茶", "", nil].randomElement(using: &random) ?? nil
            if ids.isEmpty || Int.random(in: 0..<3, using: &random) == 0 {
                let draft = try draft(text(), stock: .counted(step % 4), sku: "S\(step)", category: category)
                ids.append(try await catalog.add(draft, as: .operatorOfStore).id)
            } else if let id = ids.randomElement(using: &random) {
                let patch = ProductPatch(
                    name: Bool.random(using: &random) ? text() : nil,
                    description: Bool.random(using: &random) ? text() : nil,
                    stock: Bool.random(using: &random)
                        ? .counted(Int.random(in: 0..<9, using: &random)) : nil,
                    category: category,
                    isArchived: [true, false, nil].randomElement(using: &random) ?? nil)
                _ = try await catalog.edit(id, patch, as: .operatorOfStore)
            }
        }
        #expect(try await StoreVerifier(store).verify().isEmpty, "seed \(seed)")
    }
}
