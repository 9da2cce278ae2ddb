import CPostgres
import Glibc
import StoreDomain

/// One connection, which belongs to one thread. Statements that are run again and again are prepared once.
final class PostgresConnection {
    /// The oldest PostgreSQL that tells what became of a transaction by its number.
    static let oldestMajor = 13

    let handle: OpaquePointer
    private let limits: PostgresLimits
    /// How often a statement was run, and its name once it is prepared.
    private var known: [String: (uses: Int, name: String?)] = [:]
    private var lastNumber = 0
    /// Of the store, once it is known.
    var currency = Currency.usd
    /// Whether a pooler stands in between, which may give every transaction another session: nothing is prepared or
    /// set in one.
    private(set) var isPooled = false
    /// Which run of which server this is: another one may give a transaction's number to another transaction.
    private(set) var serverRun = ""
    /// How often something was sent and waited for.
    var trips = 0
    /// What is sent with the next statement.
    var waiting: [PostgresStatement] = []
    /// What was sent and not answered yet.
    var sent: [PostgresSent] = []
    /// Whether a COMMIT was sent whose answer nobody waited for.
    var owesAnswer = false
    /// Whether sending failed half-way, so that nothing can be sent any more.
    var isBroken = false
    /// Whether the transaction has stored the key under which it is found when it is run once more.
    var isRepeatable = false

    /// How long connecting may take, in seconds.
    private static let patience = 5.0

    /// Connects and makes the session one that a store can rely on.
    ///
    /// - Throws: `PostgresFailure` with the server's code, or without one when no server answers in time.
    init(_ address: PostgresAddress, limits: PostgresLimits) throws {
        // What the address says itself counts before these.
        let parameters =
            [
                ("application_name", limits.applicationName), ("keepalives_idle", "30"),
                ("keepalives_interval", "10"), ("keepalives_count", "3"), ("tcp_user_timeout", "20000"),
            ] + address.parameters + [("client_encoding", "UTF8")]
        guard let handle = Self.start(parameters) else {
            throw PostgresFailure(code: nil, message: "out of memory", isLost: true)
        }
        self.handle = handle
        self.limits = limits
        do {
            // Then a refusal has its code in front of its words, which come in the server's language.
            PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
            try waitUntilConnected()
            PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
            PQsetNoticeProcessor(handle, { _, _ in }, nil)
            try settle()
        } catch {
            PQfinish(handle)
            throw error
        }
    }

    /// Ends the connection.
    func close() { PQfinish(handle) }

    /// Such as 150004 for 15.4.
    var serverVersion: Int { Int(PQserverVersion(handle)) }

    /// Of all connections of a server, no two have the same number at one time.
    var backend: Int { Int(PQbackendPID(handle)) }

    /// Can be read from once a notice has come, or the connection is lost.
    var descriptor: Int32 { PQsocket(handle) }

    /// The notices of LISTEN that have come, and which connection each is from.
    ///
    /// - Throws: `PostgresFailure` when the connection is lost.
    func notices() throws -> [(backend: Int, text: String)] {
        guard PQconsumeInput(handle) == 1 else { throw failure(nil) }
        var notices: [(backend: Int, text: String)] = []
        while let notice = PQnotifies(handle) {
            notices.append((Int(notice.pointee.be_pid), String(cString: notice.pointee.extra)))
            PQfreemem(notice)
        }
        return notices
    }

    /// Waits so many milliseconds at most for a notice.
    func hasNotice(within milliseconds: Int32) throws -> Bool {
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        if poll(&watched, 1, milliseconds) > 0 { return try !notices().isEmpty }
        return false
    }

    private static func start(_ parameters: [(String, String)]) -> OpaquePointer? {
        var keywords = parameters.map { strdup($0.0) }
        var values = parameters.map { strdup($0.1) }
        defer { for text in keywords + values { free(text) } }
        keywords.append(nil)
        values.append(nil)
        return keywords.map { UnsafePointer($0) }.withUnsafeBufferPointer { keywords in
            values.map { UnsafePointer($0) }.withUnsafeBufferPointer { values in
                PQconnectStartParams(keywords.baseAddress, values.baseAddress, 1)
            }
        }
    }

    private func waitUntilConnected() throws {
        let end = Self.seconds() + Self.patience
        var wanted = PGRES_POLLING_WRITING
        while wanted != PGRES_POLLING_OK {
            guard PQstatus(handle) != CONNECTION_BAD, wanted != PGRES_POLLING_FAILED else {
                throw connectFailure()
            }
            var watched = pollfd(
                fd: PQsocket(handle), events: Int16(wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT),
                revents: 0)
            let left = Int32((end - Self.seconds()) * 1000)
            guard left > 0 else {
                throw PostgresFailure(code: nil, message: "no answer within 5 s", isLost: true)
            }
            if poll(&watched, 1, left) > 0 { wanted = PQconnectPoll(handle) }
        }
    }

