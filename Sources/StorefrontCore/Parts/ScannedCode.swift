/// What a scanner types, told from numbers that people type.
public enum ScannedCode {
    /// 8 digits or more: no count of products has as many.
    public static func isOne(_ text: String) -> Bool {
        text.utf8.count >= 8 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
