import ArgumentParser
import BuildFacts
import Foundation

/// `storefront-bench all`: every promise on speed, measured on the machine at hand.
struct AllCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "all", abstract: "Measure everything that is promised, with others beside it.",
        discussion: """
            Runs of the shop and of tig, Flask with SQLAlchemy under gunicorn, SQLite's own interface and a fixed body \
            take turns. Each row shows medians as bars, lowest and highest, and how each stands to what it is to reach. \
            Peers that are not installed are named, with how to get them. Needs release builds of all programs: \
            swift build -c release --product storefront-bench, storefront and storefront-server.
            """)

    @Flag(help: "Fewer and shorter runs, smaller shops: to see that it works.") var quick = false
    @Option(help: ArgumentHelp("Also write the figures to this file, as JSON.", valueName: "file")) var json:
        String?
    @Option(help: ArgumentHelp("Measure this row alone; may be repeated.", valueName: "row")) var only:
        [RowID] = []
    @Option(
        help: "Where storefront and storefront-server are; the folder of this program unless it is named.")
    var programs: String?
    @Option(help: "Where large shops are kept, which are made once.") var cache: String?
    @Option(help: "Where temporary data lie; orders are flushed to its disk.") var directory: String?
    @Option(help: "The Flask service; Tests/SeedService of the checkout unless it is named.")
    var seedService: String?
    @Option(help: "Products of the large shop.") var products: Int?
    @Option(help: "Orders of the shop that is reported on.") var orders: Int?

    private static let large = 1_000_000, small = 20_000

    func validate() throws {
        for (name, count) in [("--products", products), ("--orders", orders)] {
            if let count, !(300...Self.large).contains(count) {
                throw ValidationError("\(name) must be 300 to \(Self.large)")
            }
        }
    }

    /// The rows that are asked for, in their order.
    var wanted: [RowID] { only.isEmpty ? RowID.allCases : RowID.allCases.filter(only.contains) }

    func run() async throws {
        let signals = Children.endWithProgram()
        defer { withExtendedLifetime(signals) { Children.shared.endAll() } }
        let folder = try Children.makeFolder(
            below: directory ?? FileManager.default.temporaryDirectory.path.withoutSlash)
        let caches =
            ProcessInfo.processInfo.environment["XDG_CACHE_HOME"] ?? "\(NSHomeDirectory())/.cache"
        let place = BenchPlace(
            folder: folder, cache: cache ?? "\(caches)/storefront-bench",
            programs: programs ?? BenchPlace.ownFolder,
            seedService: seedService ?? BenchPlace.findSeedService(), isQuick: quick,
            products: products ?? (quick ? Self.small : Self.large),
            orders: orders ?? (quick ? Self.small : Self.large))
        let machine = Machine(folder: folder, build: Build.line)
        let missing = PeerProgram.allCases.filter { !$0.isInstalled }
        for line in machine.lines { print(line) }
        for peer in missing { print(peer.lack) }
        print("")
        let rows = await measure(place)
        print(BenchTable(rows: rows).lines.joined(separator: "\n"))
        if let json {
            try BenchDocument(machine: machine, rows: rows, missing: missing, isQuick: quick).write(to: json)
        }
        if rows.contains(where: { $0.ours == nil }) { throw ExitCode.failure }
    }

    /// What keeps one group from being measured keeps no other.
    private func measure(_ place: BenchPlace) async -> [BenchRow] {
        let wanted = Set(wanted)
        var measured: [RowID: BenchRow] = [:]
        for group in RowGroup.allCases {
            let asked = wanted.filter { $0.group == group }
            guard !asked.isEmpty else { continue }
            Self.note("measuring: \(group.rawValue)")
            do {
                for row in try await group.measure(place, asked) where asked.contains(row.id) {
                    measured[row.id] = row
                }
            } catch {
                for id in asked where measured[id] == nil {
                    measured[id] = BenchRow(id, how: "", ours: nil, trouble: "\(error)")
                }
            }
        }
        return self.wanted.compactMap { measured[$0] }
    }

    /// What a person reads while it works, beside the table.
    static func note(_ words: String) {
        FileHandle.standardError.write(Data("storefront-bench: \(words)\n".utf8))
    }
}

extension RowGroup {
    /// - Returns: the rows that are wanted, and perhaps others that came with them.
    fileprivate func measure(_ place: BenchPlace, _ wanted: Set<RowID>) async throws -> [BenchRow] {
        switch self {
        case .terminal: try await TerminalRows(place: place, wanted: wanted).measure()
        case .largeTerminal: try await TerminalRows(place: place, wanted: wanted).measureLarge()
        case .catalogue: try await StoreRows(place: place, wanted: wanted).catalogue()
        case .orders: try await StoreRows(place: place, wanted: wanted).orders()
        case .api: try await ServerRows(place: place, wanted: wanted).measure()
        case .postgres: try await ServerRows(place: place, wanted: wanted).measurePostgres()
        case .books: try await StoreRows(place: place, wanted: wanted).books()
        case .size: try SizeRows(place: place, wanted: wanted).measure()
        }
    }
}

extension String {
    fileprivate var withoutSlash: String { hasSuffix("/") && count > 1 ? String(dropLast()) : self }
}