    private static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Of several hosts the last one's words count.
    private func connectFailure() -> PostgresFailure {
        let text = String(cString: PQerrorMessage(handle))
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        let refusals = lines.compactMap { line -> (code: String, words: String)? in
            let parts = line.split(separator: ":").map { $0.drop { $0 == " " } }
            guard let place = parts.firstIndex(where: { $0.isSQLState }), place + 1 < parts.count else {
                return nil
            }
            return (String(parts[place]), parts[(place + 1)...].joined(separator: ":"))
        }
        if let last = refusals.last {
            return PostgresFailure(code: last.code, message: last.words, isLost: true)
        }
        // The words of libpq itself, the reason behind the address it tried.
        let reason = lines.first.map {
            String($0[($0.firstRange(of: "failed: ")?.upperBound ?? $0.startIndex)...])
        }
        return PostgresFailure(code: nil, message: reason ?? "no answer", isLost: true)
    }

    private func settle() throws {
        guard serverVersion >= Self.oldestMajor * 10_000 else { return }
        let (backend, round) =
            try row(Self.lookRound) { (try $0.next(Int.self), try $0.next(String.self)) } ?? (0, "")
        // A pooler answers with a number of its own.
        isPooled = backend != self.backend
        serverRun = round
        if !isPooled { try run(limits.settings(isLocal: false), isPlanned: false) }
    }

    /// A standby that takes over begins another timeline; a server that went on after a crash has forgotten its
    /// statistics.
    static let lookRound = """
        SELECT pg_backend_pid(), CASE WHEN pg_is_in_recovery() THEN 'standby'
            ELSE left(pg_walfile_name(pg_current_wal_lsn()), 8) END || COALESCE(stats_reset::text, '')
        FROM pg_stat_bgwriter
        """

    // MARK: - Statements

    /// Begins a transaction with its first statement.
    func begin(_ access: PostgresAccess) {
        isRepeatable = false
        for statement in access.begin { later(statement) }
        if isPooled { later(limits.settings(isLocal: true)) }
    }

    /// Undoes the transaction, if it has begun.
    func rollBack() throws {
        waiting = []
        try settleAnswer()
        guard PQtransactionStatus(handle) != PQTRANS_IDLE else { return }
        _ = try checked(PQexec(handle, "ROLLBACK"))
    }

    /// Runs statements without arguments and without a result.
    func script(_ sql: String) throws {
        try sendWaiting()
        _ = try checked(PQexec(handle, sql))
    }

    /// Runs a statement, behind those that wait. From its third time on a connection it is prepared.
    ///
    /// - Parameter isPlanned: false has PostgreSQL always plan it for its arguments alone.
    @discardableResult
    func run(_ sql: String, _ values: [(any PostgresWritable)?] = [], isPlanned: Bool = true) throws
        -> PostgresResult
    {
        try run(PostgresStatement(sql, values, isPlanned: isPlanned))
    }

    /// The name of a statement that is prepared, or is from now on; nil for one that is not worth it yet.
    ///
    /// - Parameter prepare: prepares the statement under a new name.
    func name(of statement: PostgresStatement, prepare: (String) throws -> Void) rethrows -> String? {
        guard statement.isPlanned, !isPooled else { return nil }
        var entry = known[statement.sql] ?? (0, nil)
        entry.uses += 1
        if entry.name == nil, entry.uses > 2 {
            lastNumber += 1
            let name = "s\(lastNumber)"
            try prepare(name)
            entry.name = name
        }
        known[statement.sql] = entry
        return entry.name
    }

    /// Forgets the name of a statement whose preparing may have failed.
    func forget(_ sql: String) { known[sql] = nil }

    func checked(_ result: OpaquePointer?) throws -> PostgresResult {
        guard let result else { throw failure(nil) }
        let owned = PostgresResult(result)
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return owned
        default: throw failure(result)
        }
    }

    /// The server ends or starts, or can only be read from now on; or its tables have changed under what the
    /// connection has prepared.
    private static let uselessCodes: Set<String?> = ["57P01", "57P02", "57P03", "25006", "0A000"]

    func failure(_ result: OpaquePointer?) -> PostgresFailure {
        func field(_ field: Character) -> String? {
            guard let result, let code = field.asciiValue,
                let text = PQresultErrorField(result, Int32(code))
            else { return nil }
            return String(cString: text)
        }
        let code = field("C")
        let words = field("M") ?? String(cString: PQerrorMessage(handle))
        return PostgresFailure(
            code: code, message: words.split(whereSeparator: \.isNewline).first.map(String.init) ?? words,
            isLost: PQstatus(handle) == CONNECTION_BAD || code?.hasPrefix("08") == true
                || Self.uselessCodes.contains(code))
    }
}

extension Substring {
    /// Five digits or capital letters.
    fileprivate var isSQLState: Bool {
        utf8.count == 5 && utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
            && self != "FATAL" && self != "ERROR" && self != "PANIC"
    }
}
