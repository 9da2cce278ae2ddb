/// Why what somebody typed is no number of the kind that is asked for.
public struct AmountProblem: Error, Hashable, Sendable, Codable {
    public enum Reason: Hashable, Sendable, Codable {
        case notANumber
        /// It can mean either of these, each as exact decimal text.
        case twoReadings(String, String)
        /// It is written in another currency than the shop's.
        case otherCurrency(String)
        /// It has more decimals than the currency has.
        case tooFine(decimals: Int)
        /// Further from zero than anything can cost, or outside of what is asked for.
        case outOfRange
    }

    /// As it was typed.
    public let text: String
    public let reason: Reason

    public init(_ text: String, _ reason: Reason) {
        self.text = text
        self.reason = reason
    }
}

/// An amount as it was typed, before it is known which decimal mark its writer uses: a column of a file shows
/// that by its other amounts, a single one must say it by itself.
public struct AmountText: Hashable, Sendable {
    public let text: String
    private let currency: Currency
    private let number: TypedNumber
    /// Whether nothing in the number shows a mark.
    private let isNeutral: Bool
    private let problem: AmountProblem.Reason?

    public init(_ text: some StringProtocol, currency: Currency) {
        self.text = text.trimmedText
        self.currency = currency
        switch CurrencySign.taken(from: self.text, of: currency) {
        case .number(let bare):
            number = TypedNumber(bare)
            isNeutral = TypedNumber.isNeutral(bare)
            problem = number.meanings.isEmpty ? .notANumber : nil
        case .other(let sign):
            number = TypedNumber("")
            isNeutral = true
            problem = .otherCurrency(sign)
        }
    }

    /// The decimal mark that the text alone shows; nil when there is none or it can be read in two ways.
    public var mark: DecimalMark? {
        let readings = readings
        return readings.count == 1 && !isNeutral ? readings.first?.key : nil
    }

    /// Whether the text can be read in two ways.
    public var isAmbiguous: Bool { readings.count > 1 }

    /// The amount.
    ///
    /// - Parameter mark: what other amounts of the same writer show; decides only what is ambiguous.
    public func money(mark: DecimalMark? = nil) throws(AmountProblem) -> Money {
        let decimal = try decimal(mark)
        guard let minor = decimal.scaled(to: currency.decimals) else {
            let fits = decimal.rounded(to: currency.decimals) != nil
            throw AmountProblem(text, fits ? .tooFine(decimals: currency.decimals) : .outOfRange)
        }
        return Money(minorUnits: minor, currency: currency)
    }

    /// The amount, rounded half away from zero to the minor unit, for what other programs wrote.
    public func roundedMoney(mark: DecimalMark? = nil) throws(AmountProblem) -> Money {
        guard let minor = try decimal(mark).rounded(to: currency.decimals) else {
            throw AmountProblem(text, .outOfRange)
        }
        return Money(minorUnits: minor, currency: currency)
    }

    private func decimal(_ mark: DecimalMark?) throws(AmountProblem) -> Decimal {
        if let problem { throw AmountProblem(text, problem) }
        return try TypedNumber.only(of: readings, text, mark)
    }

    /// What it can mean in the currency: in one without decimals, a mark before three digits groups them.
    private var readings: [DecimalMark: Decimal] {
        guard number.meanings.count > 1, currency.decimals == 0 else { return number.meanings }
        return number.meanings.filter { $0.value.fraction.isEmpty }
    }
}

extension TypedNumber {
    /// The one meaning, or the one that `mark` decides for.
    fileprivate static func only(of readings: [DecimalMark: Decimal], _ text: String, _ mark: DecimalMark?)
        throws(AmountProblem) -> Decimal
    {
        if readings.count == 1, let only = readings.first?.value { return only }
        if let mark, let decided = readings[mark] { return decided }
        guard let point = readings[.point], let comma = readings[.comma] else {
            throw AmountProblem(text, .notANumber)
        }
        let inOrder = point.fraction.isEmpty ? (comma, point) : (point, comma)
        throw AmountProblem(text, .twoReadings(inOrder.0.text, inOrder.1.text))
    }

    /// The meanings that `isPossible` allows.
    fileprivate func only(_ text: String, where isPossible: (Decimal) -> Bool) throws(AmountProblem)
        -> Decimal
    {
        guard !meanings.isEmpty else { throw AmountProblem(text, .notANumber) }
        let possible = meanings.filter { isPossible($0.value) }
        guard !possible.isEmpty else { throw AmountProblem(text, .outOfRange) }
        return try Self.only(of: possible, text, nil)
    }
}

