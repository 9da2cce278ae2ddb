import GRDB
import StoreDomain

/// The catalogue of a store file.
public struct SQLiteCatalogService: CatalogService {
    private let database: StoreDatabase
    private let clock: any StoreClock
    private let records: ProductRecord

    public init(database: StoreDatabase, clock: any StoreClock, policy: ShopPolicy) {
        self.database = database
        self.clock = clock
        records = ProductRecord(currency: policy.currency)
    }

    public func page(_ query: ProductQuery, at position: PagePosition, perPage: Int) async throws(StoreError)
        -> ProductPage
    {
        var problems: [FieldProblem] = []
        if !(1...500).contains(perPage) { problems.append(FieldProblem("per_page", "must be 1 to 500")) }
        if case .number(let number) = position, number < 1 {
            problems.append(FieldProblem("page", "must be 1 or more"))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        return try await database.read { db in
            try CatalogPages(db: db, records: records, query: query, perPage: perPage).page(at: position)
        }
    }

    public func product(_ id: Int64) async throws(StoreError) -> Product {
        let found = try await products([id])
        guard let product = found.first else { throw .notFound(.product(id)) }
        return product
    }

    public func product(code: String) async throws(StoreError) -> Product {
        let found = try await database.read { db in
            try records.onSale(ProductRecord.idsOnSale(code: code, in: db), in: db)
        }
        guard let product = found.first else { throw .notFound(.productCode(code)) }
        return product
    }

    public func products(_ ids: [Int64]) async throws(StoreError) -> [Product] {
        try await database.read { db in try records.onSale(ids, in: db) }
    }

    public func categories() async throws(StoreError) -> [CategoryCount] {
        try await database.read { db in try CategoryRecord.counts(in: db) }
    }

    public func add(_ draft: ProductDraft, as principal: Principal) async throws(StoreError) -> Product {
        try await write(as: principal) { writer in
            let id = try writer.insert(draft)
            return try stored(id, in: writer.db)
        }
    }

    public func edit(_ id: Int64, _ patch: ProductPatch, as principal: Principal) async throws(StoreError)
        -> Product
    {
        try await write(as: principal) { writer in
            let old = try stored(id, in: writer.db)
            _ = try writer.update(
                old, to: patch.applied(to: old), isArchived: patch.isArchived ?? old.isArchived)
            return try stored(id, in: writer.db)
        }
    }

    private func write(
        as principal: Principal, _ body: @escaping @Sendable (ProductWriter) throws -> Product
    ) async throws(StoreError) -> Product {
        try principal.require(.manageProducts)
        return try await database.write { db in
            try principal.current(in: db).require(.manageProducts)
            return try body(ProductWriter(db: db, records: records, now: clock.now()))
        }
    }

    private func stored(_ id: Int64, in db: Database) throws -> Product {
        guard let product = try records.find(id, in: db) else { throw StoreError.notFound(.product(id)) }
        return product
    }
}
