import StoreDomain

/// What a use case is about to do, as far as another person may have to approve it. A use case that hands one over can
/// be approved; in any other, what somebody may only ask for is refused.
struct Deed: Sendable {
    /// In a few words: "Sale at till 1".
    let title: String
    let till: String?
    /// One text for one content, whoever does it.
    let content: String
    /// All of it, a line each, for whoever is asked.
    let lines: @Sendable (Work) throws -> [String]

    init(
        _ title: String, till: String?, content: String,
        lines: @escaping @Sendable (Work) throws -> [String] = { _ in [] }
    ) {
        self.title = title
        self.till = till
        self.content = content
        self.lines = lines
    }
}
