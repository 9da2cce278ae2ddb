import Glibc
import StoreDomain

/// What a transaction is for.
enum PostgresAccess {
    /// Sees one state and changes nothing.
    case read
    /// Locks what it loads.
    case write

    fileprivate var begin: String {
        switch self {
        case .read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        // Triggers make whole what others write to tables that are shared with them.
        case .write: "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL storefront.own = 'on'"
        }
    }
}

/// One thread's connection: opens it when it is needed, runs transactions on it, and runs them once more where
/// that is what PostgreSQL asks for.
final class PostgresWorker {
    private let address: PostgresAddress
    private let limits: PostgresLimits
    private let errors: PostgresErrors
    private var connection: PostgresConnection?
    private var random = SystemRandomNumberGenerator()

    /// How often a transaction that met another is run at most, and the longest pause before it is.
    private static let tries = 12
    private static let longestPause: UInt32 = 100_000

    init(_ address: PostgresAddress, _ limits: PostgresLimits) {
        self.address = address
        self.limits = limits
        errors = PostgresErrors(name: address.name)
    }

    func close() {
        connection?.close()
        connection = nil
    }

    func perform<T>(_ access: PostgresAccess, _ body: (PostgresConnection) throws -> T) -> Result<
        T, StoreError
    > {
        var conflicts = 0
        var hasReconnected = false
        while true {
            do {
                let isFresh = connection == nil
                let open = try connected()
                do { return .success(try transact(on: open, access, body)) } catch let failure
                    as PostgresFailure where failure.isLost
                {
                    close()
                    // One that was kept open may have died since; nothing of this transaction is stored.
                    guard !isFresh, !hasReconnected else { throw failure }
                    hasReconnected = true
                }
            } catch let failure as PostgresFailure where failure.isConflict && conflicts + 1 < Self.tries {
                conflicts += 1
                pause(conflicts)
            } catch {
                return .failure(errors.translate(error))
            }
        }
    }

    /// Twice as long each time, and never for two at once the same.
    private func pause(_ conflicts: Int) {
        let most = min(UInt32(1_000) << UInt32(min(conflicts, 10)), Self.longestPause)
        usleep(UInt32.random(in: 0...most, using: &random))
    }

    private func connected() throws -> PostgresConnection {
        if let connection { return connection }
        let new = try PostgresConnection(address, limits: limits)
        connection = new
        return new
    }

    private func transact<T>(
        on open: PostgresConnection, _ access: PostgresAccess, _ body: (PostgresConnection) throws -> T
    ) throws -> T {
        try open.script(access.begin)
        let value: T
        let number: Int64?
        do {
            value = try body(open)
            number =
                access == .write
                ? try open.value(Int64.self, "SELECT pg_current_xact_id_if_assigned()::text::bigint") : nil
        } catch {
            // What went wrong first is what counts; a session that cannot go back is of no use.
            do { try open.script("ROLLBACK") } catch { close() }
            throw error
        }
        do { try open.script("COMMIT") } catch let failure as PostgresFailure where failure.isLost {
            close()
            // What only read has lost nothing.
            guard let number else { return value }
            if try isCommitted(number) { return value }
            throw failure
        }
        return value
    }

    /// Asks, on another connection, what became of a transaction whose COMMIT was not answered.
    ///
    /// - Throws: `outcomeUnknown` when no server tells in time.
    private func isCommitted(_ number: Int64) throws -> Bool {
        for attempt in 0..<20 {
            if attempt > 0 { usleep(250_000) }
            do {
                let state = try connected().value(
                    String.self, "SELECT pg_xact_status($1::text::xid8)", [String(number)])
                switch state {
                case "committed": return true
                case "aborted": return false
                // Still under way there, or so long ago that nobody remembers.
                default: continue
                }
            } catch let failure as PostgresFailure where failure.isLost {
                close()
            }
        }
        throw StoreError.outcomeUnknown
    }
}
