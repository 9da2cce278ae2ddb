import Foundation
import ProgramKit
import StoreDomain
import StorePostgres

/// Where the settings say that the store is, under the names of this program or of the Flask service.
enum DatabaseAddress {
    /// A store file.
    case file(String)
    /// A PostgreSQL database, and what named it.
    case postgres(PostgresAddress, source: String)

    /// - Throws: for a database that is neither; for settings that name one for another environment.
    static func find(_ settings: Settings, _ places: Places) throws -> DatabaseAddress {
        // Who names a file means it.
        guard settings.isDefault(ShopSettings.database) else { return .file(settings.databasePath(places)) }
        let found = settings.found(ServerSettings.databaseURL)
        if !found.text.isEmpty { return try named(by: found) }
        let environment = settings[ServerSettings.environment]
        let own = ServerSettings.FlaskDatabase.read(in: environment)
        if let first = own.all.first(where: { !settings.isDefault($0) }) {
            return .postgres(
                PostgresAddress(
                    host: settings[own.host], port: settings[own.port], user: settings[own.user],
                    password: settings[own.password], database: settings[own.name]),
                source: settings.found(first).source)
        }
        for other in ServerSettings.FlaskDatabase.allCases {
            guard let first = other.all.first(where: { !settings.isDefault($0) }) else { continue }
            throw ProgramFailure(
                """
                \(settings.found(first).source) names a PostgreSQL for another environment than this one, \
                \(environment.rawValue); set \(own.host.alsoNamed.first ?? own.host.key) and its like, or STOREFRONT_ENV
                """)
        }
        return .file(settings.databasePath(places))
    }

    /// What somebody named on the command line: a path, an address as `database.url` takes it, or `DATABASE_URL` for the
    /// one that the settings have.
    ///
    /// - Throws: for an address with a password: whoever is on this machine reads that in the list of processes.
    static func named(_ text: String, option: String, _ settings: Settings) throws -> DatabaseAddress {
        if text == "DATABASE_URL" {
            let found = settings.found(ServerSettings.databaseURL)
            guard !found.text.isEmpty else {
                throw ProgramFailure(
                    "\(option) DATABASE_URL: no setting and no variable of that name has an address")
            }
            return try named(by: found)
        }
        guard text.contains("://") || text.hasPrefix("sqlite:") else { return .file(text) }
        let address = try named(by: FoundSetting(text: text, source: option))
        if case .postgres(let database, _) = address, database.hasPassword {
            throw ProgramFailure(
                """
                \(option) has a password, which whoever is on this machine reads in the list of processes: put the \
                address into the variable DATABASE_URL, and write \(option) DATABASE_URL
                """)
        }
        return address
    }

    private static func named(by url: FoundSetting) throws -> DatabaseAddress {
        let scheme = url.text.prefix { $0 != ":" }.lowercased()
        if scheme.hasPrefix("postgres") {
            return .postgres(try PostgresAddress(uri: url.text), source: url.source)
        }
        guard scheme == "sqlite" else {
            throw ProgramFailure(
                """
                \(url.source) names a database that this server does not know; use \
                postgresql://USER:PASSWORD@HOST:PORT/NAME or sqlite:///PATH
                """)
        }
        // As SQLAlchemy reads it: three slashes before a relative path, four before an absolute one.
        let rest = url.text.dropFirst("sqlite:".count)
        guard rest.hasPrefix("///"), rest.count > 3, !rest.hasSuffix(":memory:") else {
            throw ProgramFailure("\(url.source) names no file; it must be sqlite:///PATH")
        }
        return .file(String(rest.dropFirst(3)))
    }

    /// Where a key is kept that is made for development, `-secret` behind it: beside the store file, or for a
    /// database where store files usually are, in a folder that is made when it is not there.
    func secretPath(_ places: Places) throws -> String {
        switch self {
        case .file(let path): return path
        case .postgres:
            do {
                try FileManager.default.createDirectory(
                    atPath: places.data, withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
            } catch { throw ProgramFailure("\(places.data) cannot be made: \(error.localizedDescription)") }
            return "\(places.data)/postgres"
        }
    }
}
