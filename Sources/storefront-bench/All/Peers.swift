import Foundation

/// A program of others that is measured beside the shop, when it is installed.
enum PeerProgram: String, CaseIterable, Sendable {
    case tig
    case flask = "Flask on SQLite"
    case flaskPostgres = "Flask on PostgreSQL"
    case postgres = "PostgreSQL"

    /// How to get it.
    var advice: String {
        switch self {
        case .tig: "apt-get install tig git"
        case .flask: "apt-get install python3-flask python3-sqlalchemy gunicorn"
        case .flaskPostgres: "apt-get install python3-flask python3-sqlalchemy python3-psycopg2 gunicorn"
        case .postgres: "apt-get install postgresql"
        }
    }

    /// What the row says where it is missing.
    var lack: String { "\(rawValue) is not installed: \(advice)" }

    var isInstalled: Bool {
        switch self {
        case .tig: Self.find("tig") != nil && Self.find("git") != nil
        case .flask: Self.python("import flask, sqlalchemy, gunicorn")
        case .flaskPostgres: Self.python("import flask, sqlalchemy, gunicorn, psycopg2")
        case .postgres:
            Self.find("postgres") != nil
                || ((try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql"))?.isEmpty
                    == false)
        }
    }

    /// A program in the usual places.
    static func find(_ name: String) -> String? {
        ["/usr/local/bin", "/usr/bin", "/bin"].map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Debian's Python, which has Debian's packages.
    static let pythonPath = "/usr/bin/python3"

    private static func python(_ text: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: pythonPath)
            && (try? Launch.run([pythonPath, "-B", "-c", text], variables: ["PATH=/usr/bin:/bin"])) == 0
    }
}
