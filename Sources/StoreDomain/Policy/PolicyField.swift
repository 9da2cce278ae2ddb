/// One value of the policy that a person can set by its name. The one place that describes it.
public enum PolicyField: String, Hashable, Sendable, CaseIterable {
    case shopName = "shop.name"
    case timeZone = "shop.timezone"
    case taxClasses = "tax.classes"
    case taxRate = "tax.rate"
    case taxMode = "tax.mode"
    case taxBase = "tax.base"
    case taxName = "tax.name"
    case taxNumberName = "tax.numberName"
    case taxNumber = "tax.number"
    case cashStep = "cash.step"
    case cashTies = "cash.ties"
    case cashAskAbove = "cash.askAbove"
    case lowStock = "stock.low"
    case belowZero = "stock.belowZero"
    case pendingMinutes = "orders.pendingMinutes"
    case graceMinutes = "orders.graceMinutes"
    case shiftTolerance = "shift.tolerance"
    case scaleLabels = "scale.labels"
    case marksRates = "receipt.rates"
    case receiptHeader = "receipt.header"
    case receiptFooter = "receipt.footer"
    case cardDays = "cards.expiryDays"

    /// - Throws: `notFound` for a name that no field has.
    public static func named(_ name: String) throws(StoreError) -> PolicyField {
        let wanted = name.trimmedText.lowercased()
        guard let field = allCases.first(where: { $0.rawValue.lowercased() == wanted }) else {
            throw .notFound(.policy(name.trimmedText))
        }
        return field
    }

    /// One line for help.
    public var help: String {
        switch self {
        case .shopName: "The shop's name, in the header and on receipts"
        case .timeZone: "The time zone in which the shop counts its days, such as Europe/Zurich"
        case .taxClasses:
            "The tax classes with their rates in percent, such as standard=20; food=10,4.9@2026-07-01; the first counts for products of no class"
        case .taxRate: "The standard tax rate from now on, in percent"
        case .taxMode: "Whether tax comes on top of prices (added) or is part of them (included)"
        case .taxBase: "Whether tax is taken of the amount before or after the discount"
        case .taxName: "What the tax is called on receipts, such as VAT"
        case .taxNumberName: "What stands before the shop's tax number on receipts, such as VAT No"
        case .taxNumber: "The shop's tax number on receipts; empty for none"
        case .cashStep: "The smallest coin in minor units, to which cash is rounded; 1 for no rounding"
        case .cashTies: "Whether an amount half-way between two coins is rounded up or down"
        case .cashAskAbove:
            "Cash of more than this many times what is due is asked about before it is taken; 0 for never"
        case .lowStock: "At this stock or below, a product is marked as low"
        case .belowZero:
            "Whether a till sells more than there is on the books: refuse, ask (one key sells anyway) or allow"
        case .pendingMinutes: "Minutes after which an unpaid order is cancelled; 0 for never"
        case .graceMinutes: "Minutes for which an order is kept after its payment screen was last open"
        case .shiftTolerance: "By how much a drawer's count may be off without a reason"
        case .scaleLabels:
            "How the labels of the scales are made up, such as 20IIIIIPPPPPC, separated by blanks"
        case .marksRates: "Whether receipts with several tax rates say of each line which is its own"
        case .receiptHeader: "Lines above every receipt, separated by |"
        case .receiptFooter: "Lines below every receipt, separated by |"
        case .cardDays: "Days after which a gift card expires, counted from its sale; 0 for never"
        }
    }

    /// What it takes, for messages.
    public var allowed: String {
        switch self {
        case .shopName: "1 to 60 characters"
        case .timeZone: "a name such as Europe/Zurich, or nothing for the machine's zone"
        case .taxClasses:
            "1 to 20 classes as NAME=RATE, separated by ;, a name of lower-case letters, digits or -, later rates behind it as ,RATE@DAY"
        case .taxRate: "a percentage from 0 to 1000, such as 8.875"
        case .taxMode: TaxMode.allCases.map(\.rawValue).joined(separator: " or ")
        case .taxBase: "before-discount or, the only choice where prices include tax, after-discount"
        case .taxName, .taxNumberName: "1 to 20 characters"
        case .taxNumber: "at most 40 characters"
        case .cashStep: "a whole number from 1 to 10000"
        case .cashTies: "up or down"
        case .cashAskAbove: "a whole number from 0 to 1000"
        case .lowStock: "a whole number from 0 to 1000000"
        case .belowZero: "refuse, ask or allow"
        case .pendingMinutes, .graceMinutes: "a whole number from 0 to 525600"
        case .shiftTolerance: "an amount of 0.00 or more"
        case .scaleLabels:
            "at most 20 formats of 13 characters: 20 to 29 or 02, I for the article, W for grams or P for a price, X for any digit, C at the end"
        case .marksRates: "on or off"
        case .cardDays: "a whole number from 0 to 36500"
        case .receiptHeader, .receiptFooter: "at most 20 lines of at most 80 characters"
        }
    }

