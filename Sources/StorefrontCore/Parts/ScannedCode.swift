/// What a scanner types, told from numbers that people type.
public enum ScannedCode {
    /// 8 digits or more: no count of products has as many.
    public static func isOne(_ text: String) -> Bool {
        text.utf8.count >= 8 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// What a scanner read, without the prefix that it is set to send.
    static func text(of typed: String, prefix: String) -> String {
        let code = !prefix.isEmpty && typed.hasPrefix(prefix) ? String(typed.dropFirst(prefix.count)) : typed
        return code.cleanText
    }

    /// Whether a whole line is a garbled code: no words, no digits, mostly signs.
    public static func isGarbledLine(_ line: String) -> Bool {
        line.count >= 8 && !line.contains(" ") && !line.utf8.contains { (0x30...0x39).contains($0) }
            && isGarbled(line) && line.filter(\.isPunctuation).count * 2 >= line.count
    }

    /// Whether a code holds what no label does but a scanner types that is set for another keyboard layout: on a
    /// French one, 4006 comes out as `'àà-`. Labels hold the characters of Code 39 and small letters.
    static func isGarbled(_ code: String) -> Bool {
        !code.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                true
            default: " -.$/+%_#:".utf8.contains(byte)
            }
        }
    }
}
