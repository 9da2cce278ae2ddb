import StoreDomain

extension TillEntry {
    /// The words that ask for the same; nil for what no macro keeps: a gift card's code, which is money, and the
    /// macros themselves.
    func spelled(_ currency: Currency) -> String? {
        guard let text = text, !text.hasPrefix("#"), !text.hasPrefix("["),
            (try? TillEntry(text, currency: currency)) == self
        else { return nil }
        return text
    }

    private var text: String? {
        switch self {
        case .quantity(let count): "\(count)*"
        case .code(let code, let count): count == 1 ? code : "\(count)*\(code)"
        case .lineDiscount(let discount): discount.typed
        case .saleDiscount(let discount): discount.typed.map { "-\($0)" }
        case .discountCode(let code): "code \(code)"
        case .price(let price): "\(price.typed)="
        case .cash(let amount): Self.words("cash", amount)
        case .card(let amount): Self.words("card", amount)
        case .other(let amount): Self.words("other", amount)
        case .giftCard(let amount): Self.words("giftcard", amount)
        case .credit(let amount): Self.words("credit", amount)
        case .sellGiftCard(let amount): "gift \(amount.typed)"
        case .balance(let code): code == nil ? "balance" : nil
        case .park(let label): Self.words("park", label)
        case .resume(let code): Self.words("resume", code)
        case .customer(let words): Self.words("customer", words)
        case .newCustomer(let name, let email): "customer new \(name) \(email)"
        case .training(let on): Self.words("training", on.map { $0 ? "on" : "off" })
        case .anyway: "anyway"
        case .note(let note): Self.words("note", note)
        case .exempt(let exemption): Self.words("exempt", exemption.map { "\($0.taxNumber) \($0.reason)" })
        case .find(let words): "find \(words)"
        case .refund(let sought): Self.words("refund", sought)
        case .drawer(let reason): Self.words("drawer", reason)
        case .less: "-"
        case .more(let count): count == 1 ? "more" : "more \(count)"
        case .takeOut: "remove"
        case .takeBack: "takeback"
        case .undo: "undo"
        case .redo: "redo"
        case .macro, .record: nil
        }
    }

    private static func words(_ word: String, _ amount: Money?) -> String {
        amount.map { "\($0.typed) \(word)" } ?? word
    }

    private static func words(_ word: String, _ rest: String?) -> String {
        rest.map { $0.isEmpty ? word : "\(word) \($0)" } ?? word
    }
}

extension ManualDiscount {
    /// As it is typed at the till.
    fileprivate var typed: String? {
        switch self {
        case .percent(let rate): rate.percentText.filter { !$0.isWhitespace }
        case .amount(let amount): amount.typed
        }
    }
}

extension Money {
    /// Digits with a point and nothing between them.
    fileprivate var typed: String { decimalText.filter { $0 != "," && !$0.isWhitespace } }
}
