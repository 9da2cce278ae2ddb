import Foundation
import StoreDomain
import StorePostgres

/// pgbouncer in transaction mode in front of a cluster: each transaction may run in another session.
public final class TestPooler: Sendable {
    private let directory: String
    private let program: TestProgram

    /// Where Debian puts it; nil where it is not installed.
    public static var path: String? {
        ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"].first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    /// - Parameter sessions: so many of the server's at most.
    public init(_ cluster: PostgresCluster, sessions: Int) throws {
        guard let path = Self.path else {
            throw PostgresCluster.Failure(description: "there is no pgbouncer; .ci/setup installs it")
        }
        directory = try TestProgram.makeDirectory("pool")
        program = try TestProgram(
            "/bin/sh", ["-c", Self.script, "pooler", path, directory, cluster.directory, "\(sessions)"],
            named: "pgbouncer")
    }

    private static let script = """
        program=$1 dir=$2 cluster=$3 sessions=$4
        as=""
        if [ "$(id -u)" = 0 ]; then
            user=nobody; id -u postgres >/dev/null 2>&1 && user=postgres
            chown "$user" "$dir"; as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups"
        fi
        end() { kill -INT "$pid" 2>/dev/null; wait "$pid"; rm -rf "$dir"; exit 0; }
        trap end TERM INT HUP
        # As that of a cluster.
        trap '' PIPE
        cat >"$dir/ini" <<INI
        [databases]
        * = host=$cluster port=5432 user=storefront
        [pgbouncer]
        unix_socket_dir = $dir
        listen_addr =
        listen_port = 5432
        auth_type = any
        pool_mode = transaction
        default_pool_size = $sessions
        max_client_conn = 500
        INI
        $as "$program" -q "$dir/ini" >"$dir/log" 2>&1 </dev/null &
        pid=$!
        until [ -S "$dir/.s.PGSQL.5432" ]; do
            kill -0 "$pid" 2>/dev/null || { cat "$dir/log"; rm -rf "$dir"; exit 1; }
            sleep 0.05
        done
        echo ready
        cat >/dev/null
        end
        """

    public func stop() { program.stop() }

    /// Where a database of the cluster is, through the pooler.
    public func address(_ database: String) -> PostgresAddress {
        PostgresAddress(
            host: directory, port: PostgresCluster.port, user: "storefront", password: Secret(""),
            database: database)
    }

    /// The same as a URI.
    public func uri(_ database: String) -> String { PostgresCluster.uri([directory], database) }
}
