import Glibc
import StoreDomain

/// What a transaction is for.
enum PostgresAccess {
    /// Sees one state and changes nothing.
    case read
    /// Locks what it loads.
    case write

    /// The statements that begin it, one by one.
    var begin: [String] {
        switch self {
        case .read: ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"]
        // Triggers make whole what others write to tables that are shared with them, and note what they sell.
        case .write:
            [
                "BEGIN ISOLATION LEVEL READ COMMITTED", "SET LOCAL storefront.own = 'on'",
                "SET LOCAL storefront.counts = 'on'",
            ]
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
    private var pauses: PauseLengths

    /// How often a transaction that met another is run at most, and the longest pause before it is.
    private static let tries = 12
    private static let longestPause: UInt32 = 100_000

    /// How often is asked what became of a COMMIT that was not answered, and how long between two questions.
    private static let looks = 20
    private static let lookPause: UInt32 = 250_000

    /// A COMMIT was not answered, of a transaction that is found under its key when it is run once more.
    private struct UnansweredCommit: Error {}

    /// - Parameter number: tells a database's workers apart.
    init(_ address: PostgresAddress, _ limits: PostgresLimits, number: Int) {
        self.address = address
        self.limits = limits
        pauses = PauseLengths(seed: limits.seed &+ UInt64(number))
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
        var isUnanswered = false
        var looks = 0
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
            } catch is UnansweredCommit {
                // Run once more it finds its key, or that there is none; it waits for a try that still goes on.
                isUnanswered = true
                hasReconnected = false
            } catch let failure as PostgresFailure where isUnanswered && failure.isLost {
                guard looks < Self.looks else { return .failure(.outcomeUnknown) }
                looks += 1
                usleep(Self.lookPause)
            } catch let failure as PostgresFailure where failure.isConflict && conflicts + 1 < Self.tries {
                conflicts += 1
                pause(conflicts)
            } catch is PostgresFailure where isUnanswered {
                return .failure(.outcomeUnknown)
            } catch {
                return .failure(errors.translate(error))
            }
        }
    }

    /// Twice as long each time, and never for two at once the same.
    private func pause(_ conflicts: Int) {
        let most = min(UInt32(1_000) << UInt32(min(conflicts, 10)), Self.longestPause)
        usleep(pauses.next(upTo: most))
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
        open.begin(access)
        let value: T
        let number: Int64?
        do {
            value = try body(open)
            number =
                access == .write && !open.isRepeatable
                ? try open.value(Int64.self, "SELECT pg_current_xact_id_if_assigned()::text::bigint") : nil
        } catch {
            undo(on: open)
            throw error
        }
        switch access {
        // What only read has nothing to lose.
        case .read: open.endReading()
        case .write: try commit(open, number)
        }
        return value
    }

    /// What went wrong first is what counts; a session that cannot go back is of no use.
    private func undo(on open: PostgresConnection) {
        do { try open.rollBack() } catch { close() }
    }

    /// - Parameter number: the transaction's, if it has one and stored no key.
    private func commit(_ open: PostgresConnection, _ number: Int64?) throws {
        do { try open.run("COMMIT") } catch let failure as PostgresFailure {
            guard failure.isLost else {
                undo(on: open)
                throw failure
            }
            close()
            if open.isRepeatable { throw UnansweredCommit() }
            // Without a number it has changed nothing.
            guard let number else { return }
            guard try isCommitted(number, in: open.serverRun) else { throw failure }
        }
    }

    /// Asks, on another connection, what became of a transaction whose COMMIT was not answered.
    ///
    /// - Parameter run: which run of the server gave the number.
    /// - Throws: `outcomeUnknown` when no server tells in time, or another run answers, whose numbers are its own.
    private func isCommitted(_ number: Int64, in run: String) throws -> Bool {
        for attempt in 0..<Self.looks {
            if attempt > 0 { usleep(Self.lookPause) }
            do {
                let open = try connected()
                guard open.serverRun == run else { throw StoreError.outcomeUnknown }
                let state = try open.value(
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

/// Pauses that look like chance: another sequence for another seed.
struct PauseLengths {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// 0 to `most`.
    mutating func next(upTo most: UInt32) -> UInt32 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return UInt32(truncatingIfNeeded: (mixed ^ (mixed >> 31)) % (UInt64(most) + 1))
    }
}
