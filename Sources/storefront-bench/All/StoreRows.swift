import Foundation
import StoreDomain
import StoreSQLite

/// Pages, searches, orders and reports of a store file, through the services.
struct StoreRows {
    let place: BenchPlace
    let wanted: Set<RowID>

    // MARK: - Catalogue

    func catalogue() async throws -> [BenchRow] {
        let store = try BenchStore.localStore(try await place.productStore())
        defer { try? store.close() }
        let many = "\(BenchUnit.plain(Double(place.products))) products"
        var rows: [BenchRow] = []
        if wanted.contains(.page) { rows.append(try await pages(store.services.catalog, many)) }
        if wanted.contains(.search) {
            rows.append(try await search(.search, [.automatic], store.services.catalog, many))
        }
        if wanted.contains(.searchSorted) {
            rows.append(try await search(.searchSorted, [.name, .priceDown], store.services.catalog, many))
        }
        return rows
    }

    /// The medians of each order and category: the last page beside the first, and pages by number.
    private func pages(_ catalog: any CatalogService, _ many: String) async throws -> BenchRow {
        var (first, others): ([Double], [Double]) = ([], [])
        let runs = place.isQuick ? 20 : 200
        func median(_ query: ProductQuery, _ position: PagePosition) async throws -> Double {
            var stopwatch = Stopwatch()
            for _ in 0..<runs {
                try await stopwatch.time { _ = try await catalog.page(query, at: position, perPage: 40) }
            }
            return Figures(stopwatch.wall)?.median ?? 0
        }
        for category in [nil, "Tea & Coffee"] {
            for sort in [ProductSort.newest, .name, .priceUp, .priceDown] {
                let query = ProductQuery(category: category, sort: sort)
                first.append(try await median(query, .first))
                others.append(try await median(query, .last))
            }
        }
        return BenchRow(
            .page, how: "40 of \(many), last page beside the first, four orders, all and one category",
            ours: Figures(others), peers: [(.firstPage, Figures(first))])
    }

    private func search(
        _ id: RowID, _ sorts: [ProductSort], _ catalog: any CatalogService, _ many: String
    ) async throws -> BenchRow {
        var stopwatch = Stopwatch()
        for sort in sorts {
            for category in [nil, "Kitchen"] {
                for text in CatalogBench.typed {
                    for length in 1...text.count {
                        let query = ProductQuery(
                            text: String(text.prefix(length)), category: category, sort: sort)
                        for _ in 0..<(place.isQuick ? 3 : 10) {
                            try await stopwatch.time {
                                _ = try await catalog.page(query, at: .first, perPage: 40)
                            }
                        }
                    }
                }
            }
        }
        return BenchRow(
            id, how: "\(many), every keystroke of \(CatalogBench.typed.count) searches, all and one category",
            ours: Figures(stopwatch.wall))
    }

    // MARK: - Orders

    func orders() async throws -> [BenchRow] {
        let count = place.isQuick ? 300 : 2_000
        var (one, many, bare): ([Double], [Double], [Double]) = ([], [], [])
        for round in 0..<place.rounds {
            one.append(
                try await OrdersBench.measure(in: place.folder, orders: count, clients: 1, paysToo: false)
                    .placed)
            if wanted.contains(.order) {
                bare.append(try BareSQLite.measure("\(place.folder)/bare-\(round).db", orders: count))
            }
            if wanted.contains(.orders32) {
                many.append(
                    try await OrdersBench.measure(
                        in: place.folder, orders: count, clients: 32, paysToo: false
                    ).placed)
            }
        }
        let how = "two lines each, priced, on disk before the answer; \(count) in each run"
        return [
            BenchRow(.order, how: how, ours: Figures(one), peers: [(.bareSQLite, Figures(bare))]),
            BenchRow(.orders32, how: how, ours: Figures(many), peers: [(.oneClient, Figures(one))]),
        ]
    }

    // MARK: - Books

    func books() async throws -> [BenchRow] {
        var rows: [BenchRow] = []
        if wanted.contains(.shift) { rows.append(try await shift()) }
        if !wanted.isDisjoint(with: [.report, .reportChange]) { rows += try await reports() }
        return rows
    }

    private func shift() async throws -> BenchRow {
        let sales = place.isQuick ? 500 : 5_000
        var closing = Stopwatch()
        for round in 0..<(place.isQuick ? 1 : 3) {
            let store = try BenchStore.localStore("\(place.folder)/shift-\(round).db")
            let day = try await ShiftBench.sell(sales, on: store.services)
            try await closing.time { try await day.close() }
            try store.close()
        }
        return BenchRow(
            .shift, how: "\(BenchUnit.plain(Double(sales))) sales of three lines, every tenth with a refund",
            ours: Figures(closing.wall))
    }

    private func reports() async throws -> [BenchRow] {
        let path = try await place.orderStore()
        let (kinds, today) = (
            ReportKind.allCases, ShopDay(number: Int(Date().timeIntervalSince1970) / 86_400)
        )
        var (first, changes) = (Stopwatch(), Stopwatch())
        for round in 0..<max(place.rounds, 5) {
            let store = try BenchStore.localStore(path)
            defer { try? store.close() }
            guard let reports = store.services.counter?.reports else {
                throw StoreError.unsupported("reports")
            }
            func look(_ kind: ReportKind, _ period: ReportPeriod) async throws {
                _ = try await reports.report(
                    ReportQuery(kind, period, comparison: .before), as: .operatorOfStore)
            }
            try await first.time { try await look(kinds[round % kinds.count], .year) }
            let twoYears = ReportSpan(from: ShopDay(number: today.number - 729), to: today)
            let spans = [twoYears].compactMap { $0 }.map { ReportPeriod.span($0) }
            for kind in kinds {
                for period in [ReportPeriod.today, .week, .month, .year] + spans {
                    try await changes.time { try await look(kind, period) }
                }
            }
        }
        let many = "\(BenchUnit.plain(Double(place.orders))) orders of two years, every kind of report"
        return [
            BenchRow(.report, how: "\(many), the year, in a store just opened", ours: Figures(first.wall)),
            BenchRow(
                .reportChange, how: "\(many), from today to two years, compared with the days before",
                ours: Figures(changes.wall)),
        ]
    }
}
