import Foundation
import StoreCrypto
import StoreDomain
import StorePostgres
import StoreSQLite
import StoreService

/// A store to be measured, wherever it lies.
struct BenchStore {
    let catalog: any CatalogService
    private let transfer: any CatalogTransferService
    let close: () throws -> Void
    /// Opens the same store once more.
    let openAnother: () async throws -> BenchStore

    /// So many products are brought in at once.
    private static let stride = 10_000

    init(file store: LocalStore) {
        catalog = store.services.catalog
        transfer = store.transfer
        close = { try store.close() }
        let path = store.path
        openAnother = {
            let database = try StoreDatabase.open(
                at: path, mode: .existing,
                createdAs: StoreSeed(policy: ShopPolicy(), uuid: "", now: BenchClock().now()))
            let core = StoreCore(
                engine: try SQLiteEngine(database), clock: BenchClock(), zones: OnlyUTC(), chain: "shell",
                digest: Fingerprint.hex)
            return BenchStore(
                catalog: Catalog(core: core), transfer: CatalogTransfer(core: core),
                close: { try database.close() },
                openAnother: { throw StoreError.unsupported("a third store") })
        }
    }

    private init(
        catalog: any CatalogService, transfer: any CatalogTransferService, close: @escaping () throws -> Void,
        openAnother: @escaping () async throws -> BenchStore
    ) {
        self.catalog = catalog
        self.transfer = transfer
        self.close = close
        self.openAnother = openAnother
    }

    /// The store in a PostgreSQL database, which is made in an empty one.
    static func postgres(_ uri: String) async throws -> BenchStore {
        let address = try PostgresAddress(uri: uri)
        let clock = BenchClock()
        var limits = PostgresLimits()
        limits.statementSeconds = 0
        limits.idleSeconds = 0
        let store = try await PostgresStore(
            address, connections: 1,
            seed: StoreSeed(
                policy: ShopPolicy(), isDemo: true, uuid: RandomSource().idempotencyKey().text,
                now: clock.now()),
            purpose: .commands, clock: clock, zones: OnlyUTC(),
            cart: SQLiteCartService(state: try .inMemory(), store: "bench", clock: clock), limits: limits)
        return BenchStore(
            catalog: store.services.services.catalog, transfer: store.services.transfer,
            close: { store.close() }, openAnother: { try await postgres(uri) })
    }

    static func localStore(_ path: String) throws -> LocalStore {
        try LocalStore(
            path: path, statePath: nil, policy: ShopPolicy(), clock: BenchClock(), zones: OnlyUTC(),
            ids: RandomSource())
    }

    static func demo(products: Int) throws -> LocalStore {
        try LocalStore.temporaryDemo(
            products: products, policy: ShopPolicy(), clock: BenchClock(), zones: OnlyUTC(),
            ids: RandomSource())
    }

    /// Brings in what a demo store of so many products sells, in its order.
    func fill(products: Int) async throws {
        let demo = try Self.demo(products: products)
        var last: Int64 = 0
        while true {
            let batch = try await demo.transfer.exportProducts(
                after: last, limit: Self.stride, as: .operatorOfStore)
            guard let end = batch.last else { break }
            last = end.product.id
            let imported = try batch.enumerated().map { index, row in
                let product = row.product
                return ImportedProduct(
                    handle: row.handle,
                    draft: try ProductDraft(
                        name: product.name, description: product.description, price: product.price,
                        stock: product.stock, category: product.category, sku: product.sku,
                        barcode: product.barcode, taxClass: product.taxClass),
                    row: index + 1)
            }
            _ = try await transfer.importProducts(imported, as: .operatorOfStore) { _ in }
        }
        try demo.close()
    }
}
