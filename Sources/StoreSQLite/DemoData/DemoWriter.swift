import GRDB
import StoreDomain
import StoreService

/// Writes demo data, every row once and as it is in the end.
struct DemoWriter {
    let db: Database
    let policy: ShopPolicy
    let now: Timestamp

    /// What an order needs of a product, by number.
    struct Sold {
        let id: Int64
        let name: String
        let sku: String
        let price: Money
        let isTracked: Bool
        /// What there was before the first sale, since when, and what each of it cost; nil where nobody knows that.
        let delivered: (count: Int, at: Timestamp, unitCost: Int64?)
    }

    /// Progress is reported once for this many products.
    private static let stride = 10_000

    func insertAccounts() throws {
        let opened = now.advanced(bySeconds: -120 * 86_400)
        let records = AccountRecord(db: db, cache: StoredValueCache())
        for account in DemoData.accounts {
            let registration = try Registration(
                email: account.email, name: account.name, password: DemoData.password)
            let user = try records.insert(
                registration, passwordHash: DemoData.passwordHash, role: account.role, at: opened)
            if let hash = DemoData.pinHashes[account.email] {
                try db.run(
                    "INSERT INTO account_pin (account_id, hash, failures) VALUES (?, ?, 0)", [user.id, hash])
            }
        }
        try db.run("INSERT INTO pin_setting (id, setting) VALUES (1, ?)", [DemoData.pinSetting])
    }

    /// - Parameter sold: how many of a product the sales to come have taken for good.
    /// - Returns: the products that sales may name.
    func insertProducts(
        _ count: Int, sold: [Int: Int], random: inout DemoRandom, progress: (Int) throws -> Void
    ) throws -> [Sold] {
        try BulkLoad.run(db) { try insertRows(count, sold: sold, random: &random, progress: progress) }
    }

    private func insertRows(
        _ count: Int, sold: [Int: Int], random: inout DemoRandom, progress: (Int) throws -> Void
    ) throws -> [Sold] {
        let source = DemoProducts(currency: policy.currency)
        let categoryIDs = try source.categories.map { try CategoryRecord.idMakingIt(named: $0.name, in: db) }
        let statement = try db.makeStatement(
            sql: """
                INSERT INTO product (name, name_key, description, price_minor, initial_stock, stock, tracks_stock,
                    category_id, sku, sku_key, barcode, barcode_key, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        let words = try db.makeStatement(sql: "INSERT INTO product_words (id, words) VALUES (?, ?)")
        // They came over the year before the first sale, evenly.
        let newest = now.advanced(bySeconds: -91 * 86_400)
        var products: [Sold] = []
        for number in 0..<count {
            let item = source.item(number, random: &random)
            let categoryID = categoryIDs[item.categoryIndex]
            let age = Int64(365 * 86_400 * (count - 1 - number) / count)
            let addedAt = newest.advanced(bySeconds: -age)
            let createdAt = addedAt.milliseconds
            let first = item.stock.moved(by: sold[number, default: 0]).count ?? 0
            // What sales name came by a delivery of its own; of the rest, nothing was ever booked.
            let isDelivered = number < DemoData.defaultProducts && item.stock.isTracked && first > 0
            try statement.execute(arguments: [
                item.name, item.name.folded, item.description, item.price.minorUnits,
                isDelivered ? 0 : first, item.stock.count ?? 0, item.stock.isTracked, categoryID, item.sku,
                ProductCode(item.sku)?.key, item.barcode,
                ProductCode(item.barcode)?.key, createdAt, createdAt,
            ])
            try words.execute(arguments: [
                db.lastInsertedRowID,
                SearchText.indexed(
                    ProductWords(
                        name: item.name, description: item.description, sku: item.sku, barcode: item.barcode),
                    categoryID: categoryID),
            ])
            if number < DemoData.defaultProducts {
                products.append(
                    Sold(
                        id: db.lastInsertedRowID, name: item.name, sku: item.sku, price: item.price,
                        isTracked: item.stock.isTracked,
                        delivered: (
                            isDelivered ? first : 0, addedAt, DemoData.unitCost(of: number, price: item.price)
                        )))
            }
            if (number + 1).isMultiple(of: Self.stride) { try progress(number + 1) }
        }
        return products
    }
}