    /// The value as it is typed.
    public func text(in policy: ShopPolicy, at now: Timestamp) -> String {
        switch self {
        case .shopName: policy.shopName
        case .timeZone: policy.timeZone
        case .taxClasses: policy.taxes.text
        case .taxRate: policy.taxes.standardRate(at: now).percentDigits
        case .taxMode: policy.taxMode.rawValue
        case .taxBase: policy.taxBase.rawValue
        case .taxName: policy.taxName
        case .taxNumberName: policy.taxNumberName
        case .taxNumber: policy.taxNumber
        case .cashStep: String(policy.cashRounding.step)
        case .cashTies: policy.cashRounding.tiesGoDown ? "down" : "up"
        case .cashAskAbove: String(policy.cashAskAbove)
        case .lowStock: String(policy.lowStock)
        case .belowZero: policy.belowZero.rawValue
        case .pendingMinutes: String(policy.pendingMinutes)
        case .graceMinutes: String(policy.graceMinutes)
        case .shiftTolerance: policy.shiftTolerance.decimalText
        case .scaleLabels: policy.scaleLabels.map(\.pattern).joined(separator: " ")
        case .marksRates: policy.marksRates ? "on" : "off"
        case .receiptHeader: policy.receiptHeader.joined(separator: "|")
        case .receiptFooter: policy.receiptFooter.joined(separator: "|")
        case .cardDays: String(policy.cardDays)
        }
    }

    /// Sets the value from what was typed.
    ///
    /// - Throws: `invalid` for anything that `allowed` does not describe, and for a zone that `zones` lacks.
    public func set(
        _ text: String, in policy: inout ShopPolicy, at now: Timestamp, zones: any ZoneSource
    ) throws(StoreError) {
        let text = text.cleanText
        switch self {
        case .shopName: policy.shopName = try check((1...60).contains(text.count) ? text : nil)
        case .timeZone:
            guard text.isEmpty || zones.zone(named: text) != nil else { throw Self.unknownZone(text) }
            policy.timeZone = text.isEmpty ? zones.machine.name : text
        case .taxClasses:
            policy.taxes = try check(
                TaxTable(text, before: policy.taxes, zone: zones.zone(named: policy.timeZone)))
        case .taxRate:
            let rate = try typed { () throws(AmountProblem) in try Rate(typedPercent: text) }
            policy.taxes = policy.taxes.settingStandardRate(rate, from: now)
        case .taxMode:
            policy.taxMode = try check(TaxMode(rawValue: text.lowercased()))
            if policy.taxMode == .included { policy.taxBase = .afterDiscount }
        case .taxBase:
            let base = try check(TaxBase(rawValue: text.lowercased()))
            policy.taxBase = try check(policy.taxMode == .included && base == .beforeDiscount ? nil : base)
        case .taxName: policy.taxName = try check((1...20).contains(text.count) ? text : nil)
        case .taxNumberName: policy.taxNumberName = try check((1...20).contains(text.count) ? text : nil)
        case .taxNumber: policy.taxNumber = try check(text.count <= 40 ? text : nil)
        case .cashStep:
            policy.cashRounding = CashRounding(
                step: Int64(try number(text, 1...10_000)), tiesGoDown: policy.cashRounding.tiesGoDown)
        case .cashTies:
            let isDown = try check(["up": false, "down": true][text.lowercased()])
            policy.cashRounding = CashRounding(step: policy.cashRounding.step, tiesGoDown: isDown)
        case .cashAskAbove: policy.cashAskAbove = try number(text, 0...1_000)
        case .lowStock: policy.lowStock = try number(text, 0...1_000_000)
        case .belowZero: policy.belowZero = try check(BelowZero(rawValue: text.lowercased()))
        case .pendingMinutes: policy.pendingMinutes = try number(text, 0...525_600)
        case .graceMinutes: policy.graceMinutes = try number(text, 0...525_600)
        case .shiftTolerance:
            let currency = policy.currency
            let amount = try typed { () throws(AmountProblem) in try Money(typed: text, currency: currency) }
            policy.shiftTolerance = try check(amount.isNegative ? nil : amount)
        case .scaleLabels:
            let formats = text.split(separator: " ").map { ScaleLabelFormat(String($0)) }
            let known = formats.compactMap(\.self)
            policy.scaleLabels = try check(known.count == formats.count && known.count <= 20 ? known : nil)
        case .marksRates: policy.marksRates = try check(["on": true, "off": false][text.lowercased()])
        case .receiptHeader: policy.receiptHeader = try lines(text)
        case .receiptFooter: policy.receiptFooter = try lines(text)
        case .cardDays: policy.cardDays = try number(text, 0...36_500)
        }
    }

    private func check<Value>(_ value: Value?) throws(StoreError) -> Value {
        guard let value else { throw .invalid([FieldProblem(rawValue, "must be \(allowed)")]) }
        return value
    }

    /// What was typed as a number; one that can be read in two ways is told with both.
    private func typed<Value>(_ read: () throws(AmountProblem) -> Value) throws(StoreError) -> Value {
        do {
            return try read()
        } catch {
            switch error.reason {
            case .notANumber, .outOfRange: return try check(nil)
            case .twoReadings, .otherCurrency, .tooFine:
                throw .invalid([FieldProblem(rawValue, error.message)])
            }
        }
    }

    private func number(_ text: String, _ range: ClosedRange<Int>) throws(StoreError) -> Int {
        try check(Int(text).flatMap { range.contains($0) ? $0 : nil })
    }

    private func lines(_ text: String) throws(StoreError) -> [String] {
        let lines = text.isEmpty ? [] : text.split(separator: "|", omittingEmptySubsequences: false)
        let trimmed = lines.map { String($0).trimmedText }
        return try check(trimmed.count <= 20 && trimmed.allSatisfy { $0.count <= 80 } ? trimmed : nil)
    }

    /// Says which zone this machine does not know, and where its names are.
    static func unknownZone(_ name: String) -> StoreError {
        .invalid([
            FieldProblem(
                timeZone.rawValue,
                """
                names the time zone "\(name)", which this machine does not know; take a name from \
                /usr/share/zoneinfo, such as Europe/Zurich, or install the time zones (tzdata)
                """)
        ])
    }
}
