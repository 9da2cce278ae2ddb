/// A currency of the shop: its ISO 4217 code, the sign a person reads, and how many decimals its minor unit
/// has.
public struct Currency: Sendable {
    /// What is known of a currency: shared by all its amounts, which are copied and compared all the time.
    private final class Facts: Sendable {
        let code: String
        let symbol: String
        let decimals: Int
        let names: [String]
        let notes: [Int64]
        let denominations: [Int64]

        init(
            code: String, symbol: String, decimals: Int, names: [String], notes: [Int64],
            denominations: [Int64]
        ) {
            self.code = code
            self.symbol = symbol
            self.decimals = decimals
            self.names = names
            self.notes = notes
            self.denominations = denominations
        }
    }

    private let facts: Facts

    /// ISO 4217, upper case, such as `USD`.
    public var code: String { facts.code }
    /// What stands before an amount, such as `$`.
    public var symbol: String { facts.symbol }
    /// Decimals of the minor unit, 0…3; 2 for cents.
    public var decimals: Int { facts.decimals }
    /// What else people write for it, beside code and sign.
    private var names: [String] { facts.names }
    /// What people commonly pay with in whole units, the smallest first: notes, and the five of Swiss coins.
    var notes: [Int64] { facts.notes }
    /// Its coins and notes in minor units, the largest first: what a drawer is counted by.
    public var denominations: [Int64] { facts.denominations }

    public static let usd = Currency(
        code: "USD", symbol: "$", decimals: 2, names: ["US$", "US $"],
        denominations: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25, 10, 5, 1])
    public static let eur = Currency(
        code: "EUR", symbol: "€", decimals: 2, names: ["Euro", "Euros"], notes: [5, 10, 20, 50, 100, 200],
        denominations: [
            20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1,
        ])
    public static let gbp = Currency(
        code: "GBP", symbol: "£", decimals: 2, names: ["GB£", "UK£"], notes: [5, 10, 20, 50],
        denominations: [5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1])
    public static let chf = Currency(
        code: "CHF", symbol: "CHF ", decimals: 2, names: ["Fr.", "Fr", "SFr.", "SFr", "Franken"],
        notes: [5, 10, 20, 50, 100, 200],
        denominations: [
            100_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5,
        ])
    public static let cad = Currency(
        code: "CAD", symbol: "$", decimals: 2, names: ["CA$", "C$"],
        denominations: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 25, 10, 5])
    public static let aud = Currency(
        code: "AUD", symbol: "$", decimals: 2, names: ["AU$", "A$"],
        denominations: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5])
    public static let nzd = Currency(
        code: "NZD", symbol: "$", decimals: 2, names: ["NZ$"],
        denominations: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10])
    public static let sek = Currency(
        code: "SEK", symbol: "kr ", decimals: 2, names: ["kr."], notes: [20, 50, 100, 200, 500, 1_000],
        denominations: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100])
    public static let dkk = Currency(
        code: "DKK", symbol: "kr ", decimals: 2, names: ["kr."], notes: [50, 100, 200, 500],
        denominations: [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50])
    public static let jpy = Currency(
        code: "JPY", symbol: "\u{A5}", decimals: 0, names: ["\u{5186}", "yen"],
        notes: [1_000, 2_000, 5_000, 10_000],
        denominations: [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1])

    /// Every currency that a shop can be set to.
    public static let all: [Currency] = [
        .usd, .eur, .gbp, .chf, .cad, .aud, .nzd, .sek, .dkk, .jpy,
    ]

    /// Whether a shop of this currency can be served over the API, which writes money with two decimals.
    public var isOfTheContract: Bool { decimals == 2 }

    /// The currency of an ISO code, whatever its case; nil when the shop does not know it.
    public init?(code: String) {
        guard let known = Currency.all.first(where: { $0.code == code.uppercased() }) else { return nil }
        self = known
    }

    /// For currencies of tests; a shop has one of `all`.
    package init(
        code: String, symbol: String, decimals: Int, names: [String] = [],
        notes: [Int64] = [5, 10, 20, 50, 100], denominations: [Int64] = [1_000, 100, 10, 1]
    ) {
        facts = Facts(
            code: code, symbol: symbol, decimals: decimals, names: names, notes: notes,
            denominations: denominations)
    }

    /// Everything that stands for it beside an amount.
    var spellings: [String] { [code, symbol.trimmedText] + names }

    /// Minor units in one major unit: 100 for cents.
    public var minorPerMajor: Int64 {
        (0..<decimals).reduce(1) { unit, _ in unit * 10 }
    }
}

/// Two are equal when they are written and shown alike.
extension Currency: Hashable {
    public static func == (left: Currency, right: Currency) -> Bool {
        left.facts === right.facts || left.identity == right.identity
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(code) }

    private var identity: [String] { [code, symbol, String(decimals)] + names }
}

/// Written as its code, such as `"USD"`.
extension Currency: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let code = try container.decode(String.self)
        guard let known = Currency(code: code) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no currency \(code)")
        }
        self = known
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}
