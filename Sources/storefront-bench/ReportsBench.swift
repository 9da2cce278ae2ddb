import ArgumentParser
import Foundation
import GRDB
import StoreDomain
import StoreSQLite

/// What reports cost in a shop that has sold for three years.
struct ReportsBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reports",
        abstract: "Look at every report of a large shop, for one period after the other.",
        discussion: """
            The store is made where it is not there yet, and stays: orders of three lines over three years, every fiftieth \
            with a refund. Counting them is measured then, as the first opening by a newer version does it.
            """)

    @Option(help: "The store's file.") var store: String
    @Option(help: "Orders, where the store is made.") var orders = 1_000_000
    @Option(help: "Products, where the store is made.") var products = 10_000
    @Option(help: "Looks at each report and period.") var runs = 20
    @Option(help: "Also write the figures to this file, as JSON.") var json: String?

    func run() async throws {
        var report = Report()
        print(Report.Line.header)
        if !FileManager.default.fileExists(atPath: store) {
            let opened = try BenchStore.localStore(store)
            try await BenchStore(file: opened).fill(products: products)
            try opened.close()
            try await report.time("writing \(orders) orders", runs: 1) { try LongSales(store).write(orders) }
        } else {
            try LongSales(store).forgetSums()
        }
        var opened: LocalStore?
        try await report.time("opening it: all of it is counted", runs: 1) {
            opened = try BenchStore.localStore(store)
        }
        guard let opened, let reports = opened.services.counter?.reports else {
            throw StoreError.unsupported("reports")
        }
        for kind in ReportKind.allCases { try await measure(kind, reports, &report) }
        try opened.close()
        try report.write(to: json)
    }

    /// As the screen does it: first the month so far, then other periods, each beside the days before.
    private func measure(
        _ kind: ReportKind, _ reports: any ReportService, _ report: inout Report
    ) async throws {
        // First sight: nothing of it is in the program's memory.
        let cold = try BenchStore.localStore(store)
        if let first = cold.services.counter?.reports {
            try await report.time("\(kind.rawValue), first sight", runs: 1) {
                _ = try await first.report(
                    ReportQuery(kind, .month, comparison: .before), as: .operatorOfStore)
            }
        }
        try cold.close()
        guard kind.hasPeriod else { return }
        let today = ShopZone.utc.moment(BenchClock().now()).day
        // The worst for sums of months: it begins and ends in the middle of one.
        let ragged = ReportSpan(from: today.advanced(by: -400), to: today.advanced(by: -10))
        let periods: [(String, ReportPeriod)] =
            [("today", .today), ("week", .week), ("month", .month), ("year", .year)]
            + (ragged.map { [("391 days", .span($0))] } ?? [])
        for (name, period) in periods {
            for comparison in [ReportComparison.none, .before, .year] {
                try await report.time("\(kind.rawValue), \(name), \(comparison.words)", runs: runs) {
                    _ = try await reports.report(
                        ReportQuery(kind, period, comparison: comparison), as: .operatorOfStore)
                }
            }
        }
    }
}

/// Three years of sales, written past the services: selling a million times would take half an hour.
private struct LongSales {
    private let path: String

    private static let days: Int64 = 1_096
    private static let lines = 3

    init(_ path: String) { self.path = path }

    /// The next opening counts all documents anew.
    func forgetSums() throws {
        try DatabaseQueue(path: path).write { db in try Self.forgetSums(db) }
    }

    private static func forgetSums(_ db: Database) throws {
        try db.execute(sql: "DELETE FROM sales_sum; UPDATE store SET sales_counted = 0")
    }

