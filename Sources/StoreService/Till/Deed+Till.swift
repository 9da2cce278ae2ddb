import StoreDomain

// What is done at a till, for whoever is asked to approve it.

extension Deed {
    /// How it is paid is no part of it: that may change while somebody is asked.
    static func sale(_ draft: SaleDraft) -> Deed {
        Deed("Sale at till \(draft.till)", till: draft.till, content: draft.approvedText) { work in
            let facts = try work.facts(draft.lines.map(\.productID), discountCode: draft.discountCode)
            let currency = facts.policy.currency
            let cards = draft.giftCards.map { card in
                "Gift card  \(Money(minorUnits: card.amountMinor, currency: currency).displayText)"
            }
            let back = try draft.back.map { try $0.texts(of: work.order($0.orderID)) } ?? []
            let isBelow = draft.lines.contains(where: \.sellsBelowZero)
            return try Selling.price(draft, facts, as: .operatorOfStore).lineTexts + cards + back
                + (isBelow ? ["More than there is on the books"] : [])
                + (draft.note.map { ["Note: \($0)"] } ?? [])
        }
    }

    static func refund(_ draft: RefundDraft, till: String) -> Deed {
        Deed(
            "Refund at till \(till)", till: till, content: "\(till)|\(draft.approvedText)"
        ) { work in try draft.texts(of: work.order(draft.orderID)) }
    }

    static func looseReturn(_ draft: LooseReturnDraft) -> Deed {
        Deed(
            "Return without a receipt at till \(draft.till)", till: draft.till, content: draft.approvedText
        ) { work in
            let offers = try work.tx.offers(draft.lines.map(\.productID), includingArchived: true)
            let back = draft.lines.map { line in
                let name = offers[line.productID]?.name ?? "product \(line.productID)"
                return "\(line.quantity) × \(name) back\(line.restocks ? "" : ", as a loss")"
            }
            let agreed = draft.agreed.map { ["Worth: \($0.displayText)"] } ?? []
            return back + agreed + ["Brought by: \(draft.name)", "Reason: \(draft.reason)"]
        }
    }

    /// What a till has to tell; only a drawer that is opened without a sale needs anybody.
    static func happening(_ happening: TillHappening, till: String) -> Deed {
        let reason = happening.reason ?? ""
        return Deed(
            "Opening the drawer of till \(till)", till: till,
            content: "\(happening.kind.rawValue)|\(till)|\(reason)"
        ) { _ in ["Reason: \(reason)"] }
    }

    static func void(_ draft: VoidDraft, till: String) -> Deed {
        Deed(
            "Void at till \(till)", till: till, content: "\(till)|void|\(draft.orderID)|\(draft.reason)"
        ) { work in
            let order = try work.order(draft.orderID)
            let lines = order.items.map { "\($0.quantity) × \($0.productName)" }
            return [order.saleText] + lines + ["Reason: \(draft.reason)"]
        }
    }

    static func cash(_ kind: CashMovementKind, _ amount: Money, reason: String, till: String) -> Deed {
        Deed(
            "Cash at till \(till)", till: till,
            content: "cash|\(till)|\(kind.rawValue)|\(amount.minorUnits)|\(reason)"
        ) { _ in ["\(kind.words) \(amount.displayText)", "Reason: \(reason)"] }
    }

    static func opening(till: String, float: Money) -> Deed {
        Deed(
            "Opening a shift at till \(till)", till: till, content: "open|\(till)|\(float.minorUnits)"
        ) { _ in ["Float: \(float.displayText)"] }
    }

    /// Of the count that is kept; one that is handed over with the closing is kept only when that is not refused.
    static func closing(till: String, nextFloat: Money?, reason: String?) -> Deed {
        Deed(
            "Closing the shift of till \(till)", till: till,
            content: "close|\(till)|\(nextFloat?.minorUnits ?? -1)|\(reason ?? "")"
        ) { work in
            let counted = try work.tx.openShift(of: till)?.counts.last?.drawer.total
            return (counted.map { ["Counted: \($0.displayText)"] } ?? [])
                + (reason.map { ["Reason: \($0)"] } ?? [])
        }
    }
}

