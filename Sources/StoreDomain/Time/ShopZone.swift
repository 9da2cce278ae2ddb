/// Offset of a zone: seconds east of UTC at an instant.
public typealias ZoneOffset = @Sendable (Timestamp) -> Int

/// The time zone in which a shop counts its days: its name, and what its clocks show at each instant.
public struct ShopZone: Sendable {
    /// An IANA name such as `Europe/Zurich`.
    public let name: String
    private let offset: ZoneOffset

    public init(name: String, offset: @escaping ZoneOffset) {
        self.name = name
        self.offset = offset
    }

    public static let utc = ShopZone(name: utcName) { _ in 0 }
    public static let utcName = "UTC"

    /// What the shop's clocks and calendar show.
    public func reading(_ instant: Timestamp) -> CivilTime {
        CivilTime(instant, offsetSeconds: offset(instant))
    }

    /// `2026-11-22`
    public func dateText(_ instant: Timestamp) -> String { reading(instant).dateText }

    /// `2026-11-22 14:05`
    public func minuteText(_ instant: Timestamp) -> String { reading(instant).minuteText }

    // MARK: - Days

    /// The instant at which a day begins: midnight, or where the clocks skip midnight the first instant after it.
    ///
    /// - Parameters:
    ///   - date: such as `2026-11-22`
    ///   - days: how many days later.
    /// - Returns: nil for a text that is no date.
    public func startOfDay(_ date: some StringProtocol, plusDays days: Int = 0) -> Timestamp? {
        let parts = date.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            let midnight = Timestamp(year: year, month: month, day: day)
        else { return nil }
        return start(of: midnight.milliseconds / 1000 / Self.day + Int64(days))
    }

    /// The instants at which the last days begin, the oldest first; the last is the day of `instant`. Days on
    /// which clocks change are shorter or longer.
    public func lastMidnights(_ count: Int, before instant: Timestamp) -> [Timestamp] {
        let today = (instant.milliseconds + Int64(offset(instant)) * 1000).flooredQuotient(1000 * Self.day)
        return (0..<max(0, count)).reversed().map { start(of: today - Int64($0)) }
    }

    private static let day: Int64 = 86_400

    /// The start of a day that is counted from 1970-01-01.
    private func start(of day: Int64) -> Timestamp {
        // As if the clocks showed UTC.
        let reading = Timestamp(seconds: day * Self.day)
        let (before, after) = (
            offset(reading.advanced(bySeconds: -Self.day)), offset(reading.advanced(bySeconds: Self.day))
        )
        // Clocks that go back show midnight twice: the day begins with the first.
        for candidate in [max(before, after), min(before, after)] {
            let start = reading.advanced(bySeconds: -Int64(candidate))
            if offset(start) == candidate { return start }
        }
        // Clocks that go forward over midnight never show it: the day begins when they change.
        var (low, high) = (
            reading.milliseconds / 1000 - Int64(max(before, after)),
            reading.milliseconds / 1000 - Int64(min(before, after))
        )
        while high - low > 1 {
            let middle = low + (high - low) / 2
            let isThere =
                Timestamp(seconds: middle).advanced(
                    bySeconds: Int64(offset(Timestamp(seconds: middle)))) >= reading
            if isThere { high = middle } else { low = middle }
        }
        return Timestamp(seconds: high)
    }
}

/// Two zones of one name are one zone.
extension ShopZone: Hashable {
    public static func == (left: ShopZone, right: ShopZone) -> Bool { left.name == right.name }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// Where the rules of time zones come from. Injected, so that the domain needs no calendar of the machine's.
public protocol ZoneSource: Sendable {
    /// nil for a name that no zone has here.
    func zone(named name: String) -> ShopZone?
    /// The zone of this machine.
    var machine: ShopZone { get }
}

/// Knows UTC alone: for a program without zones.
public struct OnlyUTC: ZoneSource {
    public init() {}

    public func zone(named name: String) -> ShopZone? { name == ShopZone.utcName ? .utc : nil }
    public var machine: ShopZone { .utc }
}

extension ZoneSource {
    /// The shop's zone, to show times in. A terminal that does not know a server's zone shows its own.
    public func shown(by policy: ShopPolicy) -> ShopZone { zone(named: policy.timeZone) ?? machine }

    /// The shop's zone, to count its days in.
    ///
    /// - Throws: `invalid` when this machine does not know the zone.
    public func counted(by policy: ShopPolicy) throws(StoreError) -> ShopZone {
        guard let zone = zone(named: policy.timeZone) else { throw PolicyField.unknownZone(policy.timeZone) }
        return zone
    }
}
