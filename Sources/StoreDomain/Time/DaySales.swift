/// What was sold on one day.
public struct DaySales: Hashable, Sendable, Codable {
    /// Midnight, as the zone has it.
    public let start: Timestamp
    /// Paid orders that were placed on it.
    public let orders: Int
    /// What they came to.
    public let total: Money

    public init(start: Timestamp, orders: Int, total: Money) {
        self.start = start
        self.orders = orders
        self.total = total
    }
}

/// Offset of a zone: seconds east of UTC at an instant.
public typealias ZoneOffset = @Sendable (Timestamp) -> Int

extension Timestamp {
    /// The midnights that begin the last days of a zone, the oldest first; the last is the one before `self`.
    /// Days on which clocks change are shorter or longer.
    public func lastMidnights(_ count: Int, in zone: ZoneOffset) -> [Timestamp] {
        var midnights: [Timestamp] = []
        var instant = self
        for _ in 0..<max(0, count) {
            let midnight = instant.midnight(in: zone)
            midnights.append(midnight)
            // No zone has a day shorter than this.
            instant = midnight.advanced(bySeconds: -12 * 3600)
        }
        return midnights.reversed()
    }

    private func midnight(in zone: ZoneOffset) -> Timestamp {
        let local = milliseconds + Int64(zone(self)) * 1000
        let reading = local.flooredQuotient(86_400_000) * 86_400
        // The offset may have changed since then.
        let guess = Timestamp(seconds: reading - Int64(zone(self)))
        return Timestamp(seconds: reading - Int64(zone(guess)))
    }
}
