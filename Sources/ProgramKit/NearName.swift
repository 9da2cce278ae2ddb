/// Finds the name that somebody may have meant.
package enum NearName {
    /// The nearest of `names`, letter case aside, that is at most two slips away (a letter left out, added,
    /// wrong, or two swapped) and less than half of it; nil when there is none.
    package static func find(_ text: String, in names: [String]) -> String? {
        let limit = min(2, max(0, (text.count - 1) / 2))
        return names.map { ($0, slips(text.lowercased(), $0.lowercased())) }
            .filter { $0.1 <= limit }
            .min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
    }

    private static func slips(_ one: String, _ other: String) -> Int {
        let (a, b) = (Array(one), Array(other))
        guard abs(a.count - b.count) <= 2 else { return .max }
        var rows = [Array(0...b.count)]
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
