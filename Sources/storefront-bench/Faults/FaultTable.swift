/// Promises and what came of trying to break them.
struct FaultTable {
    let tallies: [FaultTally]

    private static let heads = ["rounds", "acknowledged", "found", "lost", "twice", "half"]
    private static let nameWidth = 30

    var lines: [String] {
        var lines = ["".padded(Self.nameWidth) + Self.heads.map { $0.padded(13, left: true) }.joined()]
        for fault in FaultKind.allCases {
            let own = tallies.filter { $0.fault == fault && $0.rounds > 0 }
            guard !own.isEmpty else { continue }
            lines.append(fault.promise)
            for tally in own {
                let figures = [
                    tally.rounds, tally.acknowledged, tally.found, tally.lost, tally.twice, tally.half,
                ]
                lines.append(
                    "  \(tally.store.rawValue)".padded(Self.nameWidth)
                        + figures.map { BenchUnit.plain(Double($0)).padded(13, left: true) }.joined()
                        + (tally.breaches.isEmpty ? "  ✓" : "  ✗ BROKEN"))
            }
        }
        let breaches = tallies.flatMap(\.breaches)
        lines.append(
            breaches.isEmpty
                ? "No promise was broken." : "\(breaches.count) rounds broke a promise; each is repeated by:")
        return lines + breaches.map { "  " + $0 }
    }
}