extension Money {
    /// Reads an amount as people type it, exactly: `29.99`, `29,99`, `1'234.50`, `12 €`, `CHF 7.-`, `-3`.
    ///
    /// - Throws: why it is none; with both readings where there are two.
    public init(typed text: some StringProtocol, currency: Currency = .usd) throws(AmountProblem) {
        self = try AmountText(text, currency: currency).money()
    }
}

extension Rate {
    /// Reads a percentage as people type it, exactly: `8.5`, `8,875 %`, `20%`; at most 6 decimals, 0…1,000 %.
    ///
    /// - Throws: why it is none; with both readings where there are two.
    public init(typedPercent text: some StringProtocol) throws(AmountProblem) {
        let whole = text.trimmedText
        var rest = Substring(whole)
        if rest.hasSuffix("%") {
            rest = rest.dropLast().trimmed
        } else if rest.hasPrefix("%") {
            rest = rest.dropFirst().trimmed
        }
        let decimal = try TypedNumber(rest).only(whole) { Rate(percent: $0) != nil }
        guard let rate = Rate(percent: decimal) else { throw AmountProblem(whole, .outOfRange) }
        self = rate
    }
}

extension Quantity {
    /// Reads a count of pieces as people and spreadsheets write it: `12`, `12.0`, `1'200`, `5 pcs`; a negative
    /// one too.
    ///
    /// - Parameter mark: what other counts of the same writer show; decides only what is ambiguous.
    /// - Throws: why it is none, `outOfRange` for a fraction; with both readings where there are two.
    public static func pieces(typed text: some StringProtocol, mark: DecimalMark? = nil) throws(AmountProblem)
        -> Int
    {
        let whole = text.trimmedText
        let number = TypedNumber(withoutUnit(whole))
        guard !number.meanings.isEmpty else { throw AmountProblem(whole, .notANumber) }
        let possible = number.meanings.filter { $0.value.scaled(to: 0) != nil }
        guard !possible.isEmpty else { throw AmountProblem(whole, .outOfRange) }
        let decimal = try TypedNumber.only(of: possible, whole, mark)
        guard let count = decimal.scaled(to: 0).flatMap({ Int(exactly: $0) }) else {
            throw AmountProblem(whole, .outOfRange)
        }
        return count
    }

    /// The whole pieces in a count that may have a part of one; nil for what is no number or can be read in two
    /// ways.
    public static func wholePieces(of text: some StringProtocol) -> Int? {
        let meanings = TypedNumber(withoutUnit(text.trimmedText)).meanings
        guard meanings.count == 1, let decimal = meanings.first?.value else { return nil }
        return Decimal(isNegative: decimal.isNegative, whole: decimal.whole, fraction: "").scaled(to: 0)
            .flatMap { Int(exactly: $0) }
    }

    /// The decimal mark that a count alone shows, as `2,0` does; nil when it shows none.
    public static func mark(of text: some StringProtocol) -> DecimalMark? {
        let bare = withoutUnit(text.trimmedText)
        let possible = TypedNumber(bare).meanings.filter { $0.value.scaled(to: 0) != nil }
        guard possible.count == 1, !TypedNumber.isNeutral(bare) else { return nil }
        return possible.first?.key
    }

    /// Words that say no more than "pieces", in the languages of shops.
    private static let units: Set<String> = [
        "pc", "pcs", "piece", "pieces", "unit", "units", "item", "items", "ea", "each", "x", "st", "stk",
        "stck", "stück", "stueck", "stuk", "stuks", "pièce", "pièces", "pce", "pces", "u", "ud", "uds",
        "unidad", "unidades", "un", "pz", "pezzo", "pezzi", "szt", "шт", "ks", "kpl", "db", "個", "点", "枚",
    ]

    private static func withoutUnit(_ text: String) -> Substring {
        guard let end = text.lastIndex(where: { $0.isNumber }) else { return Substring(text) }
        let after = text.index(after: end)
        var unit = text[after...].trimmed.lowercased()
        if unit.hasSuffix(".") { unit.removeLast() }
        return units.contains(unit) ? text[..<after] : Substring(text)
    }
}
