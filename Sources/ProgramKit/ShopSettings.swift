import StoreDomain

/// The settings that every program of the shop has: the policy of a new store, and where it is kept.
package enum ShopSettings {
    package static let currency = Setting<Currency>(
        "shop.currency", "The currency of a new store", allowed: SettingText.names(Currency.all.map(\.code)),
        default: Currency.usd, show: \.code, parse: { Currency(code: $0) })
    package static let country = Setting<Country?>(
        "store.country",
        "The country whose rules a new store starts with: currency, tax, rounding of cash, zone",
        allowed: "empty, \(SettingText.names(Country.allCases.map(\.rawValue)))", default: Country?.none,
        show: { $0?.rawValue ?? "" },
        parse: { text in text.isEmpty ? .some(nil) : (try? Country.named(text)).map { .some($0) } })
    package static let database: Setting<String> = .path("db", "The store file; empty for the usual place")
    package static let fixedClock = Setting<Timestamp?>(
        "fixed.clock", "The time that the program believes it is",
        allowed: "a time such as 2026-11-22T14:05:09Z",
        default: Timestamp?.none, isHidden: true, show: { $0?.rfc3339 ?? "" },
        parse: { text in Timestamp(rfc3339: text).map { .some($0) } })

    /// A setting for each value of the policy. It counts for a new store; `storefront policy set` changes it
    /// later.
    package static let policy: [Setting<String>] = PolicyField.allCases.map { field in
        Setting<String>(
            field.rawValue, field.help, allowed: field.allowed,
            default: field == .timeZone ? "" : field.text(in: ShopPolicy(), at: beginning),
            parse: { text in
                var policy = ShopPolicy()
                // A base before the discount is refused with prices that include tax, which are set apart.
                do throws(StoreError) {
                    try field.set(text, in: &policy, at: beginning, zones: SystemZones.shared)
                } catch { return nil }
                return text
            })
    }

    package static let all: [any AnySetting] = policy + [country, currency, database, fixedClock]

    /// The rates of a new store count from the beginning of time.
    fileprivate static let beginning = Timestamp(milliseconds: .min)
}

extension Settings {
    /// The policy of a new store: its country's, with what is set apart from that. Each value was checked by itself;
    /// with prices that include tax the base is after the discount, whatever `tax.base` says.
    package var policy: ShopPolicy {
        var policy = ShopPolicy(
            currency: self[ShopSettings.currency], timeZone: SystemZones.shared.machine.name)
        if let country = self[ShopSettings.country],
            let preset = try? CountryPreset(country).newPolicy()
        {
            policy = preset
            if !isDefault(ShopSettings.currency) { policy = policy.priced(in: self[ShopSettings.currency]) }
        }
        for (field, setting) in zip(PolicyField.allCases, ShopSettings.policy) where !isDefault(setting) {
            var changed = policy
            guard
                (try? field.set(
                    self[setting], in: &changed, at: ShopSettings.beginning, zones: SystemZones.shared))
                    != nil
            else {
                continue
            }
            policy = changed
        }
        return policy
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
