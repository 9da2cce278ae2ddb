import StoreDomain

extension PaymentMethod: WireNamed {
    public static var wireName: StaticString { "method" }
    public static var wirePlural: StaticString { "methods" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            id: try json.member("id").text(), name: try json.member("name").text(),
            kind: try json.member("kind").word(), permission: try json.member("permission").word())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("name", name)
            $0.member("kind", kind.rawValue)
            $0.member("permission", permission.rawValue)
        }
    }
}

/// A tender as an order keeps it.
extension Payment: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            id: try json.member("id").integer(), method: try json.value("method"),
            amount: try json.member("amount").money(), tendered: try json.optionalMoney("given"),
            change: try json.optionalMoney("change"), approvalCode: try json.optionalText("approval_code"),
            card: try json.optionalValue("card"), paidAt: try json.member("paid_at").time(),
            movedFrom: try json.optional("moved_from")?.integer())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("method", method)
            $0.member("amount", amount)
            $0.member("given", tendered)
            $0.member("change", change)
            $0.member("approval_code", approvalCode)
            if let card { $0.member("card", card) }
            $0.member("paid_at", paidAt)
            $0.member("moved_from", movedFrom)
        }
    }
}

/// A tender as it is asked for.
extension PaymentRequest: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            methodID: try json.optionalText("method"),
            amountMinor: try json.optionalMoney("amount")?.minorUnits,
            tenderedMinor: try json.optionalMoney("given")?.minorUnits,
            approvalCode: try json.optionalText("approval_code"),
            cardCode: try json.giftCardCode("card_code"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            if let methodID { $0.member("method", methodID) }
            if let amountMinor { $0.member("amount", minor: amountMinor) }
            if let tenderedMinor { $0.member("given", minor: tenderedMinor) }
            if let approvalCode { $0.member("approval_code", approvalCode) }
            if let cardCode { $0.member("card_code", cardCode.printed) }
        }
    }
}

extension StrandedPayment: WireNamed {
    public static var wireName: StaticString { "payment" }
    public static var wirePlural: StaticString { "payments" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            orderID: try json.member("order_id").integer(), methodID: try json.member("method").text(),
            amount: try json.member("amount").money(), approvalCode: try json.optionalText("approval_code"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("order_id", orderID)
            $0.member("method", methodID)
            $0.member("amount", amount)
            $0.member("approval_code", approvalCode)
        }
    }
}
