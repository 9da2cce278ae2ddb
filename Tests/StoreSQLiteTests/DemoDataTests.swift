import Foundation
import GRDB
import StoreContracts
import StoreCrypto
import StoreDomain
import Testing

@testable import StoreSQLite

@Suite("Demo data", .serialized) struct DemoDataTests {
    private func demo(products: Int = DemoData.defaultProducts) throws -> LocalStore {
        try LocalStore.temporaryDemo(
            products: products, policy: ShopPolicy(), clock: TestClock(), zones: TestZones(),
            ids: RandomSource())
    }

    @Test(arguments: [0, 1, 240, 2_500]) func everyInvariantHolds(products: Int) async throws {
        let store = try demo(products: products)
        #expect(try await StoreVerifier(store.database).verify().isEmpty)
        let page = try await store.services.catalog.page(ProductQuery(), at: .last, perPage: 20)
        #expect(page.total == Count(products))
        try store.close()
        #expect(!FileManager.default.fileExists(atPath: store.path))
    }

    @Test func itIsTheSameEveryTime() async throws {
        var dumps: [String] = []
        for _ in 0..<2 {
            let store = try demo()
            dumps.append(
                try await store.database.read { db in
                    try [
                        "product", "category", "orders", "order_item", "payment", "stock_movement", "account",
                        "refund",
                    ]
                    .flatMap {
                        try Row.fetchAll(db, sql: "SELECT * FROM \($0) ORDER BY id").map(\.description)
                    }
                    .joined(separator: "\n")
                })
            try store.close()
        }
        #expect(dumps[0] == dumps[1])
        #expect(dumps[0].count > 50_000)
    }

    @Test func itsTillsHaveAPastAndAPresent() async throws {
        let store = try demo()
        let shifts = try #require(store.services.counter).shifts
        let tills = try await shifts.tills(as: .operatorOfStore)
        #expect(tills.map(\.till) == ["1", "2"] && tills.allSatisfy { $0.shift?.stage == .open })
        let closed = try await shifts.shifts(till: "1", limit: 9, as: .operatorOfStore).filter { !$0.isOpen }
        #expect(closed.map(\.number?.position) == [4, 3, 2, 1])
        #expect(closed.map(\.closing?.variance.minorUnits) == [0, 0, -100, 0])
        var sales = 0
        for shift in closed + tills.compactMap(\.shift) {
            let report = try await shifts.report(shift.id, as: .operatorOfStore)
            #expect(report.isBalanced, "\(shift.id)")
            #expect(shift.closing == nil || report.expected == shift.closing?.expected, "\(shift.id)")
            #expect(shift.closing == nil || shift.counts.last?.drawer.total == shift.closing?.counted)
            sales += report.sales
        }
        #expect(sales > 5)
        #expect(try await StoreVerifier(store.database).verify() == [])
        try store.close()
    }

    @Test func itLooksLikeAShop() async throws {
        let store = try demo()
        let catalog = store.services.catalog
        #expect(try await catalog.categories().count == 10)
        let products = try await catalog.page(ProductQuery(), at: .first, perPage: 500).products
        #expect(products.count == 240)
        #expect(Set(products.map(\.name)).count == 240)
        #expect(products.allSatisfy { GTIN($0.barcode ?? "") != nil && $0.price.minorUnits > 0 })
        #expect(
            products.contains { $0.stock == 0 } && products.contains { (1...5).contains($0.stock.number) })
        let orders = try await store.services.orders.orders(
            OrderQuery(everybody: true, perPage: 500), as: .operatorOfStore)
        #expect(orders.total == DemoOrders.count)
        #expect(Set(orders.orders.map(\.status)) == Set(OrderStatus.allCases))
        let codes = try await store.services.discounts.discounts(as: .operatorOfStore)
        #expect(codes.contains { $0.timesUsed > 0 })
        try store.close()
    }

    @Test("Everybody whom the sign-in screen names can sign in", arguments: DemoData.accounts.map(\.email))
    func signIn(email: String) async throws {
        let store = try demo(products: 1)
        let session = try await store.services.auth.signIn(email: email, password: DemoData.password)
        #expect(DemoData.accounts.contains { $0.email == email && $0.role == session.user.role })
        try store.close()
    }

    @Test func namesAndCodesOfManyAreDifferent() {
        let products = DemoProducts(currency: .usd)
        var random = DemoRandom(seed: 1)
        let items = [0, 240, 999_000].flatMap { start in
            (start..<start + 2_000).map { products.item($0, random: &random) }
        }
        #expect(Set(items.map(\.name)).count == 2_000 * 3 - 1_760)
        #expect(Set(items.map(\.sku)).count == 2_000 * 3 - 1_760)
        #expect(items.allSatisfy { GTIN($0.barcode) != nil })
    }

    @Test func aShopThatHasSomethingIsNotFilledAgain() async throws {
        let store = try demo(products: 1)
        await #expect(
            throws: StoreError.invalid([FieldProblem("store", "must be empty to take the demo data")])
        ) {
            try await DemoData.fill(store.database, now: .test)
        }
        try store.close()
    }

    @Test func whatAKilledSessionLeftIsRemovedAndNothingElse() throws {
        let parent = try TemporaryDirectory()
        let living = try TemporaryStorePlace(in: parent.path)
        // As a kill leaves it: the directory is there, its lock is nobody's.
        let dead = parent.file("storefront-demo-killed")
        try FileManager.default.createDirectory(
            atPath: dead, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        try parent.write(Data("x".utf8), to: "storefront-demo-killed/store.db")
        let open = parent.file("storefront-demo-open-to-all")
        try FileManager.default.createDirectory(
            atPath: open, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
        let next = try TemporaryStorePlace(in: parent.path)
        let kept = [living.path, next.path].map { ($0 as NSString).deletingLastPathComponent }
        #expect(Set(try parent.names().map(parent.file)) == Set(kept + [open]))
        living.remove()
        next.remove()
        #expect(try parent.names() == ["storefront-demo-open-to-all"])
    }
}
