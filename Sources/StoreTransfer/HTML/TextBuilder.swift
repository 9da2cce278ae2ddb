/// Puts the words and breaks of an HTML text together. White space is written only before a word, so that
/// none is left at the ends of lines.
struct TextBuilder {
    private(set) var text = ""
    /// Due before the next word: line ends (0…2), else blanks (0…2), then the bullet of a list item.
    private var breaks = 0
    private var blanks = 0
    private var bullet = ""
    private var preformatted = 0
    /// The open lists: how far an ordered one has counted, nil for an unordered one.
    private var lists: [Int?] = []

    mutating func append(_ piece: String) {
        for scalar in piece.unicodeScalars {
            if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
                if preformatted > 0, scalar == "\n" {
                    breaks = min(2, breaks + 1)
                } else {
                    blanks = max(blanks, 1)
                }
            } else {
                writeSpace()
                text.unicodeScalars.append(scalar)
            }
        }
    }

    mutating func apply(_ tag: HTMLTag) {
        switch tag.name {
        case "br": breaks = min(2, breaks + 1)
        case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "section", "article",
            "header", "footer", "hr", "figure", "form", "dl", "address", "center", "main", "aside", "nav":
            breaks = bullet.isEmpty ? 2 : breaks
        case "ul", "ol":
            let isOuter = lists.count == (tag.isClosing ? 1 : 0)
            breaks = max(breaks, isOuter ? 2 : 1)
            if tag.isClosing { _ = lists.popLast() } else { lists.append(tag.name == "ol" ? 0 : nil) }
            bullet = ""
        case "li" where !tag.isClosing:
            breaks = max(breaks, 1)
            bullet = String(repeating: "  ", count: max(0, lists.count - 1)) + nextMark()
        case "li", "tr", "caption", "dt", "dd", "option", "legend", "figcaption":
            breaks = max(breaks, 1)
            bullet = ""
        case "td", "th": blanks = 2
        case "pre":
            preformatted = max(0, preformatted + (tag.isClosing ? -1 : 1))
            breaks = 2
        default: break
        }
    }

    private mutating func nextMark() -> String {
        guard let last = lists.indices.last, let number = lists[last] else { return "- " }
        lists[last] = number + 1
        return "\(number + 1). "
    }

    private mutating func writeSpace() {
        if breaks == 0, blanks == 0, bullet.isEmpty { return }
        if text.isEmpty {
            text += bullet
        } else if breaks > 0 {
            text += String(repeating: "\n", count: breaks) + bullet
        } else {
            text += String(repeating: " ", count: blanks)
        }
        breaks = 0
        blanks = 0
        bullet = ""
    }
}
