import StoreDomain

/// The settings that only the server has, under the names of this program and under those of the Flask service
/// with the same API.
package enum ServerSettings {
    package static let host = Setting<String>(
        "host", "The address the server listens on", allowed: "a host name or address", default: "127.0.0.1",
        parse: { $0.trimmedText.isEmpty ? nil : $0.trimmedText })
    package static let port = Setting<Int>(
        "port", "The port the server listens on; 0 for any that is free", in: 0...65_535, default: 5000)
    package static let environment = Setting<ServerEnvironment>(
        "env", "What the server is run for",
        allowed: SettingText.names(ServerEnvironment.allCases.map(\.rawValue)),
        default: ServerEnvironment.development, alsoNamed: ["FLASK_ENV"], show: \.rawValue,
        parse: { ServerEnvironment(rawValue: $0.lowercased()) })
    package static let secretKey = Setting<Secret>(
        "secret.key", "What access tokens are signed with; made and kept where it is not set in development",
        allowed: "\(minimumSecretBytes) characters or more", default: Secret(""), alsoNamed: ["SECRET_KEY"],
        show: { _ in "" }, parse: { $0.utf8.count >= minimumSecretBytes ? Secret($0) : nil })
    package static let databaseURL = Setting<String>(
        "database.url",
        "Where the store is: postgresql://USER:PASSWORD@HOST:PORT/NAME, with all that libpq takes, or sqlite:///PATH",
        allowed: "a URL", default: "", alsoNamed: ["DATABASE_URL"], parse: { $0 })
    package static let databaseListenURL = Setting<String>(
        "database.listen.url",
        "Where servers on one PostgreSQL hear of each other's changes: the database itself, where database.url names a pooler",
        allowed: "a URL", default: "", alsoNamed: ["DATABASE_LISTEN_URL"], parse: { $0 })
    package static let databaseConnections = Setting<Int>(
        "database.connections", "How many connections to PostgreSQL the server holds; 0 for two a core",
        in: 0...500, default: 0)
    package static let origins = Setting<[String]?>(
        "cors.origins", "Web pages that may use the API: origins with commas between them, * for any",
        allowed: "origins such as https://shop.example.com", default: [String]?.none,
        show: { $0?.joined(separator: ",") ?? "" },
        parse: { text in .some(text.split(separator: ",").map { $0.trimmedText }.filter { !$0.isEmpty }) })
    package static let takesPayments = Setting<Bool>(
        "payments.online", "Whether orders can be paid over the API, to be settled outside", default: true)
    package static let certificate: Setting<String> = .path(
        "tls.certificate", "The certificate chain for https, in PEM; empty for http")
    package static let privateKey: Setting<String> = .path("tls.key", "The certificate's private key, in PEM")
    package static let logLevel = Setting<String>(
        "log.level", "How much is logged", allowed: SettingText.names(logLevels), default: "info",
        parse: { logLevels.contains($0.lowercased()) ? $0.lowercased() : nil })

    package static let all: [any AnySetting] =
        [
            host, port, environment, secretKey, databaseURL, databaseListenURL, databaseConnections, origins,
            takesPayments, certificate, privateKey, logLevel,
        ] + FlaskDatabase.allCases.flatMap(\.all)

    /// As long as what HS256 makes of it.
    package static let minimumSecretBytes = 32
    private static let logLevels = ["debug", "info", "warning", "error"]
}

/// What the server is run for.
package enum ServerEnvironment: String, Sendable, CaseIterable {
    case development, testing, production
}

extension ServerSettings {
    /// What tells the Flask service where its PostgreSQL is, with that service's defaults.
    package struct FlaskDatabase: Sendable, CaseIterable {
        package let host, port, user, name: Setting<String>
        package let password: Setting<Secret>

        private init(_ prefix: String, password passwordName: String) {
            func setting(_ part: String, _ fallback: String) -> Setting<String> {
                Setting<String>(
                    "postgres.\(prefix).\(part)".lowercased(), "Where the Flask service's PostgreSQL is",
                    allowed: "a text", default: fallback, isHidden: true, alsoNamed: ["\(prefix)_\(part)"],
                    parse: { $0 })
            }
            host = setting("HOST", "localhost")
            port = setting("PORT", "5432")
            user = setting("USER", "appuser")
            name = setting("NAME", "ecommerce")
            password = Setting<Secret>(
                "postgres.\(prefix).password".lowercased(), "The password of the Flask service's PostgreSQL",
                allowed: "a text", default: Secret("apppassword"), isHidden: true,
                alsoNamed: ["\(prefix)_\(passwordName)"], show: { _ in "" }, parse: { Secret($0) })
        }

        /// Read in development and in tests.
        private static let development = FlaskDatabase("DATABASE", password: "PASSWORD")
        private static let production = FlaskDatabase("DB", password: "PASS")

        package static let allCases = [development, production]

        package static func read(in environment: ServerEnvironment) -> FlaskDatabase {
            switch environment {
            case .development, .testing: development
            case .production: production
            }
        }

        package var all: [any AnySetting] { [host, port, user, name, password] }
    }
}
