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
    private let program: TestProgram
    private let lastNumber = Mutex(0)

    public struct Failure: Error, CustomStringConvertible {
        public let description: String

        public init(description: String) { self.description = description }
    }

    /// What a cluster is made for.
    public enum Kind {
        case primary
        /// Waits for a primary and can only be read.
        case lonelyStandby
        /// Follows another cluster, of which it is a copy.
        case standby(of: PostgresCluster)
        /// Lies on a disk of its own, of so many megabytes; needs root. `grow` makes it larger.
        case onDisk(megabytes: Int)

        fileprivate var words: [String] {
            switch self {
            case .primary: ["primary", ""]
            case .lonelyStandby: ["lonely", ""]
            case .standby(let primary): ["standby", primary.directory]
            case .onDisk(let megabytes): ["disk", "\(megabytes)"]
            }
        }
    }

    /// - Parameter settings: of `postgresql.conf`, such as `fsync=on`.
    public init(_ kind: Kind = .primary, settings: [String] = []) throws {
        let bin = try Self.binaries()
        let directory = try TestProgram.makeDirectory("pg")
        self.directory = directory
        var arguments = ["-c", Self.script, "cluster", bin, directory] + kind.words + settings
        var shell = "/bin/sh"
        if case .onDisk = kind {
            // The disk is there for this process alone and is gone with it.
            arguments = ["-m", shell] + arguments
            shell = "/usr/bin/unshare"
        }
        program = try TestProgram(shell, arguments, named: "PostgreSQL")
    }

    /// Starts the cluster as somebody who is not root, says `ready`, does what it is told by lines of standard input,
    /// and takes everything away at its end.
    private static let script = """
        bin=$1 dir=$2 kind=$3 what=$4; shift 4
        as=""
        if [ "$(id -u)" = 0 ]; then
            user=nobody; id -u postgres >/dev/null 2>&1 && user=postgres
            chown "$user" "$dir"; as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups"
        fi
        end() {
            [ -z "${pid:-}" ] || { kill -QUIT "$pid" 2>/dev/null; wait "$pid"; }
            [ "$kind" != disk ] || umount "$dir/disk"
            rm -rf "$dir"; exit 0
        }
        run() {
            $as "$bin/postgres" -D "$data" >>"$dir/log" 2>&1 </dev/null &
            pid=$!
            until "$bin/pg_isready" -q -h "$dir" -U storefront; do
                kill -0 "$pid" 2>/dev/null || return 1
                sleep 0.05
            done
        }
        trap end TERM INT HUP
        # Whoever started this may be gone before it is ready; then the next line does not come, and all is taken away.
        trap '' PIPE
        cd "$dir"
        data=$dir/data
        if [ "$kind" = disk ]; then
            mkdir disk; mount -t tmpfs -o "size=${what}m" none disk || { rm -rf "$dir"; exit 1; }
            chown "$user" disk; data=$dir/disk/data
        fi
        if [ "$kind" = standby ]; then
            $as "$bin/pg_basebackup" -h "$what" -U storefront -D "$data" -R -c fast -X stream >"$dir/made.log" 2>&1
        else
            $as "$bin/initdb" -D "$data" -A trust -U storefront -E UTF8 --locale=C.UTF-8 --no-sync --wal-segsize=4 \\
                >"$dir/made.log" 2>&1
        fi || { cat "$dir/made.log"; [ "$kind" != disk ] || umount disk; rm -rf "$dir"; exit 1; }
        [ "$kind" = standby ] || sed -i "1i local all guarded scram-sha-256" "$data/pg_hba.conf"
        set -- fsync=off full_page_writes=off synchronous_commit=on max_connections=400 shared_buffers=128MB \\
            listen_addresses= "unix_socket_directories=$dir" autovacuum_naptime=5s min_wal_size=16MB "$@"
        for setting in "$@"; do echo "$setting" | sed "s/=\\(.*\\)/='\\1'/" >>"$data/postgresql.conf"; done
        [ "$kind" != lonely ] || $as touch "$data/standby.signal"
        run || { cat "$dir/log"; rm -rf "$dir"; exit 1; }
        echo ready
        while read -r word number; do
            case $word in
                kill) kill -KILL "$pid"; wait "$pid" 2>/dev/null; pid="";;
                # Not before the sessions of the one that was killed have ended.
                start) until run; do sleep 0.1; done;;
                grow) mount -o "remount,size=${number}m" "$dir/disk";;
            esac
            echo ready
        done
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
    public func stop() { program.stop() }

    /// Kills its first process, without a chance to do anything more.
    public func kill() throws { try program.tell("kill") }

    /// Starts it again after `kill`.
    public func start() throws { try program.tell("start") }

    /// Makes its disk larger.
    public func grow(toMegabytes megabytes: Int) throws { try program.tell("grow \(megabytes)") }

    /// Makes a standby a primary; returns when it is one.
    public func promote() throws { try psql("postgres", "SELECT pg_promote()") }

    // MARK: - Databases

    /// Where a database of this cluster is.
    public func address(_ database: String) -> PostgresAddress {
        PostgresAddress(
            host: directory, port: Self.port, user: "storefront", password: Secret(""), database: database)
    }

    /// The same as a URI.
    public func uri(_ database: String) -> String { Self.uri([directory], database) }

    /// The URI of a database on the first of several clusters that can be written.
    public static func uri(_ clusters: [PostgresCluster], _ database: String) -> String {
        uri(clusters.map(\.directory), database) + "?target_session_attrs=read-write"
    }

    static func uri(_ directories: [String], _ database: String) -> String {
        let hosts = directories.map { $0.replacingOccurrences(of: "/", with: "%2F") }
        return "postgresql://storefront@\(hosts.joined(separator: ","))/\(database)"
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
