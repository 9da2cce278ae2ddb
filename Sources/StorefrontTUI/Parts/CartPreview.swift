import StoreDomain
import StorefrontCore
import TerminalKit

/// The cart beside something else.
extension Painter {
    /// Rows for the cart at the bottom of a pane; 0 in a low one.
    func cartPreviewRows(in rect: Rect) -> Int {
        let wanted = desk.basket.cart.lines.isEmpty ? 4 : cartSummary.count + cartFigures.sums.count + 3
        return rect.height >= 24 ? min(max(8, wanted), rect.height / 2) : 0
    }

    /// The cart's lines and total, the latest in sight, under a line.
    mutating func cartPreview(in rect: Rect) {
        guard rect.height >= 4 else { return }
        frame.surface.horizontalLine(at: rect.origin, length: rect.width, style: style(.border))
        write("Cart", rect.x, rect.y + 1, .heading)
        target(rect, .command(.openCart))
        let room = Rect(x: rect.x, y: rect.y + 2, width: rect.width, height: rect.height - 2)
        guard !desk.basket.cart.lines.isEmpty else {
            paragraph("Empty. \(anyKeyName(.addOne)) adds the selected product.", in: room, .textMuted)
            return
        }
        summary(cartSummary, sums: cartFigures.sums, in: room, showsLatest: true)
    }
}
