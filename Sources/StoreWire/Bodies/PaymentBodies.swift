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
    public let discountProblem: DiscountProblem?

    public init(_ prices: PriceBreakdown) {
        subtotal = prices.subtotal
        discountCode = prices.discountCode
        discount = prices.discount
        discountedSubtotal = prices.discountedSubtotal
        tax = prices.tax
        total = prices.total
        discountProblem = prices.discountProblem
    }

    public init(_ json: WireReader) throws(WireProblem) {
        subtotal = try json.member("subtotal").amount()
        discountCode = try json.optionalText("discount_code")
        discount = try json.member("discount_amount").amount()
        discountedSubtotal = try json.member("discounted_subtotal").amount()
        tax = try json.member("tax").amount()
        total = try json.member("total").amount()
        discountProblem = try json.optionalValue("discount_refused")
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("subtotal", subtotal)
            $0.member("discount_code", discountCode)
            $0.member("discount_amount", discount)
            $0.member("discounted_subtotal", discountedSubtotal)
            $0.member("tax", tax)
            $0.member("total", total)
            if let discountProblem { $0.refusedDiscount(discountProblem) }
        }
    }
}

extension JSONWriter {
    /// Why a code gave nothing: in words for people, and for programs.
    mutating func refusedDiscount(_ problem: DiscountProblem) {
        member("discount_problem", problem.words(in: nil))
        member("discount_refused", problem)
    }
}

/// What POST /api/payments/checkout asks for.
public struct CheckoutBody: WireWritable, Hashable, Sendable {
    public let orderID: Int64
    /// One that names no method where none are given: the server decides then.
    public let tenders: [PaymentRequest]

    public init(orderID: Int64, tenders: [PaymentRequest]) {
        self.orderID = orderID
        self.tenders = tenders
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["order_id"])
        orderID = try json.member("order_id").integer()
        tenders = try json.optional("tenders")?.list(PaymentRequest.init) ?? [PaymentRequest(methodID: nil)]
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("order_id", orderID)
            if tenders != [PaymentRequest(methodID: nil)] { $0.member("tenders", tenders) }
        }
    }
}
