import StoreDomain
import StorefrontCore

/// A sale with what came back of it.
enum SaleDetail {
    static func print(_ order: Order, _ refunds: [Refund], json: Bool, in zone: ShopZone) {
        if json {
            return Console.write(
                OutputJSON.object([
                    ("order", .order(order)), ("refunds", .array(refunds.map(OutputJSON.refund))),
                ]).text + "\n")
        }
        if let number = order.number { Console.write(FieldList.text([("receipt", number.text)])) }
        OrderDetail.print(order, json: false, in: zone)
        for refund in refunds {
            Console.write("\n")
            RefundDetail.print(refund, order, json: false, in: zone)
        }
    }
}

/// What came back.
enum RefundDetail {
    static func print(_ refund: Refund, _ order: Order, json: Bool, in zone: ShopZone) {
        if json { return Console.write(OutputJSON.refund(refund).text + "\n") }
        Console.write(
            FieldList.text([
                (refund.kind.rawValue, refund.number?.text ?? String(refund.id)),
                ("order", String(order.id)), ("at", zone.minuteText(refund.at)), ("till", refund.till),
                ("reason", refund.reason),
            ]) + "\n")
        lines(refund.lines, order)
        money(refund.tenders, given: refund.given)
    }

    /// What would come back.
    static func print(_ figures: RefundFigures, _ order: Order, json: Bool) {
        if json {
            return Console.write(
                OutputJSON.object([
                    ("order_id", .int(order.id)), ("lines", .array(figures.lines.map(OutputJSON.refundLine))),
                    ("tenders", .array(figures.tenders.map(OutputJSON.refundTender))),
                    ("amount", .money(figures.amount)), ("gift_cards", .money(figures.giftCards)),
                    ("rounding", .money(figures.rounding)),
                    ("needs_approval_code", .bool(figures.needsApproval)),
                ]).text + "\n")
        }
        lines(figures.lines, order)
        money(figures.tenders, given: figures.given)
    }

    private static func lines(_ lines: [Refund.Line], _ order: Order) {
        var table = TextTable([
            .init("Product"), .init("SKU"), .init("Back", .right), .init("Goes"), .init("Amount", .right),
        ])
        Console.write(
            table.lines(
                lines.map { line in
                    let item = order.items.first { $0.id == line.itemID }
                    return [
                        item?.productName ?? "", item?.sku ?? "", line.quantity.grouped,
                        line.restocks ? "shelf" : "loss", line.amount.displayText,
                    ]
                }) + "\n")
    }

    private static func money(_ tenders: [Refund.Tender], given: Money) {
        Console.write(
            FieldList.text(
                tenders.map { tender in
                    let code = tender.approvalCode.map { ", approval code \($0)" } ?? ""
                    let stays = tender.isMoved ? ", stays for the exchange" : ""
                    return (tender.method.name, "\(tender.amount.displayText)\(code)\(stays)")
                } + [("given back", given.displayText)]))
    }
}

extension OutputJSON {
    static func refund(_ refund: Refund) -> OutputJSON {
        .object([
            ("id", .int(refund.id)), ("order_id", .int(refund.orderID)),
            ("number", .text(refund.number?.text)),
            ("kind", .string(refund.kind.rawValue)), ("lines", .array(refund.lines.map(refundLine))),
            ("reason", .string(refund.reason)), ("tenders", .array(refund.tenders.map(refundTender))),
            ("amount", .money(refund.amount)), ("gift_cards", .money(refund.giftCards)),
            ("rounding", .money(refund.rounding)),
            ("operator_id", .int(refund.operatorID)), ("booked_on", .int(refund.bookedOn)),
            ("till", .string(refund.till)), ("at", .time(refund.at)),
            ("exchange_id", refund.exchangeID.map { .int($0) } ?? .null),
            ("journal_mark", .text(refund.journalMark)),
        ])
    }

    static func refundLine(_ line: Refund.Line) -> OutputJSON {
        .object([
            ("item_id", .int(line.itemID)), ("quantity", .int(line.quantity)),
            ("amount", .money(line.amount)), ("tax", .money(line.tax)), ("restocks", .bool(line.restocks)),
        ])
    }

    static func refundTender(_ tender: Refund.Tender) -> OutputJSON {
        .object([
            ("payment_id", tender.paymentID.map { .int($0) } ?? .null),
            ("method", .string(tender.method.id)), ("amount", .money(tender.amount)),
            ("approval_code", .text(tender.approvalCode)), ("moved", .bool(tender.isMoved)),
        ])
    }
}
