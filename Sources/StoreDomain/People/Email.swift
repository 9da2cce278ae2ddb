/// An e-mail address as an account is known by: trimmed; unique regardless of case.
public struct Email: Hashable, Sendable, Codable {
    /// As it was typed, without white space at the ends.
    public let address: String

    /// Accepts anything of the form `local@host.tld` of at most 254 bytes, plus-addressing included.
    public init(_ text: String) throws(StoreError) {
        let address = text.cleanText
        guard Email.isPlausible(address) else {
            throw .invalid([FieldProblem("email", "must look like name@example.com")])
        }
        self.address = address
    }

    /// What two spellings of one address share: lower case.
    public var key: String { address.lowercased() }

    public static func == (left: Email, right: Email) -> Bool { left.key == right.key }
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    private static func isPlausible(_ address: String) -> Bool {
        guard (3...254).contains(address.utf8.count) else { return false }
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let local = parts.first, let host = parts.last,
            (1...64).contains(local.utf8.count)
        else { return false }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let noBlanks = address.unicodeScalars.allSatisfy {
            !$0.properties.isWhitespace && $0.properties.generalCategory != .control
                && $0.properties.generalCategory != .format
        }
        return noBlanks && labels.count >= 2 && labels.allSatisfy { !$0.isEmpty && $0.utf8.count <= 63 }
    }
}
