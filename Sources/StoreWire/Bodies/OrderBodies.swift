import StoreDomain

extension OrderItem: WireWritable {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            id: try json.member("id").integer(in: 1 ... .max),
            orderID: try json.member("order_id").integer(in: 1 ... .max),
            productID: try json.member("product_id").integer(in: 1 ... .max),
            productName: try json.optionalText("product_name") ?? "",
            quantity: try json.member("quantity").int(in: Quantity.range),
            unitPrice: try json.member("unit_price").amount(), total: try json.member("total_price").amount())
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
        }
    }
}

extension Order: WireWritable {
    /// Items may be missing: there are none then.
    public init(_ json: WireReader) throws(WireProblem) {
        let word = try json.member("status").text()
        guard let status = OrderStatus(rawValue: word) else {
            throw try json.member("status").problem("is a status that is not known")
        }
        let created = try json.member("created_at").time()
        self.init(
            id: try json.member("id").integer(in: 1 ... .max),
            userID: try json.member("user_id").integer(in: 1 ... .max), status: status,
            items: try json.optional("items")?.list(OrderItem.init) ?? [],
            subtotal: try json.member("subtotal").amount(),
            discount: try json.optional("discount_amount")?.amount() ?? .zero(json.currency),
            tax: try json.member("tax").amount(), total: try json.member("total").amount(),
            discountCode: try json.optionalText("discount_code"), createdAt: created,
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
        }
    }
}

/// The answer that is one order: of GET, POST, cancel and checkout.
public struct OrderBody: WireWritable, Hashable, Sendable {
    public let message: String?
    public let order: Order
    /// Why the code that was asked for gave nothing; only when it did not.
    public let discountProblem: String?

    public init(order: Order, message: String? = nil, discountProblem: String? = nil) {
        self.message = message
        self.order = order
        self.discountProblem = discountProblem
    }

    public init(_ json: WireReader) throws(WireProblem) {
        message = try json.optionalText("message")
        order = try Order(json.member("order"))
        discountProblem = try json.optionalText("discount_problem")
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            if let message { $0.member("message", message) }
            $0.member("order", order)
            if let discountProblem { $0.member("discount_problem", discountProblem) }
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

        public init(productID: Int64, quantity: Int) {
            self.productID = productID
            self.quantity = quantity
        }
    }

    public let items: [Item]
    public let discountCode: String?

    public init(_ draft: OrderDraft) {
        items = draft.lines.map { Item(productID: $0.productID, quantity: $0.quantity) }
        discountCode = draft.discountCode
    }

    public init(_ json: WireReader) throws(WireProblem) {
        items =
            try json.optional("items")?.list { (json) throws(WireProblem) in
                Item(
                    productID: try json.member("product_id").integer(),
                    quantity: try json.optional("quantity")?.int() ?? 1)
            } ?? []
        discountCode = try json.optionalText("discount_code")
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.name("items")
            $0.list(items) { json, item in
                json.object {
                    $0.member("product_id", item.productID)
                    $0.member("quantity", item.quantity)
                }
            }
            if let discountCode { $0.member("discount_code", discountCode) }
        }
    }
}

extension WireReader {
    /// Money that is 0 or more.
    func amount() throws(WireProblem) -> Money {
        let money = try money()
        guard !money.isNegative else { throw problem("is out of range") }
        return money
    }
}
