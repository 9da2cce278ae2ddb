import ArgumentParser
import Foundation
import StoreDomain
import StoreSQLite
import StoreService

/// Pages and searches of a demo store, its making and its opening.
struct CatalogBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog", abstract: "Make a demo store, page through it and search it.",
        discussion: """
            `--store postgresql://…` measures a store in PostgreSQL; in an empty database one is made first, with the \
            products of the demo store. What its server takes is in the wall time alone.
            """)

    @Option(help: "Products in the store.") var products = DemoData.defaultProducts
    @Option(help: "Runs of each measurement.") var runs = 200
    @Option(help: "A store of `storefront demo --db PATH`, or a PostgreSQL database by its URI, to measure.")
    var store: String?
    @Option(help: "Also write the figures to this file, as JSON.") var json: String?

    func run() async throws {
        var report = Report()
        print("\(products) products\n\(Report.Line.header)")
        let store = try await open(&report)
        try await report.time("open it and read its first page", runs: 20) {
            let other = try await store.openAnother()
            _ = try await other.catalog.page(ProductQuery(), at: .first, perPage: 20)
            try other.close()
        }
        try await pages(store.catalog, &report)
        try await searches(store.catalog, &report)
        try store.close()
        try report.write(to: json)
    }

    private func open(_ report: inout Report) async throws -> BenchStore {
        if let store, store.hasPrefix("postgres") {
            let opened = try await BenchStore.postgres(store)
            if try await opened.catalog.page(ProductQuery(), at: .first, perPage: 1).products.isEmpty {
                try await report.time("bring in the demo store's products", runs: 1) {
                    try await opened.fill(products: products)
                }
            }
            return opened
        }
        var made: LocalStore?
        if let store {
            made = try BenchStore.localStore(store)
        } else {
            try await report.time("make a demo store", runs: products > 10_000 ? 1 : 20) {
                try made?.close()
                made = try BenchStore.demo(products: products)
            }
        }
        guard let made else { throw ValidationError("no store to measure") }
        let size = try FileManager.default.attributesOfItem(atPath: made.path)[.size] as? Int ?? 0
        report.add("size of the file", unit: "MB", [Double(size) / 1_000_000])
        return BenchStore(file: made)
    }

    private func pages(_ catalog: any CatalogService, _ report: inout Report) async throws {
        for category in [nil, "Tea & Coffee"] {
            for sort in [ProductSort.newest, .name, .priceUp, .priceDown] {
                let query = ProductQuery(category: category, sort: sort)
                let place = "\(category ?? "all"), \(sort)"
                try await report.time("page: \(place), first", runs: runs) {
                    _ = try await catalog.page(query, at: .first, perPage: 40)
                }
                try await report.time("page: \(place), last", runs: runs) {
                    _ = try await catalog.page(query, at: .last, perPage: 40)
                }
                let last = try await catalog.page(query, at: .last, perPage: 40)
                try await report.time("page: \(place), the middle one by number", runs: min(runs, 20)) {
                    _ = try await catalog.page(query, at: .number(max(1, last.number / 2)), perPage: 40)
                }
                guard let cursor = last.first else { continue }
                try await report.time("page: \(place), before the last", runs: runs) {
                    _ = try await catalog.page(
                        query, at: .before(cursor, number: last.number - 1), perPage: 40)
                }
            }
        }
    }

    /// Every keystroke of typing each of these: single letters, words that every product has, two of them,
    /// words that never meet, codes, accents, CJK, nothing found.
    static let typed = [
        "a", "e", "s", "o", "2", "with", "no with", "no a", "the", "a e s", "moss harbour", "steel pan moss",
        "moss ivory", "kit-0001", "2000000", "creme brulee", "緑茶", "茶", "sourdough crackers", "zebra",
        "made ships",
    ]

    private func searches(_ catalog: any CatalogService, _ report: inout Report) async throws {
        for sort in [ProductSort.automatic, .newest, .name, .priceDown] {
            for category in [nil, "Kitchen"] {
                var all = Stopwatch()
                for text in Self.typed {
                    for length in 1...text.count {
                        let query = ProductQuery(
                            text: String(text.prefix(length)), category: category, sort: sort)
                        var one = Stopwatch()
                        for _ in 0..<max(3, runs / 20) {
                            try await one.time { _ = try await catalog.page(query, at: .first, perPage: 40) }
                        }
                        all.add(one)
                        if max(one.cpu.max() ?? 0, one.wall.min() ?? 0) > 10 {
                            report.add("  slow: \(query.text), \(category ?? "all"), \(sort)", one)
                        }
                    }
                }
                report.add("search: \(category ?? "all"), \(sort), every keystroke", all)
            }
        }
        for text in ["a", "with", "moss harbour", "steel"] {
            try await report.time("search: \(text), last page", runs: 10) {
                _ = try await catalog.page(ProductQuery(text: text), at: .last, perPage: 40)
            }
        }
    }
}

/// The machine's clock.
struct BenchClock: StoreClock {
    func now() -> Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
