import StoreDomain
import Testing

@Suite struct DaySalesTests {
    /// Clocks in Berlin go back an hour on 2026-10-25 at 01:00 UTC: that day has 25 hours.
    @Test func midnightsFollowTheClocks() {
        let zone: ZoneOffset = { $0 < Timestamp(seconds: 1_792_890_000) ? 7200 : 3600 }
        let now = Timestamp(seconds: 1_792_999_999)
        let midnights = now.lastMidnights(3, in: zone)
        #expect(
            midnights.map { CivilTime($0, offsetSeconds: zone($0)).minuteText } == [
                "2026-10-24 00:00", "2026-10-25 00:00", "2026-10-26 00:00",
            ])
        #expect(midnights[2].seconds(since: midnights[1]) == 25 * 3600)
        #expect(midnights[1].seconds(since: midnights[0]) == 24 * 3600)
        #expect(midnights[2] <= now)
    }

    @Test func midnightItselfBeginsItsDay() {
        let midnight = Timestamp(seconds: 86_400 * 20_000)
        #expect(midnight.lastMidnights(1, in: { _ in 0 }) == [midnight])
        #expect(midnight.lastMidnights(0, in: { _ in 0 }) == [])
    }
}
