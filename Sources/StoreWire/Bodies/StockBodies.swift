import StoreDomain

/// What POST /api/stock asks for.
extension StockAdjustment: WireWritable {
    /// - Throws: `WireProblem` for what is of another type, `StoreError` for what breaks a rule.
    public init(request json: WireReader) throws {
        try json.require(["product_id", "kind", "quantity", "reason"])
        try self.init(
            productID: try json.member("product_id").integer(), kind: try json.member("kind").word(),
            quantity: try json.member("quantity").int(), reason: try json.member("reason").text(),
            unitCost: try json.optionalMoney("unit_cost"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("product_id", productID)
            $0.member("kind", kind.rawValue)
            $0.member("quantity", quantity)
            $0.member("reason", reason)
            if let unitCost { $0.member("unit_cost", unitCost) }
        }
    }
}

extension StockMovement: WireNamed {
    public static var wireName: StaticString { "movement" }
    public static var wirePlural: StaticString { "movements" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            productID: try json.member("product_id").integer(), kind: try json.member("kind").word(),
            quantity: try json.member("quantity").int(), orderID: try json.optional("order_id")?.integer(),
            by: try json.optional("by")?.integer(), reason: try json.optionalText("reason"),
            unitCost: try json.optionalMoney("unit_cost"), cost: try json.optionalMoney("cost"),
            at: try json.member("at").time())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("product_id", productID)
            $0.member("kind", kind.rawValue)
            $0.member("quantity", quantity)
            $0.member("order_id", orderID)
            $0.member("by", by)
            $0.member("reason", reason)
            $0.member("unit_cost", unitCost)
            $0.member("cost", cost)
            $0.member("at", at)
        }
    }
}

extension DueCount: WireNamed {
    public static var wireName: StaticString { "due_count" }
    public static var wirePlural: StaticString { "due_counts" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(product: try json.value("product"), since: try json.member("since").time())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("product", product)
            $0.member("since", since)
        }
    }
}

/// What POST /api/stock/bookings asks for.
public struct StockBookings: WireWritable, Sendable {
    public let adjustments: [StockAdjustment]

    public init(_ adjustments: [StockAdjustment]) { self.adjustments = adjustments }

    /// - Throws: `WireProblem` for what is of another type, `StoreError` for what breaks a rule.
    public init(request json: WireReader) throws {
        try json.require(["adjustments"])
        let readers = try json.member("adjustments").list { (json) throws(WireProblem) in json }
        adjustments = try readers.map { try StockAdjustment(request: $0) }
    }

    public func write(to json: inout JSONWriter) { json.object { $0.member("adjustments", adjustments) } }
}

extension LowStock: WireNamed {
    public static var wireName: StaticString { "low_stock" }
    public static var wirePlural: StaticString { "low_stocks" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(product: try json.value("product"), sold: try json.member("sold").int(in: 0 ... .max))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("product", product)
            $0.member("sold", sold)
        }
    }
}

extension StockExplanation: WireNamed {
    public static var wireName: StaticString { "explanation" }
    public static var wirePlural: StaticString { "explanations" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            product: try json.value("product"), movements: try json.values("movements"),
            isCut: try json.member("cut").flag(), cost: try json.optionalValue("cost"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("product", product)
            $0.member("movements", movements)
            $0.member("cut", isCut)
            $0.member("cost", cost)
        }
    }
}

extension ProductCost: WireNamed {
    public static var wireName: StaticString { "cost" }
    public static var wirePlural: StaticString { "costs" }

    public init(_ json: WireReader) throws(WireProblem) {
        let count = try json.optional("stock")?.int()
        self.init(
            productID: try json.member("product_id").integer(),
            stock: count.map { .counted($0) } ?? .untracked,
            average: try json.optionalMoney("average"), value: try json.optionalMoney("value"),
            latest: try json.optionalMoney("latest"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("product_id", productID)
            $0.member("stock", stock.count.map(Int64.init))
            $0.member("average", average)
            $0.member("value", value)
            $0.member("latest", latest)
        }
    }
}
