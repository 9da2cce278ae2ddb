import TerminalKit

/// Two pictures next to each other, with a mark between rows that are not the same.
public enum SideBySide {
    /// - Parameters:
    ///   - expected: at the left.
    ///   - got: at the right.
    public static func text(_ expected: TapedPicture, _ got: TapedPicture) -> String {
        text(
            expected.rows.map(\.text), got.rows.map(\.text),
            looksDiffer: zip(expected.rows, got.rows).map { $0.looks != $1.looks })
    }

    /// - Parameters:
    ///   - expected: the rows at the left.
    ///   - got: the rows at the right.
    ///   - looksDiffer: which rows read the same and look another way.
    public static func text(_ expected: [String], _ got: [String], looksDiffer: [Bool] = []) -> String {
        let width = expected.map { TextWidth.width(of: $0) }.max() ?? 0
        return (0..<max(expected.count, got.count)).map { y in
            let left = y < expected.count ? expected[y] : ""
            let right = y < got.count ? got[y] : ""
            let mark = left != right ? "\u{2260}" : y < looksDiffer.count && looksDiffer[y] ? "~" : "\u{2502}"
            let gap = String(repeating: " ", count: width - TextWidth.width(of: left))
            return Sanitizer.harmless("\(left)\(gap) \(mark) \(right)").trimmedEnd + "\n"
        }.joined()
    }
}

extension String {
    fileprivate var trimmedEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
