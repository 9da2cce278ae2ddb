import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<GiftCardsState> {
    mutating func draw(in body: Rect) {
        if let history = state.history { return draw(history, in: body) }
        guard let cards = state.cards else {
            if let error = state.error {
                notice(
                    "The gift cards could not be loaded", [error.message, "\(keyName(.retry)) tries again"],
                    in: body, .error)
            } else {
                notice("Loading the gift cards\(glyphs.ellipsis)", [], in: body, .textMuted)
            }
            return
        }
        let (top, rest) = body.splitTop(1)
        let what = state.sought.map { "Found by \u{201C}\($0)\u{201D}" } ?? "The latest first"
        write(
            "\(what) \(glyphs.separator) \(keyName(.findGiftCard)) finds by code or name", top.x + 2, top.y,
            .textMuted, width: top.width - 4)
        guard !cards.isEmpty else {
            return notice("No gift cards", ["One is sold at the till, such as by 50G."], in: rest)
        }
        table(cards, in: rest)
    }

    private mutating func table(_ cards: [GiftCard], in rect: Rect) {
        let columns = [
            TableColumn("Issued", minWidth: 16, priority: 5),
            TableColumn("Card", minWidth: 12, priority: 9),
            TableColumn(
                "Name", minWidth: 8, idealWidth: 30, priority: 6, grows: true,
                maxWidth: BodyGrid.widestName),
            TableColumn("Expires", minWidth: 16, priority: 3),
            TableColumn("Balance", minWidth: 11, alignment: .right, priority: 8),
        ]
        let selection = state.selection
        let viewport = ListViewport(
            count: cards.count, height: Surface.tableRows(in: rect), selection: selection)
        let (context, zone) = (context, zone)
        frame.surface.drawTable(
            columns, in: rect, viewport: viewport, context: context.render, isFocused: isInFront
        ) { row, column in
            let card = cards[row]
            let role: ThemeRole = card.balance.isZero ? .disabled : .text
            switch column {
            case 0: return [TextRun(zone.minuteText(card.createdAt), context.style(.textMuted))]
            case 1: return [TextRun(card.shortName(context.glyphs.ellipsis), context.style(.textStrong))]
            case 2: return [TextRun(card.name ?? "", context.style(role), cut: .middle)]
            case 3:
                return [
                    TextRun(card.expiresAt.map { zone.minuteText($0) } ?? "", context.style(.textMuted))
                ]
            default: return [TextRun(card.balance.displayText, context.style(.price))]
            }
        }
        for (offset, row) in viewport.visible.enumerated() {
            target(Rect(x: rect.x, y: rect.y + 1 + offset, width: rect.width, height: 1), .row(row))
        }
        if isInFront {
            frame.surface.cursor = Point(x: rect.x + 2, y: rect.y + 1 + selection - viewport.offset)
        }
    }

    private mutating func draw(_ history: GiftCardHistory, in body: Rect) {
        let card = history.card
        let inside = Rect(x: body.x + 2, y: body.y, width: min(body.width - 4, 100), height: body.height)
        let who = card.name.map { " \(glyphs.separator) \($0)" } ?? ""
        write(card.shortName(glyphs.ellipsis) + who, inside.x, inside.y, .heading, width: inside.width)
        pair(
            "Balance", card.balance.displayText, inside.x, inside.y + 1, width: min(inside.width, 40), .total)
        write(
            card.expiresAt.map { "Expires \(zone.minuteText($0))" } ?? "Never expires", inside.x,
            inside.y + 2,
            .textMuted, width: inside.width)
        let area = Rect(
            x: inside.x, y: inside.y + 4, width: inside.width, height: max(0, inside.height - 4))
        let rows = history.movements.map { movement in
            let facts = [
                zone.minuteText(movement.at), movement.kind.word, movement.number?.text,
                movement.amount.displayText, "left \(movement.left.displayText)", movement.reason,
            ].compactMap(\.self)
            return facts.joined(separator: "  ")
        }
        let bar = Rect(x: body.maxX - 1, y: area.y, width: 1, height: area.height)
        let skip = scrolled(state.scroll ?? 0, lines: rows.count, visible: area.height, bar: bar)
        for (offset, row) in rows.dropFirst(skip).prefix(area.height).enumerated() {
            write(row, area.x, area.y + offset, .text, width: area.width)
        }
        frame.surface.cursor = area.origin
    }
}

extension GiftCard {
    /// "…ABCD", "store credit"
    fileprivate func shortName(_ ellipsis: String) -> String {
        lastFour.map { "\(ellipsis)\($0)" } ?? "store credit"
    }
}
