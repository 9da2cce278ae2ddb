import Foundation

/// A part of the README that is made from the program: `UPDATE_README=1` writes it anew, without it the part
/// must say what the program says.
public struct ReadmeBlock {
    public struct Missing: Error, CustomStringConvertible {
        public let description: String
    }

    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../README.md").standardized

    /// Whether the block called `name` is `text`.
    public static func holds(_ text: String, as name: String) throws -> Bool {
        let readme = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let start = "<!-- \(name): generated -->\n"
        let end = "<!-- /\(name) -->"
        guard let head = readme.range(of: start),
            let tail = readme.range(of: end, range: head.upperBound..<readme.endIndex)
        else { throw Missing(description: "README.md has no block \(name)") }
        if ProcessInfo.processInfo.environment["UPDATE_README"] == "1" {
            let new = readme.replacingCharacters(in: head.upperBound..<tail.lowerBound, with: text)
            try Data(new.utf8).write(to: file)
            return true
        }
        return readme[head.upperBound..<tail.lowerBound] == text
    }
}
