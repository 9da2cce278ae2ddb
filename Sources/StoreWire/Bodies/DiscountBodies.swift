import StoreDomain

/// `{"percent": 20}` or `{"amount": 5.00}`.
extension DiscountKind: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        if let rate = try json.optionalRate("percent") {
            self = .percent(rate)
        } else {
            self = .fixed(try json.member("amount").amount())
        }
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            switch self {
            case .percent(let rate): $0.member("percent", rate)
            case .fixed(let amount): $0.member("amount", amount)
            }
        }
    }
}

/// `{"percent": 20}` or `{"amount": 5.00}`.
extension ManualDiscount: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        if let rate = try json.optionalRate("percent") {
            guard rate.numerator <= rate.denominator else {
                throw try json.member("percent").problem("must be 0 to 100")
            }
            self = .percent(rate)
        } else {
            self = .amount(try json.member("amount").amount())
        }
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            switch self {
            case .percent(let rate): $0.member("percent", rate)
            case .amount(let amount): $0.member("amount", amount)
            }
        }
    }
}

/// `{"why": "expired", "at": "2026-01-01T00:00:00Z"}`: a word, and what belongs to it.
extension DiscountProblem: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        let why = try json.member("why")
        switch try why.text() {
        case "unknown": self = .unknown
        case "inactive": self = .inactive
        case "not_yet": self = .notYet(try json.member("at").time())
        case "expired": self = .expired(try json.member("at").time())
        case "below_minimum": self = .belowMinimum(try json.member("minimum").amount())
        case "used_up": self = .usedUp
        case "unchecked": self = .unchecked
        case "told": self = .told(try json.member("text").text())
        // A text has no end of cases.
        default: throw why.problem("is not known")
        }
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            switch self {
            case .unknown: json.member("why", "unknown")
            case .inactive: json.member("why", "inactive")
            case .notYet(let from):
                json.member("why", "not_yet")
                json.member("at", from)
            case .expired(let until):
                json.member("why", "expired")
                json.member("at", until)
            case .belowMinimum(let minimum):
                json.member("why", "below_minimum")
                json.member("minimum", minimum)
            case .usedUp: json.member("why", "used_up")
            case .unchecked: json.member("why", "unchecked")
            case .told(let words):
                json.member("why", "told")
                json.member("text", words)
            }
        }
    }
}

extension Discount: WireNamed {
    public static var wireName: StaticString { "discount" }
    public static var wirePlural: StaticString { "discounts" }

    public init(_ json: WireReader) throws(WireProblem) {
        let code = try json.member("code").text()
        let kind: DiscountKind = try json.value("takes")
        let (from, until) = (try json.optionalTime("valid_from"), try json.optionalTime("valid_until"))
        let minimum = try json.optionalMoney("minimum_subtotal")
        let limit = try json.optional("usage_limit")?.int()
        let used = try json.optional("times_used")?.int(in: 0 ... .max) ?? 0
        let isActive = try json.optional("is_active")?.flag() ?? true
        self = try json.checked { () throws(StoreError) in
            try Discount(
                code: code, kind: kind, validFrom: from, validUntil: until, minimumSubtotal: minimum,
                usageLimit: limit, timesUsed: used, isActive: isActive)
        }
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("code", code)
            $0.member("takes", kind)
            $0.member("valid_from", validFrom)
            $0.member("valid_until", validUntil)
            $0.member("minimum_subtotal", minimumSubtotal)
            $0.member("usage_limit", usageLimit.map(Int64.init))
            $0.member("times_used", timesUsed)
            $0.member("is_active", isActive)
        }
    }
}

/// What PATCH /api/discounts/{code} asks for: `is_active`, or `first_day` or `last_day` or both, or `always`.
public struct DiscountChangeBody: WireWritable, Sendable {
    public let change: DiscountChange

    public init(_ change: DiscountChange) { self.change = change }

    public init(_ json: WireReader) throws(WireProblem) {
        if let isActive = try json.optional("is_active") {
            change = try isActive.flag() ? .resume : .end
            return
        }
        if try json.optional("always")?.flag() == true {
            change = .days(.always)
            return
        }
        let (first, last) = (try json.day("first_day"), try json.day("last_day"))
        guard first != nil || last != nil else {
            let names = ["is_active", "always", "first_day", "last_day"]
            throw .missing(names, of: names)
        }
        change = .days(
            try json.checked { () throws(StoreError) in try ValidDays(first: first, last: last) })
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            switch change {
            case .end: $0.member("is_active", false)
            case .resume: $0.member("is_active", true)
            case .days(.always): $0.member("always", true)
            case .days(let days):
                $0.member("first_day", days.first?.text)
                $0.member("last_day", days.last?.text)
            }
        }
    }
}

extension WireReader {
    /// nil for null, and where there is no such member.
    func day(_ name: String) throws(WireProblem) -> ShopDay? {
        guard let json = try optional(name) else { return nil }
        guard let day = ShopDay(try json.text()) else {
            throw json.problem("must be a day such as 2026-12-31")
        }
        return day
    }
}
