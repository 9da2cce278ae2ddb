/// The prices that are expected at some time to come, as far as batches with dates have them change until then.
public struct PriceCalendar: Sendable {
    /// One product's price in a batch that is to begin or to end.
    public struct Entry: Hashable, Sendable {
        public let productID: Int64
        public let old: Money
        public let new: Money
        /// When the new price begins; nil where it holds already.
        public let from: Timestamp?
        /// When the old one holds again; nil where it does not.
        public let until: Timestamp?

        public init(productID: Int64, old: Money, new: Money, from: Timestamp?, until: Timestamp?) {
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
    }

    private let turns: [Int64: [Turn]]

    /// - Parameter entries: in the order in which their batches were made.
    public init(_ entries: [Entry]) {
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
        // A stable order: batches of one time begin in the order in which they were made.
        self.turns = turns.mapValues { all in
            all.enumerated().sorted { left, right in
                (left.element.time.milliseconds, left.element.begins ? 1 : 0, left.offset)
                    < (right.element.time.milliseconds, right.element.begins ? 1 : 0, right.offset)
            }.map(\.element)
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
