import ProgramKit
import StoreDomain

/// Where the settings say that the store is, under the names of this program or of the Flask service.
enum DatabaseAddress {
    /// The path of the store file.
    ///
    /// - Throws: for another database than SQLite.
    static func path(_ settings: Settings, _ places: Places) throws -> String {
        // Who names a file means it.
        guard settings.isDefault(ShopSettings.database) else { return settings.databasePath(places) }
        let found = settings.found(ServerSettings.databaseURL)
        if !found.text.isEmpty { return try path(url: found) }
        if let setting = ServerSettings.postgres.first(where: { !settings.isDefault($0) }) {
            throw ProgramFailure(
                """
                \(setting.alsoNamed.first ?? setting.key) asks for PostgreSQL, which this server does not speak yet; take it \
                out, or name a store file with --db PATH
                """)
        }
        return settings.databasePath(places)
    }

    private static func path(url: FoundSetting) throws -> String {
        let scheme = url.text.prefix { $0 != ":" }.lowercased()
        guard scheme == "sqlite" else {
            let what = scheme.hasPrefix("postgres") ? "PostgreSQL" : "a database"
            throw ProgramFailure(
                """
                database.url in \(url.source) asks for \(what) that this server does not speak; use \
                sqlite:///PATH, or --db PATH
                """)
        }
        // As SQLAlchemy reads it: three slashes before a relative path, four before an absolute one.
        let rest = url.text.dropFirst("sqlite:".count)
        guard rest.hasPrefix("///"), rest.count > 3, !rest.hasSuffix(":memory:") else {
            throw ProgramFailure("database.url in \(url.source) names no file; it must be sqlite:///PATH")
        }
        return String(rest.dropFirst(3))
    }
}
