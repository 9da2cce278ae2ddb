import StoreDomain

/// Words that the till carries out one after the other, as if they were typed.
public struct TillMacro: Hashable, Codable, Sendable {
    public let name: String
    /// The key that plays it, as a configuration spells it; nil where none does.
    public let key: String?
    /// What is typed, a line each.
    public let words: [String]

    public init(name: String, key: String?, words: [String]) {
        self.name = name
        self.key = key
        self.words = words
    }

    /// So many lines at most.
    public static let mostWords = 50
    /// So many characters of a name at most.
    public static let longestName = 30

    /// What it does, in one line.
    public var summary: String { words.joined(separator: " \u{B7} ") }

    /// Whether this is its name, whatever the case.
    func isNamed(_ name: String) -> Bool { self.name.lowercased() == name.cleanText.lowercased() }

    /// Why no macro can have that name, as a clause; nil where one can.
    static func problem(ofName name: String) -> String? {
        if name.isEmpty { return "is missing" }
        if name.count > longestName { return "has more than \(longestName) characters" }
        if name.contains(where: { "[]#".contains($0) }) { return "must be without [, ] and #" }
        return nil
    }
}

/// The macros of this terminal, as its file has them.
public struct MacroShelf: Hashable, Codable, Sendable {
    public let macros: [TillMacro]
    /// What is wrong in the file, a sentence each, with the line and what to do.
    public let problems: [String]

    public init(macros: [TillMacro] = [], problems: [String] = []) {
        self.macros = macros
        self.problems = problems
    }

    func macro(named name: String) -> TillMacro? { macros.first { $0.isNamed(name) } }
}

/// A macro that is recorded or played. It belongs to who began it: nobody else goes on with it.
public struct MacroRun: Hashable, Codable, Sendable {
    public enum Stage: Hashable, Codable, Sendable {
        /// - Parameter trying: what was done last, until it is known whether that was refused.
        case recording([String], trying: String?)
        /// The recording has ended; it is not kept yet.
        case naming([String])
        /// - Parameter begun: so many of its lines were begun.
        case playing(TillMacro, begun: Int)
    }

    let owner: CartOwner
    public internal(set) var stage: Stage

    init(_ stage: Stage, by owner: CartOwner) {
        self.stage = stage
        self.owner = owner
    }

    /// For who sells to see, such as "recording, 3 steps".
    public var words: String {
        switch stage {
        case .recording(let words, let trying):
            "recording, \((words.count + (trying == nil ? 0 : 1)).counted("step"))"
        case .naming(let words): "recorded \(words.count.counted("step")), not kept yet"
        case .playing(let macro, let begun): "playing \(macro.name), line \(begun) of \(macro.words.count)"
        }
    }
}

extension Desk {
    /// Keeps what is done at the till as words, where a macro is recorded.
    mutating func record(_ entry: TillEntry) {
        if let words = entry.spelled(currency) { record(words) }
    }

    /// Keeps what a question made of what was done last, in its place.
    mutating func recordInstead(_ entry: TillEntry) {
        guard case .recording(var words, let trying)? = macro?.stage, let spelled = entry.spelled(currency)
        else { return }
        // It may have been kept already, before the question was answered.
        if trying == nil { _ = words.popLast() }
        macro?.stage = .recording(words, trying: spelled)
    }

    /// Keeps the code of a product that words found, which finds no other one later.
    mutating func recordInstead(of product: Product) {
        if let code = product.sku ?? product.barcode { recordInstead(.code(code, count: 1)) }
    }

    private mutating func record(_ words: String) {
        guard case .recording(var all, let trying)? = macro?.stage else { return }
        if let trying { all.append(trying) }
        guard all.count < TillMacro.mostWords else {
            macro?.stage = .recording(all, trying: nil)
            say(.warning, "A macro has at most \(TillMacro.mostWords) steps: end the recording")
            return
        }
        macro?.stage = .recording(all, trying: words)
    }
}
