import StoreDomain

extension PolicyVersion: WireNamed {
    public static var wireName: StaticString { "policy" }
    public static var wirePlural: StaticString { "policies" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            number: try json.member("version").int(in: 1 ... .max), policy: try ShopPolicy(json),
            at: try json.member("at").time(), by: try json.optional("by")?.integer())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("version", number)
            $0.member("at", at)
            $0.member("by", by)
            policy.writeMembers(to: &$0)
        }
    }
}

extension ShopPolicy {
    /// Its amounts are in the policy's own currency.
    fileprivate init(_ json: WireReader) throws(WireProblem) {
        let code = try json.member("currency")
        guard let currency = Currency(code: try code.text()) else { throw code.problem("is not known") }
        let tolerance = try json.member("shift_tolerance").amount()
        let classes: [TaxTable.Class] = try json.values("tax_classes")
        let new = ShopPolicy(currency: currency)
        self.init(
            shopName: try json.member("shop_name").text(), currency: currency,
            taxes: try json.checked { () throws(StoreError) in try TaxTable(classes: classes) },
            taxMode: try json.member("tax_mode").word(), taxBase: try json.member("tax_base").word(),
            taxName: try json.optionalText("tax_name") ?? new.taxName,
            taxNumberName: try json.optionalText("tax_number_name") ?? new.taxNumberName,
            taxNumber: try json.optionalText("tax_number") ?? new.taxNumber,
            marksRates: try json.optional("marks_rates")?.flag() ?? new.marksRates,
            cashRounding: CashRounding(
                step: try json.member("cash_step").amount().minorUnits,
                tiesGoDown: try json.member("cash_ties_go_down").flag()),
            cashAskAbove: try json.optional("cash_ask_above")?.int(in: 0...1_000)
                ?? ShopPolicy.standardCashAskAbove,
            lowStock: try json.member("low_stock").int(in: 0 ... .max),
            belowZero: try json.optional("below_zero")?.word() ?? new.belowZero,
            pendingMinutes: try json.member("pending_minutes").int(in: 0...1_000_000),
            graceMinutes: try json.member("grace_minutes").int(in: 0...1_000_000),
            shiftTolerance: Money(minorUnits: tolerance.minorUnits, currency: currency),
            timeZone: try json.optionalText("time_zone") ?? ShopZone.utcName,
            scaleLabels: try json.scaleLabels(),
            receiptHeader: try json.texts("receipt_header"), receiptFooter: try json.texts("receipt_footer"),
            cardDays: try json.optional("card_days")?.int(in: 0...36_500) ?? 0)
    }

    fileprivate func writeMembers(to json: inout JSONWriter) {
        json.member("shop_name", shopName)
        json.member("currency", currency.code)
        json.member("tax_classes", taxes.classes)
        json.member("tax_mode", taxMode.rawValue)
        json.member("tax_base", taxBase.rawValue)
        json.member("tax_name", taxName)
        json.member("tax_number_name", taxNumberName)
        json.member("tax_number", taxNumber)
        json.member("marks_rates", marksRates)
        json.member("cash_step", minor: cashRounding.step)
        json.member("cash_ties_go_down", cashRounding.tiesGoDown)
        json.member("cash_ask_above", cashAskAbove)
        json.member("low_stock", lowStock)
        json.member("below_zero", belowZero.rawValue)
        json.member("pending_minutes", pendingMinutes)
        json.member("grace_minutes", graceMinutes)
        json.member("shift_tolerance", shiftTolerance)
        json.member("time_zone", timeZone)
        json.name("scale_labels")
        json.list(scaleLabels) { $0.value($1.pattern) }
        json.name("receipt_header")
        json.list(receiptHeader) { $0.value($1) }
        json.name("receipt_footer")
        json.list(receiptFooter) { $0.value($1) }
        json.member("card_days", cardDays)
    }
}

extension WireReader {
    fileprivate func scaleLabels() throws(WireProblem) -> [ScaleLabelFormat] {
        try optional("scale_labels")?.list { (json) throws(WireProblem) in
            guard let format = ScaleLabelFormat(try json.text()) else {
                throw json.problem("is no format of scale labels")
            }
            return format
        } ?? []
    }

    fileprivate func texts(_ name: String) throws(WireProblem) -> [String] {
        try optional(name)?.list { (json) throws(WireProblem) in try json.text() } ?? []
    }
}

extension TaxTable.Class: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            id: try json.member("id").text(), name: try json.member("name").text(),
            rates: try json.values("rates"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("name", name)
            $0.member("rates", rates)
        }
    }
}

extension TaxTable.Period: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(from: try json.optionalTime("from"), rate: try json.member("rate").rate())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("from", from)
            $0.member("rate", rate)
        }
    }
}

/// What PATCH /api/policy asks for: one value by its name, as a person types it.
public struct PolicyChangeBody: WireWritable, WireReadable, Sendable {
    public let name: String
    public let value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// The value may be empty, which takes some of them away.
    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["name"])
        name = try json.member("name").text()
        value = try json.member("value").text()
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("name", name)
            $0.member("value", value)
        }
    }
}

/// What POST /api/policy/preset asks for: the rules of a country, or with `check` what they would change.
public struct PresetBody: WireWritable, WireReadable, Sendable {
    public let country: Country
    public let checksOnly: Bool

    public init(country: Country, checksOnly: Bool) {
        self.country = country
        self.checksOnly = checksOnly
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["country"])
        let code = try json.member("country").text()
        country = try json.checked { () throws(StoreError) in try Country.named(code) }
        checksOnly = try json.optional("check")?.flag() ?? false
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("country", country.rawValue)
            if checksOnly { $0.member("check", true) }
        }
    }
}
