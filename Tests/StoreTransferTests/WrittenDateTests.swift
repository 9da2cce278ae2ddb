import StoreDomain
import Testing

@testable import StoreTransfer

@Suite("Dates as exports write them") struct WrittenDateTests {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ]

    /// Every way to write a day, whether or not there is such a day.
    private static func spellings(_ year: Int, _ month: Int, _ day: Int) -> [String] {
        func both(_ number: Int) -> [String] { number < 10 ? ["\(number)", "0\(number)"] : ["\(number)"] }
        var found: [String] = []
        for m in both(month) {
            for d in both(day) {
                found += [
                    "\(year)-\(m)-\(d)", "\(year)/\(m)/\(d)", "\(d).\(m).\(year)", "\(d)-\(m)-\(year)",
                    "\(m)/\(d)/\(year)", "\(d)/\(m)/\(year)",
                ]
            }
        }
        if month >= 0, day >= 0 { found.append("\(year * 10_000 + month * 100 + day)") }
        if months.indices.contains(month - 1) {
            let name = months[month - 1]
            for word in [name, String(name.prefix(3)), name.uppercased()] {
                for d in both(day) {
                    found += ["\(word) \(d), \(year)", "\(d) \(word) \(year)", "\(d)-\(word)-\(year)"]
                }
            }
        }
        return found
    }

    /// What each text means, by writing down every day of three years in every way.
    private static let meanings: [String: Set<Int>] = {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var meanings: [String: Set<Int>] = [:]
        for year in 2024...2026 {
            for month in 1...12 {
                for day in 1...(month == 2 && year == 2024 ? 29 : lengths[month - 1]) {
                    for text in spellings(year, month, day) {
                        meanings[text, default: []].insert(year * 10_000 + month * 100 + day)
                    }
                }
            }
        }
        return meanings
    }()

    @Test(arguments: [0x4461_7465] as [UInt64]) func meanWhatAListOfAllDaysSays(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<8_000 {
            let (year, month, day) = (
                Int.random(in: 2024...2026, using: &random), Int.random(in: 0...13, using: &random),
                Int.random(in: 0...32, using: &random)
            )
            guard let text = Self.spellings(year, month, day).randomElement(using: &random) else { continue }
            let found = WrittenDate(text).meanings.compactMap { moment -> Int? in
                guard case .day(let day) = moment else { return nil }
                return day
            }
            #expect(Set(found) == Self.meanings[text] ?? [], "\(text)")
        }
    }

    @Test func momentsOfADayAreTheShopsOrTheirOwnZones() {
        let noon = Timestamp(seconds: 1_795_348_800)  // 2026-11-22T12:00:00Z
        func goesOn(_ text: String, _ hours: Int) -> [Bool] {
            WrittenDate(text).meanings.map {
                WrittenDate.goesOn($0, at: noon, in: ShopZone(name: "\(hours)") { _ in hours * 3600 })
            }
        }
        #expect(goesOn("2026-11-22 12:30:00", 0) == [true])
        #expect(goesOn("2026-11-22 12:30:00", 1) == [false])
        #expect(goesOn("2026-11-22T12:30:00+01:00", 1) == [false])
        #expect(goesOn("2026-11-22T12:30:00Z", 1) == [true])
        #expect(goesOn("2026-11-22 9:05", -5) == [true])
        #expect(WrittenDate("2026-11-22 25:00").meanings.isEmpty)
        #expect(WrittenDate("tomorrow").meanings.isEmpty)
    }
}
