/// How many pieces of a product there are, or that nobody counts them.
///
/// The books of a counted product are its initial stock and its movements. An untracked product has no books:
/// selling it moves nothing, and it is never sold out. A change from one to the other is booked as a correction,
/// so that the movements add up either way: `correction(to:)`.
public enum Stock: Hashable, Sendable {
    /// That many, 0…`Product.maximumStock`.
    case counted(Int)
    /// Sells without counting.
    case untracked

    /// The pieces on the books; nil for a product that nobody counts.
    public var count: Int? {
        switch self {
        case .counted(let count): count
        case .untracked: nil
        }
    }

    /// The stock for readers that know nothing but a number. For a product that nobody counts it is what one line
    /// of an order takes, so that they sell it and never show it as sold out.
    public var number: Int { count ?? Quantity.range.upperBound }

    public var isTracked: Bool { count != nil }

    /// Whether none is left. False for a product that nobody counts.
    public var isSoldOut: Bool { !covers(1) }

    /// How many can be sold at once: at most what one line takes.
    public var sellable: Int {
        switch self {
        case .counted(let count): max(0, min(count, Quantity.range.upperBound))
        case .untracked: Quantity.range.upperBound
        }
    }

    /// Whether `quantity` pieces can be sold.
    public func covers(_ quantity: Int) -> Bool {
        switch self {
        case .counted(let count): count >= quantity
        case .untracked: true
        }
    }

    /// The stock after a movement; one that nobody counts stays that.
    public func moved(by quantity: Int) -> Stock {
        switch self {
        case .counted(let count): .counted(count + quantity)
        case .untracked: .untracked
        }
    }

    /// The stock that is counted as `other` is, with the pieces that the books have now: none for a product that
    /// nobody counted before.
    public func counted(like other: Stock) -> Stock {
        switch (self, other) {
        case (.counted, .counted), (.untracked, .untracked): self
        case (.untracked, .counted): .counted(0)
        case (.counted, .untracked): .untracked
        }
    }

    /// What a movement adds to the books to come from this stock to `other`. The books of a product that nobody
    /// counts have 0 pieces.
    public func correction(to other: Stock) -> Int { (other.count ?? 0) - (count ?? 0) }
}

extension Stock: ExpressibleByIntegerLiteral {
    public init(integerLiteral count: Int) { self = .counted(count) }
}

extension Stock: Codable {
    private static let untrackedText = "untracked"

    /// A number, or the word `untracked`.
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        guard let text = try? value.decode(String.self) else {
            self = .counted(try value.decode(Int.self))
            return
        }
        guard text == Self.untrackedText else {
            throw DecodingError.dataCorruptedError(in: value, debugDescription: "no stock: \(text)")
        }
        self = .untracked
    }

    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .counted(let count): try value.encode(count)
        case .untracked: try value.encode(Self.untrackedText)
        }
    }
}

/// How much of a product is left, as the shop talks about it.
public enum StockLevel: Hashable, Sendable, Codable {
    case out
    case low(Int)
    case plenty(Int)
    /// Sells without counting: no number, never sold out.
    case untracked

    public init(_ stock: Stock, policy: ShopPolicy) {
        switch stock {
        case .counted(let count):
            self = count <= 0 ? .out : count <= policy.lowStock ? .low(count) : .plenty(count)
        case .untracked: self = .untracked
        }
    }

    /// "Sold out", "Only 3 left", "41 in stock", "Available".
    public var words: String {
        switch self {
        case .out: "Sold out"
        case .low(let count): "Only \(count) left"
        case .plenty(let count): "\(count) in stock"
        case .untracked: "Available"
        }
    }
}
