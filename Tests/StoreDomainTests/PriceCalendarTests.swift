import StoreContracts
import StoreDomain
import Testing

/// Which price is expected when, with what was planned so far.
@Suite struct PriceCalendarTests {
    private typealias Entry = PriceCalendar.Entry

    private func money(_ units: Int64) -> Money { Money(minorUnits: units) }
    private func time(_ second: Int64) -> Timestamp { Timestamp(seconds: second) }

    @Test func whatEndsGoesBeforeWhatBeginsAtOneTime() {
        let calendar = PriceCalendar([
            Entry(productID: 1, old: money(200), new: money(210), from: time(10), until: nil),
            Entry(productID: 1, old: money(200), new: money(180), from: nil, until: time(10)),
        ])
        #expect(calendar.price(of: 1, now: money(180), at: time(9)) == money(180))
        #expect(calendar.price(of: 1, now: money(180), at: time(10)) == money(210))
        // Another product, and a price that somebody set, stay.
        #expect(calendar.price(of: 2, now: money(180), at: time(10)) == money(180))
        #expect(calendar.price(of: 1, now: money(150), at: time(10)) == money(150))
    }

    /// Beside a slow walk through every second.
    @Test(arguments: 0..<60) func anyPlanComesToWhatAWalkThroughTheSecondsDoes(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let prices: [Int64] = [100, 110, 120]
        let entries = (0..<Int.random(in: 0...6, using: &random)).map { _ in
            let old = prices.randomElement(using: &random) ?? 100
            let new = prices.filter { $0 != old }.randomElement(using: &random) ?? 110
            let from = Bool.random(using: &random) ? Int64.random(in: 1...8, using: &random) : nil
            let until =
                Bool.random(using: &random) ? (from ?? 0) + Int64.random(in: 1...8, using: &random) : nil
            return Entry(
                productID: 1, old: money(old), new: money(new), from: from.map(time), until: until.map(time))
        }
        let calendar = PriceCalendar(entries)
        for start in prices {
            var price = start
            for second in Int64(0)...20 {
                for entry in entries where entry.until == time(second) && price == entry.new.minorUnits {
                    price = entry.old.minorUnits
                }
                for entry in entries where entry.from == time(second) && price == entry.old.minorUnits {
                    price = entry.new.minorUnits
                }
                #expect(calendar.price(of: 1, now: money(start), at: time(second)) == money(price))
            }
        }
    }
}
