import StoreDomain

extension LooseReturnDraft.Line: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            productID: try json.member("product_id").integer(),
            quantity: try json.optional("quantity")?.int() ?? 1,
            restocks: try json.optional("restocks")?.flag() ?? true)
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("product_id", productID)
            $0.member("quantity", quantity)
            $0.member("restocks", restocks)
        }
    }
}

/// What POST /api/returns/price asks for.
public struct LooseLinesBody: WireWritable, Sendable {
    public let lines: [LooseReturnDraft.Line]

    public init(lines: [LooseReturnDraft.Line]) { self.lines = lines }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["lines"])
        lines = try json.values("lines")
    }

    public func write(to json: inout JSONWriter) { json.object { $0.member("lines", lines) } }
}

/// What POST /api/returns asks for.
extension LooseReturnDraft: WireWritable {
    /// - Throws: `WireProblem` for what is of another type, `StoreError` for what breaks a rule.
    public init(request json: WireReader) throws {
        try json.require(["till", "lines", "reason", "name"])
        try self.init(
            till: try json.member("till").text(), lines: try json.values("lines"),
            reason: try json.member("reason").text(), name: try json.member("name").text(),
            customerID: try json.optional("customer_id")?.integer(),
            methodID: try json.optionalText("method"), code: try json.giftCardCode("code"),
            approvalCode: try json.optionalText("approval_code"), agreed: try json.optionalMoney("agreed"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("till", till)
            $0.member("lines", lines)
            $0.member("reason", reason)
            $0.member("name", name)
            if let customerID { $0.member("customer_id", customerID) }
            if let methodID { $0.member("method", methodID) }
            if let code { $0.member("code", code.printed) }
            if let approvalCode { $0.member("approval_code", approvalCode) }
            if let agreed { $0.member("agreed", agreed) }
        }
    }
}

extension LooseReturn.Line: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            productID: try json.member("product_id").integer(), name: try json.member("name").text(),
            sku: try json.optionalText("sku"), quantity: try json.member("quantity").int(in: Quantity.range),
            unitPrice: try json.member("unit_price").amount(), amount: try json.member("amount").amount(),
            tax: try json.member("tax").amount(), taxRate: try json.member("tax_rate").rate(),
            taxClass: try json.optionalText("tax_class"), restocks: try json.member("restocks").flag())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("product_id", productID)
            $0.member("name", name)
            $0.member("sku", sku)
            $0.member("quantity", quantity)
            $0.member("unit_price", unitPrice)
            $0.member("amount", amount)
            $0.member("tax", tax)
            $0.member("tax_rate", taxRate)
            $0.member("tax_class", taxClass)
            $0.member("restocks", restocks)
        }
    }
}

extension LooseReturnFigures: WireNamed {
    public static var wireName: StaticString { "figures" }
    public static var wirePlural: StaticString { "figures" }

    // The sum is that of the lines.
    public init(_ json: WireReader) throws(WireProblem) { self.init(lines: try json.values("lines")) }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("lines", lines)
            $0.member("amount", amount)
            $0.member("tax", tax)
        }
    }
}

extension LooseReturn: WireNamed {
    public static var wireName: StaticString { "return" }
    public static var wirePlural: StaticString { "returns" }

    public init(_ json: WireReader) throws(WireProblem) {
        guard let number = try json.documentNumber("number") else {
            throw try json.member("number").problem("is missing")
        }
        self.init(
            id: try json.member("id").integer(in: 1 ... .max), number: number,
            lines: try json.values("lines"), reason: try json.member("reason").text(),
            name: try json.member("name").text(), customerID: try json.optional("customer_id")?.integer(),
            tenders: try json.values("tenders"), amount: try json.member("amount").amount(),
            rounding: try json.member("rounding").money(), card: try json.optionalValue("card"),
            code: try json.giftCardCode("code"), operatorID: try json.member("operator_id").integer(),
            till: try json.member("till").text(), at: try json.member("at").time())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("number", number.text)
            $0.member("lines", lines)
            $0.member("reason", reason)
            $0.member("name", name)
            $0.member("customer_id", customerID)
            $0.member("tenders", tenders)
            $0.member("amount", amount)
            $0.member("rounding", rounding)
            $0.member("card", card)
            if let code { $0.member("code", code.printed) }
            $0.member("operator_id", operatorID)
            $0.member("till", till)
            $0.member("at", at)
        }
    }
}
