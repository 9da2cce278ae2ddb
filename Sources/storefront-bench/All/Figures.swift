/// Samples of one measurement, at least one, and what they say.
struct Figures: Hashable, Sendable {
    /// In rising order.
    let samples: [Double]

    /// nil without a sample; what is no number is none.
    init?(_ samples: [Double]) {
        let numbers = samples.filter(\.isFinite)
        guard !numbers.isEmpty else { return nil }
        self.samples = numbers.sorted()
    }

    /// The one in the middle, or what lies between the two there.
    var median: Double {
        let middle = samples.count / 2
        return samples.count.isMultiple(of: 2) ? (samples[middle - 1] + samples[middle]) / 2 : samples[middle]
    }

    /// The least sample that at least 99 of 100 do not exceed.
    var p99: Double { samples[(samples.count * 99 + 99) / 100 - 1] }
    var low: Double { samples[0] }
    var high: Double { samples[samples.count - 1] }
}

/// Which of its figures a row is judged by.
enum Statistic: String, Sendable, Codable {
    case median, p99, worst

    func value(of figures: Figures) -> Double {
        switch self {
        case .median: figures.median
        case .p99: figures.p99
        case .worst: figures.high
        }
    }

    /// What it is called beside a figure.
    var word: String {
        switch self {
        case .median: ""
        case .p99: "p99 "
        case .worst: "worst "
        }
    }
}

/// What a figure must reach.
enum Target: Hashable, Sendable {
    case atMost(Double)
    case atMostTimes(Double, of: PeerName)
    case atLeastTimes(Double, of: PeerName)

    enum Verdict: String, Sendable, Codable {
        case reached
        case short = "falls short"
        /// There is nothing to compare with, or no figure.
        case unknown = "not compared"
    }

    /// - Parameters:
    ///   - ours: the figure; nil where none was taken.
    ///   - peer: gives a peer's figure.
    func verdict(ours: Double?, peer: (PeerName) -> Double?) -> Verdict {
        guard let ours else { return .unknown }
        switch self {
        case .atMost(let limit): return ours <= limit ? .reached : .short
        case .atMostTimes(let times, let name):
            guard let other = peer(name) else { return .unknown }
            return ours <= times * other ? .reached : .short
        case .atLeastTimes(let times, let name):
            guard let other = peer(name) else { return .unknown }
            return ours >= times * other ? .reached : .short
        }
    }

    /// Whom it compares with; nil for a figure of its own.
    var peer: PeerName? {
        switch self {
        case .atMost: nil
        case .atMostTimes(_, let name), .atLeastTimes(_, let name): name
        }
    }

    func words(_ unit: BenchUnit) -> String {
        switch self {
        case .atMost(let limit): "at most \(unit.text(limit))"
        case .atMostTimes(let times, let name): "at most \(BenchUnit.plain(times)) × \(name.rawValue)"
        case .atLeastTimes(let times, let name): "at least \(BenchUnit.plain(times)) × \(name.rawValue)"
        }
    }
}

/// What is measured beside the shop.
enum PeerName: String, Sendable, Codable, CaseIterable {
    case tig
    case flask = "Flask"
    case bareSQLite = "bare SQLite"
    case fixedBody = "fixed body"
    case firstPage = "first page"
    case oneClient = "one client"
    case noFlood = "no flood"
}

/// What a figure counts.
enum BenchUnit: String, Sendable, Codable {
    case milliseconds = "ms"
    case bytes = "bytes"
    case megabytes = "MB"
    case perSecond = "/s"
    case wakes = "wake-ups"

    func text(_ value: Double) -> String {
        switch self {
        case .perSecond: Self.plain(value) + rawValue
        case .milliseconds, .bytes, .megabytes, .wakes: "\(Self.plain(value)) \(rawValue)"
        }
    }

    /// Three digits that count, with commas between thousands.
    static func plain(_ value: Double) -> String {
        guard value < 999.5 else {
            var (digits, parts) = (String(Int(value.rounded())), [String]())
            while digits.count > 3 {
                parts.insert(String(digits.suffix(3)), at: 0)
                digits.removeLast(3)
            }
            return ([digits] + parts).joined(separator: ",")
        }
        let places = value >= 100 ? 0 : value >= 10 ? 1 : 2
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let whole = Int((value * scale).rounded())
        let text = String(whole / Int(scale))
        guard places > 0, whole % Int(scale) != 0 else { return text }
        let rest = String(whole % Int(scale))
        let padded = String(repeating: "0", count: places - rest.count) + rest
        return text + "." + (padded.hasSuffix("0") ? String(padded.dropLast()) : padded)
    }
}
