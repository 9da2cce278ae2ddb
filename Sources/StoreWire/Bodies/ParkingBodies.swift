import StoreDomain

/// Lines, code and terms of a basket. What undo would put back does not travel.
extension Cart: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            lines: try json.member("lines").list(CartLine.init),
            discountCode: try json.optionalText("discount_code"), terms: try json.optionalValue("terms"))
        guard lines.count <= Order.maximumLines else {
            throw try json.member("lines").problem("must be at most \(Order.maximumLines)")
        }
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("lines", lines)
            $0.member("discount_code", discountCode)
            if let addedTerms { $0.member("terms", addedTerms) }
        }
    }
}

extension SaleTerms: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        let cards: [GiftCardSale] = try json.values("gift_cards")
        self.init(
            discount: try json.optionalValue("discount"), customer: try json.optionalValue("customer"),
            note: try json.optionalText("note"), exemption: try json.optionalValue("exemption"),
            tenders: try json.values("tenders"), back: try json.optionalValue("back"),
            isTraining: try json.optional("training")?.flag() ?? false,
            giftCards: cards.map(\.amountMinor))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            if let discount { $0.member("discount", discount) }
            if let customer { $0.member("customer", customer) }
            if let note { $0.member("note", note) }
            if let exemption { $0.member("exemption", exemption) }
            $0.member("tenders", tenders)
            if let back { $0.member("back", back) }
            if isTraining { $0.member("training", true) }
            if !giftCards.isEmpty {
                $0.member("gift_cards", giftCards.map { GiftCardSale(amountMinor: $0) })
            }
        }
    }
}

extension SaleCustomer: WireNamed {
    public static var wireName: StaticString { "customer" }
    public static var wirePlural: StaticString { "customers" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            id: try json.member("id").integer(), name: try json.member("name").text(),
            email: try json.member("email").text())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("name", name)
            $0.member("email", email)
        }
    }
}

extension CartLine: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        let price = try json.member("unit_price").amount()
        guard price.minorUnits <= Product.maximumPriceMinor else {
            throw try json.member("unit_price").problem("is out of range")
        }
        self.init(
            productID: try json.member("product_id").integer(), label: try json.optionalValue("label"),
            name: try json.member("name").text(),
            sku: try json.optionalText("sku"), unitPriceMinor: price.minorUnits,
            knownStock: try json.stock(), quantity: try json.member("quantity").int(in: Quantity.range),
            override: try Self.override(json), discount: try json.optionalValue("discount"),
            sellsBelowZero: try json.optional("below_zero")?.flag() ?? false)
    }

    private static func override(_ json: WireReader) throws(WireProblem) -> PriceOverride? {
        guard let price = try json.optionalMoney("override_price") else { return nil }
        let reason = try json.member("override_reason")
        let text = try reason.text()
        do throws(StoreError) {
            return try PriceOverride(price: price, reason: text)
        } catch { throw reason.problem("must be 1 to 200 characters") }
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("product_id", productID)
            $0.member("name", name)
            $0.member("sku", sku)
            $0.member("unit_price", minor: unitPriceMinor)
            $0.member("stock", knownStock.number)
            if !knownStock.isTracked { $0.member("tracks_stock", false) }
            $0.member("quantity", quantity)
            if let label { $0.member("label", label) }
            if let override {
                $0.member("override_price", override.price)
                $0.member("override_reason", override.reason)
            }
            if let discount { $0.member("discount", discount) }
            if sellsBelowZero { $0.member("below_zero", true) }
        }
    }
}

extension ScaleLabel: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        let measure: Measure
        if let grams = try json.optional("grams") {
            measure = .grams(try grams.integer(in: 1 ... .max))
        } else {
            measure = .priceMinor(try json.member("price").amount().minorUnits)
        }
        self.init(
            code: try json.member("code").text(), article: try json.member("article").text(),
            measure: measure, blankCode: try json.member("blank_code").text())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("code", code)
            $0.member("article", article)
            $0.member("blank_code", blankCode)
            switch measure {
            case .grams(let grams): $0.member("grams", grams)
            case .priceMinor(let price): $0.member("price", minor: price)
            }
        }
    }
}

extension ParkedSale: WireNamed {
    public static var wireName: StaticString { "parked_sale" }
    public static var wirePlural: StaticString { "parked_sales" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            id: try json.member("id").integer(in: 1 ... .max), code: try json.member("code").text(),
            label: try json.member("label").text(), basket: try json.value("basket"),
            till: try json.member("till").text(), parkedBy: try json.member("parked_by").integer(),
            at: try json.member("at").time())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("code", code)
            $0.member("label", label)
            $0.member("basket", basket)
            $0.member("till", till)
            $0.member("parked_by", parkedBy)
            $0.member("at", at)
        }
    }
}

/// What POST /api/parked-sales asks for.
public struct ParkingBody: WireWritable, WireReadable, Sendable {
    public let till: String
    public let label: String
    public let basket: Cart

    public init(till: String, label: String, basket: Cart) {
        self.till = till
        self.label = label
        self.basket = basket
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["till", "basket"])
        till = try json.member("till").text()
        label = try json.optionalText("label") ?? ""
        basket = try json.value("basket")
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("till", till)
            $0.member("label", label)
            $0.member("basket", basket)
        }
    }
}

/// What POST /api/till/customers asks for.
public struct NewCustomerBody: WireWritable, WireReadable, Sendable {
    public let name: String
    public let email: String

    public init(name: String, email: String) {
        self.name = name
        self.email = email
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["name", "email"])
        name = try json.member("name").text()
        email = try json.member("email").text()
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("name", name)
            $0.member("email", email)
        }
    }
}
