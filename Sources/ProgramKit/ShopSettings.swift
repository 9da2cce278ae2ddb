import StoreDomain

/// The settings that every program of the shop has: its rules, and where it is kept.
package enum ShopSettings {
    package static let name = Setting<String>(
        "shop.name", "The shop's name, in the header and on receipts", allowed: "1 to 60 characters",
        default: "Storefront",
        parse: { text in (1...60).contains(text.trimmedText.count) ? text.trimmedText : nil })
    package static let currency = Setting<Currency>(
        "shop.currency", "The currency of a new store", allowed: SettingText.names(Currency.all.map(\.code)),
        default: Currency.usd, show: \.code, parse: { Currency(code: $0) })
    package static let taxRate = Setting<Rate>(
        "tax.rate", "Tax on what is sold, in percent", allowed: "a percentage from 0 to 1000, such as 8.875",
        default: Rate.seedTax, show: \.percentDigits, parse: { Rate(percentText: $0) })
    package static let taxBase = Setting<TaxBase>(
        "tax.base", "Whether tax is taken of the subtotal before or after the discount",
        allowed: SettingText.names(TaxBase.allCases.map(\.rawValue)), default: TaxBase.beforeDiscount,
        show: \.rawValue,
        parse: { TaxBase(rawValue: $0.lowercased()) })
    package static let lowStock = Setting<Int>(
        "stock.low", "At this stock or below, a product is marked as low", in: 0...1_000_000, default: 5)
    package static let pendingMinutes = Setting<Int>(
        "orders.pendingMinutes", "Minutes after which an unpaid order is cancelled; 0 for never",
        in: 0...525_600, default: 60)
    package static let database: Setting<String> = .path("db", "The store file; empty for the usual place")
    package static let fixedClock = Setting<Timestamp?>(
        "fixed.clock", "The time that the program believes it is",
        allowed: "a time such as 2026-11-22T14:05:09Z",
        default: Timestamp?.none, isHidden: true, show: { $0?.rfc3339 ?? "" },
        parse: { text in Timestamp(rfc3339: text).map { .some($0) } })

    package static let all: [any AnySetting] = [
        name, currency, taxRate, taxBase, lowStock, pendingMinutes, database, fixedClock,
    ]
}

extension Settings {
    /// The shop's own rules.
    package var policy: ShopPolicy {
        ShopPolicy(
            shopName: self[ShopSettings.name], currency: self[ShopSettings.currency],
            taxRate: self[ShopSettings.taxRate], taxBase: self[ShopSettings.taxBase],
            lowStock: self[ShopSettings.lowStock], pendingMinutes: self[ShopSettings.pendingMinutes])
    }

    /// The store file.
    package func databasePath(_ places: Places) -> String {
        let path = self[ShopSettings.database]
        return path.isEmpty ? places.store : path
    }

    /// The time of day, or the moment at which QA has stopped it.
    package var clock: any StoreClock {
        if let fixed = self[ShopSettings.fixedClock] { FixedClock(time: fixed) } else { SystemClock() }
    }
}
