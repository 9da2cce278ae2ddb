import StoreDomain

extension ProductVersion {
    /// As `ETag` and `If-Match` have it: in quotes.
    public var entityTag: String { "\"\(description)\"" }

    /// nil for another server's tag, or none of ours.
    public init?(entityTag text: some StringProtocol) {
        let bare = text.trimmedText
        guard bare.utf8.count > 2, bare.hasPrefix("\""), bare.hasSuffix("\"") else { return nil }
        self.init(bare.dropFirst().dropLast())
    }
}

extension PriceChange: WireNamed {
    public static var wireName: StaticString { "price_change" }
    public static var wirePlural: StaticString { "price_changes" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            productID: try json.member("product_id").integer(), from: try json.member("from").money(),
            to: try json.member("to").money(), by: try json.optional("by")?.integer(),
            batchID: try json.optional("batch_id")?.integer(), at: try json.member("at").time())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("product_id", productID)
            $0.member("from", from)
            $0.member("to", to)
            $0.member("by", by)
            $0.member("batch_id", batchID)
            $0.member("at", at)
        }
    }
}

extension PriceLine: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            productID: try json.member("product_id").integer(), name: try json.member("name").text(),
            sku: try json.optionalText("sku"), old: try json.member("old").money(),
            new: try json.member("new").money())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("product_id", productID)
            $0.member("name", name)
            $0.member("sku", sku)
            $0.member("old", old)
            $0.member("new", new)
        }
    }
}

extension PricePeriod: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(from: try json.optionalTime("from"), until: try json.optionalTime("until"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("from", from)
            $0.member("until", until)
        }
    }
}

extension PricePlan: WireNamed {
    public static var wireName: StaticString { "plan" }
    public static var wirePlural: StaticString { "plans" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(try json.values("lines"), try json.optional("period").map(PricePeriod.init) ?? .always)
    }

    /// Whether an answer is of a server that knows of prices with dates; another would change them at once.
    public static func tellsPeriod(_ json: WireReader) throws(WireProblem) -> Bool {
        try json.member(String(describing: wireName)).optional("period") != nil
    }

    /// With what agrees to it.
    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("lines", lines)
            $0.member("period", period)
            $0.member("agreement", agreement)
        }
    }
}

extension PriceBatch: WireNamed {
    public static var wireName: StaticString { "batch" }
    public static var wirePlural: StaticString { "batches" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            id: try json.member("id").integer(), title: try json.member("title").text(),
            count: try json.member("count").int(in: 0 ... .max),
            kept: try json.optional("kept")?.int(in: 0 ... .max) ?? 0,
            keptBack: try json.optional("kept_back")?.int(in: 0 ... .max) ?? 0,
            by: try json.optional("by")?.integer(),
            at: try json.member("at").time(),
            period: try json.optional("period").map(PricePeriod.init) ?? .always,
            begunAt: try json.optionalTime("begun_at"), takenBackAt: try json.optionalTime("taken_back_at"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("title", title)
            $0.member("count", count)
            $0.member("kept", kept)
            $0.member("kept_back", keptBack)
            $0.member("by", by)
            $0.member("at", at)
            $0.member("period", period)
            $0.member("begun_at", begunAt)
            $0.member("taken_back_at", takenBackAt)
        }
    }
}

extension PriceTakeBack: WireNamed {
    public static var wireName: StaticString { "taken_back" }
    public static var wirePlural: StaticString { "taken_back" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            batch: try json.value("batch"), restored: try json.member("restored").int(in: 0 ... .max),
            kept: try json.values("kept"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("batch", batch)
            $0.member("restored", restored)
            $0.member("kept", kept)
        }
    }
}

/// What POST /api/prices and /api/prices/plan ask for.
public struct PriceBatchBody: WireWritable, Sendable {
    public let draft: PriceBatchDraft
    /// That of the plan which was seen; nil where one is asked for.
    public let agreement: String?

    public init(_ draft: PriceBatchDraft, agreement: String? = nil) {
        self.draft = draft
        self.agreement = agreement
    }

    /// - Throws: `WireProblem` for what is of another type, `StoreError` for what breaks a rule.
    public init(request json: WireReader) throws {
        let goods: PriceBatchDraft.Goods
        if let ids = try json.optional("products") {
            goods = .products(try ids.list { (json) throws(WireProblem) in try json.integer() })
        } else {
            goods = .found(
                text: try json.optionalText("q") ?? "", category: try json.optionalText("category"))
        }
        let change: PriceRule.Change
        if let raise = try json.optionalRate("raise") {
            change = .raise(raise)
        } else if let cut = try json.optionalRate("cut") {
            change = .cut(cut)
        } else {
            try json.require(["amount"])
            // Below zero for a cut.
            change = .add(try json.member("amount").money())
        }
        let ending: PriceRule.Ending = try json.optional("rounding")?.word() ?? .none
        let (first, last) = (try json.day("first_day"), try json.day("last_day"))
        draft = PriceBatchDraft(
            goods, try PriceRule(change, ending: ending, currency: json.currency),
            days: try ValidDays(first: first, last: last))
        agreement = try json.optionalText("agreement")
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            switch draft.goods {
            case .products(let ids):
                json.name("products")
                json.list(ids) { json, id in json.value(id) }
            case .found(let text, let category):
                json.member("q", text)
                json.member("category", category)
            }
            switch draft.rule.change {
            case .raise(let rate): json.member("raise", rate)
            case .cut(let rate): json.member("cut", rate)
            case .add(let amount): json.member("amount", amount)
            }
            json.member("rounding", draft.rule.ending.rawValue)
            if let first = draft.days.first { json.member("first_day", first.text) }
            if let last = draft.days.last { json.member("last_day", last.text) }
            if let agreement { json.member("agreement", agreement) }
        }
    }
}
