/// The measured rows as bars for a terminal.
struct BenchTable {
    let rows: [BenchRow]
    /// Columns of the terminal.
    var width = 100

    private static let nameWidth = 14, valueWidth = 16, spreadWidth = 24

    var lines: [String] {
        rows.flatMap { lines(of: $0) + [""] } + [summary]
    }

    private func lines(of row: BenchRow) -> [String] {
        var lines = [heading(row)]
        if !row.how.isEmpty { lines.append("  " + row.how) }
        let bars = ([("storefront", row.ours)] + row.peers.map { ($0.name.rawValue, $0.figures) })
            .compactMap { name, figures in figures.map { (name, $0) } }
        let most = bars.map { row.id.statistic.value(of: $0.1) }.max() ?? 0
        for (name, figures) in bars { lines.append(bar(name, figures, of: most, row.id)) }
        for target in row.id.targets { lines.append(sentence(target, row)) }
        if let trouble = row.trouble {
            lines.append("  \(row.ours == nil ? "not measured" : "not compared"): \(trouble)")
        }
        return lines
    }

    private func heading(_ row: BenchRow) -> String {
        let name = "\(row.id.what) (\(row.id.rawValue))"
        switch row.verdict {
        case .reached: return name
        case .short: return name.padded(max(0, width - 14)) + "  FALLS SHORT"
        case .unknown: return name.padded(max(0, width - 14)) + " not compared"
        }
    }

    private func bar(_ name: String, _ figures: Figures, of most: Double, _ id: RowID) -> String {
        let value = id.statistic.value(of: figures)
        let room = max(10, width - 2 - Self.nameWidth - Self.valueWidth - Self.spreadWidth - 2)
        let spread =
            figures.samples.count == 1
            ? ""
            : "\(BenchUnit.plain(figures.low)) – \(BenchUnit.plain(figures.high)) in \(figures.samples.count)"
        return "  " + name.padded(Self.nameWidth)
            + (id.statistic.word + id.unit.text(value)).padded(Self.valueWidth, left: true)
            + "  " + Self.blocks(most > 0 ? value / most : 0, room).padded(room)
            + (spread.isEmpty ? "" : "  " + spread)
    }

    /// A bar that fills `share` of the room, to an eighth of a cell.
    static func blocks(_ share: Double, _ room: Int) -> String {
        let eighths = Int((min(max(share, 0), 1) * Double(room * 8)).rounded())
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    }

    private func sentence(_ target: Target, _ row: BenchRow) -> String {
        let words = target.words(row.id.unit)
        guard let name = target.peer else {
            return "  \(mark(row.verdict(of: target))) \(words)"
        }
        let ratio = row.ratio(to: name).map { "is \(BenchUnit.plain($0)) × \(name.rawValue), " } ?? ""
        return "  \(mark(row.verdict(of: target))) \(ratio)\(words)"
    }

    private func mark(_ verdict: Target.Verdict) -> String {
        switch verdict {
        case .reached: "✓"
        case .short: "✗"
        case .unknown: "?"
        }
    }

    private var summary: String {
        func count(_ verdict: Target.Verdict) -> Int { rows.count { $0.verdict == verdict } }
        return
            "\(rows.count) rows: \(count(.reached)) reached, \(count(.short)) fall short, \(count(.unknown)) not compared"
    }
}
