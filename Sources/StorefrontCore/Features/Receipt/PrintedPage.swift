import StoreDomain

/// A document as a printer gets it, whatever its language.
public struct PrintedPage: Hashable, Codable, Sendable {
    /// Lines, each with its end.
    public let text: String
    /// How the line begins that counts most; nil for none.
    public let strong: String?
    /// What finds the document again when it is scanned; nil for one that cannot be found.
    public let code: String?

    public init(text: String, strong: String? = nil, code: String? = nil) {
        self.text = text
        self.strong = strong
        self.code = code
    }
}
