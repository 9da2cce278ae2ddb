import StoreDomain

/// What POST /api/payments/calculate asks for.
public struct QuoteRequestBody: WireWritable, Hashable, Sendable {
    public let subtotal: Money
    public let discountCode: String?

    public init(subtotal: Money, discountCode: String?) {
        self.subtotal = subtotal
        self.discountCode = discountCode
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["subtotal"])
        subtotal = try json.member("subtotal").money()
        discountCode = try json.optionalText("discount_code")
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("subtotal", subtotal)
            if let discountCode { $0.member("discount_code", discountCode) }
        }
    }
}

/// The answer of POST /api/payments/calculate.
public struct QuoteBody: WireWritable, Hashable, Sendable {
    public let subtotal: Money
    /// The code that counted.
    public let discountCode: String?
    public let discount: Money
    public let discountedSubtotal: Money
    public let tax: Money
    public let total: Money
    /// Why the code that was asked for gave nothing; only when it did not.
    public let discountProblem: String?

    public init(_ prices: PriceBreakdown) {
        subtotal = prices.subtotal
        discountCode = prices.discountCode
        discount = prices.discount
        discountedSubtotal = prices.discountedSubtotal
        tax = prices.tax
        total = prices.total
        discountProblem = prices.discountProblem?.words
    }

    public init(_ json: WireReader) throws(WireProblem) {
        subtotal = try json.member("subtotal").amount()
        discountCode = try json.optionalText("discount_code")
        discount = try json.member("discount_amount").amount()
        discountedSubtotal = try json.member("discounted_subtotal").amount()
        tax = try json.member("tax").amount()
        total = try json.member("total").amount()
        discountProblem = try json.optionalText("discount_problem")
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("subtotal", subtotal)
            $0.member("discount_code", discountCode)
            $0.member("discount_amount", discount)
            $0.member("discounted_subtotal", discountedSubtotal)
            $0.member("tax", tax)
            $0.member("total", total)
            if let discountProblem { $0.member("discount_problem", discountProblem) }
        }
    }
}

/// What POST /api/payments/checkout asks for.
public struct CheckoutBody: WireWritable, Hashable, Sendable {
    public let orderID: Int64

    public init(orderID: Int64) { self.orderID = orderID }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["order_id"])
        orderID = try json.member("order_id").integer()
    }

    public func write(to json: inout JSONWriter) { json.object { $0.member("order_id", orderID) } }
}
