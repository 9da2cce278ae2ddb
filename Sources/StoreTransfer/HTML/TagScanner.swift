/// A tag: its name in lower case and the bytes it takes.
struct HTMLTag: Hashable {
    let name: String
    let isClosing: Bool
    let start: Int
    let end: Int
}

/// Finds tags, comments included (with an empty name), in HTML of any quality.
struct TagScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Elements whose content nobody reads.
    static func isUnread(_ name: String) -> Bool {
        ["script", "style", "iframe", "template", "noscript", "title", "object", "svg", "select", "textarea"]
            .contains(name)
    }

    /// The next tag; nil when there is none.
    mutating func next() -> HTMLTag? {
        while let start = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
            position = start + 1
            if let tag = tag(at: start) {
                position = tag.end
                return tag
            }
        }
        position = bytes.count
        return nil
    }

    /// Goes on behind the closing tag of `name`, or behind everything; returns where that is.
    mutating func skipContent(of name: String) -> Int {
        while let tag = next() {
            if tag.isClosing, tag.name == name { return tag.end }
        }
        return bytes.count
    }

    private func tag(at start: Int) -> HTMLTag? {
        var index = start + 1
        guard index < bytes.count else { return nil }
        if bytes[index...].starts(with: "!--".utf8) {
            return HTMLTag(name: "", isClosing: false, start: start, end: endOfComment(from: index + 3))
        }
        if bytes[index] == UInt8(ascii: "!") || bytes[index] == UInt8(ascii: "?") {
            return HTMLTag(name: "", isClosing: false, start: start, end: end(from: index))
        }
        let isClosing = bytes[index] == UInt8(ascii: "/")
        if isClosing { index += 1 }
        let name = bytes[index...].prefix { isLetter($0) || (0x30...0x39).contains($0) }
        guard let first = name.first, isLetter(first) else { return nil }
        return HTMLTag(
            name: String(decoding: name, as: UTF8.self).lowercased(), isClosing: isClosing, start: start,
            end: end(from: name.endIndex))
    }

    /// Behind the `>` that ends a tag: one outside quotes or, when a quote is never closed, the first.
    private func end(from start: Int) -> Int {
        var quote: UInt8?
        for index in start..<bytes.count {
            let byte = bytes[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: ">") {
                return index + 1
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            }
        }
        return bytes[start...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? bytes.count
    }

    private func endOfComment(from start: Int) -> Int {
        var index = start
        while index + 2 < bytes.count {
            if bytes[index...].starts(with: "-->".utf8) { return index + 3 }
            index += 1
        }
        return bytes.count
    }

    private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
