/// A day of the shop's calendar, whatever zone its clocks are in.
public struct ShopDay: Hashable, Comparable, Sendable, Codable {
    /// Days since 1970-01-01.
    public let number: Int

    public init(number: Int) { self.number = number }

    /// Reads `2026-11-22`; nil for what is no date.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day that somebody typed; nil for nothing.
    ///
    /// - Throws: `invalid` that names the field, for what is no day.
    public static func typed(_ text: String?, _ field: String) throws(StoreError) -> ShopDay? {
        guard let text = text?.trimmedText, !text.isEmpty else { return nil }
        guard let day = ShopDay(text) else {
            throw .invalid([FieldProblem(field, "must be a day such as 2026-12-31")])
        }
        return day
    }

    /// nil where the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard let midnight = Timestamp(year: year, month: month, day: day) else { return nil }
        number = Int(midnight.milliseconds.flooredQuotient(86_400_000))
    }

    public static func < (left: ShopDay, right: ShopDay) -> Bool { left.number < right.number }

    private var reading: CivilTime { CivilTime(utc: Timestamp(seconds: Int64(number) * 86_400)) }

    public var year: Int { reading.year }
    /// 1…12
    public var month: Int { reading.month }
    /// 1…31
    public var dayOfMonth: Int { reading.day }
    /// `2026-11-22`
    public var text: String { reading.dateText }
    /// `2026-11`
    public var monthText: String { String(text.dropLast(3)) }

    public func advanced(by days: Int) -> ShopDay { ShopDay(number: number + days) }

    /// The first day of its month.
    public var startOfMonth: ShopDay { advanced(by: 1 - dayOfMonth) }

    /// The first day of the next month.
    public var startOfNextMonth: ShopDay { startOfMonth.advanced(by: 31).startOfMonth }

    /// The same day a year before; 28 February for the 29th.
    public var yearBefore: ShopDay {
        ShopDay(year: year - 1, month: month, day: dayOfMonth)
            ?? ShopDay(year: year - 1, month: month, day: dayOfMonth - 1) ?? self
    }

    public var weekday: ShopWeekday {
        // 1970-01-01 was a Thursday.
        ShopWeekday.allCases[((number + 3) % 7 + 7) % 7]
    }

    /// The Monday of its week.
    public var startOfWeek: ShopDay {
        advanced(by: -(ShopWeekday.allCases.firstIndex(of: weekday) ?? 0))
    }
}

/// A day of the week, from Monday.
public enum ShopWeekday: String, Hashable, Sendable, Codable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    public var word: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
    /// "Mon"
    public var shortWord: String { String(word.prefix(3)) }
}

/// The day and the hour of the shop's on which something counts.
public struct ShopMoment: Hashable, Sendable, Codable {
    public let day: ShopDay
    /// 0…23
    public let hour: Int

    public init(day: ShopDay, hour: Int) {
        self.day = day
        self.hour = hour
    }
}

extension ShopZone {
    /// The day and the hour that the shop's clocks and calendar show.
    public func moment(_ instant: Timestamp) -> ShopMoment {
        let reading = reading(instant)
        let day = ShopDay(year: reading.year, month: reading.month, day: reading.day)
        return ShopMoment(day: day ?? ShopDay(number: 0), hour: reading.hour)
    }
}

/// On which day an instant counts: by the zone that the shop was in then. Who changes the zone leaves the days before
/// as they are.
public struct ShopCalendar: Sendable {
    private let zones: [(from: Timestamp, zone: ShopZone)]

    /// - Parameter policies: every version. A zone that this machine does not know counts as UTC.
    public init(_ policies: [PolicyVersion], zones: any ZoneSource) {
        self.zones = policies.sorted { $0.number < $1.number }.map {
            ($0.at, ShopCalendar.zone(of: $0.policy, zones))
        }
    }

    public func moment(_ instant: Timestamp) -> ShopMoment {
        let zone = zones.last { $0.from <= instant }?.zone ?? zones.first?.zone ?? .utc
        return zone.moment(instant)
    }

    /// The zone in which a policy counts days.
    public static func zone(of policy: ShopPolicy, _ zones: any ZoneSource) -> ShopZone {
        zones.zone(named: policy.timeZone) ?? .utc
    }
}
