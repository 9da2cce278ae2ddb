import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<CheckoutState> {
    /// The round amounts with their keys, as far as there is room.
    mutating func roundAmounts(_ checkout: CheckoutState, in row: Rect, _ room: Rect) {
        guard row.y < room.maxY else { return }
        var x = row.x
        for (command, amount) in zip(Command.roundAmounts, checkout.roundAmounts(desk)) {
            let (key, text) = (keyName(command), amount.displayText)
            let width = TextWidth.width(of: key) + 1 + TextWidth.width(of: text)
            guard !key.isEmpty, x + width <= row.maxX else { continue }
            let start = x + write(key, x, row.y, .keyOnPage) + 1
            write(text, start, row.y, .text)
            target(Rect(x: x, y: row.y, width: width, height: 1), .command(command))
            x += width + 3
        }
    }
}
