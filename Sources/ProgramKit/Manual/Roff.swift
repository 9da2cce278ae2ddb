/// A manual page in the making, in the man macros that every `man` understands.
package struct Roff {
    package private(set) var text = ""

    package init(title: String, section: Int, version: String) {
        text = ".TH \(title.uppercased()) \(section) \"\" \"\(Self.escaped(version))\" \"User Commands\"\n"
    }

    package mutating func heading(_ title: String) { text += ".SH \"\(Self.escaped(title.uppercased()))\"\n" }
    package mutating func subheading(_ title: String) { text += ".SS \"\(Self.escaped(title))\"\n" }

    /// Lines of the text that are empty part paragraphs.
    package mutating func paragraph(_ words: String) {
        text += ".PP\n"
        for line in words.split(separator: "\n", omittingEmptySubsequences: false) {
            text += line.allSatisfy(\.isWhitespace) ? ".PP\n" : Self.line(String(line)) + "\n"
        }
    }

    /// A term in bold and what there is to say about it.
    package mutating func item(_ term: String, _ words: String) {
        text += ".TP\n\\fB\(Self.line(term))\\fR\n"
        text += words.isEmpty ? "\\&\n" : Self.line(words) + "\n"
    }

    private static func line(_ words: String) -> String {
        let escaped = escaped(words)
        return escaped.first == "." || escaped.first == "'" ? "\\&\(escaped)" : escaped
    }

    /// Signs that roff would take for its own; others than ASCII as escapes, whatever the reader's locale.
    private static func escaped(_ words: String) -> String {
        var result = ""
        for character in words {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "\"": result += "\\(dq"
            case "'": result += "\\(aq"
            case "^": result += "\\(ha"
            case "`": result += "\\(ga"
            case "~": result += "\\(ti"
            case _ where !character.isASCII:
                for scalar in character.unicodeScalars {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    result += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
                }
            default: result.append(character)
            }
        }
        return result
    }
}
