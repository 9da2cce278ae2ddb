import StoreDomain

/// What is typed at the till, as what it asks for. The figures come before the key or the word that says what
/// they are: `20c` and `20 cash`, `3*`, `12.50=`, `10%`.
public enum TillEntry: Hashable, Codable, Sendable {
    /// So many of what is scanned next, or of the selected line.
    case quantity(Int)
    /// The product of a code, SKU or barcode.
    case code(String, count: Int)
    case lineDiscount(ManualDiscount)
    case saleDiscount(ManualDiscount)
    case discountCode(String)
    case price(Money)
    /// nil for exactly what is due.
    case cash(Money?)
    /// nil for all that is left.
    case card(Money?)
    case other(Money?)
    /// By the shop's own gift card; nil for all that is left.
    case giftCard(Money?)
    /// By the customer's store credit; nil for all that is left.
    case credit(Money?)
    /// Sells a gift card of so much; nothing takes the last one out again.
    case sellGiftCard(Money)
    /// What is on a gift card, by its code; nil for the customer's store credit.
    case balance(GiftCardCode?)
    case park(label: String)
    /// nil to choose among the parked.
    case resume(code: String?)
    /// By name, a part of the e-mail, or number; nil for a walk-in customer again.
    case customer(String?)
    case newCustomer(name: String, email: String)
    /// nil for the other way than now.
    case training(Bool?)
    /// More than there is on the books.
    case anyway
    /// nil takes it away.
    case note(String?)
    /// nil: the customer pays tax again.
    case exempt(TaxExemption?)
    case find(String)
    /// By the number of a receipt or an order; nil to look for it.
    case refund(String?)
    /// Opens the drawer without a sale, with the reason; nil to ask for it.
    case drawer(String?)
    /// One piece less of the selected line.
    case less
    /// So many pieces more of the selected line.
    case more(Int)
    /// The selected line.
    case takeOut
    /// The part of the payment that was taken last.
    case takeBack
    case undo
    case redo
    /// Plays words that were recorded; nil to choose among them.
    case macro(String?)
    /// Begins or ends a recording.
    case record

    /// Why what was typed asks for nothing.
    public enum Problem: Error, Hashable, Sendable {
        case amount(AmountProblem)
        case quantity(String)
        /// No gift card has such a code.
        case giftCardCode(String)
        /// A percentage beyond 100, or none.
        case percent(String)
        /// An exemption needs the tax number and the reason.
        case exemption
        /// A new customer needs a name and an e-mail.
        case newCustomer
        /// The word wants something behind it.
        case missing(word: String)
    }

    /// Reads a whole line; nil for an empty one.
    ///
    /// - Throws: why it asks for nothing.
    public init?(_ line: String, currency: Currency) throws(Problem) {
        let text = line.trimmedText
        guard let first = text.first else { return nil }
        if first == "/" {
            let words = String(text.dropFirst()).trimmedText
            guard !words.isEmpty else { throw .missing(word: "/") }
            self = .find(words)
        } else if text == "-" {
            self = .less
        } else if let entry = try Self.worded(text, currency) {
            self = entry
        } else if let entry = try Self.signed(text, currency) {
            self = entry
        } else if text.contains(where: \.isWhitespace) {
            self = .find(text)
        } else {
            self = .code(text, count: 1)
        }
    }

    // MARK: - Words

    /// What begins or ends with a word of the till; nil for anything else.
    private static func worded(_ text: String, _ currency: Currency) throws(Problem) -> TillEntry? {
        let parts = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
        guard let head = parts.first?.lowercased() else { return nil }
        let rest = parts.count > 1 ? parts[1].trimmedText : ""
        switch head {
        case "park": return .park(label: rest)
        case "resume", "parked": return .resume(code: rest.isEmpty ? nil : rest)
        case "customer":
            let words = rest.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
            guard words.first?.lowercased() == "new" else { return .customer(rest.isEmpty ? nil : rest) }
            return try newCustomer(words.count > 1 ? words[1] : "")
        case "training":
            switch rest.lowercased() {
            case "": return .training(nil)
            case "on": return .training(true)
            case "off": return .training(false)
            // Whatever else stands there are words to look for.
            default: return .find(text)
            }
        case "y" where rest.isEmpty, "anyway" where rest.isEmpty: return .anyway
        case "more":
            return .more(rest.isEmpty ? 1 : try quantity(rest))
        case "remove" where rest.isEmpty: return .takeOut
        case "takeback" where rest.isEmpty: return .takeBack
        case "undo" where rest.isEmpty: return .undo
        case "redo" where rest.isEmpty: return .redo
        case "macro", "macros": return .macro(rest.isEmpty ? nil : rest)
        case "record" where rest.isEmpty: return .record
        case "refund", "return": return .refund(rest.isEmpty ? nil : rest)
        case "drawer": return .drawer(rest.isEmpty ? nil : rest)
        case "note": return .note(rest.isEmpty ? nil : rest)
        case "code":
            guard !rest.isEmpty else { throw .missing(word: head) }
            return .discountCode(rest)
        case "find":
            guard !rest.isEmpty else { throw .missing(word: head) }
            return .find(rest)
        case "exempt": return .exempt(rest.isEmpty ? nil : try exemption(rest))
        case "gift":
            guard !rest.isEmpty else { throw .missing(word: head) }
            return .sellGiftCard(try amount(rest, currency))
        case "balance":
            guard !rest.isEmpty else { return .balance(nil) }
            guard let code = GiftCardCode(rest) else { throw .giftCardCode(rest) }
            return .balance(code)
        // Any other word may stand behind its amount.
        default: break
        }
        if let tender = Tender(rawValue: head) {
            return tender.entry(rest.isEmpty ? nil : try amount(rest, currency))
        }
        guard let tender = Tender(rawValue: rest.lowercased()), !rest.isEmpty else { return nil }
        return tender.entry(try amount(parts[0], currency))
    }

