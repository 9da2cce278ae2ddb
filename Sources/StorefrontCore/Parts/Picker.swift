import StoreDomain

/// What can be picked from a list, for the one who opened it.
public enum Choice: Hashable, Codable, Sendable {
    case command(Command)
    /// nil for all.
    case category(String?)
    case sort(ProductSort)
    /// nil for all.
    case status(OrderStatus?)
    case theme(String)
    case product(Int64)
    /// By its code.
    case parkedSale(String)
    /// A way to pay, by its id.
    case tender(String)
    /// Whom a till sells to, by the account's id.
    case customer(Int64)
    case newCustomer
    /// Words that were recorded at the till, by their name.
    case macro(String)
    /// Whose rules a new store starts with.
    case country(Country)
    /// Why goods come back; nil for one that is typed.
    case reason(String?)
    /// A payment method's id; nil for the tenders of the sale.
    case refundMethod(String?)
    case office(OfficeChoice)
    case tester(QAChoice)
}

/// A list to choose one from, narrowed by typing where it has a filter.
public struct Picker: Hashable, Codable, Sendable {
    public struct Item: Hashable, Codable, Sendable {
        public let choice: Choice
        public let label: String
        /// What stands at the right: a count, a key.
        public let detail: String
        /// Why it cannot be chosen just now.
        public let disabledReason: String?

        public init(_ choice: Choice, label: String, detail: String = "", disabledReason: String? = nil) {
            self.choice = choice
            self.label = label
            self.detail = detail
            self.disabledReason = disabledReason
        }
    }

    /// What is picked, for those who draw it.
    public enum Purpose: Hashable, Codable, Sendable {
        case commands, categories, sorts, statuses, themes, products, parkedSales, tenders, reasons
        case refundMethods, customers, countries, macros, office
        /// What a tester can do, and what can go wrong on purpose.
        case qa, faults
    }

    public let purpose: Purpose
    public let title: String
    public let items: [Item]
    public private(set) var filter = TextInput(limit: 60)
    private var list: List

    public init(_ purpose: Purpose, title: String, items: [Item], selected: Choice? = nil) {
        self.purpose = purpose
        self.title = title
        self.items = items
        list = List(selection: items.firstIndex { $0.choice == selected } ?? 0)
    }

    public var hasFilter: Bool {
        switch purpose {
        case .commands, .categories, .themes, .countries, .macros, .faults: true
        case .sorts, .statuses, .products, .parkedSales, .tenders, .reasons, .refundMethods, .customers, .qa,
            .office:
            false
        }
    }

    /// What typing has left: best fuzzy match first, in the given order without a filter.
    public var matches: [Item] {
        guard !filter.isEmpty else { return items }
        return items.enumerated()
            .compactMap { item in score(item.element).map { (item, $0) } }
            .sorted { ($1.1, $0.0.offset) < ($0.1, $1.0.offset) }
            .map(\.0.element)
    }

    /// A country is found by its code as well, which nobody else has.
    private func score(_ item: Item) -> Int? {
        switch purpose {
        case .countries:
            [item.label, item.detail].compactMap { FuzzyMatch.score(filter.text, in: $0) }.max()
        case .commands, .categories, .sorts, .statuses, .themes, .products, .parkedSales, .tenders, .reasons,
            .refundMethods, .customers, .macros, .office, .qa, .faults:
            FuzzyMatch.score(filter.text, in: item.label)
        }
    }

    /// Of `matches`.
    public var selection: Int { list.selection }

    public var chosen: Item? {
        let matches = matches
        return list.row(of: matches.count).map { matches[$0] }
    }

    mutating func edit(_ edit: TextEdit) {
        guard hasFilter else { return }
        let before = filter.text
        filter.apply(edit)
        if filter.text != before { list = List() }
    }

    mutating func walk(_ walk: Walk) { list.walk(walk, of: matches.count) }

    /// False when there is no such row.
    mutating func select(row: Int) -> Bool {
        let count = matches.count
        guard row < count else { return false }
        list.select(row, of: count)
        return true
    }
}

/// How well letters in order match a label: more for starts of words and for letters side by side, most for all of it.
enum FuzzyMatch {
    /// More than any label gives for its letters.
    private static let whole = 10_000

    /// nil when the letters do not all occur in order.
    static func score(_ pattern: String, in label: String) -> Int? {
        let wanted = Array(pattern.folded.filter { !$0.isWhitespace })
        var next = 0
        var score = 0
        var previousMatched = false
        var previous: Character = " "
        for character in label.folded {
            guard next < wanted.count else { break }
            if character == wanted[next] {
                score += 1 + (previousMatched ? 3 : 0) + (previous.isLetter || previous.isNumber ? 0 : 5)
                next += 1
                previousMatched = true
            } else {
                previousMatched = false
            }
            previous = character
        }
        guard next == wanted.count else { return nil }
        // Whoever types a whole name means it, whatever else it is part of.
        return label.folded == pattern.folded ? score + whole : score
    }
}
