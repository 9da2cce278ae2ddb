import StoreDomain

extension GoodsBack: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            refundID: try json.member("refund_id").integer(in: 1 ... .max),
            orderID: try json.member("order_id").integer(in: 1 ... .max),
            number: try json.documentNumber("number"), reason: try json.member("reason").text(),
            lines: try json.values("lines"), given: try json.member("given").amount(),
            handedOut: try json.values("handed_out"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("refund_id", refundID)
            $0.member("order_id", orderID)
            $0.member("number", number?.text)
            $0.member("reason", reason)
            $0.member("lines", lines)
            $0.member("given", given)
            $0.member("handed_out", handedOut)
        }
    }
}

extension GoodsBack.Line: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            name: try json.member("name").text(),
            quantity: try json.member("quantity").int(in: Quantity.range),
            amount: try json.member("amount").amount(), tax: try json.member("tax").amount(),
            taxRate: try json.optionalRate("tax_rate"), restocks: try json.member("restocks").flag())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("name", name)
            $0.member("quantity", quantity)
            $0.member("amount", amount)
            $0.member("tax", tax)
            $0.member("tax_rate", taxRate)
            $0.member("restocks", restocks)
        }
    }
}

extension SaleReturn: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            orderID: try json.member("order_id").integer(in: 1 ... .max),
            number: try json.documentNumber("number"), lines: try json.values("lines"),
            reason: try json.member("reason").text(), methodID: try json.optionalText("method"),
            tenders: try json.values("tenders"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("order_id", orderID)
            if let number { $0.member("number", number.text) }
            $0.member("lines", lines)
            $0.member("reason", reason)
            if let methodID { $0.member("method", methodID) }
            $0.member("tenders", tenders)
        }
    }
}

extension SaleReturn.Line: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            itemID: try json.member("item_id").integer(in: 1 ... .max),
            name: try json.member("name").text(),
            quantity: try json.member("quantity").int(in: Quantity.range),
            restocks: try json.optional("restocks")?.flag() ?? true,
            amount: try json.member("amount").amount(), tax: try json.member("tax").amount())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("item_id", itemID)
            $0.member("name", name)
            $0.member("quantity", quantity)
            $0.member("restocks", restocks)
            $0.member("amount", amount)
            $0.member("tax", tax)
        }
    }
}

/// What POST /api/tills/events asks for.
public struct HappeningBody: WireWritable, WireReadable, Sendable {
    public let till: String
    public let happening: TillHappening

    public init(till: String, happening: TillHappening) {
        self.till = till
        self.happening = happening
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["till", "kind"])
        till = try json.member("till").text()
        happening =
            switch try json.member("kind").word() as TillHappening.Kind {
            case .noSale: .noSale(reason: try json.member("reason").text())
            case .abandoned:
                .abandoned(
                    pieces: try json.member("pieces").int(in: 1 ... .max),
                    amount: try json.member("amount").amount())
            case .tenderTakenBack:
                .tenderTakenBack(
                    methodID: try json.member("method").text(), amount: try json.member("amount").amount())
            case .slip: .slip(amount: try json.member("amount").amount())
            }
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("till", till)
            $0.member("kind", happening.kind.rawValue)
            switch happening {
            case .noSale(let reason): $0.member("reason", reason)
            case .abandoned(let pieces, let amount):
                $0.member("pieces", pieces)
                $0.member("amount", amount)
            case .tenderTakenBack(let methodID, let amount):
                $0.member("method", methodID)
                $0.member("amount", amount)
            case .slip(let amount): $0.member("amount", amount)
            }
        }
    }
}
