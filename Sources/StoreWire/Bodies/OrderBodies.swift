import StoreDomain

extension OrderItem: WireValue {
    /// What other servers do not tell of a line is as if it had never been asked for.
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            id: try json.member("id").integer(in: 1 ... .max),
            orderID: try json.member("order_id").orderID(),
            productID: try json.member("product_id").integer(in: 1 ... .max),
            productName: try json.optionalText("product_name") ?? "", sku: try json.optionalText("sku"),
            quantity: try json.member("quantity").int(in: Quantity.range),
            unitPrice: try json.member("unit_price").amount(),
            listPrice: try json.optionalMoney("list_price"),
            total: try json.member("total_price").amount(),
            lineDiscount: try json.optionalMoney("line_discount"),
            orderDiscount: try json.optionalMoney("order_discount"), tax: try json.optionalMoney("tax"),
            taxRate: try json.optionalRate("tax_rate"), taxClass: try json.optionalText("tax_class"),
            overrideReason: try json.optionalText("override_reason"),
            returned: try json.optional("returned")?.int(in: 0...Quantity.range.upperBound) ?? 0)
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("order_id", orderID)
            $0.member("product_id", productID)
            $0.member("product_name", productName)
            $0.member("quantity", quantity)
            $0.member("unit_price", unitPrice)
            $0.member("total_price", total)
            // Added.
            $0.member("sku", sku)
            $0.member("list_price", listPrice)
            $0.member("override_reason", overrideReason)
            $0.member("line_discount", lineDiscount)
            $0.member("order_discount", orderDiscount)
            $0.member("tax", tax)
            $0.member("tax_rate", taxRate)
            $0.member("tax_class", taxClass)
            $0.member("returned", returned)
        }
    }
}

extension TaxExemption: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        let (reason, number) = (try json.member("reason").text(), try json.member("tax_number").text())
        self = try json.checked { () throws(StoreError) in
            try TaxExemption(reason: reason, taxNumber: number)
        }
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("reason", reason)
            $0.member("tax_number", taxNumber)
        }
    }
}

extension Order: WireNamed {
    public static var wireName: StaticString { "order" }
    public static var wirePlural: StaticString { "orders" }

    /// Items may be missing: there are none then.
    public init(_ json: WireReader) throws(WireProblem) {
        let created = try json.member("created_at").time()
        self.init(
            id: try json.member("id").orderID(),
            userID: try json.optional("user_id")?.integer(in: 1 ... .max),
            userName: try json.optionalText("user_name"),
            operatorID: try json.optional("operator_id")?.integer(in: 1 ... .max),
            till: try json.optionalText("till"), number: try json.documentNumber("number"),
            status: try json.member("status").word(), items: try json.values("items"),
            subtotal: try json.member("subtotal").amount(),
            discount: try json.optional("discount_amount")?.amount() ?? .zero(json.currency),
            tax: try json.member("tax").amount(), taxMode: try json.optional("tax_mode")?.word() ?? .added,
            exempted: try json.optionalMoney("exempted"), total: try json.member("total").amount(),
            rounding: try json.optionalMoney("rounding"), refunded: try json.optionalMoney("refunded"),
            discountCode: try json.optionalText("discount_code"),
            exemption: try json.optionalValue("exemption"), note: try json.optionalText("note"),
            payments: try json.values("tenders"), giftCards: try json.values("gift_cards"),
            goodsBack: try json.optionalValue("goods_back"),
            journalMark: try json.optionalText("journal_mark"), invoice: try json.optionalValue("invoice"),
            createdAt: created,
            updatedAt: try json.optionalTime("updated_at") ?? created)
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("user_id", userID)
            $0.member("status", status.rawValue)
            $0.member("subtotal", subtotal)
            $0.member("tax", tax)
            $0.member("discount_amount", discount)
            $0.member("total", total)
            $0.member("discount_code", discountCode)
            $0.member("created_at", createdAt)
            $0.member("updated_at", updatedAt)
            $0.member("items", items)
            // Added.
            $0.member("user_name", userName)
            $0.member("operator_id", operatorID)
            $0.member("till", till)
            $0.member("number", number?.text)
            $0.member("tax_mode", taxMode.rawValue)
            $0.member("exempted", exempted)
            $0.member("exemption", exemption)
            $0.member("rounding", rounding)
            $0.member("refunded", refunded)
            $0.member("note", note)
            $0.member("tenders", payments)
            $0.member("journal_mark", journalMark)
            $0.member("goods_back", goodsBack)
            $0.member("gift_cards", giftCards)
            if let invoice { $0.member("invoice", invoice) }
        }
    }
}

