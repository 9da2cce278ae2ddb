import Configuration
import StoreDomain

/// What a setting was found to be, and where.
package struct FoundSetting: Sendable {
    package let text: String
    /// `--theme`, `STOREFRONT_THEME`, `.env`, the configuration file's path, or `default`.
    package let source: String

    package init(text: String, source: String) {
        self.text = text
        self.source = source
    }
}

/// Everything that is set, from flags, environment, `.env` and configuration file; the first that names a
/// setting counts.
package struct Settings: Sendable {
    private let table: [any AnySetting]
    private let found: [String: FoundSetting]

    /// Reads all sources; values are checked by `checked()` or when one is asked for.
    ///
    /// - Parameter table: the settings there are.
    /// - Throws: `ProgramFailure` for a file that is there but cannot be read or is no YAML.
    package static func load(
        _ table: [any AnySetting], flags: [String: FoundSetting], in places: Places
    ) async throws -> Settings {
        let sources = try await SettingSource.all(places)
        var found: [String: FoundSetting] = [:]
        for setting in table {
            found[setting.key] =
                flags[setting.key]
                ?? sources.lazy.compactMap { $0.find(setting) }.first
                ?? FoundSetting(text: setting.fallbackText, source: "default")
        }
        return Settings(table: table, found: found)
    }

    /// The defaults, whatever any source says.
    package static func defaults(_ table: [any AnySetting]) -> Settings { Settings(table: table, found: [:]) }

    package func found(_ setting: any AnySetting) -> FoundSetting {
        found[setting.key] ?? FoundSetting(text: setting.fallbackText, source: "default")
    }

    /// The value of a setting; of a wrong one, which `checked()` refuses, the default.
    package subscript<Value>(_ setting: Setting<Value>) -> Value {
        let found = found(setting)
        return found.source == "default" ? setting.fallback : setting.parse(found.text) ?? setting.fallback
    }

    /// Whether nothing says anything about it.
    package func isDefault(_ setting: any AnySetting) -> Bool { found(setting).source == "default" }

    /// What is wrong with a setting's value, as one sentence; nil when nothing is.
    package func problem(of setting: any AnySetting) -> String? {
        let found = found(setting)
        guard found.source != "default", setting.value(of: found.text) == nil else { return nil }
        return setting.isSecret
            ? "\(setting.key) in \(found.source) must be \(setting.allowed)"
            : "\(setting.key) in \(found.source) is \"\(found.text)\"; it must be \(setting.allowed)"
    }

    /// - Throws: `ProgramFailure` for the first wrong value.
    package func checked() throws -> Settings {
        for setting in table {
            if let problem = problem(of: setting) { throw ProgramFailure(problem) }
        }
        return self
    }
}
