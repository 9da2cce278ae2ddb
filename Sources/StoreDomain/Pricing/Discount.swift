/// What a discount takes off.
public enum DiscountKind: Hashable, Sendable, Codable {
    /// A share of the subtotal, at most 100 %.
    case percent(Rate)
    /// An amount, 0.01 or more.
    case fixed(Money)

    /// "20 % off", "$5.00 off".
    public var words: String {
        switch self {
        case .percent(let rate): "\(rate.percentText) off"
        case .fixed(let amount): "\(amount.displayText) off"
        }
    }
}

/// A discount code and when it counts.
public struct Discount: Hashable, Sendable, Codable {
    /// As people write it; unique regardless of case. 1…50 letters, digits, `-` and `_`.
    public let code: String
    public let kind: DiscountKind
    /// Counts from then on.
    public let validFrom: Timestamp?
    /// Counts until just before then.
    public let validUntil: Timestamp?
    public let minimumSubtotal: Money?
    /// How many orders may use it in all.
    public let usageLimit: Int?
    /// How many orders, cancelled ones aside, have used it.
    public let timesUsed: Int
    public let isActive: Bool

    /// - Throws: `invalid` naming every field that breaks a rule.
    public init(
        code: String, kind: DiscountKind, validFrom: Timestamp? = nil, validUntil: Timestamp? = nil,
        minimumSubtotal: Money? = nil, usageLimit: Int? = nil, timesUsed: Int = 0, isActive: Bool = true
    ) throws(StoreError) {
        var problems: [FieldProblem] = []
        let trimmed = code.cleanText
        let allowed = trimmed.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType == .decimal || $0 == "-" || $0 == "_"
        }
        if !(1...50).contains(trimmed.count) || !allowed {
            problems.append(FieldProblem("code", "must be 1 to 50 letters, digits, - or _"))
        }
        switch kind {
        case .percent(let rate) where rate.numerator == 0 || rate.numerator > rate.denominator:
            problems.append(FieldProblem("percent", "must be more than 0 and at most 100"))
        case .fixed(let amount) where !(1...Product.maximumPriceMinor).contains(amount.minorUnits):
            problems.append(FieldProblem("amount", "must be 0.01 or more"))
        case .percent, .fixed: break
        }
        if let validFrom, let validUntil, validFrom >= validUntil {
            problems.append(FieldProblem("until", "must be after from"))
        }
        if let minimumSubtotal, minimumSubtotal.isNegative {
            problems.append(FieldProblem("minimum", "must not be negative"))
        }
        if let usageLimit, usageLimit < 1 { problems.append(FieldProblem("limit", "must be 1 or more")) }
        guard problems.isEmpty else { throw .invalid(problems) }
        self.code = trimmed
        self.kind = kind
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.minimumSubtotal = minimumSubtotal
        self.usageLimit = usageLimit
        self.timesUsed = timesUsed
        self.isActive = isActive
    }

    /// What two spellings of one code share: upper case, without white space at the ends.
    public static func key(_ code: String) -> String { code.cleanText.uppercased() }

    /// Why the code does not count for this subtotal at this time; nil when it does.
    public func problem(subtotal: Money, at now: Timestamp) -> DiscountProblem? {
        if !isActive { return .inactive }
        if let validFrom, now < validFrom { return .notYet(validFrom) }
        if let validUntil, now >= validUntil { return .expired(validUntil) }
        if isUsedUp { return .usedUp }
        if let minimumSubtotal, subtotal < minimumSubtotal { return .belowMinimum(minimumSubtotal) }
        return nil
    }

    /// The amount off, never more than the subtotal, rounded once.
    public func amount(off subtotal: Money) -> Money {
        switch kind {
        case .percent(let rate): min(subtotal, rate.share(of: subtotal))
        case .fixed(let amount): min(subtotal, amount)
        }
    }
}

