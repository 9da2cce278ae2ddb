import CPostgres
import StoreDomain

/// Where a PostgreSQL database is and who signs in there, in libpq's own words.
public struct PostgresAddress: Sendable {
    /// libpq's keywords with their values; `dbname` may be a whole URI.
    let parameters: [(keyword: String, value: String)]
    /// Names database and server for people, without user and password.
    public let name: String
    /// Whether it tells the password itself, instead of leaving it to libpq's own file or the server's trust.
    public let hasPassword: Bool

    /// - Parameter uri: what libpq takes, several hosts and all of its parameters included.
    /// - Throws: `storage` for a text that libpq cannot read; the text, which may hold a password, is not repeated.
    public init(uri: String) throws(StoreError) {
        // SQLAlchemy lets a driver be named, which libpq does not know.
        let plain = uri.replacingScheme()
        guard let options = PQconninfoParse(plain, nil) else {
            throw .storage(
                StorageFault(
                    .unreadable, path: "DATABASE_URL",
                    sentence: """
                        The database's address cannot be read; write it as \
                        postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with special characters as %40 and the like.
                        """))
        }
        defer { PQconninfoFree(options) }
        var found: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { found[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        parameters = [("dbname", plain)]
        hasPassword = found["password"] != nil
        name = Self.name(
            database: found["dbname"] ?? found["user"], hosts: found["host"] ?? found["hostaddr"],
            ports: found["port"])
    }

    /// The parts that the Flask service is told by.
    public init(host: String, port: String, user: String, password: Secret, database: String) {
        parameters = [
            ("host", host), ("port", port), ("user", user), ("password", password.revealed),
            ("dbname", database),
        ].filter { !$0.1.isEmpty }
        name = Self.name(database: database, hosts: host, ports: port)
        hasPassword = !password.revealed.isEmpty
    }

    private static func name(database: String?, hosts: String?, ports: String?) -> String {
        let hosts = (hosts ?? "").split(separator: ",", omittingEmptySubsequences: false)
        let ports = (ports ?? "").split(separator: ",", omittingEmptySubsequences: false)
        let servers = hosts.enumerated().map { index, host -> String in
            let host = host.isEmpty ? "localhost" : String(host)
            let port = ports.indices.contains(index) ? ports[index] : ports.first ?? ""
            return host.hasPrefix("/") || port.isEmpty ? host : "\(host):\(port)"
        }
        return "database \(database ?? "") on \(servers.joined(separator: ", "))"
    }
}

extension String {
    /// `postgresql+psycopg2://…` and `postgres://…` as libpq reads them.
    fileprivate func replacingScheme() -> String {
        guard let colon = firstIndex(of: ":") else { return self }
        let scheme = self[..<colon].lowercased()
        guard scheme.hasPrefix("postgres") else { return self }
        return "postgresql" + self[colon...]
    }
}
