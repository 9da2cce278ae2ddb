import StoreDomain

extension GiftCard: WireNamed {
    public static var wireName: StaticString { "gift_card" }
    public static var wirePlural: StaticString { "gift_cards" }

    public init(_ json: WireReader) throws(WireProblem) {
        let holder: Holder
        if let account = try json.optional("account_id") {
            holder = .account(try account.integer())
        } else {
            holder = .bearer(lastFour: try json.member("last_four").text())
        }
        self.init(
            id: try json.member("id").integer(in: 1 ... .max), holder: holder,
            name: try json.optionalText("name"), balance: try json.member("balance").amount(),
            expiresAt: try json.optionalTime("expires_at"), createdAt: try json.member("created_at").time())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            switch holder {
            case .bearer(let lastFour): $0.member("last_four", lastFour)
            case .account(let id): $0.member("account_id", id)
            }
            $0.member("name", name)
            $0.member("balance", balance)
            $0.member("expires_at", expiresAt)
            $0.member("created_at", createdAt)
        }
    }
}

extension GiftCardMovement: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            id: try json.member("id").integer(in: 1 ... .max), kind: try json.member("kind").word(),
            amount: try json.member("amount").money(), left: try json.member("left").amount(),
            orderID: try json.optional("order_id")?.integer(), number: try json.documentNumber("number"),
            by: try json.optional("by")?.integer(), reason: try json.optionalText("reason"),
            at: try json.member("at").time())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("kind", kind.rawValue)
            $0.member("amount", amount)
            $0.member("left", left)
            $0.member("order_id", orderID)
            $0.member("number", number?.text)
            $0.member("by", by)
            $0.member("reason", reason)
            $0.member("at", at)
        }
    }
}

extension GiftCardHistory: WireNamed {
    public static var wireName: StaticString { "history" }
    public static var wirePlural: StaticString { "histories" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(card: try json.value("card"), movements: try json.values("movements"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("card", card)
            $0.member("movements", movements)
        }
    }
}

extension SoldGiftCard: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            id: try json.member("id").integer(in: 1 ... .max), lastFour: try json.member("last_four").text(),
            amount: try json.member("amount").amount(), returned: try json.member("returned").amount(),
            balance: try json.member("balance").amount(), code: try json.giftCardCode("code"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("last_four", lastFour)
            $0.member("amount", amount)
            $0.member("returned", returned)
            $0.member("balance", balance)
            if let code { $0.member("code", code.printed) }
        }
    }
}

extension PaymentCard: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            id: try json.member("id").integer(), lastFour: try json.optionalText("last_four"),
            left: try json.member("left").amount())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("last_four", lastFour)
            $0.member("left", left)
        }
    }
}

extension GiftCardSale: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            amountMinor: try json.member("amount").amount().minorUnits, code: try json.giftCardCode("code"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("amount", minor: amountMinor)
            if let code { $0.member("code", code.printed) }
        }
    }
}

extension GiftCardBack: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(cardID: try json.member("card_id").integer(), amount: try json.member("amount").amount())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("card_id", cardID)
            $0.member("amount", amount)
        }
    }
}

/// What POST /api/gift-cards asks for.
extension GiftCardIssue: WireWritable {
    /// - Throws: `WireProblem` for what is of another type, `StoreError` for what breaks a rule.
    public init(request json: WireReader) throws {
        try json.require(["amount", "code", "reason"])
        guard let code = try json.giftCardCode("code") else {
            throw try json.member("code").problem("is missing")
        }
        try self.init(
            amount: try json.member("amount").amount(), code: code, name: try json.optionalText("name"),
            reason: try json.member("reason").text())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("amount", amount)
            $0.member("code", code.printed)
            if let name { $0.member("name", name) }
            $0.member("reason", reason)
        }
    }
}

/// What POST /api/gift-cards/balance asks for: a code stands in no address, which others may log.
public struct CardCodeBody: WireWritable, Sendable {
    public let code: GiftCardCode

    public init(code: GiftCardCode) { self.code = code }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["code"])
        guard let code = try json.giftCardCode("code") else {
            throw try json.member("code").problem("is missing")
        }
        self.code = code
    }

    public func write(to json: inout JSONWriter) {
        json.object { $0.member("code", code.printed) }
    }
}

/// What POST /api/gift-cards/expire asks for.
public struct CardExpiryBody: WireWritable, Sendable {
    public let cardID: Int64?
    public let reason: String

    public init(cardID: Int64?, reason: String) {
        self.cardID = cardID
        self.reason = reason
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["reason"])
        cardID = try json.optional("card_id")?.integer()
        reason = try json.member("reason").text()
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            if let cardID { $0.member("card_id", cardID) }
            $0.member("reason", reason)
        }
    }
}

extension WireReader {
    /// The code of a gift card, however it is grouped; nil where the member is missing.
    func giftCardCode(_ name: String) throws(WireProblem) -> GiftCardCode? {
        guard let json = try optional(name) else { return nil }
        guard let code = GiftCardCode(try json.text()) else {
            throw json.problem("must be the 16 characters of a gift card's code")
        }
        return code
    }
}