/// Why a discount code gives nothing.
public enum DiscountProblem: Hashable, Sendable, Codable {
    case unknown
    case inactive
    case notYet(Timestamp)
    case expired(Timestamp)
    case belowMinimum(Money)
    case usedUp
    /// Only the server can say, and was not asked yet.
    case unchecked
    /// A server's own words.
    case told(String)

    /// A few plain words: "code not recognised", "for orders of $50.00 or more".
    ///
    /// - Parameter zone: names the day from which a code counts; nil where no zone is known, and no day is named.
    public func words(in zone: ShopZone?) -> String {
        switch self {
        case .unknown: "code not recognised"
        case .inactive: "code no longer valid"
        case .notYet(let from):
            zone.map { "code counts from \($0.dateText(from))" } ?? "code does not count yet"
        case .expired: "code has expired"
        case .belowMinimum(let minimum): "for orders of \(minimum.displayText) or more"
        case .usedUp: "code has been used up"
        case .unchecked: "the server checks the code once you are signed in"
        case .told(let words): words
        }
    }

    /// The same as a sentence that names the code: "Code SAVE10 has expired".
    public func sentence(of code: String, in zone: ShopZone?) -> String {
        switch self {
        case .unknown: "Code \(code) is not recognised"
        case .inactive: "Code \(code) is no longer valid"
        case .notYet(let from):
            zone.map { "Code \(code) counts from \($0.dateText(from))" } ?? "Code \(code) does not count yet"
        case .expired: "Code \(code) has expired"
        case .belowMinimum(let minimum): "Code \(code) is for orders of \(minimum.displayText) or more"
        case .usedUp: "Code \(code) has been used up"
        case .unchecked: "The server checks code \(code) once you are signed in"
        case .told(let words): "Code \(code): \(words)"
        }
    }
}

extension Discount {
    /// The first and the last day on which it counts, by the shop's clocks; with the time where it begins or ends within
    /// a day.
    public func days(in zone: ShopZone) -> (first: String?, last: String?) {
        func begins(_ instant: Timestamp) -> Bool { zone.startOfDay(zone.dateText(instant)) == instant }
        return (
            validFrom.map { begins($0) ? zone.dateText($0) : zone.minuteText($0) },
            validUntil.map { until in
                begins(until)
                    ? zone.dateText(Timestamp(milliseconds: until.milliseconds - 1)) : zone.minuteText(until)
            }
        )
    }

    /// Why it counts for nobody any more, or else its days: "ended", "used up", "2026-12-10 to 2026-12-31",
    /// "from 2026-12-10", "until 2026-12-31", "always".
    public func standing(in zone: ShopZone) -> String {
        if !isActive { return "ended" }
        if isUsedUp { return "used up" }
        let days = days(in: zone)
        if let first = days.first, let last = days.last { return "\(first) to \(last)" }
        let words = ValidDays.words(days.first, days.last)
        return words.isEmpty ? "always" : words
    }

    public var isUsedUp: Bool { usageLimit.map { timesUsed >= $0 } ?? false }

    /// Its days as `ValidDays` reads them; nothing where it begins or ends within a day.
    public func typedDays(in zone: ShopZone) -> String {
        let days = days(in: zone)
        guard [days.first, days.last].allSatisfy({ $0.map { ShopDay($0) != nil } ?? true }) else { return "" }
        if let first = days.first, let last = days.last { return "\(first) \(last)" }
        let words = ValidDays.words(days.first, days.last)
        return words.isEmpty ? "always" : words
    }

    /// The codes that every store has from the start.
    public static func seeds(currency: Currency) throws(StoreError) -> [Discount] {
        func percent(_ code: String, _ share: Int64) throws(StoreError) -> Discount {
            try Discount(code: code, kind: .percent(Rate(numerator: share, denominator: 100) ?? .zero))
        }
        return [
            try percent("SAVE10", 10), try percent("SAVE20", 20), try percent("SAVE30", 30),
            try Discount(code: "FLAT5", kind: .fixed(Money(minorUnits: 500, currency: currency))),
        ]
    }
}
