/// What a scanner reads from somebody's badge. It names a person and proves nothing: the PIN does.
public struct Badge: Hashable, Sendable, Codable {
    /// 6…64 characters, in capitals, so that a scanner set to small letters reads the same badge.
    public let code: String

    public static let length = 6...64

    /// - Throws: `invalid` for another length, and for what could be a PIN.
    public init(_ text: String) throws(StoreError) {
        code = text.cleanText.uppercased()
        guard Self.length.contains(code.count), !PIN.isOne(code) else {
            throw .invalid([FieldProblem("badge", "must be 6 to 64 characters, and more than a PIN")])
        }
    }
}
