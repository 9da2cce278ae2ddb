import StoreDomain

/// What is typed in the back office, and how it is asked for.
public enum OfficeEntry: Hashable, Codable, Sendable {
    case find
    /// Somebody new: first the e-mail, then the name, the role and the password.
    case email, name(email: String)
    case password(Person)
    case setting(String)
    /// A new role, with what another one may do.
    case role(like: String)
    /// How far a role may go.
    case limit(role: String, Permission)
    case discount
    /// On which days a code counts.
    case discountDays(String)

    /// Whose password is set: an account's, or that of somebody new.
    public enum Person: Hashable, Codable, Sendable {
        case known(email: String)
        case new(email: String, name: String, role: String)

        public var email: String {
            switch self {
            case .known(let email), .new(let email, _, _): email
            }
        }
    }

    public var isSecret: Bool { if case .password = self { true } else { false } }

    public var limit: Int {
        switch self {
        case .find, .name, .discount, .discountDays: 120
        case .email: 254
        case .password: 72
        case .setting: 2_000
        case .role: 40
        case .limit: 20
        }
    }

    var content: FieldContent {
        switch self {
        case .email: .email
        case .discount, .discountDays, .setting: .codes
        case .find, .name, .password, .role, .limit: .words
        }
    }

    /// Above the field, in the empty field, below it, and on the key that takes it.
    public var words: (title: String, example: String, note: String, verb: String) {
        switch self {
        case .find: ("Find", "words", "Empty shows all.", "find")
        case .email: ("Somebody new", "e-mail", "To sign in with.", "go on")
        case .name(let email): ("The name of \(email)", "name", "It stands on receipts.", "go on")
        case .password(.known(let email)):
            ("The password of \(email)", "password", "An earlier one counts no longer.", "set it")
        case .password(.new(let email, _, _)):
            ("A password for \(email)", "password", "At least 8 characters.", "add the account")
        case .setting(let name):
            (name, "empty for none, where that may be", "It holds from now on.", "set it")
        case .role(let other):
            ("A new role", "such as weekend", "It may do what \(other) may, to begin with.", "add it")
        case .limit(_, let permission):
            permission.limitKind == .percent
                ? ("Up to how much?", "such as 10", "In percent of the price.", "set it")
                : ("Up to how much?", "such as 50.00", "What is beyond is asked for.", "set it")
        case .discount:
            (
                "A new discount code", "such as SPRING10 10% min 50 uses 100",
                "A code, what it takes off, then min, uses, from and until with a day.", "add it"
            )
        case .discountDays(let code):
            (
                "The days of \(code)", "such as 2026-12-01 2026-12-31",
                "Or from or until with a day; always for no limit.", "set them"
            )
        }
    }

    var prompt: Prompt { prompt("") }

    func prompt(_ text: String) -> Prompt { Prompt(.office(self), text: text, limit: limit) }
}

/// What is picked in the back office.
public enum OfficeChoice: Hashable, Codable, Sendable {
    case role(String)
    case limit(Limit)
    case country(Country)

    public enum Limit: Hashable, Codable, Sendable { case no, ask, unlimited, upTo }
}

/// A discount code as it is typed: the code, what it takes off in percent or as an amount, then in any order `min` with the
/// subtotal from which it counts, `uses` with how many orders may use it, `from` with the first day on which it counts and
/// `until` with the last.
enum TypedDiscount {
    /// - Throws: `invalid`, naming the word that is wrong and what it must be.
    static func read(_ text: String, _ currency: Currency) throws(StoreError) -> (Discount, ValidDays) {
        var words = text.cleanText.split(separator: " ").map(String.init)[...]
        guard let code = words.popFirst(), let takes = words.popFirst() else {
            throw .invalid([
                FieldProblem("discount", "must be a code and what it takes off, as in SPRING10 10%")
            ])
        }
        var (minimum, uses): (Money?, Int?)
        var (first, last): (ShopDay?, ShopDay?)
        while let word = words.popFirst() {
            let value = words.popFirst() ?? ""
            switch word.lowercased() {
            case "min": minimum = try money(value, "min", currency)
            case "uses":
                guard let number = Int(value), number > 0 else {
                    throw .invalid([FieldProblem("uses", "must be a whole number of 1 or more")])
                }
                uses = number
            case "from": first = try day(value, "from")
            case "until": last = try day(value, "until")
            default:
                throw .invalid([FieldProblem("\u{201C}\(word)\u{201D}", "must be min, uses, from or until")])
            }
        }
        let kind: DiscountKind
        if takes.hasSuffix("%") {
            do { kind = .percent(try Rate(typedPercent: String(takes.dropLast()))) } catch {
                throw .invalid([FieldProblem("percent", error.message)])
            }
        } else {
            kind = .fixed(try money(takes, "amount", currency))
        }
        return (
            try Discount(code: code, kind: kind, minimumSubtotal: minimum, usageLimit: uses),
            try ValidDays(first: first, last: last)
        )
    }

    private static func day(_ text: String, _ field: String) throws(StoreError) -> ShopDay {
        guard let day = ShopDay(text) else {
            throw .invalid([FieldProblem(field, "must be a day such as 2026-12-31")])
        }
        return day
    }

    private static func money(_ text: String, _ field: String, _ currency: Currency) throws(StoreError)
        -> Money
    {
        do { return try Money(typed: text, currency: currency) } catch {
            throw .invalid([FieldProblem(field, error.message)])
        }
    }
}
