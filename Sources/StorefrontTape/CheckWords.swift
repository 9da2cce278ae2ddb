/// The words of a check. What is quoted may hold anything: a quotation mark and a backslash stand behind a backslash.
enum CheckWords {
    struct Word: Hashable {
        var text = ""
        var isQuoted = false
    }

    /// nil where a quotation does not end.
    static func words(of sentence: String) -> [Word]? {
        var words: [Word] = []
        var current: Word?
        var isInside = false
        var isEscaped = false
        for character in sentence {
            if isEscaped {
                isEscaped = false
                if character != "\"", character != "\\" { current?.text.append("\\") }
                current?.text.append(character)
                continue
            }
            switch (character, isInside) {
            case ("\\", true): isEscaped = true
            case ("\"", false):
                if let current { words.append(current) }
                current = Word(isQuoted: true)
                isInside = true
            case ("\"", true):
                words.append(current ?? Word(isQuoted: true))
                current = nil
                isInside = false
            case (" ", false):
                if let current { words.append(current) }
                current = nil
            default:
                var word = current ?? Word()
                word.text.append(character)
                current = word
            }
        }
        if let current { words.append(current) }
        return isInside ? nil : words
    }

    /// The text as a word that may hold anything.
    static func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    /// The check of a picture; nil for one that the recorder writes down.
    static func sentence(frame: String?, without regions: [Check.Region]) -> String {
        "frame = \(frame.map(quoted) ?? "golden")"
            + (regions.isEmpty ? "" : " without \(regions.map(\.name).joined(separator: " "))")
    }
}

extension Check.Region {
    /// As a check spells it.
    var name: String {
        switch self {
        case .row(let number): "row \(number)"
        case .list: "list"
        case .header: "header"
        case .status: "status"
        case .footer: "footer"
        case .dialog: "dialog"
        }
    }
}
