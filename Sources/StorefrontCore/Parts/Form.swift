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
    /// What the form was before each change, the latest last; only of a form that keeps them.
    private var past: [Snapshot] = []
    private var future: [Snapshot] = []
    private let keepsPast: Bool
    /// The field that was typed into last: going on there is one change.
    private var typing: Int?

    private static let undoDepth = 200

    private struct Snapshot: Hashable, Codable {
        let texts: [String]
        let focus: Int
    }

    /// - Parameter keepsPast: whether changes can be taken back over all fields. Not for a form with secrets.
    public init(_ fields: [Field], keepsPast: Bool = false) {
        self.fields = fields
        self.keepsPast = keepsPast
    }

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
        if keepsPast {
            if edit == .undo { return undo() }
            remember(edit)
        }
        fields[focus].input.apply(edit)
        fields[focus].problem = nil
    }

    // MARK: - Taking back

    public var canRedo: Bool { !future.isEmpty }

    /// What is typed without a pause is one change, as far as a field and a word go.
    private mutating func remember(_ edit: TextEdit) {
        var after = fields[focus].input
        after.apply(edit)
        guard after.text != fields[focus].input.text else { return }
        var goesOn = false
        if case .insert(let text) = edit { goesOn = typing == focus && !text.contains(where: \.isWhitespace) }
        if !goesOn {
            past.append(snapshot)
            past.removeFirst(max(0, past.count - Self.undoDepth))
        }
        future = []
        if case .insert = edit { typing = focus } else { typing = nil }
    }

    private mutating func undo() {
        guard let last = past.popLast() else { return }
        future.append(snapshot)
        restore(last)
    }

    /// Makes the change again that was taken back last.
    mutating func redo() {
        guard let next = future.popLast() else { return }
        past.append(snapshot)
        restore(next)
    }

    private var snapshot: Snapshot { Snapshot(texts: fields.map(\.input.text), focus: focus) }

    private mutating func restore(_ snapshot: Snapshot) {
        for (index, text) in zip(fields.indices, snapshot.texts) where fields[index].input.text != text {
            fields[index].input.set(text)
            fields[index].problem = nil
        }
        focus = snapshot.focus
        typing = nil
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

    /// Goes on to the next field; false on the last, when the form is to be sent.
    mutating func next() -> Bool {
        guard focus + 1 < fields.count else { return false }
        focus += 1
        return true
    }

    /// Goes on to the next field when that is still empty; false when the form is to be sent.
    mutating func advance() -> Bool {
        guard focus + 1 < fields.count, fields[focus + 1].input.isEmpty else { return false }
        focus += 1
        return true
    }

    /// Shows what is wrong with fields, and stays where it is.
    mutating func note(_ problems: [String: String]) {
        for index in fields.indices { fields[index].problem = problems[fields[index].name] }
    }

    /// Shows what is wrong, field by field, and goes to the first of them.
    mutating func show(_ problems: [String: String]) {
        for index in fields.indices { fields[index].problem = problems[fields[index].name] }
        if let first = fields.firstIndex(where: { $0.problem != nil }) { focus = first }
    }
}
