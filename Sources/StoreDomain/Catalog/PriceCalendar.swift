/// The prices that are expected at some time to come, as far as batches with dates have them change until then.
public struct PriceCalendar: Sendable {
    /// One product's price in a batch that is to begin or to end.
    public struct Entry: Hashable, Sendable {
        public let batch: Int64
        public let productID: Int64
        public let old: Money
        public let new: Money
        /// When the new price begins; nil where it holds already.
        public let from: Timestamp?
        /// When the old one holds again; nil where it does not.
        public let until: Timestamp?

        public var period: PricePeriod { PricePeriod(from: from, until: until) }

        public init(
            batch: Int64, productID: Int64, old: Money, new: Money, from: Timestamp?, until: Timestamp?
        ) {
            self.batch = batch
            self.productID = productID
            self.old = old
            self.new = new
            self.from = from
            self.until = until
        }
    }

    private struct Turn {
        let time: Timestamp
        /// At one time what ends goes before what begins.
        let begins: Bool
        let from: Money
        let to: Money

        func order(_ number: Int) -> (Int64, Int, Int) {
            (time.milliseconds, begins ? 1 : 0, begins ? number : -number)
        }
    }

    private let turns: [Int64: [Turn]]
    private let entries: [Int64: [Entry]]

    /// - Parameter entries: in the order in which their batches were made.
    public init(_ entries: [Entry]) {
        self.entries = Dictionary(grouping: entries, by: \.productID)
        var turns: [Int64: [Turn]] = [:]
        for entry in entries {
            if let from = entry.from {
                turns[entry.productID, default: []].append(
                    Turn(time: from, begins: true, from: entry.old, to: entry.new))
            }
            if let until = entry.until {
                turns[entry.productID, default: []].append(
                    Turn(time: until, begins: false, from: entry.new, to: entry.old))
            }
        }
        // Batches of one time begin in the order in which they were made, and end in the other one: the price of the later
        // lies upon that of the earlier.
        self.turns = turns.mapValues { all in
            all.enumerated().sorted { left, right in
                left.element.order(left.offset) < right.element.order(right.offset)
            }.map(\.element)
        }
    }

    /// The batch that a new one with this period would cross at a product; nil where it begins and ends within all that
    /// have the product meanwhile, or beside them.
    ///
    /// - Parameter now: when a period without a beginning begins.
    public func crossed(by period: PricePeriod, at productID: Int64, now: Timestamp) -> Entry? {
        func span(_ period: PricePeriod) -> (from: Int64, until: Int64) {
            ((period.from ?? now).milliseconds, period.until?.milliseconds ?? .max)
        }
        let new = span(period)
        return (entries[productID] ?? []).first { entry in
            let old = span(entry.period)
            let isBeside = new.until <= old.from || old.until <= new.from
            return !isBeside && (new.from < old.from || old.until < new.until)
        }
    }

    /// What a product costs at `time` if nobody changes its price by hand until then.
    ///
    /// - Parameter price: what it costs now.
    public func price(of productID: Int64, now price: Money, at time: Timestamp) -> Money {
        (turns[productID] ?? []).prefix { $0.time <= time }
            .reduce(price) { price, turn in price == turn.from ? turn.to : price }
    }
}