    func write(_ orders: Int) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write { db in
            let goods = try Row.fetchAll(
                db, sql: "SELECT id, name, sku, price_minor FROM product ORDER BY id"
            )
            .map { row -> Product in Product(id: row[0], name: row[1], sku: row[2], price: row[3]) }
            guard !goods.isEmpty else { throw StoreError.emptyOrder }
            try db.execute(
                sql: """
                    INSERT OR IGNORE INTO account (id, email, email_key, name, password_hash, role, created_at, updated_at)
                    VALUES (1, 'bench@example.com', 'bench@example.com', 'Bench', '!', 'admin', 0, 0)
                    """)
            try insert(orders, of: goods, db)
            try Self.forgetSums(db)
        }
        try queue.close()
    }

    private struct Product {
        let id: Int64
        let name: String
        let sku: String?
        let price: Int64
    }

    private func insert(_ orders: Int, of goods: [Product], _ db: Database) throws {
        let order = try db.makeStatement(
            sql: """
                INSERT INTO orders (id, operator_id, till, status, subtotal_minor, discount_minor, tax_minor, tax_mode,
                    total_minor, refunded_minor, discount_code, created_at, updated_at, number_kind, number_till,
                    number_position)
                VALUES (?, 1, '1', ?, ?, ?, ?, 'included', ?, ?, ?, ?, ?, 'R', 'bench', ?)
                """)
        let item = try db.makeStatement(
            sql: """
                INSERT INTO order_item (id, order_id, product_id, product_name, sku, quantity, unit_price_minor,
                    total_minor, order_discount_minor, tax_minor, tax_rate_numerator, tax_rate_denominator, returned)
                VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, 1, 10, ?)
                """)
        let payment = try db.makeStatement(
            sql: """
                INSERT INTO payment (id, order_id, method_id, amount_minor, taken_by, created_at)
                VALUES (?, ?, ?, ?, 1, ?)
                """)
        let movement = try db.makeStatement(
            sql: """
                INSERT INTO stock_movement (product_id, kind, quantity, order_id, unit_cost_minor, created_at,
                    cost_minor, refund_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        let refund = try db.makeStatement(
            sql: """
                INSERT INTO refund (id, order_id, reason, amount_minor, rounding_minor, operator_id, till, created_at,
                    booked_on, number_kind, number_till, number_position)
                VALUES (?, ?, ?, ?, 0, 1, '1', ?, 1, 'F', 'bench', ?)
                """)
        let back = try db.makeStatement(sql: "INSERT INTO refund_item VALUES (?, 0, ?, 1, ?, ?, 1)")
        let tender = try db.makeStatement(
            sql: "INSERT INTO refund_tender VALUES (?, 0, ?, 'cash', ?, NULL, 0)")
        var random = Steps(state: 2_026)
        let (end, span) = (BenchClock().now().milliseconds, Self.days * 86_400_000)
        for number in 1...orders {
            let id = Int64(number)
            let at = end - span + span / Int64(orders) * id
            // Some sell far more than others.
            let sold = (0..<Self.lines).map { _ in
                goods[random.next(goods.count) * (random.next(1_000) + 1) / 1_000]
            }
            let code: String? = number.isMultiple(of: 20) ? "SAVE10" : nil
            func discount(_ product: Product) -> Int64 { code == nil ? 0 : product.price / 10 }
            func paid(_ product: Product) -> Int64 { product.price - discount(product) }
            func tax(_ product: Product) -> Int64 { paid(product) / 11 }
            func sum(_ part: (Product) -> Int64) -> Int64 { sold.reduce(0) { $0 + part($1) } }
            let refunded = number.isMultiple(of: 50)
            let total = sum(paid)
            try order.execute(arguments: [
                id, refunded ? "partially_refunded" : "paid", sum(\.price), sum(discount), sum(tax), total,
                refunded ? paid(sold[0]) : 0, code, at, at, id,
            ])
            for (position, product) in sold.enumerated() {
                try item.execute(arguments: [
                    (id - 1) * Int64(Self.lines) + Int64(position) + 1, id, product.id, product.name,
                    product.sku,
                    product.price, product.price, discount(product), tax(product),
                    refunded && position == 0 ? 1 : 0,
                ])
            }
            // As the shop writes them: one movement a product.
            for product in Dictionary(grouping: sold, by: \.id).values.sorted(by: { $0[0].id < $1[0].id }) {
                let cost = product[0].price * 2 / 5
                let pieces = Int64(product.count)
                try movement.execute(arguments: [
                    product[0].id, "sale", -pieces, id, cost, at, cost * pieces, nil,
                ])
            }
            try payment.execute(arguments: [
                id, id, ["cash", "card"][number % 2], total, at,
            ])
            guard refunded else { continue }
            let document = id / 50
            try refund.execute(arguments: [
                document, id, ["Damaged", "Not as expected", "Too large"][Int(document % 3)], paid(sold[0]),
                at,
                document,
            ])
            try back.execute(arguments: [
                document, (id - 1) * Int64(Self.lines) + 1, paid(sold[0]), tax(sold[0]),
            ])
            try tender.execute(arguments: [document, id, paid(sold[0])])
            let cost = sold[0].price * 2 / 5
            try movement.execute(arguments: [sold[0].id, "return", 1, id, cost, at, cost, document])
        }
    }

    /// Numbers that are the same in every run.
    private struct Steps {
        var state: UInt64

        /// 0 to below `bound`.
        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(1, bound)
        }
    }
}