/// The answer that is one order: of GET, POST, cancel and checkout.
public struct OrderBody: WireWritable, Hashable, Sendable {
    public let message: String?
    public let order: Order
    /// Why the code that was asked for gave nothing; only when it did not.
    public let discountProblem: DiscountProblem?

    public init(order: Order, message: String? = nil, discountProblem: DiscountProblem? = nil) {
        self.message = message
        self.order = order
        self.discountProblem = discountProblem
    }

    public init(_ json: WireReader) throws(WireProblem) {
        message = try json.optionalText("message")
        order = try Order(json.member("order"))
        discountProblem = try json.optionalValue("discount_refused")
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            if let message { $0.member("message", message) }
            $0.member("order", order)
            if let discountProblem { $0.refusedDiscount(discountProblem) }
        }
    }
}

/// The answer of GET /api/orders.
public struct OrderPageBody: WireWritable, Hashable, Sendable {
    public let orders: [Order]
    /// How many there are in all.
    public let count: Int

    public init(orders: [Order], count: Int) {
        self.orders = orders
        self.count = count
    }

    public init(_ json: WireReader) throws(WireProblem) {
        orders = try json.member("orders").list(Order.init)
        count = try json.optional("count")?.int(in: 0...1_000_000_000_000) ?? orders.count
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("orders", orders)
            $0.member("count", count)
        }
    }
}

/// What POST /api/orders asks for.
public struct OrderDraftBody: WireWritable, Hashable, Sendable {
    public struct Item: Hashable, Sendable {
        public let productID: Int64
        /// As it was asked for, in range or not; 1 when it was not named.
        public let quantity: Int
        /// The code of a scale's label.
        public let label: String?

        public init(productID: Int64, quantity: Int, label: String? = nil) {
            self.productID = productID
            self.quantity = quantity
            self.label = label
        }
    }

    public let items: [Item]
    public let discountCode: String?
    /// The figures that the buyer agreed to.
    public let agreement: PriceAgreement?

    public init(_ draft: OrderDraft) {
        items = draft.lines.map { Item(productID: $0.productID, quantity: $0.quantity, label: $0.label) }
        discountCode = draft.discountCode
        agreement = draft.agreement
    }

    public init(_ json: WireReader) throws(WireProblem) {
        items =
            try json.optional("items")?.list { (json) throws(WireProblem) in
                Item(
                    productID: try json.member("product_id").integer(),
                    quantity: try json.optional("quantity")?.int() ?? 1,
                    label: try json.optionalText("label"))
            } ?? []
        discountCode = try json.optionalText("discount_code")
        agreement = try json.optionalValue("agreed")
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.name("items")
            $0.list(items) { json, item in
                json.object {
                    $0.member("product_id", item.productID)
                    $0.member("quantity", item.quantity)
                    if let label = item.label { $0.member("label", label) }
                }
            }
            if let discountCode { $0.member("discount_code", discountCode) }
            if let agreement { $0.member("agreed", agreement) }
        }
    }
}

extension WireReader {
    /// A document's number, such as `R1-000123`; nil where there is none.
    func documentNumber(_ name: String) throws(WireProblem) -> DocumentNumber? {
        guard let json = try optional(name) else { return nil }
        guard let number = DocumentNumber(try json.text()) else {
            throw json.problem("must be a document's number")
        }
        return number
    }

    /// An order's id; below 0 for a sale in training, which is no order.
    func orderID() throws(WireProblem) -> Int64 {
        let id = try integer()
        guard id != 0 else { throw problem("is out of range") }
        return id
    }

    /// Money that is 0 or more.
    func amount() throws(WireProblem) -> Money {
        let money = try money()
        guard !money.isNegative else { throw problem("is out of range") }
        return money
    }
}
