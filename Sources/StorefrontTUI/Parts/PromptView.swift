import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<Prompt> {
    mutating func draw(in body: Rect) {
        let words = words
        let isLong =
            switch state.purpose {
            case .server, .catalogFile, .returnReason, .newCustomer, .invoice, .badgeFor, .check, .unlock,
                .approverPIN, .pin,
                .office:
                true
            case .discount, .findLine, .findOrder, .findSale, .approvalCode, .priceReason, .customer,
                .visitorCode, .noSaleReason, .newPIN, .pinPassword, .pinOwner, .pinFor, .badgeOwner,
                .returnProduct, .returnName, .findGiftCard, .mailReceipt, .macroName, .macroKey,
                .reportDays, .findProducts, .customers:
                false
            }
        let noteRows = state.purpose.held != nil ? 5 : isLong ? 3 : state.problem == nil ? 1 : 2
        let width = isLong ? 62 : 46
        let (_, inside) = frame.surface.drawPanel(
            Size(width: min(width, body.width - 2), height: 5 + noteRows), title: words.title, in: body,
            context: context.render)
        field(
            state.input, in: Rect(x: inside.x, y: inside.y + 1, width: inside.width, height: 1),
            isFocused: true,
            placeholder: words.placeholder, isSecret: state.input.isSecret)
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

    private var waiting: String? {
        state.isBusy ? "Looking\(glyphs.ellipsis)" : state.badgeNote
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
            ("Customer", "name, e-mail or number", "Empty sells to a walk-in customer.")
        case .newCustomer:
            (
                "A new customer", "such as Ada Byron ada@example.com",
                state.problem ?? "The name, and then the e-mail; without a password."
            )
        case .findLine: ("Find a line", "words of its name", next)
        case .findOrder: ("Find an order", "its number, or words", "A number opens it. \(next)")
        case .findSale: ("Find a sale", "such as R1-118", "Or a product\u{2019}s code, or a customer.")
        case .returnProduct: ("What comes back?", "its code", "Or scan it.")
        case .returnName: ("Who brings it?", "the name", "It stands on the receipt.")
        case .reportDays: ("Which days?", "2026-11-01 2026-11-30", "Two dates, a month or a year.")
        case .findProducts: ("Find products", "words, SKU or barcode", "Empty shows all.")
        case .findGiftCard: ("Find a gift card", "code, or its end", "Or a name. Empty shows all.")
        case .returnReason:
            ("Why does it come back?", "1 to 200 characters", state.problem ?? "It stands on the receipt.")
        case .noSaleReason:
            ("Why is the drawer opened?", "such as change for a note", "It stands on the journal.")
        case .approvalCode:
            ("Approval code", "as the terminal prints it", "Refund on the card terminal first.")
        case .mailReceipt:
            ("Mail the receipt", "such as name@example.com", state.problem ?? "It is sent at once.")
        case .macroName:
            ("Name of the macro", "such as coffee", state.problem ?? "Empty throws the recording away.")
        case .macroKey(let name):
            ("Key that plays \(name)", "such as F6 or Alt-c", state.problem ?? "Empty leaves it without one.")
        case .visitorCode:
            ("Enter a code", "such as 7K4M-9XQR", "Where your account is open, F5 makes one.")
        case .pin:
            (
                "Who is at the till?", "PIN",
                state.problem ?? waiting ?? "The sale stays. Enter without a PIN signs out."
            )
        case .unlock:
            (
                "Locked", "PIN or password",
                state.problem ?? waiting
                    ?? "The PIN of whoever goes on, or \(desk.user?.name ?? "")\u{2019}s password."
            )
        case .approverPIN(let held):
            (
                held.approval.title, "approver\u{2019}s PIN",
                state.problem ?? waiting ?? held.approval.howToGoOn
            )
        case .newPIN:
            ("A PIN of your own", "4 to 8 digits", state.problem ?? "For the till; nobody else has it.")
        case .pinPassword:
            ("Your password", "to set the PIN", state.problem ?? waiting ?? "It proves that it is you.")
        case .pinOwner: ("Whose PIN?", "e-mail of the account", "An earlier one counts no longer.")
        case .pinFor(let email):
            ("PIN of \(email)", "4 to 8 digits", state.problem ?? waiting ?? "For the till.")
        case .badgeOwner: ("Who gets a badge?", "e-mail of the account", "An earlier one counts no longer.")
        case .badgeFor(let email):
            (
                "Badge of \(email)", "scan it",
                state.problem ?? waiting ?? "It names the person; the PIN still proves it."
            )
        case .invoice:
            (
                "Invoice for", "name; street, town; tax number",
                state.problem
                    ?? "Semicolons between them; a name alone will do. Its number is the next of its own."
            )
        case .office(let entry):
            (entry.words.title, entry.words.example, state.problem ?? entry.words.note)
        case .customers(let entry): (entry.words.title, entry.words.example, entry.words.note)
        case .check:
            (
                "Check here", "such as see \"Total\" \"$27.45\"",
                "It must hold whenever the tape is played. Also not see, screen, status, total."
            )
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

extension Prompt {
    /// Said once a badge was scanned where a PIN is asked for.
    var badgeNote: String? { badgeName.map { "The badge of \($0) is read: now the PIN." } }
}

extension Approval {
    /// Who may say yes, and how.
    var howToGoOn: String {
        let who = candidates.isEmpty ? "Nobody here may approve it" : candidates.joined(separator: ", ")
        return "\(need.words.withCapitalStart): \(who). By PIN here, or on their own screen."
    }
}
