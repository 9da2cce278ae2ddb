import ArgumentParser

/// A line of the promises on speed: what is measured, in what, and what it must reach.
enum RowID: String, CaseIterable, Sendable, Codable, ExpressibleByArgument {
    case key
    case keyBytes = "key-bytes"
    case keyMillion = "key-million"
    case idleBytes = "idle-bytes"
    case idleWakes = "idle-wakes"
    case start
    case startMillion = "start-million"
    case memory, crowd
    case page, search
    case searchSorted = "search-sorted"
    case order
    case orders32 = "orders-32"
    case list
    case listTail = "list-p99"
    case apiOrder = "api-order"
    case apiOrders32 = "api-orders-32"
    case serverMemory = "server-memory"
    case flood
    case postgresList = "pg-list"
    case postgresOrder = "pg-order"
    case postgresOrders32 = "pg-orders-32"
    case shift
    case report
    case reportChange = "report-change"
    case size
    case serverSize = "size-server"

    var what: String {
        switch self {
        case .key: "Key to painted row"
        case .keyBytes: "Bytes for moving one row"
        case .keyMillion: "Key to painted row, large shop"
        case .idleBytes: "What an idle program writes"
        case .idleWakes: "How often an idle program wakes"
        case .start: "Start to the first full screen, demo"
        case .startMillion: "Start to the first full screen, large shop"
        case .memory: "Memory of its own of a session"
        case .crowd: "Memory of its own of each of many sessions"
        case .page: "Page of the catalogue, any sort, any category"
        case .search: "Search, a keystroke, best match"
        case .searchSorted: "Search, a keystroke, by name or price"
        case .order: "Orders placed durably, one client"
        case .orders32: "Orders placed durably, 32 clients"
        case .list: "API: product list"
        case .listTail: "API: product list, the slowest of a hundred"
        case .apiOrder: "API: orders of one client"
        case .apiOrders32: "API: orders of 32 clients"
        case .serverMemory: "API: memory under load"
        case .flood: "API: product list under a flood of sign-ins"
        case .postgresList: "PostgreSQL: product list"
        case .postgresOrder: "PostgreSQL: orders of one client"
        case .postgresOrders32: "PostgreSQL: orders of 32 clients"
        case .shift: "Z of a day's sales"
        case .report: "Report over many orders, first sight"
        case .reportChange: "Report over many orders, another period"
        case .size: "Size of storefront, stripped"
        case .serverSize: "Size of storefront-server, stripped"
        }
    }

    var unit: BenchUnit {
        switch self {
        case .key, .keyMillion, .start, .startMillion, .page, .search, .searchSorted, .listTail, .flood,
            .shift, .report, .reportChange:
            .milliseconds
        case .keyBytes, .idleBytes: .bytes
        case .idleWakes: .wakes
        case .memory, .crowd, .serverMemory, .size, .serverSize: .megabytes
        case .order, .orders32, .list, .apiOrder, .apiOrders32, .postgresList, .postgresOrder,
            .postgresOrders32:
            .perSecond
        }
    }

    var statistic: Statistic {
        switch self {
        case .keyMillion, .search, .searchSorted: .p99
        case .page, .crowd: .worst
        case .key, .keyBytes, .idleBytes, .idleWakes, .start, .startMillion, .memory, .order, .orders32,
            .list,
            .listTail, .apiOrder, .apiOrders32, .serverMemory, .flood, .postgresList, .postgresOrder,
            .postgresOrders32, .shift, .report, .reportChange, .size, .serverSize:
            .median
        }
    }

