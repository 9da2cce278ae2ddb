import StoreDomain

/// A day, or a moment of one, as an export writes it.
///
/// Read are the ISO forms with and without time and offset (`2026-11-01`, `2026-11-01 0:00:00`,
/// `2026-11-01T00:00:00+01:00`), `2026/11/01`, `20261101`, days before months with points (`01.11.2026`),
/// months by name in English (`Nov 1, 2026`, `1 November 2026`), seconds since 1970, and slashes, where the
/// month comes first unless that is no month: `11/30/2026`. `01/02/2026` can be two days.
struct WrittenDate: Hashable {
    enum Moment: Hashable {
        /// All of a day on the shop's calendar: year, month, day as one number, 20261130.
        case day(Int)
        /// A reading of the shop's clock: the day and the second of it.
        case clock(Int, Int)
        case instant(Timestamp)
    }

    /// What the text can mean, the month first before the day first; none for what is no date.
    let meanings: [Moment]
    /// Its numbers, where they are parted by slashes.
    private let slashed: [Int]

    init(_ text: String) {
        let text = text.trimmedText
        slashed = text.split(separator: "/").compactMap { Int($0) }
        meanings =
            Self.iso(text) ?? Self.stamp(text) ?? Self.named(text) ?? Self.numeric(text) ?? []
    }

    /// Whether a span that begins here has begun.
    static func hasBegun(_ moment: Moment, at now: Timestamp, in zone: ShopZone) -> Bool {
        let (day, second) = reading(of: now, in: zone)
        return switch moment {
        case .day(let first): first <= day
        case .clock(let first, let start): (first, start) <= (day, second)
        case .instant(let start): start <= now
        }
    }

    /// Whether a span that ends here goes on; a day counts to its end.
    static func goesOn(_ moment: Moment, at now: Timestamp, in zone: ShopZone) -> Bool {
        let (day, second) = reading(of: now, in: zone)
        return switch moment {
        case .day(let last): day <= last
        case .clock(let last, let end): (day, second) <= (last, end)
        case .instant(let end): now <= end
        }
    }

    private static func reading(of instant: Timestamp, in zone: ShopZone) -> (day: Int, second: Int) {
        let time = zone.reading(instant)
        return (
            time.year * 10_000 + time.month * 100 + time.day,
            time.hour * 3600 + time.minute * 60 + time.second
        )
    }

    // MARK: - Spellings

    private static func day(_ year: Int?, _ month: Int?, _ day: Int?) -> Int? {
        guard let year, let month, let day, (1000...9999).contains(year),
            Timestamp(year: year, month: month, day: day) != nil
        else { return nil }
        return year * 10_000 + month * 100 + day
    }

    private static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
        digits.contains(text.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }

    /// Year, month, day and maybe a time.
    private static func iso(_ text: String) -> [Moment]? {
        let parts = text.split(maxSplits: 1) { $0 == " " || $0 == "T" || $0 == "t" }
        guard let date = parts.first else { return nil }
        let fields = date.split(separator: date.contains("/") ? "/" : "-", omittingEmptySubsequences: false)
        guard fields.count == 3,
            let day = day(
                number(fields[0], digits: 4...4), number(fields[1], digits: 1...2),
                number(fields[2], digits: 1...2))
        else { return nil }
        guard parts.count == 2 else { return [.day(day)] }
        return moment(day, parts[1]).map { [$0] } ?? []
    }

    private static func moment(_ day: Int, _ text: Substring) -> Moment? {
        var time = text.trimmedText[...]
        var offset: Int?
        if time.last == "Z" || time.last == "z" {
            offset = 0
            time = time.dropLast()
        } else if let sign = time.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            let zone = time[time.index(after: sign)...].filter { $0 != ":" }
            guard let digits = number(zone[...], digits: 4...4) else { return nil }
            let seconds = digits / 100 * 3600 + digits % 100 * 60
            offset = time[sign] == "-" ? -seconds : seconds
            time = time[..<sign]
        }
        let fields = time.split(separator: ".")[0].split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(fields.count), let hour = number(fields[0], digits: 1...2), hour < 24,
            let minute = number(fields[1], digits: 2...2), minute < 60,
            let second = fields.count == 3 ? number(fields[2], digits: 2...2) : 0, second < 60
        else { return nil }
        guard let offset else { return .clock(day, hour * 3600 + minute * 60 + second) }
        return Timestamp(
            year: day / 10_000, month: day / 100 % 100, day: day % 100, hour: hour, minute: minute,
            second: second
        ).map { .instant($0.advanced(bySeconds: Int64(-offset))) }
    }

    /// `1793491200` and `20261101`.
    private static func stamp(_ text: String) -> [Moment]? {
        guard let value = number(text[...], digits: 8...11) else { return nil }
        if text.count == 8 { return day(value / 10_000, value / 100 % 100, value % 100).map { [.day($0)] } }
        return [.instant(Timestamp(seconds: Int64(value)))]
    }

    /// `Nov 1, 2026`, `1 November 2026`, `1-Nov-2026`.
    private static func named(_ text: String) -> [Moment]? {
        let words = text.split { $0 == " " || $0 == "," || $0 == "-" || $0 == "." }
        guard words.count == 3 else { return nil }
        let months = words.map(month)
        let found: Int? =
            if let month = months[0] {
                day(number(words[2], digits: 4...4), month, number(ordinal(words[1]), digits: 1...2))
            } else if let month = months[1] {
                day(number(words[2], digits: 4...4), month, number(ordinal(words[0]), digits: 1...2))
            } else {
                nil
            }
        return found.map { [.day($0)] }
    }

    private static func ordinal(_ text: Substring) -> Substring {
        ["st", "nd", "rd", "th"].contains { text.lowercased().hasSuffix($0) } ? text.dropLast(2) : text
    }

    private static func month(_ text: Substring) -> Int? {
        let names = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ]
        let name = text.lowercased()
        guard name.count >= 3 else { return nil }
        return names.firstIndex { $0.hasPrefix(name) || name == "sept" && $0 == "september" }.map { $0 + 1 }
    }

    /// `01.11.2026` and `1-11-2026` begin with the day, `11/01/2026` with the month or, where it is none, the
    /// day.
    private static func numeric(_ text: String) -> [Moment]? {
        for separator: Character in [".", "-", "/"] {
            let fields = text.split(separator: separator, omittingEmptySubsequences: false)
            guard fields.count == 3, let first = number(fields[0], digits: 1...2),
                let second = number(fields[1], digits: 1...2), let year = number(fields[2], digits: 4...4)
            else { continue }
            let dayFirst = day(year, second, first).map(Moment.day)
            let monthFirst = separator == "/" ? day(year, first, second).map(Moment.day) : nil
            var meanings = [monthFirst, dayFirst].compactMap(\.self)
            if meanings.count == 2, meanings[0] == meanings[1] { meanings.removeLast() }
            return meanings
        }
        return nil
    }
}

extension WrittenDate {
    /// Whether the day stands before the month; nil where the date can be read both ways or has a name in it.
    var showsDayFirst: Bool? {
        guard meanings.count == 1, case .day(let day)? = meanings.first, let first = slashed.first,
            slashed.count == 3, slashed[1] != first
        else { return nil }
        return day % 100 == first
    }

    /// The meanings, where slashes may part days and months the one way or the other.
    ///
    /// - Parameter dayFirst: what other dates of the file show.
    func meanings(dayFirst: Bool?) -> [Moment] {
        guard meanings.count == 2, let dayFirst else { return meanings }
        return [meanings[dayFirst ? 1 : 0]]
    }
}
