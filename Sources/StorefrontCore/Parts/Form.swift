import StoreDomain

/// Fields to fill in, one after the other. The fields are data: what a form is for is the business of its
/// feature.
public struct Form: Hashable, Codable, Sendable {
    public struct Field: Hashable, Codable, Sendable {
        public enum Kind: Hashable, Codable, Sendable { case text, secret }

        /// What the feature knows it by.
        public let name: String
        public let label: String
        public let kind: Kind
        /// What its text must meet, shown while it is typed.
        public let rules: [Rule]
        /// An example, where it is empty.
        public let placeholder: String
        public internal(set) var input: TextInput
        /// What is wrong with it, completing its label.
        public internal(set) var problem: String?

        public init(
            _ name: String, label: String, kind: Kind = .text, placeholder: String = "", limit: Int,
            content: FieldContent = .words, rules: [Rule] = []
        ) {
            self.name = name
            self.label = label
            self.kind = kind
            self.placeholder = placeholder
            self.rules = rules
            input = TextInput(limit: limit, isSecret: kind == .secret, content: content)
        }
    }

    /// Something that can be said of a field while it is typed.
    public enum Rule: Hashable, Codable, Sendable {
        case password(PasswordRule)
        /// The same as in another field, and not empty.
        case sameAs(String)

        /// What help says.
        public var text: String {
            switch self {
            case .password(.longEnough): "8 characters or more"
            case .password(.fitsBcrypt): "at most 72 characters, fewer with accents"
            case .password(.noNUL): "no NUL"
            case .sameAs: "both entries alike"
            }
        }
    }

    public internal(set) var fields: [Field]
    /// The index of the field that has the keys.
    public private(set) var focus = 0
    public internal(set) var isRevealed = false

    public init(_ fields: [Field]) { self.fields = fields }

    public var focused: Field { fields[focus] }
    public var isTouched: Bool { fields.contains { !$0.input.isEmpty } }

    /// The text of a field; empty for one that the form does not have.
    public func text(_ name: String) -> String { fields.first { $0.name == name }?.input.text ?? "" }

    /// Each rule of all fields, and whether what is typed meets it.
    public var rules: [(rule: Rule, isMet: Bool)] {
        fields.flatMap { field in
            let text = field.input.text
            return field.rules.map { rule in
                switch rule {
                case .password(let password): (rule, password.isMet(by: Secret(text)))
                case .sameAs(let other): (rule, !text.isEmpty && text == self.text(other))
                }
            }
        }
    }

    mutating func edit(_ edit: TextEdit) {
        fields[focus].input.apply(edit)
        fields[focus].problem = nil
    }

    mutating func set(_ name: String, _ text: String) {
        for index in fields.indices where fields[index].name == name { fields[index].input.set(text) }
    }

    /// What is typed there next replaces its text.
    mutating func select(_ name: String) {
        for index in fields.indices where fields[index].name == name { fields[index].input.selectAll() }
    }

    mutating func focus(on name: String) {
        focus = fields.firstIndex { $0.name == name } ?? focus
    }

    /// Round the ends.
    mutating func move(forward: Bool) { focus = (focus + (forward ? 1 : fields.count - 1)) % fields.count }

    /// Goes on to the next field when that is still empty; false when the form is to be sent.
    mutating func advance() -> Bool {
        guard focus + 1 < fields.count, fields[focus + 1].input.isEmpty else { return false }
        focus += 1
        return true
    }

    /// Shows what is wrong, field by field, and goes to the first of them.
    mutating func show(_ problems: [String: String]) {
        for index in fields.indices { fields[index].problem = problems[fields[index].name] }
        if let first = fields.firstIndex(where: { $0.problem != nil }) { focus = first }
    }
}
