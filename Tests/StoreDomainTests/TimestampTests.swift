import StoreContracts
import StoreDomain
import Testing

@Suite("Instants and calendar readings agree")
struct TimestampTests {
    @Test(
        "Known days",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_356_309, "2026-11-22T14:05:09Z"), (-1, "1969-12-31T23:59:59Z"),
            (4_102_444_799, "2099-12-31T23:59:59Z"), (-62_135_596_800, "0001-01-01T00:00:00Z"),
        ])
    func known(seconds: Int64, text: String) {
        #expect(Timestamp(seconds: seconds).rfc3339 == text)
    }

    @Test("Milliseconds are written when there are any")
    func fraction() {
        #expect(Timestamp(milliseconds: 1_795_356_309_007).rfc3339 == "2026-11-22T14:05:09.007Z")
        #expect(Timestamp(milliseconds: -1).rfc3339 == "1969-12-31T23:59:59.999Z")
        #expect(CivilTime(utc: Timestamp(seconds: 1_795_356_309)).minuteText == "2026-11-22 14:05")
        #expect(
            CivilTime(Timestamp(seconds: 1_795_356_309), offsetSeconds: 36_000).minuteText
                == "2026-11-23 00:05")
        #expect(
            CivilTime(Timestamp(seconds: 1_795_356_309), offsetSeconds: -54_000).minuteText
                == "2026-11-21 23:05")
    }

    @Test(
        "Whatever is read from the calendar is the instant it came from",
        arguments: [0x5469_6D65] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<20_000 {
            let instant = Timestamp(seconds: .random(in: -62_135_596_800...253_402_300_799, using: &random))
            let time = CivilTime(utc: instant)
            #expect(
                Timestamp(
                    year: time.year, month: time.month, day: time.day, hour: time.hour, minute: time.minute,
                    second: time.second) == instant)
        }
    }

    @Test("The day after a day is the next one, through four centuries")
    func consecutive() throws {
        let first = try #require(Timestamp(year: 1900, month: 1, day: 1))
        var previous = CivilTime(utc: first)
        for day in 1...146_097 {
            let time = CivilTime(utc: first.advanced(bySeconds: Int64(day) * 86_400))
            let isNext =
                (time.year, time.month, time.day) == (previous.year, previous.month, previous.day + 1)
                || (time.year, time.month, time.day) == (previous.year, previous.month + 1, 1)
                || (time.year, time.month, time.day) == (previous.year + 1, 1, 1)
            #expect(isNext, "after \(previous.dateText) came \(time.dateText)")
            previous = time
        }
        #expect(previous.dateText == "2300-01-01")
    }

    @Test("Days that are not in the calendar are none")
    func refused() {
        #expect(Timestamp(year: 2026, month: 2, day: 29) == nil)
        #expect(Timestamp(year: 2024, month: 2, day: 29) != nil)
        #expect(Timestamp(year: 1900, month: 2, day: 29) == nil)
        #expect(Timestamp(year: 2026, month: 4, day: 31) == nil)
        #expect(Timestamp(year: 2026, month: 13, day: 1) == nil)
        #expect(Timestamp(year: 2026, month: 1, day: 1, hour: 24) == nil)
        #expect(Timestamp(year: 2026, month: 2, day: 30, second: 60) == nil)
        let leap = Timestamp(year: 2016, month: 12, day: 31, hour: 23, minute: 59, second: 60)
        #expect(leap == Timestamp(year: 2017, month: 1, day: 1))
    }

    @Test("Whole seconds are rounded down, also backwards")
    func seconds() {
        let start = Timestamp(milliseconds: 10_000)
        #expect(Timestamp(milliseconds: 11_999).seconds(since: start) == 1)
        #expect(Timestamp(milliseconds: 9_999).seconds(since: start) == -1)
        #expect(start.advanced(bySeconds: -3).seconds(since: start) == -3)
    }

    @Test(
        "An offset from UTC is at most 18 hours, with at most 59 minutes",
        arguments: [
            ("+18:00", -18 * 3600), ("-18:00", 18 * 3600), ("+17:59", -(17 * 3600 + 59 * 60)),
            ("+18:01", nil), ("-18:01", nil), ("+19:00", nil), ("-23:59", nil), ("+99:00", nil),
            ("+01:60", nil), ("+17:60", nil),
        ] as [(String, Int64?)])
    func offsets(offset: String, difference: Int64?) {
        let noon = Timestamp(seconds: 1_795_348_800)
        #expect(
            Timestamp(rfc3339: "2026-11-22T12:00:00\(offset)")
                == difference.map { noon.advanced(bySeconds: $0) })
    }
}
