import StoreDomain
import TerminalKit

extension ThemeRole {
    static let price = ThemeRole("shop.price")
    static let stockOK = ThemeRole("shop.stock.ok")
    static let stockLow = ThemeRole("shop.stock.low")
    static let stockOut = ThemeRole("shop.stock.out")
    static let discount = ThemeRole("shop.discount")
    static let total = ThemeRole("shop.total")
    /// The name of a key beside what it does, outside the footer.
    static let keyOnPage = ThemeRole("ui.text.accent.key")
}

extension StockLevel {
    var role: ThemeRole {
        switch self {
        case .out: .stockOut
        case .low: .stockLow
        case .plenty, .untracked: .stockOK
        }
    }

    /// For a column: colour is for what wants attention.
    var columnRole: ThemeRole {
        switch self {
        case .out, .low: role
        case .plenty: .text
        case .untracked: .textMuted
        }
    }

    /// For a table that has no room for words.
    var shortText: String {
        switch self {
        case .out: "out"
        case .low(let count): "\(count) left"
        case .plenty(let count): String(count)
        case .untracked: "any"
        }
    }

    func mark(_ glyphs: GlyphSet) -> String {
        switch self {
        case .out: glyphs.cross
        case .low: glyphs.warning
        case .plenty, .untracked: glyphs.check
        }
    }

    /// Short for a column: words where they matter, a bare number where there is plenty.
    var columnText: String {
        if case .plenty(let count) = self { String(count) } else { words }
    }
}

extension OrderStatus {
    /// Cells of the longest word.
    static let widestWord = allCases.map { TextWidth.width(of: $0.word) }.max() ?? 0

    var role: ThemeRole {
        switch self {
        case .pending: .warning
        case .paid: .success
        case .cancelled: .textMuted
        case .partiallyRefunded, .refunded: .info
        }
    }
}
