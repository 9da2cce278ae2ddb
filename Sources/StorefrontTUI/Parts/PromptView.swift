import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<Prompt> {
    mutating func draw(in body: Rect) {
        let words = words
        let isLong =
            switch state.purpose {
            case .server, .catalogFile, .returnReason: true
            case .discount, .findLine, .findOrder, .findSale, .approvalCode, .priceReason, .customer,
                .visitorCode, .mailReceipt:
                false
            }
        let noteRows = isLong ? 3 : state.problem == nil ? 1 : 2
        let width = isLong ? 62 : 46
        let (_, inside) = frame.surface.drawPanel(
            Size(width: min(width, body.width - 2), height: 5 + noteRows), title: words.title, in: body,
            context: context.render)
        field(
            state.input, in: Rect(x: inside.x, y: inside.y + 1, width: inside.width, height: 1),
            isFocused: true,
            placeholder: words.placeholder)
        if noteRows == 1 {
            write(
                words.note, inside.x, inside.y + 3, state.isBusy ? .info : .textMuted, width: inside.width)
        } else {
            paragraph(
                "\(state.problem == nil ? "" : "\(glyphs.cross) ")\(words.note)",
                in: Rect(x: inside.x, y: inside.y + 3, width: inside.width, height: noteRows),
                state.problem != nil ? .error : state.isBusy ? .info : .textMuted)
        }
    }

    private var words: (title: String, placeholder: String, note: String) {
        let next = "\(anyKeyName(.nextMatch)) and \(anyKeyName(.previousMatch)) go on and back."
        return switch state.purpose {
        case .discount:
            (
                "Discount code", "such as SAVE10",
                state.problem
                    ?? (state.isBusy ? "Looking it up\(glyphs.ellipsis)" : "Empty takes the code away.")
            )
        case .priceReason(_, let price):
            ("Why \(price.displayText)?", "the reason", "It stands on the journal.")
        case .customer:
            ("Customer", "e-mail of the account", "Empty sells to a walk-in customer.")
        case .findLine: ("Find a line", "words of its name", next)
        case .findOrder: ("Find an order", "its number, or words", "A number opens it. \(next)")
        case .findSale: ("Find a sale", "such as R1-118", "Or a product\u{2019}s code, or a customer.")
        case .returnReason:
            ("Why does it come back?", "1 to 200 characters", state.problem ?? "It stands on the receipt.")
        case .approvalCode:
            ("Approval code", "as the terminal prints it", "Refund on the card terminal first.")
        case .mailReceipt:
            ("Mail the receipt", "such as name@example.com", state.problem ?? "It is sent at once.")
        case .visitorCode:
            ("Enter a code", "such as 7K4M-9XQR", "Where your account is open, F5 makes one.")
        case .catalogFile:
            (
                "Import products", "such as /home/me/products.csv",
                state.problem ?? "Nothing is changed before you have seen what comes in."
            )
        case .server:
            (
                "Connect to a server", "such as https://shop.example.com",
                state.problem
                    ?? (state.isBusy
                        ? "Connecting\(glyphs.ellipsis)" : "Its shop opens instead of this one.")
            )
        }
    }
}
