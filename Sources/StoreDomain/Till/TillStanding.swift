/// A till and where it stands.
public struct TillStanding: Hashable, Sendable, Codable {
    public let till: String
    /// Its shift that is not closed yet.
    public let shift: Shift?

    public init(till: String, shift: Shift?) {
        self.till = till
        self.shift = shift
    }
}