extension CashMovementKind {
    fileprivate var words: String {
        switch self {
        case .paidIn: "Paid in"
        case .paidOut: "Paid out"
        case .drop: "Dropped at the safe or the bank:"
        }
    }
}

extension SaleDraft {
    /// One text for what somebody approves: everything but how it is paid.
    fileprivate var approvedText: String {
        let items = lines.map { line in
            let price = line.override.map { "@\($0.price.minorUnits):\($0.reason)" } ?? ""
            let off = line.discount.map { "-\($0.approvedText)" } ?? ""
            let below = line.sellsBelowZero ? "!" : ""
            return "\(line.productID)x\(line.quantity)~\(line.label ?? "")\(price)\(off)\(below)"
        }
        return [
            isTraining ? "training" : "sale", till, items.joined(separator: ","),
            discountCode.map(Discount.key) ?? "",
            discount?.approvedText ?? "", exemption.map { "\($0.taxNumber):\($0.reason)" } ?? "",
            customerID.map(String.init) ?? "", back?.approvedText ?? "",
            giftCards.map { String($0.amountMinor) }.joined(separator: ","),
        ].joined(separator: "|")
    }
}

extension RefundDraft {
    /// One text for what somebody approves: everything but what the card terminal prints.
    fileprivate var approvedText: String {
        let items = lines.map { "\($0.itemID)x\($0.quantity)\($0.restocks ? "" : "!")" }
        let back = cards.map { "\($0.cardID)x\($0.amount.minorUnits)" }
        return [
            "refund", String(orderID), items.joined(separator: ","), back.joined(separator: ","),
            methodID ?? "", agreed.map { String($0.minorUnits) } ?? "", reason,
        ].joined(separator: "|")
    }

    /// What comes back of an order, a line each.
    fileprivate func texts(of order: Order) -> [String] {
        let back = lines.map { line in
            let name = order.items.first { $0.id == line.itemID }?.productName ?? "line \(line.itemID)"
            return "\(line.quantity) × \(name) back\(line.restocks ? "" : ", as a loss")"
        }
        let cards = cards.map { "Gift card of \($0.amount.displayText) back" }
        let agreed = agreed.map { ["Money back: \($0.displayText)"] } ?? []
        return [order.saleText] + back + cards + agreed + ["Reason: \(reason)"]
    }
}

extension LooseReturnDraft {
    /// The same: the code of the card that is made, and what the terminal prints, are no part of it.
    fileprivate var approvedText: String {
        let items = lines.map { "\($0.productID)x\($0.quantity)\($0.restocks ? "" : "!")" }
        return [
            "return", till, items.joined(separator: ","), customerID.map(String.init) ?? "", methodID ?? "",
            agreed.map { String($0.minorUnits) } ?? "", name, reason,
        ].joined(separator: "|")
    }
}

extension ManualDiscount {
    fileprivate var approvedText: String {
        switch self {
        case .percent(let rate): "\(rate.numerator)/\(rate.denominator)"
        case .amount(let amount): String(amount.minorUnits)
        }
    }

    fileprivate var offText: String {
        switch self {
        case .percent(let rate): "\(rate.percentText) off"
        case .amount(let amount): "\(amount.displayText) off"
        }
    }
}

extension Order {
    /// Which sale, and what it came to.
    fileprivate var saleText: String { "\(number?.text ?? "Order \(id)"), \(total.displayText)" }
}

extension PricedSale {
    /// The sale, a line each.
    fileprivate var lineTexts: [String] {
        var texts: [String] = []
        for line in lines {
            texts.append("\(line.line.quantity) × \(line.line.name)  \(line.line.gross.displayText)")
            if line.line.unitPrice != line.line.listPrice {
                let why = line.line.overrideReason.map { ": \($0)" } ?? ""
                texts.append(
                    "   \(line.line.unitPrice.displayText) each instead of \(line.line.listPrice.displayText)\(why)"
                )
            }
            if let discount = line.line.discount { texts.append("   \(discount.offText)") }
        }
        if !breakdown.discount.isZero { texts.append("Discount  \(breakdown.discount.displayText)") }
        if let exemption { texts.append("No tax for \(exemption.taxNumber): \(exemption.reason)") }
        texts.append("Total  \(total.displayText)")
        return texts
    }
}
