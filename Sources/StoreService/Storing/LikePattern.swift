extension String {
    /// The text for a `LIKE` with `\` for its escape sign: its own `%`, `_` and `\` mean themselves.
    public var likePattern: String {
        reduce(into: "") { pattern, character in
            if ["%", "_", "\\"].contains(character) { pattern.append("\\") }
            pattern.append(character)
        }
    }
}
