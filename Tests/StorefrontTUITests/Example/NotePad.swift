import StorefrontCore

/// A screen for notes: what a feature of its own costs. In the program this is
/// `StorefrontCore/Features/NotePad/NotePad.swift`, and `Screen` has one case more.
struct NotePad: Feature {
    static let kind = ScreenKind("notePad", title: "Notes")

    private(set) var notes: [String] = []
    private(set) var list = List()
    private var draft = TextInput(limit: 40)
    private var isWriting = false

    /// Letters are written while a note is, and are commands otherwise.
    var field: TextInput? { isWriting ? draft : nil }
    func selectedRow(_ desk: Desk) -> Int? { list.row(of: notes.count) }
    func hints(_ desk: Desk) -> [Hint] { [Hint(.writeNote), Hint(.strikeNote), Hint(.back)] }

    mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        list.walk(walk, of: notes.count)
        return []
    }

    mutating func edit(_ edit: TextEdit, _ desk: inout Desk) -> [Step] {
        draft.apply(edit)
        return []
    }

    /// Enter ends a note.
    mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        guard isWriting, !draft.isEmpty else { return [] }
        notes.append(draft.text)
        list.select(notes.count - 1, of: notes.count)
        draft = TextInput(limit: 40)
        isWriting = false
        return []
    }

    static let commands: [CommandSpec] = [
        CommandSpec(.writeNote, "Write", "Write a note", on: NotePad.self, keys: ["w"]) { pad, _, _ in
            pad.isWriting = true
            return []
        },
        CommandSpec(
            .strikeNote, "Strike", "Take the selected note away", on: NotePad.self, keys: ["d", "Del"],
            spoken: Spoken(argument: .row),
            available: { pad, _ in pad.notes.isEmpty ? .disabled("There are no notes") : .enabled }
        ) { pad, desk, _ in
            guard let row = pad.list.row(of: pad.notes.count) else { return [] }
            desk.say(.info, "Gone: \(pad.notes.remove(at: row))")
            return []
        },
    ]
}

extension Command {
    static let writeNote = Command("writeNote")
    static let strikeNote = Command("strikeNote")
}
