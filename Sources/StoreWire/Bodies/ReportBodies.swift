import StoreDomain

extension DaySales: WireNamed {
    public static var wireName: StaticString { "day" }
    public static var wirePlural: StaticString { "days" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            start: try json.member("start").time(), orders: try json.member("orders").int(in: 0 ... .max),
            total: try json.member("total").money())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("start", start)
            $0.member("orders", orders)
            $0.member("total", total)
        }
    }
}

/// The offset of a zone over some time, and when it changes within: how a zone travels to a server that
/// need not know its name. As text `3600,1774746000:7200`, seconds east of UTC and since 1970.
public struct ZoneOffsets: Hashable, Sendable {
    private let first: Int
    /// By time.
    private let changes: [Change]

    private struct Change: Hashable {
        let at: Timestamp
        let offset: Int
    }

    /// No place on Earth is further from UTC.
    private static let range = -18 * 3600...18 * 3600

    /// A zone's offsets from `start` to `end`; two changes within half a day count as one.
    public init(of zone: ZoneOffset, from start: Timestamp, to end: Timestamp) {
        first = zone(start)
        var changes: [Change] = []
        var (from, offset) = (start, first)
        while from < end {
            let next = min(end, from.advanced(bySeconds: 12 * 3600))
            if zone(next) != offset {
                offset = zone(next)
                changes.append(
                    Change(at: Self.change(of: zone, to: offset, after: from, until: next), offset: offset))
            }
            from = next
        }
        self.changes = changes
    }

    /// The second at which the zone gets an offset that it has at `end` and not at `start`.
    private static func change(
        of zone: ZoneOffset, to offset: Int, after start: Timestamp, until end: Timestamp
    ) -> Timestamp {
        var (low, high) = (start.milliseconds / 1000, end.milliseconds / 1000)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if zone(Timestamp(seconds: middle)) == offset { high = middle } else { low = middle }
        }
        return Timestamp(seconds: high)
    }

    /// nil for what is no such text, or an offset beyond 18 hours.
    public init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard let first = parts.first.flatMap({ Int($0) }), Self.range.contains(first), parts.count <= 100
        else { return nil }
        var changes: [Change] = []
        for part in parts.dropFirst() {
            let halves = part.split(separator: ":", omittingEmptySubsequences: false)
            guard halves.count == 2, let second = Int64(halves[0]), let offset = Int(halves[1]),
                second.magnitude < 1_000_000_000_000, Self.range.contains(offset)
            else { return nil }
            changes.append(Change(at: Timestamp(seconds: second), offset: offset))
        }
        self.first = first
        self.changes = changes.sorted { $0.at < $1.at }
    }

    public var text: String {
        let changes = changes.map { "\($0.at.milliseconds / 1000):\($0.offset)" }
        return ([String(first)] + changes).joined(separator: ",")
    }

    /// The offset at an instant.
    public func offset(at instant: Timestamp) -> Int {
        changes.last { $0.at <= instant }?.offset ?? first
    }
}
