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

    private struct Change {
        let turn: PriceTurn
        let from: Money
        let to: Money
    }

    private let changes: [Int64: [Change]]
    private let entries: [Int64: [Entry]]

    public init(_ entries: [Entry]) {
        self.entries = Dictionary(grouping: entries, by: \.productID)
        changes = self.entries.mapValues { entries in
            let beginnings = entries.compactMap { entry in
                entry.from.map {
                    Change(
                        turn: PriceTurn(at: $0, ends: false, batch: entry.batch), from: entry.old,
                        to: entry.new)
                }
            }
            let ends = entries.compactMap { entry in
                entry.until.map {
                    Change(
                        turn: PriceTurn(at: $0, ends: true, batch: entry.batch), from: entry.new,
                        to: entry.old)
                }
            }
            return (beginnings + ends).sorted { $0.turn < $1.turn }
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
        (changes[productID] ?? []).prefix { $0.turn.time <= time }
            .reduce(price) { price, change in price == change.from ? change.to : price }
    }
}

/// A batch of prices that begins or ends, in the order in which batches do. At one time what ends goes before what begins;
/// batches begin in the order in which they were made, and end in the other one: the price of the later lies upon that of
/// the earlier.
public struct PriceTurn: Hashable, Sendable, Comparable {
    public let time: Timestamp
    public let ends: Bool
    public let batch: Int64

    public init(at time: Timestamp, ends: Bool, batch: Int64) {
        self.time = time
        self.ends = ends
        self.batch = batch
    }

    private var place: (Int64, Int, Int64) { (time.milliseconds, ends ? 0 : 1, ends ? -batch : batch) }

    public static func < (left: PriceTurn, right: PriceTurn) -> Bool { left.place < right.place }
}
