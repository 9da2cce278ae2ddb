import StoreDomain

/// Macros at the till: recorded, kept, played.
extension TillState {
    /// What the line is for is a code that a person types or scans.
    var asksForCode: Bool {
        switch mode {
        case .approval, .approvalBack, .cardCode: true
        case .figures, .words: false
        }
    }

    /// Carries out a line of a macro, as if it were typed.
    mutating func play(_ words: String, _ desk: inout Desk) -> [Step] {
        guard pending == nil else {
            return refuse("It is not known yet what became of the sale: Enter asks, then it can be played")
        }
        setLine(words, mode: .words)
        return open(count: nil, &desk)
    }

    /// Plays the macro of that name; shows them all for nil.
    mutating func playMacro(_ name: String?, _ desk: inout Desk) -> [Step] {
        guard let shelf = desk.context.macros else { return refuse("There are no macros here") }
        switch desk.macro?.stage {
        case .recording?: return refuse("A macro is recorded: end that first, it plays no other one")
        case .playing?: return refuse("A macro plays no other one")
        case .naming?, nil: break
        }
        guard let name else { return showMacros(shelf, &desk) }
        guard let macro = shelf.macro(named: name) else {
            return refuse("There is no macro \u{201C}\(name)\u{201D}: macro alone shows those there are")
        }
        guard pending == nil else { return refuse("Enter asks what became of the sale before anything else") }
        setLine()
        desk.macro = MacroRun(.playing(macro, begun: 0), by: desk.owner)
        return []
    }

    private mutating func showMacros(_ shelf: MacroShelf, _ desk: inout Desk) -> [Step] {
        setLine()
        if let problem = shelf.problems.first { desk.say(.warning, problem) }
        guard !shelf.macros.isEmpty else {
            if shelf.problems.isEmpty {
                desk.say(.info, "There are no macros yet: record keeps what is done at the till")
            }
            return []
        }
        let items = shelf.macros.map { macro in
            Picker.Item(
                .macro(macro.name), label: macro.name,
                detail: [macro.key, macro.summary].compactMap { $0 }.joined(separator: "  "))
        }
        return [.open(.picker(Picker(.macros, title: "Macros", items: items)))]
    }

    /// Begins to record, or ends it and asks for the name.
    mutating func record(_ desk: inout Desk) -> [Step] {
        guard desk.context.macros != nil else { return refuse("There are no macros here") }
        setLine()
        switch desk.macro?.stage {
        case nil:
            desk.macro = MacroRun(.recording([], trying: nil), by: desk.owner)
            desk.say(.info, "Recording: what you do at the till is kept as words; record ends it")
            return []
        case .playing?: return refuse("A macro is played: it records nothing")
        case .recording(let words, let trying)?:
            let words = words + [trying].compactMap { $0 }
            guard !words.isEmpty else {
                desk.macro = nil
                desk.say(.info, "Nothing was done, so nothing is recorded")
                return []
            }
            desk.macro?.stage = .naming(words)
        case .naming?: break
        }
        return [.open(.prompt(Prompt(.macroName, limit: TillMacro.longestName)))]
    }

    /// The name of what was recorded; nothing throws the recording away.
    mutating func nameMacro(_ text: String, _ desk: inout Desk) -> [Step] {
        guard case .naming? = desk.macro?.stage else { return [] }
        let name = text.cleanText
        guard !name.isEmpty, name != Self.nothing else {
            desk.macro = nil
            desk.say(.info, "The recording is not kept")
            return []
        }
        let isTaken = desk.context.macros?.macro(named: name) != nil
        guard let problem = TillMacro.problem(ofName: name) ?? (isTaken ? "is that of another macro" : nil)
        else { return [.open(.prompt(Prompt(.macroKey(name), limit: 20)))] }
        var prompt = Prompt(.macroName, text: name, limit: TillMacro.longestName)
        prompt.refuse(because: "The name \(problem)")
        return [.open(.prompt(prompt))]
    }

    /// The key of what was recorded; nothing leaves it without one.
    mutating func keepMacro(_ name: String, key text: String, _ desk: inout Desk) -> [Step] {
        guard case .naming(let words)? = desk.macro?.stage else { return [] }
        let key = text.trimmedText
        let isNone = key.isEmpty || key == Self.nothing
        return [.ask(.till(.keepMacro(TillMacro(name: name, key: isNone ? nil : key, words: words))))]
    }

    /// What is typed for nothing where an empty line goes back.
    private static let nothing = "-"

    /// What became of keeping a macro.
    mutating func kept(_ macro: TillMacro, _ answer: Answer<MacroShelf>, _ desk: inout Desk) -> [Step] {
        switch answer {
        case .success(let shelf):
            desk.context.macros = shelf
            if case .naming? = desk.macro?.stage { desk.macro = nil }
            let plays = macro.key.map { "\($0) plays it" } ?? "macro \(macro.name) plays it"
            desk.say(.success, "\(macro.name) is kept, \(macro.words.count.counted("line")): \(plays)")
            return []
        case .failure(let error):
            desk.say(error)
            guard case .invalid(let problems) = error, case .naming? = desk.macro?.stage else { return [] }
            let isOfKey = problems.contains { $0.field == "key" }
            return [
                .open(
                    .prompt(
                        isOfKey
                            ? Prompt(.macroKey(macro.name), text: macro.key ?? "", limit: 20)
                            : Prompt(.macroName, text: macro.name, limit: TillMacro.longestName)))
            ]
        }
    }

    static let macroCommands: [CommandSpec] = [
        CommandSpec(
            .tillMacros, "Macros", "Play words that were recorded", on: TillState.self, keys: ["M"],
            spoken: Spoken(["macro", "macros"], argument: .text), permission: .sell, traits: [.ofHost],
            available: macroAvailability
        ) { till, desk, _ in till.playMacro(nil, &desk) },
        CommandSpec(
            .tillRecord, "Record a macro",
            "Keep what is done at the till as words; once more: end that, and ask for its name and key",
            on: TillState.self, keys: ["Alt-r"], spoken: Spoken(["record"]), permission: .sell,
            traits: [.ofHost], available: macroAvailability
        ) { till, desk, _ in till.record(&desk) },
    ]

    private static let macroAvailability: @Sendable (TillState, Desk) -> Availability = { till, desk in
        if desk.context.macros == nil { return .absent }
        return till.pending == nil
            ? .enabled : .disabled("Enter asks what became of the sale before anything else")
    }
}

extension Command {
    public static let tillMacros = Command("tillMacros")
    public static let tillRecord = Command("tillRecord")

    /// How a macro says it; nil for what it does not keep.
    var recorded: TillEntry? {
        switch self {
        case .undo: .undo
        case .redo: .redo
        // The till's other keys keep what they do themselves.
        default: nil
        }
    }
}
