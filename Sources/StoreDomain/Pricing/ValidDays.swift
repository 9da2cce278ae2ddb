/// The days of the shop's calendar on which something holds: a discount code, the prices of a batch.
public struct ValidDays: Hashable, Sendable, Codable {
    /// nil where it holds from the beginning.
    public let first: ShopDay?
    /// The last one on which it holds; nil where it never ends.
    public let last: ShopDay?

    public static let always = ValidDays(known: nil, nil)

    /// - Throws: `invalid` for a last day before the first.
    public init(first: ShopDay?, last: ShopDay?) throws(StoreError) {
        if let first, let last, last < first {
            throw .invalid([FieldProblem("last_day", "must not be before the first")])
        }
        self.init(known: first, last)
    }

    private init(known first: ShopDay?, _ last: ShopDay?) {
        self.first = first
        self.last = last
    }

    /// Reads days as people type them: "2026-12-01 2026-12-31" for both, "from 2026-12-01", "until 2026-12-31", and
    /// "always".
    ///
    /// - Throws: `invalid` for anything else.
    public init(typed text: String) throws(StoreError) {
        var words = text.cleanText.lowercased().split(separator: " ").map(String.init)[...]
        if words == ["always"] {
            self = .always
            return
        }
        var (first, last): (ShopDay?, ShopDay?)
        while let word = words.popFirst() {
            switch word {
            case "from" where first == nil: first = try Self.day(words.popFirst())
            case "until" where last == nil: last = try Self.day(words.popFirst())
            case _ where first == nil && last == nil && !words.isEmpty:
                (first, last) = (try Self.day(word), try Self.day(words.popFirst()))
            default: throw Self.problem
            }
        }
        guard first != nil || last != nil else { throw Self.problem }
        try self.init(first: first, last: last)
    }

    /// "from 2026-12-01 to 2026-12-24", "from 2026-12-01", "until 2026-12-24"; nothing for always.
    public var words: String { Self.words(first?.text, last?.text) }

    static func words(_ first: String?, _ last: String?) -> String {
        switch (first, last) {
        case (let first?, let last?): "from \(first) to \(last)"
        case (let first?, nil): "from \(first)"
        case (nil, let last?): "until \(last)"
        case (nil, nil): ""
        }
    }

    private static func day(_ text: String?) throws(StoreError) -> ShopDay {
        guard let text, let day = ShopDay(text) else { throw problem }
        return day
    }

    private static let problem = StoreError.invalid([
        FieldProblem(
            "days", "must be such as 2026-12-01 2026-12-31, from 2026-12-01, until 2026-12-31, or always")
    ])

    /// From the start of the first day until just before the day behind the last, by the shop's clocks.
    public func span(in zone: ShopZone) -> (from: Timestamp?, until: Timestamp?) {
        (
            first.flatMap { zone.startOfDay($0.text) }, last.flatMap { zone.startOfDay($0.text, plusDays: 1) }
        )
    }
}
