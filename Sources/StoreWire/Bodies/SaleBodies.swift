import StoreDomain

/// What a till sells, as POST /api/till/price and /api/till/sales ask for it.
extension SaleDraft: WireWritable {
    /// - Throws: `WireProblem` for what is of another type, `StoreError` for what breaks a rule.
    public init(request json: WireReader) throws {
        try json.require(["till"])
        let lines =
            try json.optional("lines")?.list { (json) throws(WireProblem) in try LineBody(json) } ?? []
        var checked: [SaleDraft.Line] = []
        for line in lines { checked.append(try line.line()) }
        try self.init(
            till: try json.member("till").text(), lines: checked,
            discountCode: try json.optionalText("discount_code"),
            discount: try json.optionalValue("discount"), exemption: try json.optionalValue("exemption"),
            customerID: try json.optional("customer_id")?.integer(), note: try json.optionalText("note"),
            agreement: try json.optionalValue("agreed"), tenders: try json.values("tenders"),
            back: try json.optional("back").map { try RefundDraftBody($0).draft },
            isTraining: try json.optional("training")?.flag() ?? false,
            giftCards: try json.values("gift_cards"))
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("till", till)
            json.name("lines")
            json.list(lines) { json, line in
                json.object {
                    $0.member("product_id", line.productID)
                    $0.member("quantity", line.quantity)
                    if let label = line.label { $0.member("label", label) }
                    if let override = line.override {
                        $0.member("unit_price", override.price)
                        $0.member("override_reason", override.reason)
                    }
                    if let discount = line.discount { $0.member("discount", discount) }
                    if line.sellsBelowZero { $0.member("below_zero", true) }
                }
            }
            if isTraining { json.member("training", true) }
            if let discountCode { json.member("discount_code", discountCode) }
            if let discount { json.member("discount", discount) }
            if let exemption { json.member("exemption", exemption) }
            if let customerID { json.member("customer_id", customerID) }
            if let note { json.member("note", note) }
            if let agreement { json.member("agreed", agreement) }
            if !tenders.isEmpty { json.member("tenders", tenders) }
            if let back { json.member("back", RefundDraftBody(back, till: till)) }
            if !giftCards.isEmpty { json.member("gift_cards", giftCards) }
        }
    }

    private struct LineBody {
        let productID: Int64
        let quantity: Int
        let label: String?
        let unitPrice: Money?
        let reason: String
        let discount: ManualDiscount?
        let sellsBelowZero: Bool

        init(_ json: WireReader) throws(WireProblem) {
            productID = try json.member("product_id").integer()
            quantity = try json.optional("quantity")?.int() ?? 1
            label = try json.optionalText("label")
            unitPrice = try json.optionalMoney("unit_price")
            reason = try json.optionalText("override_reason") ?? ""
            discount = try json.optionalValue("discount")
            sellsBelowZero = try json.optional("below_zero")?.flag() ?? false
        }

        func line() throws(StoreError) -> SaleDraft.Line {
            var override: PriceOverride?
            if let unitPrice { override = try PriceOverride(price: unitPrice, reason: reason) }
            return try SaleDraft.Line(
                productID: productID, quantity: quantity, label: label, override: override,
                discount: discount, sellsBelowZero: sellsBelowZero)
        }
    }
}

extension PricedSale: WireNamed {
    public static var wireName: StaticString { "sale" }
    public static var wirePlural: StaticString { "sales" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            lines: try json.values("lines"), taxes: try json.values("taxes"),
            exempted: try json.member("exempted").amount(), exemption: try json.optionalValue("exemption"),
            taxMode: try json.member("tax_mode").word(), breakdown: try json.value("prices"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("lines", lines)
            $0.member("taxes", taxes)
            $0.member("exempted", exempted)
            $0.member("exemption", exemption)
            $0.member("tax_mode", taxMode.rawValue)
            $0.member("prices", breakdown)
        }
    }
}

extension PricedSale.Line: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            line: SaleLine(
                productID: try json.member("product_id").integer(), name: try json.member("name").text(),
                sku: try json.optionalText("sku"), quantity: try json.member("quantity").int(),
                unitPrice: try json.member("unit_price").amount(),
                listPrice: try json.member("list_price").amount(),
                taxClass: try json.optionalText("tax_class"), discount: try json.optionalValue("discount"),
                overrideReason: try json.optionalText("override_reason")),
            lineDiscount: try json.member("line_discount").amount(),
            orderDiscount: try json.member("order_discount").amount(),
            taxRate: try json.member("tax_rate").rate(), tax: try json.member("tax").amount())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("product_id", line.productID)
            $0.member("name", line.name)
            $0.member("sku", line.sku)
            $0.member("quantity", line.quantity)
            $0.member("unit_price", line.unitPrice)
            $0.member("list_price", line.listPrice)
            $0.member("tax_class", line.taxClass)
            $0.member("discount", line.discount)
            $0.member("override_reason", line.overrideReason)
            $0.member("line_discount", lineDiscount)
            $0.member("order_discount", orderDiscount)
            $0.member("tax_rate", taxRate)
            $0.member("tax", tax)
        }
    }
}

extension TaxFigure: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            rate: try json.member("rate").rate(), net: try json.member("net").amount(),
            tax: try json.member("tax").amount())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("rate", rate)
            $0.member("net", net)
            $0.member("tax", tax)
        }
    }
}
