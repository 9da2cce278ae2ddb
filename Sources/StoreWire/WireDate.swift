import StoreDomain

/// Times as servers of the contract write them.
public enum WireDate {
    /// Reads RFC 3339, ISO 8601 without a zone (taken for UTC) or with a blank for the `T`, a date alone, and
    /// the date of HTTP (`Sun, 22 Nov 2026 14:05:09 GMT`). Fractions are cut after milliseconds, a leap
    /// second is the second after. nil for anything else.
    public static func parse(_ text: some StringProtocol) -> Timestamp? {
        var scanner = Scanner(text)
        return scanner.text.first.map { (0x30...0x39).contains($0) } == true
            ? scanner.iso() : scanner.httpDate()
    }

    private struct Scanner {
        var text: ArraySlice<UInt8>

        init(_ text: some StringProtocol) { self.text = Array(text.trimmedText.utf8)[...] }

        mutating func take(_ byte: Character) -> Bool {
            guard text.first == byte.asciiValue else { return false }
            text.removeFirst()
            return true
        }

        mutating func digits(_ count: ClosedRange<Int>) -> Int? {
            let run = text.prefix(count.upperBound).prefix { (0x30...0x39).contains($0) }
            guard run.count >= count.lowerBound else { return nil }
            text = text.dropFirst(run.count)
            return run.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }

        mutating func word(_ length: Int) -> String {
            defer { text = text.dropFirst(length) }
            return String(decoding: text.prefix(length), as: UTF8.self)
        }

        mutating func clock() -> (hour: Int, minute: Int, second: Int)? {
            guard let hour = digits(2...2), take(":"), let minute = digits(2...2) else { return nil }
            guard take(":") else { return (hour, minute, 0) }
            guard let second = digits(2...2) else { return nil }
            return (hour, minute, second)
        }

        mutating func milliseconds() -> Int? {
            guard take(".") || take(",") else { return 0 }
            let run = text.prefix { (0x30...0x39).contains($0) }
            guard !run.isEmpty else { return nil }
            text = text.dropFirst(run.count)
            return (0..<3).reduce(0) { value, place in
                value * 10 + (place < run.count ? Int(run[run.startIndex + place] - 0x30) : 0)
            }
        }

        /// Seconds east of UTC, at most 18 hours either way.
        mutating func zone() -> Int? {
            if text.isEmpty || take("Z") || take("z") { return 0 }
            let sign = take("-") ? -1 : take("+") ? 1 : 0
            guard sign != 0, let hours = digits(2...2) else { return nil }
            _ = take(":")
            let minutes = text.isEmpty ? 0 : digits(2...2)
            guard let minutes, let seconds = Timestamp.offsetSeconds(hours: hours, minutes: minutes) else {
                return nil
            }
            return sign * seconds
        }

        mutating func iso() -> Timestamp? {
            guard let year = digits(4...4), take("-"), let month = digits(2...2), take("-"),
                let day = digits(2...2)
            else { return nil }
            guard !text.isEmpty else { return Timestamp(year: year, month: month, day: day) }
            guard take("T") || take("t") || take(" "), let clock = clock(),
                let milliseconds = milliseconds(), let offset = zone(), text.isEmpty,
                let time = Timestamp(
                    year: year, month: month, day: day, hour: clock.hour, minute: clock.minute,
                    second: clock.second)
            else { return nil }
            return Timestamp(
                milliseconds: time.milliseconds + Int64(milliseconds) - Int64(offset) * 1000)
        }

        mutating func httpDate() -> Timestamp? {
            let weekday = word(3)
            guard WireDate.weekdays.contains(weekday), take(","), take(" "), let day = digits(1...2),
                take(" "), let month = WireDate.months.firstIndex(of: word(3)), take(" "),
                let year = digits(4...4), take(" "), let clock = clock(), take(" ")
            else { return nil }
            let zone = word(text.count)
            guard ["GMT", "UTC", "+0000", "-0000"].contains(zone) else { return nil }
            return Timestamp(
                year: year, month: month + 1, day: day, hour: clock.hour, minute: clock.minute,
                second: clock.second)
        }
    }

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
