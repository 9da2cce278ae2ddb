import StoreDomain

/// Something that lies over the screen and takes the keys.
public enum Overlay: Hashable, Codable, Sendable {
    case help(HelpState)
    case picker(Picker)
    case prompt(Prompt)
    case confirm(Confirm)
    /// How each figure came about.
    case explain(scroll: Int)
    /// How a feature's own figures came about.
    case reckoning(Reckoning, scroll: Int)
    /// Of the program and of where it is.
    case about(scroll: Int)
    /// The words of what lies beneath, for a tester.
    case pointing(Pointing)

    /// The text field that has the keys.
    public var field: TextInput? {
        switch self {
        case .help(let help): help.filter
        case .picker(let picker): picker.hasFilter ? picker.filter : nil
        case .prompt(let prompt): prompt.input
        case .confirm, .explain, .reckoning, .about, .pointing: nil
        }
    }

    /// The first line to show of the text; nil where none can be scrolled.
    public var scroll: Int? {
        get {
            switch self {
            case .help(let help): help.scroll
            case .explain(let scroll), .reckoning(_, let scroll), .about(let scroll): scroll
            case .picker, .prompt, .confirm, .pointing: nil
            }
        }
        set {
            guard let newValue else { return }
            switch self {
            case .help(var help):
                help.scroll = newValue
                self = .help(help)
            case .explain: self = .explain(scroll: newValue)
            case .reckoning(let reckoning, _): self = .reckoning(reckoning, scroll: newValue)
            case .about: self = .about(scroll: newValue)
            case .picker, .prompt, .confirm, .pointing: break
            }
        }
    }

    /// For the report of a crash: which one it is, without anything that was typed.
    public var name: String {
        switch self {
        case .help: "help"
        case .picker(let picker): "\(picker.purpose)"
        case .prompt(let prompt): prompt.purpose.isSecret ? "secret" : "\(prompt.purpose)"
        case .confirm: "question"
        case .explain, .reckoning: "explain"
        case .about: "about"
        case .pointing: "pointing"
        }
    }

    /// Whether a command means something while this lies over the screen.
    func takes(_ command: Command) -> Bool {
        if command.walk != nil {
            return switch self {
            case .help, .picker, .confirm, .explain, .reckoning, .about: true
            case .prompt, .pointing: false
            }
        }
        if command == .nextField || command == .previousField {
            return if case .confirm = self { true } else { false }
        }
        let always: [Command] = [.back, .open, .submit, .help, .quit]
        return always.contains(command)
    }

    /// Puts in a scanned code where one is asked for.
    mutating func fill(with code: String) {
        guard case .prompt(var prompt) = self else { return }
        prompt.input.selectAll()
        prompt.edit(.insert(code))
        self = .prompt(prompt)
    }

    mutating func edit(_ edit: TextEdit) {
        switch self {
        case .help(var help):
            help.filter.apply(edit)
            help.scroll = 0
            self = .help(help)
        case .picker(var picker):
            picker.edit(edit)
            self = .picker(picker)
        case .prompt(var prompt):
            prompt.edit(edit)
            self = .prompt(prompt)
        case .confirm, .explain, .reckoning, .about, .pointing: break
        }
    }

    mutating func walk(_ walk: Walk) {
        switch self {
        case .picker(var picker):
            picker.walk(walk)
            self = .picker(picker)
        case .confirm: toggle()
        case .help, .prompt, .explain, .reckoning, .about, .pointing: break
        }
    }

    /// The other answer of a question.
    mutating func toggle() {
        guard case .confirm(var confirm) = self else { return }
        confirm.choosesYes.toggle()
        self = .confirm(confirm)
    }

    /// Selects a row or an answer; false when there is none of that number.
    mutating func select(row: Int) -> Bool {
        switch self {
        case .picker(var picker):
            defer { self = .picker(picker) }
            return picker.select(row: row)
        case .confirm(var confirm):
            guard row < 2 else { return false }
            confirm.choosesYes = row == 0
            self = .confirm(confirm)
            return true
        case .help, .prompt, .explain, .reckoning, .about, .pointing: return false
        }
    }

    public var hints: [Hint] {
        switch self {
        case .help: [Hint(.back, "close"), Hint(.down, "more")]
        case .picker(let picker):
            picker.purpose == .themes
                ? [Hint(.open, "keep"), Hint(.back, "as before")]
                : [Hint(.open, "choose"), Hint(.back, "close")]
        case .prompt(let prompt): [Hint(.open, prompt.purpose.verb), Hint(.back, "close")]
        case .confirm(let confirm):
            [
                Hint(.open, confirm.choosesYes ? confirm.yes : confirm.no), Hint(.nextField, "other"),
                Hint(.back, confirm.no),
            ]
        case .explain, .reckoning, .about: [Hint(.back, "close")]
        case .pointing: [Hint(.open, "keep"), Hint(.back, "close")]
        }
    }
}

extension Prompt.Purpose {
    var verb: String {
        switch self {
        case .discount: "apply"
        case .findLine, .findOrder, .findSale, .returnProduct, .findGiftCard, .findProducts: "find"
        case .reportDays: "show"
        case .returnReason, .returnName: "take it"
        case .noSaleReason: "open it"
        case .approvalCode: "give back"
        case .server: "connect"
        case .catalogFile: "look at it"
        case .priceReason: "set the price"
        case .customer: "find"
        case .newCustomer: "make the account"
        case .visitorCode: "sign in"
        case .pin: "sign in"
        case .unlock: "unlock"
        case .approverPIN: "approve"
        case .newPIN, .pinOwner, .badgeOwner: "go on"
        case .pinPassword, .pinFor: "set it"
        case .badgeFor: "give it"
        case .invoice: "make it"
        case .check, .macroName, .macroKey: "keep it"
        case .mailReceipt: "mail"
        case .office(let entry): entry.words.verb
        case .customers(let entry): entry.words.verb
        }
    }
}

/// The help overlay: scrolled and searched.
public struct HelpState: Hashable, Codable, Sendable {
    public internal(set) var filter = TextInput(limit: 60)
    public internal(set) var scroll = 0

    public init() {}
}
