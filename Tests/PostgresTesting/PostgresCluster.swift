import CPostgres
import Foundation
import StoreDomain
import StorePostgres
import Synchronization

/// A PostgreSQL of the test process's own, in a temporary folder, on a socket alone. It starts when it is first
/// asked for and ends with the process, however that ends.
public final class PostgresCluster: Sendable {
    /// The one that tests share. Each test has a database of its own in it.
    public static let shared: Result<PostgresCluster, any Error> = Result { try PostgresCluster() }

    /// Where the socket is.
    public let directory: String
    public static let port = "5432"
    /// The one user who needs a password; it is for the test to make.
    public static let guardedUser = "guarded"
    private let process: Process
    /// Closing it ends the cluster; the kernel does so when this process is gone.
    private let lifeline: Pipe
    private let lastNumber = Mutex(0)

    public struct Failure: Error, CustomStringConvertible {
        public let description: String

        public init(description: String) { self.description = description }
    }

    /// - Parameters:
    ///   - isStandby: whether it waits for a primary and can only be read.
    ///   - settings: of `postgresql.conf`, such as `fsync=on`.
    public init(isStandby: Bool = false, settings: [String] = []) throws {
        let bin = try Self.binaries()
        var template = Array("/tmp/storefront-pg-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(description: "/tmp cannot be written") }
        let directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        self.directory = directory
        let process = Process()
        let (lifeline, said) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments =
            ["-c", Self.script, "cluster", bin, directory, isStandby ? "standby.signal" : ""] + settings
        process.standardInput = lifeline
        process.standardOutput = said
        process.standardError = FileHandle(forWritingAtPath: "/dev/null")
        self.process = process
        self.lifeline = lifeline
        try process.run()
        let words = String(decoding: said.fileHandleForReading.availableData, as: UTF8.self)
        guard words.hasPrefix("ready") else {
            throw Failure(
                description: "PostgreSQL does not start; is Debian's postgresql installed? \(words)")
        }
    }

    /// Starts the cluster as somebody who is not root, says `ready`, waits for the end of standard input and takes
    /// everything away.
    private static let script = """
        bin=$1 dir=$2 signal=$3; shift 3
        as=""
        if [ "$(id -u)" = 0 ]; then
            user=nobody; id -u postgres >/dev/null 2>&1 && user=postgres
            chown "$user" "$dir"; as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups"
        fi
        end() { [ -z "${pid:-}" ] || { kill -QUIT "$pid" 2>/dev/null; wait "$pid"; }; rm -rf "$dir"; exit 0; }
        trap end TERM INT HUP
        cd "$dir"
        $as "$bin/initdb" -D "$dir/data" -A trust -U storefront -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 \
            || { cat "$dir/initdb.log"; rm -rf "$dir"; exit 1; }
        sed -i "1i local all guarded scram-sha-256" "$dir/data/pg_hba.conf"
        set -- fsync=off full_page_writes=off synchronous_commit=on max_connections=400 shared_buffers=128MB \
            listen_addresses= "unix_socket_directories=$dir" autovacuum_naptime=5s "$@"
        for setting in "$@"; do echo "$setting" | sed "s/=\\(.*\\)/='\\1'/" >>"$dir/data/postgresql.conf"; done
        [ -z "$signal" ] || $as touch "$dir/data/$signal"
        $as "$bin/postgres" -D "$dir/data" >"$dir/log" 2>&1 </dev/null &
        pid=$!
        until "$bin/pg_isready" -q -h "$dir" -U storefront; do
            kill -0 "$pid" 2>/dev/null || { cat "$dir/log"; rm -rf "$dir"; exit 1; }
            sleep 0.05
        done
        echo ready
        cat >/dev/null
        end
        """

    /// The newest of Debian's, or those in the path.
    private static func binaries() throws -> String {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let candidates =
            versions.compactMap { Int($0) }.sorted(by: >).map { "\(root)/\($0)/bin" }
            + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        guard
            let found = candidates.first(where: {
                FileManager.default.isExecutableFile(atPath: "\($0)/postgres")
                    && FileManager.default.isExecutableFile(atPath: "\($0)/initdb")
            })
        else { throw Failure(description: "there is no PostgreSQL; .ci/setup installs it") }
        return found
    }

    /// Ends it at once, as a power cut would, and takes its folder away.
    public func stop() {
        try? lifeline.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    // MARK: - Databases

    /// Where a database of this cluster is.
    public func address(_ database: String) -> PostgresAddress {
        PostgresAddress(
            host: directory, port: Self.port, user: "storefront", password: Secret(""), database: database)
    }

    /// The same as a URI.
    public func uri(_ database: String) -> String {
        let host = directory.replacingOccurrences(of: "/", with: "%2F")
        return "postgresql://storefront@\(host)/\(database)"
    }

    /// Makes a database that is empty, or a copy of another.
    public func makeDatabase(from template: String? = nil) throws -> String {
        let name = "test_\(lastNumber.withLock { number in number += 1; return number })"
        let copy = template.map { " TEMPLATE \($0) STRATEGY file_copy" } ?? ""
        try psql("postgres", "CREATE DATABASE \(name)\(copy)")
        return name
    }

    public func dropDatabase(_ name: String) throws {
        try psql("postgres", "DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    /// Runs statements behind the services' back.
    ///
    /// - Returns: the rows of the last, columns with `|` between them.
    @discardableResult
    public func psql(_ database: String, _ sql: String) throws -> String {
        let connection = PQconnectdb("host=\(directory) user=storefront dbname=\(database)")
        defer { PQfinish(connection) }
        let result = PQexec(connection, sql)
        defer { PQclear(result) }
        guard [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(result)) else {
            throw Failure(description: String(cString: PQerrorMessage(connection)))
        }
        return (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { String(cString: PQgetvalue(result, row, $0)) }.joined(
                separator: "|")
        }.joined(separator: "\n")
    }
}
