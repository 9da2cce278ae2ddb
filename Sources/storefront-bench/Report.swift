import Foundation

/// Figures as a table for people and as JSON for comparing runs.
struct Report: Encodable {
    struct Line: Encodable {
        let what: String
        let unit: String
        let median: Double
        let p99: Double
        /// What the process's own threads took, which other programs on the machine do not distort; 0 when
        /// not measured.
        let medianCPU: Double
        let p99CPU: Double
        let runs: Int
    }

    private(set) var lines: [Line] = []

    /// Times `body` `runs` times and prints the line.
    mutating func time(_ what: String, runs: Int, _ body: () async throws -> Void) async rethrows {
        var stopwatch = Stopwatch()
        for _ in 0..<runs { try await stopwatch.time(body) }
        add(what, stopwatch)
    }

    /// Adds what a stopwatch, used at least once, measured.
    mutating func add(_ what: String, _ stopwatch: Stopwatch) {
        let (wall, cpu) = (stopwatch.wall.sorted(), stopwatch.cpu.sorted())
        add(
            Line(
                what: what, unit: "ms", median: wall.middle, p99: wall.percentile99, medianCPU: cpu.middle,
                p99CPU: cpu.percentile99, runs: wall.count))
    }

    /// Adds samples of anything, of which there is at least one.
    mutating func add(_ what: String, unit: String, _ samples: [Double]) {
        let sorted = samples.sorted()
        add(
            Line(
                what: what, unit: unit, median: sorted.middle, p99: sorted.percentile99, medianCPU: 0,
                p99CPU: 0, runs: sorted.count))
    }

    private mutating func add(_ line: Line) {
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

/// Milliseconds of wall and processor time, run by run.
struct Stopwatch {
    private(set) var wall: [Double] = []
    private(set) var cpu: [Double] = []

    mutating func time(_ body: () async throws -> Void) async rethrows {
        let clock = ContinuousClock()
        let (start, startCPU) = (clock.now, Self.cpuNow)
        try await body()
        cpu.append(Self.cpuNow - startCPU)
        wall.append((clock.now - start) / .milliseconds(1))
    }

    mutating func add(_ other: Stopwatch) {
        wall += other.wall
        cpu += other.cpu
    }

    private static var cpuNow: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
    }
}

extension [Double] {
    fileprivate var middle: Double { self[count / 2] }
    fileprivate var percentile99: Double { self[Swift.min(count - 1, count * 99 / 100)] }
}

extension Report.Line {
    static let header =
        "what".padded(58)
        + ["median", "p99", "cpu median", "cpu p99"].map { $0.padded(12, left: true) }.joined()

    var text: String {
        let figures = [median, p99] + (unit == "ms" ? [medianCPU, p99CPU] : [])
        return what.padded(58) + figures.map { Self.number($0).padded(12, left: true) }.joined() + " \(unit)"
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
