import StoreDomain

extension PricedLine: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            productID: try json.optional("product_id")?.integer(),
            name: try json.optionalText("name") ?? "", unitPrice: try json.member("unit_price").money(),
            quantity: try json.optional("quantity")?.int() ?? 1)
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("product_id", productID)
            $0.member("name", name)
            $0.member("unit_price", unitPrice)
            $0.member("quantity", quantity)
            $0.member("total_price", total)
        }
    }
}

extension PriceBreakdown: WireNamed {
    public static var wireName: StaticString { "prices" }
    public static var wirePlural: StaticString { "prices" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            lines: try json.values("lines"), subtotal: try json.member("subtotal").amount(),
            discount: try json.member("discount_amount").amount(), tax: try json.member("tax").amount(),
            total: try json.member("total").amount(), discountCode: try json.optionalText("discount_code"),
            discountProblem: try json.optionalValue("discount_refused"), steps: try json.values("steps"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("lines", lines)
            $0.member("subtotal", subtotal)
            $0.member("discount_code", discountCode)
            $0.member("discount_amount", discount)
            $0.member("discounted_subtotal", discountedSubtotal)
            $0.member("tax", tax)
            $0.member("total", total)
            $0.member("discount_refused", discountProblem)
            $0.member("steps", steps)
        }
    }
}

extension PricingStep: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        let kind = try json.member("kind")
        func amount() throws(WireProblem) -> Money { try json.member("amount").money() }
        func base() throws(WireProblem) -> Money { try json.member("of").money() }
        switch try kind.text() {
        case "line": self = .line(try json.value("line"))
        case "line_discount": self = .lineDiscount(try json.value("line"), try amount())
        case "subtotal":
            self = .subtotal(try amount(), lines: try json.member("lines").int(in: 0...Order.maximumLines))
        case "discount": self = .discount(try json.knownDiscount(), of: try base(), try amount())
        case "manual_discount":
            self = .manualDiscount(try json.value("takes"), of: try base(), try amount())
        case "refused_discount":
            self = .refusedDiscount(code: try json.member("code").text(), try json.value("refused"))
        case "tax":
            self = .tax(
                try json.member("rate").rate(), base: try json.member("base").word(), of: try base(),
                try amount())
        case "included_tax":
            self = .includedTax(try json.member("rate").rate(), of: try base(), try amount())
        case "exempt": self = .exempt(try amount())
        case "total":
            self = .total(
                subtotal: try json.member("subtotal").money(), discount: try json.member("discount").money(),
                tax: try json.member("tax").money(), try amount())
        case "told": self = .told(try json.member("title").text(), try amount())
        // A text has no end of cases.
        default: throw kind.problem("is not known")
        }
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            switch self {
            case .line(let line):
                json.member("kind", "line")
                json.member("line", line)
            case .lineDiscount(let line, let amount):
                json.member("kind", "line_discount")
                json.member("line", line)
                json.member("amount", amount)
            case .subtotal(let amount, let lines):
                json.member("kind", "subtotal")
                json.member("lines", lines)
                json.member("amount", amount)
            case .discount(let discount, let base, let amount):
                json.member("kind", "discount")
                json.member("code", discount.code)
                json.member("takes", discount.kind)
                json.member("of", base)
                json.member("amount", amount)
            case .manualDiscount(let discount, let base, let amount):
                json.member("kind", "manual_discount")
                json.member("takes", discount)
                json.member("of", base)
                json.member("amount", amount)
            case .refusedDiscount(let code, let problem):
                json.member("kind", "refused_discount")
                json.member("code", code)
                json.member("refused", problem)
            case .tax(let rate, let taxBase, let base, let amount):
                json.member("kind", "tax")
                json.member("rate", rate)
                json.member("base", taxBase.rawValue)
                json.member("of", base)
                json.member("amount", amount)
            case .includedTax(let rate, let base, let amount):
                json.member("kind", "included_tax")
                json.member("rate", rate)
                json.member("of", base)
                json.member("amount", amount)
            case .exempt(let amount):
                json.member("kind", "exempt")
                json.member("amount", amount)
            case .total(let subtotal, let discount, let tax, let amount):
                json.member("kind", "total")
                json.member("subtotal", subtotal)
                json.member("discount", discount)
                json.member("tax", tax)
                json.member("amount", amount)
            case .told(let title, let amount):
                json.member("kind", "told")
                json.member("title", title)
                json.member("amount", amount)
            }
        }
    }
}

extension WireReader {
    /// A code and what it takes; when it counts stays the server's affair.
    fileprivate func knownDiscount() throws(WireProblem) -> Discount {
        let code = try member("code").text()
        let kind: DiscountKind = try value("takes")
        return try checked { () throws(StoreError) in try Discount(code: code, kind: kind) }
    }
}

extension PriceAgreement: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            unitPrices: try json.member("unit_prices").list { (json) throws(WireProblem) in
                try json.amount()
            },
            subtotal: try json.member("subtotal").amount(),
            discount: try json.member("discount_amount").amount(), tax: try json.member("tax").amount(),
            total: try json.member("total").amount(), discountCode: try json.optionalText("discount_code"))
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.name("unit_prices")
            json.list(unitPrices) { $0.value($1) }
            json.member("subtotal", subtotal)
            json.member("discount_amount", discount)
            json.member("tax", tax)
            json.member("total", total)
            json.member("discount_code", discountCode)
        }
    }
}

/// What POST /api/quotes asks for.
public struct LinesBody: WireWritable, Sendable {
    public struct Line: Sendable {
        /// nil for a line that names no product.
        public let productID: Int64?
        public let name: String
        /// nil for the catalogue's.
        public let unitPrice: Money?
        public let quantity: Int
    }

    public let lines: [Line]
    public let discountCode: String?

    public init(_ lines: [PricedLine], discountCode: String?) {
        self.lines = lines.map {
            Line(productID: $0.productID, name: $0.name, unitPrice: $0.unitPrice, quantity: $0.quantity)
        }
        self.discountCode = discountCode
    }

    /// - Throws: when a line names neither a product nor a price, and for more lines than an order may have.
    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["lines"])
        lines = try json.member("lines").list { (json) throws(WireProblem) in
            let line = Line(
                productID: try json.optional("product_id")?.integer(),
                name: try json.optionalText("name") ?? "", unitPrice: try json.optionalMoney("unit_price"),
                quantity: try json.optional("quantity")?.int() ?? 1)
            if line.productID == nil, line.unitPrice == nil { try json.require(["product_id"]) }
            return line
        }
        guard lines.count <= Order.maximumLines else {
            throw try json.member("lines").problem("must be at most \(Order.maximumLines)")
        }
        discountCode = try json.optionalText("discount_code")
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.name("lines")
            json.list(lines) { json, line in
                json.object {
                    if let productID = line.productID { $0.member("product_id", productID) }
                    $0.member("name", line.name)
                    if let unitPrice = line.unitPrice { $0.member("unit_price", unitPrice) }
                    $0.member("quantity", line.quantity)
                }
            }
            if let discountCode { json.member("discount_code", discountCode) }
        }
    }
}
