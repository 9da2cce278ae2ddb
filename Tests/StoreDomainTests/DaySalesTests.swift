import StoreContracts
import StoreDomain
import Testing

@Suite struct ShopZoneTests {
    /// Clocks in Berlin go back an hour on 2026-10-25 at 01:00 UTC: that day has 25 hours.
    private static let berlin = ShopZone(name: "Europe/Berlin") {
        $0 < Timestamp(seconds: 1_792_890_000) ? 7200 : 3600
    }

    @Test func midnightsFollowTheClocks() {
        let now = Timestamp(seconds: 1_792_999_999)
        let midnights = Self.berlin.lastMidnights(3, before: now)
        #expect(
            midnights.map(Self.berlin.minuteText) == [
                "2026-10-24 00:00", "2026-10-25 00:00", "2026-10-26 00:00",
            ])
        #expect(midnights[2].seconds(since: midnights[1]) == 25 * 3600)
        #expect(midnights[1].seconds(since: midnights[0]) == 24 * 3600)
        #expect(midnights[2] <= now)
    }

    @Test func midnightItselfBeginsItsDay() {
        let midnight = Timestamp(seconds: 86_400 * 20_000)
        #expect(ShopZone.utc.lastMidnights(1, before: midnight) == [midnight])
        #expect(ShopZone.utc.lastMidnights(0, before: midnight) == [])
    }

    /// Where clocks skip midnight, the day begins with the hour that they show first.
    @Test func aDayWithoutMidnightBeginsWhenTheClocksChange() throws {
        let beirut = try #require(TestZones().zone(named: "Asia/Beirut"))
        let start = try #require(beirut.startOfDay("2022-03-27"))
        #expect(beirut.minuteText(start) == "2022-03-27 01:00")
        #expect(beirut.dateText(start.advanced(bySeconds: -1)) == "2022-03-26")
        let next = try #require(beirut.startOfDay("2022-03-27", plusDays: 1))
        #expect(next.seconds(since: start) == 23 * 3600)
    }

    @Test(arguments: [
        "", "2026", "2026-11-31", "2026-1-2", "22.11.2026", "2026-11-22T00:00:00Z", "-026-11-22",
    ])
    func whatIsNoDateHasNoStart(text: String) { #expect(ShopZone.utc.startOfDay(text) == nil) }

    /// Beside a slow reference that walks from quarter of an hour to quarter of an hour and looks at the calendar.
    @Test(arguments: [
        "UTC", "Pacific/Auckland", "America/Los_Angeles", "Europe/Zurich", "Asia/Kathmandu", "Asia/Beirut",
        "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "Africa/Cairo", "America/Santiago",
    ])
    func daysBeginWhereTheDateChanges(name: String) throws {
        let zone = try #require(TestZones().zone(named: name))
        var random = SplitMix64(seed: 7)
        let first = try #require(Timestamp(year: 2012, month: 1, day: 3))
        for _ in 0..<6 {
            let from = first.advanced(bySeconds: Int64.random(in: 0..<15 * 365 * 86_400, using: &random))
            let step: Int64 = 15 * 60
            var instant = Timestamp(seconds: from.milliseconds / 1000 / step * step)
            var date = zone.dateText(instant)
            var starts: [String: Timestamp] = [:]
            // Over half a year, so that the clocks change.
            for _ in 0..<200 * 96 {
                instant = instant.advanced(bySeconds: step)
                let now = zone.dateText(instant)
                if now != date { starts[now] = instant }
                date = now
            }
            for (date, start) in starts {
                #expect(zone.startOfDay(date) == start, "\(name) \(date)")
            }
            let midnights = zone.lastMidnights(30, before: instant)
            #expect(midnights == starts.values.sorted().suffix(30), "\(name) \(instant.rfc3339)")
        }
    }
}
