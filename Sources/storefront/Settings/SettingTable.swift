import StoreDomain

/// Every setting there is, one line each. Doctor and the manual read this table; a new one stands here and
/// nowhere else.
enum SettingTable {
    static let shopName = Setting<String>(
        "shop.name", "The shop's name, in the header and on receipts", allowed: "1 to 60 characters",
        default: "Storefront",
        parse: { text in (1...60).contains(text.trimmedText.count) ? text.trimmedText : nil })
    static let currency = Setting<Currency>(
        "shop.currency", "The currency of a new store", allowed: names(Currency.all.map(\.code)),
        default: Currency.usd, show: \.code, parse: { Currency(code: $0) })
    static let taxRate = Setting<Rate>(
        "tax.rate", "Tax on what is sold, in percent", allowed: "a percentage from 0 to 1000, such as 8.875",
        default: Rate.seedTax, show: \.percentDigits, parse: { Rate(percentText: $0) })
    static let taxBase = Setting<TaxBase>(
        "tax.base", "Whether tax is taken of the subtotal before or after the discount",
        allowed: names(TaxBase.allCases.map(\.rawValue)), default: TaxBase.beforeDiscount, show: \.rawValue,
        parse: { TaxBase(rawValue: $0.lowercased()) })
    static let lowStock = Setting<Int>(
        "stock.low", "At this stock or below, a product is marked as low", in: 0...1_000_000, default: 5)
    static let pendingMinutes = Setting<Int>(
        "orders.pendingMinutes", "Minutes after which an unpaid order is cancelled; 0 for never",
        in: 0...525_600, default: 60)
    static let printerCommand = Setting<String>(
        "printer.command", "The command that prints a receipt given on its standard input, such as lp",
        allowed: "a command", default: "", parse: { $0 })
    static let receiptDirectory: Setting<String> = path(
        "receipt.directory", "Where saved receipts go; empty for receipts beside the store")
    static let theme = Setting<String>(
        "theme", "The theme, by name or path", allowed: "a theme's name or a path", default: "default",
        parse: { $0.isEmpty ? nil : $0 })
    static let color = Setting<ColorChoice>(
        "color", "How many colours to use", allowed: names(ColorChoice.allCases.map(\.rawValue)),
        default: ColorChoice.auto, show: \.rawValue, parse: { ColorChoice(rawValue: $0.lowercased()) })
    static let mouse = Setting<Bool>("mouse", "Whether the mouse works", default: true)
    static let ascii = Setting<Bool>("ascii", "Whether to keep to ASCII characters", default: false)
    static let reducedMotion = Setting<Bool>(
        "reduced.motion", "Whether to leave out what moves", default: false)
    static let escapeDelay = Setting<Int>(
        "escape.delay", "Milliseconds after which a lone Esc counts; 0 for what suits the connection",
        in: 0...5_000, default: 0)
    static let idleMinutes = Setting<Int>(
        "idle.minutes", "Minutes without a key after which a user is signed out; 0 for never",
        in: 0...10_080, default: 10)
    static let database: Setting<String> = path("db", "The store file; empty for the usual place")
    static let logFile: Setting<String> = path(
        "log.file", "Where messages go while the screen is up; empty for nowhere")
    static let fixedClock = Setting<Timestamp?>(
        "fixed.clock", "The time that the program believes it is",
        allowed: "a time such as 2026-11-22T14:05:09Z",
        default: Timestamp?.none, isHidden: true, show: { $0?.rfc3339 ?? "" },
        parse: { text in Timestamp(rfc3339: text).map { .some($0) } })

    static let all: [any AnySetting] = [
        shopName, currency, taxRate, taxBase, lowStock, pendingMinutes, printerCommand, receiptDirectory,
        theme, color, mouse, ascii, reducedMotion, escapeDelay, idleMinutes, database, logFile, fixedClock,
    ]

    /// Empty for none.
    private static func path(_ key: String, _ help: String) -> Setting<String> {
        Setting<String>(key, help, allowed: "a path", default: "", parse: { $0 })
    }

    /// "a, b or c"
    private static func names(_ names: [String]) -> String {
        let last = names.last ?? ""
        return names.count < 2 ? last : "\(names.dropLast().joined(separator: ", ")) or \(last)"
    }
}

/// The setting `color`.
enum ColorChoice: String, Sendable, CaseIterable {
    /// As many as the terminal has, none with `NO_COLOR`.
    case auto
    case none
    case eight = "8"
    case sixteen = "16"
    case indexed = "256"
    case direct
}
