/// What somebody counted in a drawer: by coins and notes, or as one sum.
public struct DrawerCount: Hashable, Sendable, Codable {
    /// So many coins or notes of one kind.
    public struct Pieces: Hashable, Sendable, Codable {
        /// What one of them is worth, in minor units; more than 0.
        public let denomination: Int64
        /// 0 or more.
        public let count: Int

        public init(denomination: Int64, count: Int) {
            self.denomination = denomination
            self.count = count
        }
    }

    /// The largest denomination first; empty where the sum was given alone.
    public let pieces: [Pieces]
    /// Σ `pieces`, or the sum that was given; 0 or more.
    public let total: Money

    public static let maximumPieces = 99_999

    /// A count of which the sum alone is known.
    public init(total: Money) {
        pieces = []
        self.total = total
    }

    /// - Throws: `invalid` for a denomination that the currency does not have or that is named twice, and for a
    ///   count beyond 0…99,999.
    public init(_ pieces: [Pieces], currency: Currency) throws(StoreError) {
        let known = currency.denominations
        for piece in pieces {
            guard known.contains(piece.denomination) else {
                let amount = Money(minorUnits: piece.denomination, currency: currency)
                throw .invalid([
                    FieldProblem("pieces", "has \(amount.displayText), which is no coin or note")
                ])
            }
            guard (0...Self.maximumPieces).contains(piece.count) else {
                throw .invalid([FieldProblem("pieces", "must be 0 to \(Self.maximumPieces) of each")])
            }
        }
        guard Set(pieces.map(\.denomination)).count == pieces.count else {
            throw .invalid([FieldProblem("pieces", "must name each coin and note once")])
        }
        self.pieces = pieces.filter { $0.count > 0 }.sorted { $0.denomination > $1.denomination }
        total = Money(
            minorUnits: pieces.reduce(0) { $0 + $1.denomination * Int64($1.count) }, currency: currency)
    }
}

/// What a count says to the person who counted. Who may not see the expected figure is told only whether the
/// count is off until it is the last one.
public struct CountOutcome: Hashable, Sendable, Codable {
    /// With the count.
    public let shift: Shift
    /// Whether it is off by more than the policy tolerates.
    public let isOff: Bool
    /// What should be in the drawer; nil for who may not see it yet.
    public let expected: Money?

    public init(shift: Shift, isOff: Bool, expected: Money?) {
        self.shift = shift
        self.isOff = isOff
        self.expected = expected
    }

    /// counted − expected
    public var variance: Money? {
        guard let expected, let count = shift.counts.last else { return nil }
        return count.drawer.total - expected
    }
}
