import StoreDomain

/// Lines and code of a basket. What undo would put back does not travel.
extension Cart: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            lines: try json.member("lines").list(CartLine.init),
            discountCode: try json.optionalText("discount_code"))
        guard lines.count <= Order.maximumLines else {
            throw try json.member("lines").problem("must be at most \(Order.maximumLines)")
        }
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("lines", lines)
            $0.member("discount_code", discountCode)
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
            productID: try json.member("product_id").integer(), name: try json.member("name").text(),
            sku: try json.optionalText("sku"), unitPriceMinor: price.minorUnits,
            knownStock: try json.stock(),
            quantity: try json.member("quantity").int(in: Quantity.range))
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
