/// What a till finds customers by. Nobody gets to see a list of all of them.
public struct CustomerWords: Hashable, Sendable, Codable {
    /// So many are found at most.
    public static let mostFound = 20
    /// A word has so many letters at least, unless a longer one stands beside it.
    public static let shortest = 2

    /// Without case and accents, in their order; never empty.
    public let words: [String]
    /// The account's number, where digits stand alone, with or without a sign before them.
    public let number: Int64?

    /// As it can be typed again.
    public var text: String { words.joined(separator: " ") }

    /// - Throws: `invalid` for words too short to mean somebody.
    public init(_ text: String) throws(StoreError) {
        let found = text.cleanText.folded.split(whereSeparator: \.isWhitespace).map(String.init)
        let only = found.count == 1 ? found.first : nil
        number = only.flatMap { Int64($0.first == "#" ? String($0.dropFirst()) : $0) }
        words = Array(found.prefix(5))
        guard number != nil || words.contains(where: { $0.count >= Self.shortest }) else {
            throw .invalid([
                FieldProblem(
                    "customer",
                    "must be \(Self.shortest) letters or more of the name or the e-mail, or a number")
            ])
        }
    }

    /// Whether somebody is meant. Nobody finds an account whose name was erased.
    public func mean(id: Int64, name: String, email: String) -> Bool {
        if User.isErased(email) { return false }
        if id == number { return true }
        let (parts, address) = (name.folded.split(whereSeparator: \.isWhitespace), email.folded)
        return words.allSatisfy { word in
            parts.contains { $0.hasPrefix(word) } || address.contains(word)
        }
    }

    /// Those that are meant, by name.
    public func choose(
        from people: some Sequence<(id: Int64, name: String, email: String)>, limit: Int
    ) -> [Int64] {
        people.filter { mean(id: $0.id, name: $0.name, email: $0.email) }
            .sorted { ($0.name.folded, $0.id) < ($1.name.folded, $1.id) }.prefix(limit).map(\.id)
    }
}
