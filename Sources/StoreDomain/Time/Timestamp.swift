/// An instant: milliseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Hashable, Comparable, Sendable, Codable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    public init(seconds: Int64) { milliseconds = seconds * 1000 }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    public func advanced(bySeconds seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds + seconds * 1000)
    }

    /// Whole seconds from `earlier` to here, rounded down.
    public func seconds(since earlier: Timestamp) -> Int64 {
        (milliseconds - earlier.milliseconds).flooredQuotient(1000)
    }
}

/// A calendar reading of an instant in some zone, proleptic Gregorian.
public struct CivilTime: Hashable, Sendable, Codable {
    public let year: Int
    /// 1…12
    public let month: Int
    /// 1…31
    public let day: Int
    public let hour: Int
    public let minute: Int
    public let second: Int
    public let millisecond: Int

    /// The reading in UTC, for what machines read. What people read is in a zone: `ShopZone.reading`.
    public init(utc instant: Timestamp) { self.init(instant, offsetSeconds: 0) }

    /// The reading of `instant` on a clock `offsetSeconds` east of UTC.
    public init(_ instant: Timestamp, offsetSeconds: Int) {
        let local = instant.milliseconds + Int64(offsetSeconds) * 1000
        let days = local.flooredQuotient(86_400_000)
        let inDay = Int(local - days * 86_400_000)
        // Days to date by counting from 0000-03-01 in eras of 400 years (146,097 days each).
        let shifted = days + 719_468
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
        month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
        hour = inDay / 3_600_000
        minute = inDay / 60_000 % 60
        second = inDay / 1000 % 60
        millisecond = inDay % 1000
    }

    /// `2026-11-22`
    public var dateText: String { "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))" }
    /// `2026-11-22 14:05`
    public var minuteText: String { "\(dateText) \(hour.padded(2)):\(minute.padded(2))" }
}

extension Timestamp {
    /// The instant of a calendar reading in UTC; nil when a field is out of range.
    public init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        guard (-9999...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        let shifted = Int64(month <= 2 ? year - 1 : year)
        let era = shifted.flooredQuotient(400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * Int64(month > 2 ? month - 3 : month + 9) + 2) / 5 + Int64(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        guard CivilTime(utc: Timestamp(seconds: days * 86_400)).day == day else { return nil }
        self.init(seconds: days * 86_400 + Int64(hour * 3600 + minute * 60 + second))
    }

    /// RFC 3339 in UTC: `2026-11-22T14:05:09Z`, with milliseconds when there are any.
    public var rfc3339: String {
        let time = CivilTime(utc: self)
        let fraction = time.millisecond == 0 ? "" : ".\(time.millisecond.padded(3))"
        return
            "\(time.dateText)T\(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2))\(fraction)Z"
    }
}

extension Int {
    /// With zeros in front up to `width` digits.
    func padded(_ width: Int) -> String {
        let digits = String(magnitude)
        let zeros = String(repeating: "0", count: Swift.max(0, width - digits.count))
        return (self < 0 ? "-" : "") + zeros + digits
    }
}

extension Int64 {
    /// Division rounded towards minus infinity.
    func flooredQuotient(_ divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
