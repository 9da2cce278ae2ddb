import TerminalKit

/// Which words of the pictures of a tape are not told elsewhere: on a screen of another size, or in lines.
public struct WordComparison: Sendable {
    /// A word, as often as it is missing.
    public struct Finding: Hashable, Sendable {
        public let word: String
        /// The steps after which it is missing.
        public internal(set) var steps: [Int]
        public internal(set) var screens: Set<String>

        /// Such as "\"OUT-0024\" on cart: 8 of 20 pictures, first after step 3".
        public func sentence(of pictures: Int) -> String {
            "\"\(word)\" on \(screens.sorted().joined(separator: ", ")): \(steps.count) of \(pictures) pictures, "
                + "first after step \(steps.first ?? 0)"
        }
    }

    /// Which words count.
    public enum Words: Sendable {
        case all
        /// Those with a digit: amounts, numbers, codes. What is said around them is another way to say it.
        case figures
    }

    public private(set) var findings: [Finding] = []
    public private(set) var pictures = 0
    private let words: Words

    public init(_ words: Words) { self.words = words }

    /// Holds a picture against what is told elsewhere at the same step. Edges of the screen, which tell of the program
    /// and its keys, do not count.
    public mutating func add(_ picture: TapedPicture, told: [String]) {
        pictures += 1
        let known = told.joined(separator: "\n")
        let body = picture.rows.dropFirst().dropLast(2)
        var seen: Set<String> = []
        for word in body.flatMap({ Self.words(of: $0.text) }) where seen.insert(word).inserted {
            switch words {
            case .all: if word.count < 2 { continue }
            case .figures: if !word.contains(where: \.isNumber) { continue }
            }
            if !known.contains(word) { miss(word, picture) }
        }
    }

    private mutating func miss(_ word: String, _ picture: TapedPicture) {
        guard let index = findings.firstIndex(where: { $0.word == word }) else {
            return findings.append(
                Finding(word: word, steps: [picture.step], screens: [picture.screen]))
        }
        findings[index].steps.append(picture.step)
        findings[index].screens.insert(picture.screen)
    }

    /// Without signs at their ends, and without what is cut off, whose end nobody knows.
    static func words(of text: String) -> [String] {
        text.split(whereSeparator: { $0.isWhitespace || !$0.isASCII && !$0.isLetter && $0 != "\u{2026}" })
            .filter { !$0.contains("\u{2026}") && !$0.hasSuffix("...") }
            .map { word in
                var word = word
                while let first = word.first, !first.isLetter, !first.isNumber, !first.isCurrencySymbol {
                    word.removeFirst()
                }
                while let last = word.last, !last.isLetter, !last.isNumber { word.removeLast() }
                return String(word)
            }.filter { !$0.isEmpty }
    }
}
