/// What a person reads of an HTML text.
///
/// Paragraphs are parted by a blank line, list items begin with `- `, table cells are parted by two blanks;
/// scripts, styles and what is embedded are left out. White space is tidied as a browser does. Text without
/// a single tag keeps its line ends. Never fails: what is no tag or entity stays as it is written.
public enum HTMLText {
    public static func plain(_ html: String) -> String {
        var builder = TextBuilder()
        let bytes = Array(html.utf8)
        var scanner = TagScanner(bytes: bytes)
        var sawTag = false
        var textStart = 0
        func flush(_ end: Int) {
            let text = String(decoding: bytes[textStart..<end], as: UTF8.self)
            builder.append(decodingEntities(text))
        }
        while let tag = scanner.next() {
            sawTag = true
            flush(tag.start)
            textStart = tag.end
            builder.apply(tag)
            if !tag.isClosing, TagScanner.isUnread(tag.name) {
                textStart = scanner.skipContent(of: tag.name)
            }
        }
        guard sawTag else { return tidiedLines(decodingEntities(html)) }
        flush(bytes.count)
        return builder.text
    }

    /// `&amp;`, `&#233;` and `&#xE9;` as the characters they mean; anything else as it stands.
    public static func decodingEntities(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var result = ""
        var rest = Substring(text)
        while let ampersand = rest.firstIndex(of: "&") {
            result += rest[..<ampersand]
            rest = rest[ampersand...]
            let body = rest.dropFirst().prefix(32).prefix { $0 != ";" && $0 != "&" && !$0.isWhitespace }
            let end = rest.index(rest.startIndex, offsetBy: body.count + 1)
            if end < rest.endIndex, rest[end] == ";", let meaning = HTMLEntities.meaning(of: body) {
                result += meaning
                rest = rest[rest.index(after: end)...]
            } else {
                result += "&"
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }

    /// Line ends as LF, no white space at the ends of lines, at most one blank line in a row.
    private static func tidiedLines(_ text: String) -> String {
        var lines: [String] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let tidy = tidied(line)
            if !(tidy.isEmpty && lines.last?.isEmpty != false) { lines.append(tidy) }
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    /// A line without white space at its ends and with single blanks inside.
    private static func tidied(_ line: Substring) -> String {
        line.unicodeScalars
            .split { $0.properties.isWhitespace || $0.properties.generalCategory == .control }
            .map { String($0) }
            .joined(separator: " ")
    }
}
