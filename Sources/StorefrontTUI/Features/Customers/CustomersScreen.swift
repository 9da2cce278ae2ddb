import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<CustomersState> {
    mutating func draw(in body: Rect) {
        if let record = state.record { return draw(record, in: body) }
        guard let customers = state.customers else {
            if let error = state.error {
                notice(
                    "The customers could not be loaded", [error.message, "\(keyName(.retry)) tries again"],
                    in: body, .error)
            } else {
                notice("Loading the customers\(glyphs.ellipsis)", [], in: body, .textMuted)
            }
            return
        }
        let (top, rest) = body.splitTop(1)
        var parts = [state.sought.map { "Found by \u{201C}\($0.text)\u{201D}" } ?? "The latest first"]
        if state.next != nil {
            parts.append("\(customers.count.grouped) so far, \(keyName(.moreCustomers)) loads more")
        }
        write(
            parts.joined(separator: " \(glyphs.separator) "), top.x + 2, top.y, .textMuted,
            width: top.width - 4)
        guard !customers.isEmpty else {
            return notice(
                state.sought == nil ? "No customers yet" : "Nobody is found by these words",
                ["\(keyName(.findCustomers)) finds by name, e-mail or number."], in: rest)
        }
        let columns = [
            TableColumn("No.", minWidth: 6, alignment: .right, priority: 7),
            TableColumn(
                "Name", minWidth: 12, idealWidth: 40, priority: 9, grows: true,
                maxWidth: BodyGrid.widestName),
            TableColumn("E-mail", minWidth: 22, idealWidth: 34, priority: 8),
            TableColumn("Since", minWidth: 16, priority: 4),
        ]
        let (context, zone) = (context, zone)
        table(columns, count: customers.count, selection: state.selection, in: rest) { row, column in
            let user = customers[row]
            return switch column {
            case 0: [TextRun(String(user.id), context.style(.textMuted))]
            case 1: [TextRun(user.name, context.style(.textStrong), cut: .middle)]
            case 2: [TextRun(user.email, context.style(.text), cut: .middle)]
            default: [TextRun(zone.minuteText(user.createdAt), context.style(.textMuted))]
            }
        }
    }

    /// Who it is and what is open on top, the latest orders below.
    private mutating func draw(_ record: CustomerRecord, in body: Rect) {
        let inside = Rect(x: body.x + 2, y: body.y, width: max(0, body.width - 4), height: body.height)
        let words = CustomerWording(record: record, zone: zone, separator: " \(glyphs.separator) ")
        write(words.person, inside.x, inside.y, .heading, width: inside.width)
        let lines = words.facts.flatMap { TextWidth.wrap($0, width: max(10, inside.width)) }
        let shown = Array(lines.prefix(max(1, body.height / 3)))
        for (offset, line) in shown.enumerated() {
            write(line, inside.x, inside.y + 1 + offset, .text, width: inside.width)
        }
        let rest = body.splitTop(shown.count + 2).rest
        guard !record.orders.isEmpty else { return notice("No orders yet", [], in: rest) }
        let columns = [
            TableColumn("Order", minWidth: 6, alignment: .right, priority: 9),
            TableColumn("Placed", minWidth: 16, priority: 6),
            TableColumn("Receipt", minWidth: 10, priority: 5),
            TableColumn("Status", minWidth: OrderStatus.widestWord, priority: 8),
            TableColumn(
                "Items", minWidth: 10, idealWidth: 40, priority: 4, grows: true,
                maxWidth: BodyGrid.widestName),
            TableColumn("Total", minWidth: 11, alignment: .right, priority: 7),
        ]
        let (context, zone) = (context, zone)
        table(columns, count: record.orders.count, selection: state.selection, in: rest) { row, column in
            let order = record.orders[row]
            return switch column {
            case 0: [TextRun(String(order.id), context.style(.textStrong))]
            case 1: [TextRun(zone.minuteText(order.createdAt), context.style(.textMuted))]
            case 2: [TextRun(order.number?.text ?? "", context.style(.textMuted))]
            case 3: [TextRun(order.status.word, context.style(order.status.role))]
            case 4:
                [
                    TextRun(
                        order.items.map(\.productName).joined(separator: ", "), context.style(.text),
                        cut: .end)
                ]
            default: [TextRun(order.total.displayText, context.style(.price))]
            }
        }
    }
}
