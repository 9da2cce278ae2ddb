import ArgumentParser
import Foundation
import StoreCrypto
import StoreDomain
import StoreSQLite
import StoreService

/// Pages and searches of a demo store, its making and its opening.
struct CatalogBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog", abstract: "Make a demo store, page through it and search it.")

    @Option(help: "Products in the store.") var products = DemoData.defaultProducts
    @Option(help: "Runs of each measurement.") var runs = 200
    @Option(help: "A store of `storefront demo --db PATH` to measure instead of one that is made.") var store:
        String?
    @Option(help: "Also write the figures to this file, as JSON.") var json: String?

    func run() async throws {
        var report = Report()
        print("\(products) products\n\(Report.Line.header)")
        let clock = BenchClock()
        let policy = ShopPolicy()
        var made: LocalStore?
        if let path = store {
            made = try LocalStore(
                path: path, statePath: nil, policy: policy, clock: clock, zones: OnlyUTC(),
                ids: RandomSource())
        } else {
            try await report.time("make a demo store", runs: products > 10_000 ? 1 : 20) {
                try made?.close()
                made = try LocalStore.temporaryDemo(
                    products: products, policy: policy, clock: clock, zones: OnlyUTC(),
                    ids: RandomSource())
            }
        }
        guard let store = made else { return }
        let size = try FileManager.default.attributesOfItem(atPath: store.path)[.size] as? Int ?? 0
        report.add("size of the file", unit: "MB", [Double(size) / 1_000_000])

        try await report.time("open it and read its first page", runs: 20) {
            let database = try StoreDatabase.open(
                at: store.path, mode: .existing,
                createdAs: StoreSeed(policy: policy, uuid: "", now: clock.now()))
            let core = StoreCore(
                engine: try SQLiteEngine(database), clock: clock, zones: OnlyUTC(), chain: "shell",
                digest: Fingerprint.hex)
            _ = try await Catalog(core: core).page(ProductQuery(), at: .first, perPage: 20)
            try database.close()
        }
        try await pages(store, &report)
        try await searches(store, &report)
        try store.close()
        try report.write(to: json)
    }

    private func pages(_ store: LocalStore, _ report: inout Report) async throws {
        let catalog = store.services.catalog
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
    private static let typed = [
        "a", "e", "s", "o", "2", "with", "no with", "no a", "the", "a e s", "moss harbour", "steel pan moss",
        "moss ivory", "kit-0001", "2000000", "creme brulee", "緑茶", "茶", "sourdough crackers", "zebra",
        "made ships",
    ]

    private func searches(_ store: LocalStore, _ report: inout Report) async throws {
        let catalog = store.services.catalog
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
                        if (one.cpu.max() ?? 0) > 10 {
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