    private enum Tender: String {
        case cash, card, other, giftcard, credit

        func entry(_ amount: Money?) -> TillEntry {
            switch self {
            case .cash: .cash(amount)
            case .card: .card(amount)
            case .other: .other(amount)
            case .giftcard: .giftCard(amount)
            case .credit: .credit(amount)
            }
        }
    }

    /// "Émile Zola emile@example.com": the name, then the e-mail.
    static func newCustomer(_ text: String) throws(Problem) -> TillEntry {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let email = words.last, email.contains("@"), words.count > 1 else { throw .newCustomer }
        return .newCustomer(name: words.dropLast().joined(separator: " "), email: email)
    }

    private static func exemption(_ rest: String) throws(Problem) -> TaxExemption {
        let parts = rest.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
        guard parts.count == 2, let exemption = try? TaxExemption(reason: parts[1], taxNumber: parts[0])
        else { throw .exemption }
        return exemption
    }

    // MARK: - Figures and a sign

    /// Figures with the sign that says what they are; nil for anything else.
    private static func signed(_ text: String, _ currency: Currency) throws(Problem) -> TillEntry? {
        guard let last = text.last else { return nil }
        let figures = String(text.dropLast())
        switch last {
        case "%":
            let isSale = figures.hasPrefix("-")
            let discount = ManualDiscount.percent(
                try percent(isSale ? String(figures.dropFirst()) : figures))
            return isSale ? .saleDiscount(discount) : .lineDiscount(discount)
        case "=": return .price(try amount(figures, currency))
        case "*": return .quantity(try quantity(figures))
        case "c" where isFigures(figures): return .cash(try amount(figures, currency))
        case "k" where isFigures(figures): return .card(try amount(figures, currency))
        case "t" where isFigures(figures): return .other(try amount(figures, currency))
        case "g" where isFigures(figures): return .giftCard(try amount(figures, currency))
        case "G" where isFigures(figures): return .sellGiftCard(try amount(figures, currency))
        // Any other sign is a part of a code, or of an amount taken off.
        default: break
        }
        if text.hasPrefix("-"), isFigures(String(text.dropFirst())) {
            return .saleDiscount(.amount(try amount(String(text.dropFirst()), currency)))
        }
        // 3*4006381333931: three of it.
        guard let star = text.firstIndex(of: "*"), isFigures(String(text[..<star])) else { return nil }
        return .code(
            String(text[text.index(after: star)...]).trimmedText, count: try quantity(String(text[..<star])))
    }

    private static func isFigures(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.contains { (0x30...0x39).contains($0) }
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",")
            }
    }

    static func amount(_ text: String, _ currency: Currency) throws(Problem) -> Money {
        do throws(AmountProblem) {
            let amount = try Money(typed: text, currency: currency)
            guard !amount.isNegative else { throw AmountProblem(text, .outOfRange) }
            return amount
        } catch { throw .amount(error) }
    }

    static func percent(_ text: String) throws(Problem) -> Rate {
        guard let rate = try? Rate(typedPercent: text), rate.numerator <= rate.denominator else {
            throw .percent(text)
        }
        return rate
    }

    static func quantity(_ text: String) throws(Problem) -> Int {
        guard let count = Int(text), Quantity.range.contains(count) else { throw .quantity(text) }
        return count
    }
}

extension TillEntry.Problem {
    /// As a sentence, with what to do.
    public var sentence: String {
        switch self {
        case .amount(let problem): problem.message
        case .quantity(let text):
            "\u{201C}\(text)\u{201D} is no quantity: \(Quantity.range.lowerBound) to \(Quantity.range.upperBound)"
        case .giftCardCode(let text):
            "\u{201C}\(text)\u{201D} is no gift card\u{2019}s code: it has \(GiftCardCode.length) characters, the last of which checks the rest"
        case .percent(let text): "\u{201C}\(text)\u{201D} is no percentage from 0 to 100"
        case .exemption: "Type exempt, the customer\u{2019}s tax number and the reason"
        case .newCustomer: "Type the name and then the e-mail, such as Ada Byron ada@example.com"
        case .missing(let word): "Type what is meant behind \(word)"
        }
    }
}
