import Glibc
import StoreDomain

/// Times in the zone of this machine.
enum LocalTime {
    /// `2026-11-22 14:05`
    static func text(_ instant: Timestamp) -> String {
        CivilTime(instant, offsetSeconds: offset(at: instant)).minuteText
    }

    /// Seconds east of UTC.
    static func offset(at instant: Timestamp) -> Int {
        var seconds = time_t(instant.milliseconds / 1000)
        var reading = tm()
        localtime_r(&seconds, &reading)
        return reading.tm_gmtoff
    }

    /// The start of a day given as `2026-11-22`, moved on by so many days; nil for anything else.
    static func startOfDay(_ text: String, plusDays days: Int32 = 0) -> Timestamp? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, let year = Int32(parts[0]),
            let month = Int32(parts[1]), let day = Int32(parts[2]),
            Timestamp(year: Int(year), month: Int(month), day: Int(day)) != nil
        else { return nil }
        var reading = tm()
        reading.tm_year = year - 1900
        reading.tm_mon = month - 1
        reading.tm_mday = day + days
        reading.tm_isdst = -1
        return Timestamp(seconds: Int64(mktime(&reading)))
    }
}
