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

extension Timestamp {
    /// Reads `2026-11-22T14:05:09Z`, also with fractions of a second or an offset such as `+01:00`.
    init?(rfc3339 text: String) {
        var rest = Substring(text)
        func number(_ count: Int, after separator: Character? = nil) -> Int? {
            if let separator {
                guard rest.first == separator else { return nil }
                rest = rest.dropFirst()
            }
            let digits = rest.prefix(count)
            guard digits.utf8.count == count, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                return nil
            }
            rest = rest.dropFirst(count)
            return Int(digits)
        }
        guard let year = number(4), let month = number(2, after: "-"), let day = number(2, after: "-"),
            let hour = number(2, after: "T"), let minute = number(2, after: ":"),
            let second = number(2, after: ":"),
            let instant = Timestamp(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        var milliseconds: Int64 = 0
        if rest.first == "." {
            let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty else { return nil }
            milliseconds = Int64("\(digits)00".prefix(3)) ?? 0
            rest = rest.dropFirst(digits.count + 1)
        }
        var offset = 0
        if rest != "Z" {
            guard let sign = rest.first, sign == "+" || sign == "-" else { return nil }
            rest = rest.dropFirst()
            guard let hours = number(2), let minutes = number(2, after: ":"), rest.isEmpty else { return nil }
            offset = (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
        }
        self.init(milliseconds: instant.milliseconds + milliseconds - Int64(offset) * 1000)
    }
}
