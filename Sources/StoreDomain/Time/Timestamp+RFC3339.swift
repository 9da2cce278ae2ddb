extension Timestamp {
    /// Reads `2026-11-22T14:05:09Z`, also with fractions of a second or an offset such as `+01:00`, at most 18
    /// hours either way. nil for anything else.
    public init?(rfc3339 text: String) {
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
            guard let hours = number(2), let minutes = number(2, after: ":"), rest.isEmpty,
                let seconds = Self.offsetSeconds(hours: hours, minutes: minutes)
            else { return nil }
            offset = sign == "-" ? -seconds : seconds
        }
        self.init(milliseconds: instant.milliseconds + milliseconds - Int64(offset) * 1000)
    }

    /// The distance of a time zone from UTC, in seconds; nil beyond 18 hours, which no zone reaches, and for
    /// minutes beyond 59.
    package static func offsetSeconds(hours: Int, minutes: Int) -> Int? {
        let seconds = hours * 3600 + minutes * 60
        return minutes < 60 && seconds <= 18 * 3600 ? seconds : nil
    }
}
