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
            Entry(batch: 2, productID: 1, old: money(200), new: money(210), from: time(10), until: nil),
            Entry(batch: 1, productID: 1, old: money(200), new: money(180), from: nil, until: time(10)),
        ])
        #expect(calendar.price(of: 1, now: money(180), at: time(9)) == money(180))
        #expect(calendar.price(of: 1, now: money(180), at: time(10)) == money(210))
        // Another product, and a price that somebody set, stay.
        #expect(calendar.price(of: 2, now: money(180), at: time(10)) == money(180))
        #expect(calendar.price(of: 1, now: money(150), at: time(10)) == money(150))
    }

    @Test func whatLiesUponAnotherEndsBeforeItAtOneTime() {
        let calendar = PriceCalendar([
            Entry(batch: 1, productID: 1, old: money(200), new: money(180), from: time(5), until: time(10)),
            Entry(batch: 2, productID: 1, old: money(180), new: money(160), from: time(7), until: time(10)),
        ])
        #expect(calendar.price(of: 1, now: money(200), at: time(9)) == money(160))
        #expect(calendar.price(of: 1, now: money(200), at: time(10)) == money(200))
    }

    /// Wherever a batch may be made beside those that are there, each price holds as it was agreed to, and all is as it
    /// was when none holds any more.
    @Test(arguments: 0..<200) func whatCrossesNothingComesAndGoes(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var entries: [Entry] = []
        for batch in 1...Int64.random(in: 1...6, using: &random) {
            let from = Int64.random(in: 1...12, using: &random)
            let period = PricePeriod(
                from: time(from), until: time(from + Int64.random(in: 1...12, using: &random)))
            let calendar = PriceCalendar(entries)
            guard calendar.crossed(by: period, at: 1, now: time(0)) == nil else { continue }
            let old = calendar.price(of: 1, now: money(100), at: time(from))
            entries.append(
                Entry(
                    batch: batch, productID: 1, old: old, new: money(100 + batch), from: period.from,
                    until: period.until))
        }
        let calendar = PriceCalendar(entries)
        for second in Int64(0)...30 {
            // The one that was made last lies on top.
            let top = entries.last { entry in
                (entry.from.map { $0 <= time(second) } ?? true)
                    && (entry.until.map { time(second) < $0 } ?? true)
            }
            #expect(
                calendar.price(of: 1, now: money(100), at: time(second)) == (top?.new ?? money(100)))
        }
    }

    @Test func whatCrossesIsNamed() {
        let calendar = PriceCalendar([
            Entry(batch: 3, productID: 1, old: money(200), new: money(180), from: time(10), until: time(20)),
            Entry(batch: 4, productID: 2, old: money(200), new: money(180), from: nil, until: time(20)),
            Entry(batch: 5, productID: 3, old: money(200), new: money(210), from: time(10), until: nil),
        ])
        func crossed(_ id: Int64, _ from: Int64?, _ until: Int64?) -> Int64? {
            calendar.crossed(
                by: PricePeriod(from: from.map(time), until: until.map(time)), at: id, now: time(5))?.batch
        }
        #expect(crossed(1, 15, 25) == 3 && crossed(1, 5, 15) == 3 && crossed(1, 5, 25) == 3)
        #expect(crossed(1, 15, nil) == 3 && crossed(1, nil, 15) == 3 && crossed(1, 10, 21) == 3)
        #expect(crossed(1, 10, 20) == nil && crossed(1, 12, 20) == nil && crossed(1, 20, 30) == nil)
        #expect(crossed(1, nil, 10) == nil && crossed(1, 20, nil) == nil && crossed(9, 15, 25) == nil)
        #expect(crossed(2, nil, 21) == 4 && crossed(2, nil, 20) == nil && crossed(2, 6, 7) == nil)
        #expect(crossed(3, 6, 11) == 5 && crossed(3, 11, 12) == nil && crossed(3, 11, nil) == nil)
    }

    /// Beside a slow walk through every second.
    @Test(arguments: 0..<60) func anyPlanComesToWhatAWalkThroughTheSecondsDoes(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let prices: [Int64] = [100, 110, 120]
        let entries = (0..<Int64.random(in: 0...6, using: &random)).map { batch in
            let old = prices.randomElement(using: &random) ?? 100
            let new = prices.filter { $0 != old }.randomElement(using: &random) ?? 110
            let from = Bool.random(using: &random) ? Int64.random(in: 1...8, using: &random) : nil
            let until =
                Bool.random(using: &random) ? (from ?? 0) + Int64.random(in: 1...8, using: &random) : nil
            return Entry(
                batch: batch, productID: 1, old: money(old), new: money(new), from: from.map(time),
                until: until.map(time))
        }
        let calendar = PriceCalendar(entries)
        for start in prices {
            var price = start
            for second in Int64(0)...20 {
                for entry in entries.reversed()
                where entry.until == time(second) && price == entry.new.minorUnits {
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
