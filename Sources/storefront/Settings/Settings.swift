import Configuration
import StoreDomain

/// What a setting was found to be, and where.
struct FoundSetting: Sendable {
    let text: String
    /// `--theme`, `STOREFRONT_THEME`, `.env`, the configuration file's path, or `default`.
    let source: String
}

/// Everything that is set, from flags, environment, `.env` and configuration file; the first that names a
/// setting counts.
struct Settings: Sendable {
    private let found: [String: FoundSetting]

    /// Reads all sources; values are checked by `checked()` or when one is asked for.
    ///
    /// - Throws: `CommandFailure` for a file that is there but cannot be read or is no YAML.
    static func load(flags: [String: FoundSetting], in places: Places) async throws -> Settings {
        let sources = try await SettingSource.all(places)
        var found: [String: FoundSetting] = [:]
        for setting in SettingTable.all {
            found[setting.key] =
                flags[setting.key]
                ?? sources.lazy.compactMap { $0.find(setting) }.first
                ?? FoundSetting(text: setting.fallbackText, source: "default")
        }
        return Settings(found: found)
    }

    func found(_ setting: any AnySetting) -> FoundSetting {
        found[setting.key] ?? FoundSetting(text: setting.fallbackText, source: "default")
    }

    /// The value of a setting; of a wrong one, which `checked()` refuses, the default.
    subscript<Value>(_ setting: Setting<Value>) -> Value {
        let found = found(setting)
        return found.source == "default" ? setting.fallback : setting.parse(found.text) ?? setting.fallback
    }

    /// Whether nothing says anything about it.
    func isDefault(_ setting: any AnySetting) -> Bool { found(setting).source == "default" }

    /// What is wrong with a setting's value, as one sentence; nil when nothing is.
    func problem(of setting: any AnySetting) -> String? {
        let found = found(setting)
        guard found.source != "default", setting.value(of: found.text) == nil else { return nil }
        return "\(setting.key) in \(found.source) is \"\(found.text)\"; it must be \(setting.allowed)"
    }

    /// - Throws: `CommandFailure` for the first wrong value.
    func checked() throws -> Settings {
        for setting in SettingTable.all {
            if let problem = problem(of: setting) { throw CommandFailure(problem) }
        }
        return self
    }

    /// The shop's own rules.
    var policy: ShopPolicy {
        ShopPolicy(
            shopName: self[SettingTable.shopName], currency: self[SettingTable.currency],
            taxRate: self[SettingTable.taxRate], taxBase: self[SettingTable.taxBase],
            lowStock: self[SettingTable.lowStock], pendingMinutes: self[SettingTable.pendingMinutes])
    }
}
