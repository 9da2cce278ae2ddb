/// Which of a shop's copies are kept. What nothing is said of keeps all.
public struct BackupRetention: Hashable, Sendable {
    /// So many of the latest.
    public let last: Int?
    /// The last one of each of so many days on which one was made, in UTC.
    public let days: Int?
    /// The same of months.
    public let months: Int?

    public init(last: Int? = nil, days: Int? = nil, months: Int? = nil) {
        self.last = last
        self.days = days
        self.months = months
    }

    /// Those that no rule keeps. The latest is always kept.
    ///
    /// - Parameter stamps: the times of the copies, as their names have them, in any order.
    public func superseded(_ stamps: [String]) -> [String] {
        guard last != nil || days != nil || months != nil else { return [] }
        let latest = stamps.sorted(by: >)
        var kept = Set(latest.prefix(max(1, last ?? 1)))
        for (count, length) in [(days, "2026-11-30".count), (months, "2026-11".count)] {
            var periods: Set<Substring> = []
            for stamp in latest
            where periods.count < count ?? 0 && periods.insert(stamp.prefix(length)).inserted {
                kept.insert(stamp)
            }
        }
        return latest.filter { !kept.contains($0) }
    }
}
