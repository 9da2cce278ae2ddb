import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<BasketsState> {
    mutating func draw(in body: Rect) {
        guard let baskets = state.baskets else {
            if let error = state.error {
                notice(
                    "The baskets could not be loaded", [error.message, "\(keyName(.retry)) tries again"],
                    in: body, .error)
            } else {
                notice("Loading the baskets\(glyphs.ellipsis)", [], in: body, .textMuted)
            }
            return
        }
        guard !baskets.isEmpty else {
            notice(
                "No basket is left behind",
                ["A basket of a program that has ended, or of somebody who signed out, comes here."], in: body
            )
            return
        }
        let (top, rest) = body.splitTop(1)
        let isInterrupted = baskets[state.selection].basket.hasCheckout
        let hint =
            isInterrupted
            ? "A checkout of this one was interrupted; \(keyName(.open)) takes it up."
            : "\(keyName(.open)) takes the selected one up; the cart of now comes here in its place."
        write(hint, top.x + 2, top.y, isInterrupted ? .warning : .textMuted, width: top.width - 4)
        table(baskets, in: rest)
    }

    private mutating func table(_ baskets: [ListedBasket], in rect: Rect) {
        let columns = [
            TableColumn("Changed", minWidth: 16, priority: 9),
            TableColumn(
                "Contents", minWidth: 12, idealWidth: 40, priority: 6, grows: true,
                maxWidth: BodyGrid.widestName),
            TableColumn("Whose", minWidth: 8, idealWidth: 20, priority: 4),
            TableColumn("Pcs", minWidth: 4, alignment: .right, priority: 5),
            TableColumn("Total", minWidth: 11, alignment: .right, priority: 7),
        ]
        let selection = state.selection
        let viewport = ListViewport(
            count: baskets.count, height: Surface.tableRows(in: rect), selection: selection)
        let (context, zone, user) = (context, zone, desk.user)
        frame.surface.drawTable(
            columns, in: rect, viewport: viewport, context: context.render, isFocused: isInFront
        ) { row, column in
            let item = baskets[row]
            switch column {
            case 0: return [TextRun(item.basket.timeText(in: zone), context.style(.textStrong))]
            case 1:
                let mark = "\(context.glyphs.warning) "
                let contents = TextRun(item.contents, context.style(.text), cut: .middle)
                return item.basket.hasCheckout
                    ? [TextRun(mark, context.style(.warning)), contents] : [contents]
            case 2: return [TextRun(item.basket.whose(user), context.style(.text))]
            case 3: return [TextRun(String(item.basket.cart.pieces), context.style(.textMuted))]
            default: return [TextRun(item.total?.displayText ?? "", context.style(.price))]
            }
        }
        for (offset, row) in viewport.visible.enumerated() {
            target(Rect(x: rect.x, y: rect.y + 1 + offset, width: rect.width, height: 1), .row(row))
        }
        if isInFront {
            frame.surface.cursor = Point(x: rect.x + 2, y: rect.y + 1 + selection - viewport.offset)
        }
    }
}

extension LeftBasket {
    func timeText(in zone: ShopZone) -> String { changedAt.map { zone.minuteText($0) } ?? "earlier" }

    /// - Parameter user: who looks at it; all that are not a guest's are theirs.
    func whose(_ user: User?) -> String {
        switch owner {
        case .guest: "Guest"
        case .user: user?.name ?? ""
        }
    }
}
