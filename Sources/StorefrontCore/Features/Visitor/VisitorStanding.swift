import StoreDomain

/// What a kiosk knows of its visitor before he says anything, where keys stand for people.
public struct VisitorStanding: Hashable, Codable, Sendable {
    /// The SSH key that he has come with; nil without one.
    public let key: KeyFingerprint?

    public init(key: KeyFingerprint?) { self.key = key }
}
