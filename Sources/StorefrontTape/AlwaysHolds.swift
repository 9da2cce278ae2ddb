import StoreDomain
import StorefrontCore
import TerminalKit

/// What holds after every step, whether or not anybody wrote it down.
enum AlwaysHolds {
    /// What does not, with what is instead.
    static func problems(of state: AppState, on surface: Surface, size: Size) -> [(
        sentence: String, problem: String
    )] {
        var problems: [(sentence: String, problem: String)] = []
        for command in Command.allCases {
            guard case .disabled(let reason) = state.availability(of: command) else { continue }
            if !isSentence(reason) {
                problems.append(("a command that is refused says why", "\(command): \"\(reason)\""))
            }
        }
        if surface.size != size {
            problems.append(("a picture is as big as the screen", "it is \(surface.size) on \(size)"))
        }
        if let cursor = surface.cursor, !surface.bounds.contains(cursor) {
            problems.append(("the cursor is on the screen", "it is at \(cursor.x),\(cursor.y)"))
        }
        for y in 0..<surface.size.height {
            let text = surface.text(ofRow: y)
            if TextWidth.width(of: text) > size.width {
                problems.append(("no sign is cut in half", "row \(y + 1) is \"\(text)\""))
            }
            if text.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }) {
                problems.append(("no control character is shown", "row \(y + 1) has one"))
            }
        }
        return problems + moneyProblems(of: state.desk.basket)
    }

    private static func isSentence(_ reason: String) -> Bool {
        guard let first = reason.first else { return false }
        return reason.contains(" ") && !first.isLowercase && !reason.contains("\n")
    }

    private static func moneyProblems(of basket: Basket) -> [(sentence: String, problem: String)] {
        var problems: [(sentence: String, problem: String)] = []
        if let line = basket.cart.lines.first(where: { $0.quantity < 1 }) {
            problems.append(("a cart has pieces on each line", "\(line.name) has \(line.quantity)"))
        }
        guard let quote = basket.quote else { return problems }
        let net = quote.subtotal - quote.discount
        // Tax may be in the prices, and cash may be rounded when it is paid, not here.
        if quote.total != net, quote.total != net + quote.tax {
            problems.append(
                (
                    "money sums up",
                    "\(quote.subtotal.decimalText) - \(quote.discount.decimalText), tax "
                        + "\(quote.tax.decimalText), is \(quote.total.decimalText)"
                ))
        }
        let lines = quote.steps.isEmpty ? nil : quote.lines.map(\.quantity).min()
        if let lines, lines < 1 { problems.append(("what is priced has pieces", "a line has \(lines)")) }
        return problems
    }
}