    var targets: [Target] {
        switch self {
        case .key, .keyBytes: [.atMostTimes(1, of: .tig)]
        case .keyMillion: [.atMost(4)]
        case .idleBytes, .idleWakes: [.atMost(0)]
        case .start, .startMillion: [.atMost(30), .atMostTimes(1.5, of: .tig)]
        case .memory, .crowd: [.atMost(8)]
        case .page: [.atMost(5), .atMostTimes(1.5, of: .firstPage)]
        case .search: [.atMost(10)]
        case .searchSorted: [.atMost(50)]
        case .order: [.atLeastTimes(0.8, of: .bareSQLite)]
        case .orders32: [.atLeastTimes(1, of: .oneClient)]
        case .list: [.atLeastTimes(20, of: .flask), .atLeastTimes(0.5, of: .fixedBody)]
        case .listTail: [.atMostTimes(0.2, of: .flask)]
        case .apiOrder: [.atLeastTimes(8, of: .flask)]
        case .apiOrders32, .postgresList: [.atLeastTimes(20, of: .flask)]
        case .serverMemory: [.atMostTimes(0.25, of: .flask)]
        case .flood: [.atMostTimes(2, of: .noFlood)]
        case .postgresOrder: [.atLeastTimes(4, of: .flask)]
        case .postgresOrders32: [.atLeastTimes(8, of: .flask)]
        case .shift, .report: [.atMost(1_000)]
        case .reportChange: [.atMost(50)]
        case .size: [.atMost(70)]
        case .serverSize: [.atMost(89)]
        }
    }

    var group: RowGroup {
        switch self {
        case .key, .keyBytes, .idleBytes, .idleWakes, .start, .memory, .crowd: .terminal
        case .keyMillion, .startMillion: .largeTerminal
        case .page, .search, .searchSorted: .catalogue
        case .order, .orders32: .orders
        case .list, .listTail, .apiOrder, .apiOrders32, .serverMemory, .flood: .api
        case .postgresList, .postgresOrder, .postgresOrders32: .postgres
        case .shift, .report, .reportChange: .books
        case .size, .serverSize: .size
        }
    }
}

/// Rows that are measured together, as they stand on the same programs and stores.
enum RowGroup: String, CaseIterable, Sendable {
    case terminal, largeTerminal, catalogue, orders, api, postgres, books, size
}

/// A line as it was measured.
struct BenchRow: Sendable {
    struct Peer: Sendable {
        let name: PeerName
        let figures: Figures
    }

    let id: RowID
    /// How, and with how much.
    let how: String
    /// nil where it could not be measured.
    let ours: Figures?
    let peers: [Peer]
    /// What kept it, or a peer, from being measured.
    let trouble: String?

    init(
        _ id: RowID, how: String, ours: Figures?, peers: [(PeerName, Figures?)] = [], trouble: String? = nil
    ) {
        self.id = id
        self.how = how
        self.ours = ours
        self.peers = peers.compactMap { name, figures in figures.map { Peer(name: name, figures: $0) } }
        self.trouble = trouble
    }

    /// Measures rows where any of them is wanted; what keeps them from it keeps no others.
    static func attempt(
        _ ids: [RowID], of wanted: Set<RowID>, _ body: () async throws -> [BenchRow]
    ) async -> [BenchRow] {
        guard !wanted.isDisjoint(with: ids) else { return [] }
        do { return try await body() } catch {
            return ids.map { BenchRow($0, how: "", ours: nil, trouble: "\(error)") }
        }
    }

    /// What counts of the shop's figures.
    var figure: Double? { ours.map(id.statistic.value(of:)) }

    /// What counts of a peer's.
    func figure(of name: PeerName) -> Double? {
        peers.first { $0.name == name }.map { peer in id.statistic.value(of: peer.figures) }
    }

    /// How many times a peer's figure ours is; nil without one, or where that is nothing.
    func ratio(to name: PeerName) -> Double? {
        guard let ours = figure, let other = figure(of: name), other > 0 else { return nil }
        return ours / other
    }

    func verdict(of target: Target) -> Target.Verdict {
        target.verdict(ours: figure) { figure(of: $0) }
    }

    /// Short where any target is missed, reached where all are.
    var verdict: Target.Verdict {
        let all = id.targets.map(verdict(of:))
        return all.contains(.short) ? .short : all.contains(.unknown) ? .unknown : .reached
    }
}
