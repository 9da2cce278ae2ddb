import Foundation

/// A run as JSON, to be compared with others.
struct BenchDocument: Encodable {
    struct Series: Encodable {
        let name: String
        let median, low, high, p99: Double
        let runs: Int

        init(_ name: String, _ figures: Figures) {
            self.name = name
            (median, low, high, p99) = (figures.median, figures.low, figures.high, figures.p99)
            runs = figures.samples.count
        }
    }

    struct Reach: Encodable {
        let target: String
        let ratio: Double?
        let verdict: Target.Verdict
    }

    struct Row: Encodable {
        let row, what, how, unit: String
        let judgedBy: Statistic
        let ours: Series?
        let peers: [Series]
        let targets: [Reach]
        let verdict: Target.Verdict
        let trouble: String?

        init(_ row: BenchRow) {
            (self.row, what, how, unit) = (row.id.rawValue, row.id.what, row.how, row.id.unit.rawValue)
            judgedBy = row.id.statistic
            ours = row.ours.map { Series("storefront", $0) }
            peers = row.peers.map { Series($0.name.rawValue, $0.figures) }
            targets = row.id.targets.map {
                Reach(
                    target: $0.words(row.id.unit), ratio: $0.peer.flatMap(row.ratio(to:)),
                    verdict: row.verdict(of: $0))
            }
            (verdict, trouble) = (row.verdict, row.trouble)
        }
    }

    struct Missing: Encodable { let peer, advice: String }

    let machine: Machine
    let quick: Bool
    let rows: [Row]
    let missing: [Missing]

    init(machine: Machine, rows: [BenchRow], missing: [PeerProgram], isQuick: Bool) {
        self.machine = machine
        self.rows = rows.map(Row.init)
        self.missing = missing.map { Missing(peer: $0.rawValue, advice: $0.advice) }
        quick = isQuick
    }

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: URL(fileURLWithPath: path))
    }
}
