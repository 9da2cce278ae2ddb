import StoreDomain

/// What POST /api/refunds asks for.
public struct RefundDraftBody: WireWritable, Sendable {
    public let draft: RefundDraft
    public let till: String

    public init(_ draft: RefundDraft, till: String) {
        self.draft = draft
        self.till = till
    }

    /// - Throws: `WireProblem` for what is of another type, `StoreError` for what breaks a rule.
    public init(_ json: WireReader) throws {
        try json.require(["order_id", "till", "reason"])
        till = try json.member("till").text()
        draft = try RefundDraft(
            orderID: try json.member("order_id").integer(),
            lines: try json.optional("lines")?.list { (json) throws(WireProblem) in
                RefundDraft.Line(
                    itemID: try json.member("item_id").integer(),
                    quantity: try json.optional("quantity")?.int() ?? 1,
                    restocks: try json.optional("restocks")?.flag() ?? true)
            } ?? [],
            reason: try json.member("reason").text(), methodID: try json.optionalText("method"),
            approvalCode: try json.optionalText("approval_code"), agreed: try json.optionalMoney("agreed"),
            cards: try json.values("gift_cards"))
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("order_id", draft.orderID)
            json.member("till", till)
            json.name("lines")
            json.list(draft.lines) { json, line in
                json.object {
                    $0.member("item_id", line.itemID)
                    $0.member("quantity", line.quantity)
                    $0.member("restocks", line.restocks)
                }
            }
            json.member("reason", draft.reason)
            if let methodID = draft.methodID { json.member("method", methodID) }
            if let approvalCode = draft.approvalCode { json.member("approval_code", approvalCode) }
            if let agreed = draft.agreed { json.member("agreed", agreed) }
            if !draft.cards.isEmpty { json.member("gift_cards", draft.cards) }
        }
    }
}

/// What POST /api/voids asks for.
public struct VoidDraftBody: WireWritable, Sendable {
    public let draft: VoidDraft
    public let till: String

    public init(_ draft: VoidDraft, till: String) {
        self.draft = draft
        self.till = till
    }

    /// - Throws: `WireProblem` for what is of another type, `StoreError` for what breaks a rule.
    public init(_ json: WireReader) throws {
        try json.require(["order_id", "till", "reason"])
        till = try json.member("till").text()
        draft = try VoidDraft(
            orderID: try json.member("order_id").integer(), reason: try json.member("reason").text(),
            approvalCode: try json.optionalText("approval_code"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("order_id", draft.orderID)
            $0.member("till", till)
            $0.member("reason", draft.reason)
            if let approvalCode = draft.approvalCode { $0.member("approval_code", approvalCode) }
        }
    }
}

extension Refund: WireNamed {
    public static var wireName: StaticString { "refund" }
    public static var wirePlural: StaticString { "refunds" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            id: try json.member("id").integer(in: 1 ... .max),
            orderID: try json.member("order_id").integer(in: 1 ... .max),
            number: try json.documentNumber("number"), lines: try json.values("lines"),
            reason: try json.member("reason").text(), tenders: try json.values("tenders"),
            amount: try json.member("amount").amount(), giftCards: try json.optionalMoney("gift_cards"),
            rounding: try json.member("rounding").money(),
            operatorID: try json.member("operator_id").integer(), till: try json.member("till").text(),
            at: try json.member("at").time(), kind: try json.optional("kind")?.word() ?? .refund,
            bookedOn: try json.optional("booked_on")?.integer())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("order_id", orderID)
            $0.member("number", number?.text)
            $0.member("lines", lines)
            $0.member("reason", reason)
            $0.member("tenders", tenders)
            $0.member("amount", amount)
            $0.member("gift_cards", giftCards)
            $0.member("rounding", rounding)
            $0.member("operator_id", operatorID)
            $0.member("till", till)
            $0.member("at", at)
            $0.member("kind", kind.rawValue)
            $0.member("booked_on", bookedOn)
        }
    }
}

extension Refund.Line: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            itemID: try json.member("item_id").integer(),
            quantity: try json.member("quantity").int(in: Quantity.range),
            amount: try json.member("amount").amount(), tax: try json.member("tax").amount(),
            restocks: try json.member("restocks").flag())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("item_id", itemID)
            $0.member("quantity", quantity)
            $0.member("amount", amount)
            $0.member("tax", tax)
            $0.member("restocks", restocks)
        }
    }
}

extension Refund.Tender: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            paymentID: try json.optional("payment_id")?.integer(), method: try json.value("method"),
            amount: try json.member("amount").amount(), approvalCode: try json.optionalText("approval_code"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("payment_id", paymentID)
            $0.member("method", method)
            $0.member("amount", amount)
            $0.member("approval_code", approvalCode)
        }
    }
}
