import Foundation

/// Figures as a table for people and as JSON for comparing runs.
struct Report: Encodable {
    struct Line: Encodable {
        let what: String
        let unit: String
        let median: Double
        let p99: Double
        let runs: Int
    }

    private(set) var lines: [Line] = []

    /// Times `body` `runs` times in milliseconds and prints the line.
    mutating func time(_ what: String, runs: Int, _ body: () async throws -> Void) async rethrows {
        var samples: [Double] = []
        let clock = ContinuousClock()
        for _ in 0..<runs {
            let start = clock.now
            try await body()
            samples.append((clock.now - start) / .milliseconds(1))
        }
        add(what, unit: "ms", samples)
    }

    /// Adds samples, of which there is at least one.
    mutating func add(_ what: String, unit: String, _ samples: [Double]) {
        let sorted = samples.sorted()
        let line = Line(
            what: what, unit: unit, median: sorted[sorted.count / 2],
            p99: sorted[min(sorted.count - 1, sorted.count * 99 / 100)], runs: sorted.count)
        lines.append(line)
        print(line.text)
    }

    func write(to path: String?) throws {
        guard let path else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(self).write(to: URL(fileURLWithPath: path))
    }
}

extension Report.Line {
    static let header =
        "\("what".padded(58))\("median".padded(12, left: true))\("p99".padded(12, left: true))"

    var text: String {
        "\(what.padded(58))\(Self.number(median).padded(12, left: true))"
            + "\(Self.number(p99).padded(12, left: true)) \(unit)"
    }

    private static func number(_ value: Double) -> String {
        String(format: value < 100 ? "%.2f" : "%.0f", value)
    }
}

extension String {
    func padded(_ width: Int, left: Bool = false) -> String {
        let padding = String(repeating: " ", count: max(0, width - count))
        return left ? padding + self : self + padding
    }
}
