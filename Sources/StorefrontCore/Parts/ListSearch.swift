import StoreDomain

/// Words looked for in the rows of a list, which stays as it is.
struct ListSearch: Hashable, Codable, Sendable {
    /// As it was typed.
    let text: String
    private let words: [String]

    /// nil when there is no word in it.
    init?(_ text: String) {
        self.text = text.cleanText
        words = SearchWords.split(text)
        if words.isEmpty { return nil }
    }

    /// The next row that holds every word, folded, behind (or before) a row, or from the start (or
    /// end) when nil; never round the end.
    func row(in rows: [String], from row: Int?, forward: Bool) -> Int? {
        let start = row.map { forward ? $0 + 1 : $0 } ?? (forward ? 0 : rows.count)
        let span = (forward ? start..<max(start, rows.count) : 0..<max(0, min(start, rows.count)))
        let isMatch = { (index: Int) -> Bool in
            let text = rows[index].folded
            return words.allSatisfy(text.contains)
        }
        return forward ? span.first(where: isMatch) : span.last(where: isMatch)
    }
}
