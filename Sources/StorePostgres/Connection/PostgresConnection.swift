import CPostgres
import Glibc
import StoreDomain

/// One connection, which belongs to one thread. Statements that are run again and again are prepared once.
final class PostgresConnection {
    /// The oldest PostgreSQL that tells what became of a transaction by its number.
    static let oldestMajor = 13

    private let handle: OpaquePointer
    /// How often a statement was run, and its name once it is prepared.
    private var known: [String: (uses: Int, name: String?)] = [:]
    private var lastNumber = 0
    /// Of the store, once it is known.
    var currency = Currency.usd

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
        do {
            // Then a refusal has its code in front of its words, which come in the server's language.
            PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
            try waitUntilConnected()
            PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
            PQsetNoticeProcessor(handle, { _, _ in }, nil)
            try settle(limits)
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

    private func settle(_ limits: PostgresLimits) throws {
        guard serverVersion >= Self.oldestMajor * 10_000 else { return }
        try script(
            """
            SET TimeZone = 'UTC'; SET client_min_messages = 'warning'; SET jit = off;
            SET statement_timeout = '\(limits.statementSeconds)s'; SET lock_timeout = '\(limits.lockSeconds)s';
            SET idle_in_transaction_session_timeout = '\(limits.idleSeconds)s';
            SELECT set_config('synchronous_commit', 'on', false)
            WHERE current_setting('synchronous_commit') IN ('off', 'local')
            """)
    }

    // MARK: - Statements

    /// Runs statements without arguments and without a result.
    func script(_ sql: String) throws { _ = try checked(PQexec(handle, sql)) }

    /// Runs a statement. From its third time on a connection it is prepared, which takes a question more.
    ///
    /// - Parameter isPlanned: false has PostgreSQL always plan it for its arguments alone.
    @discardableResult
    func run(_ sql: String, _ values: [(any PostgresWritable)?] = [], isPlanned: Bool = true) throws
        -> PostgresResult
    {
        let arguments = Arguments(values)
        guard isPlanned, let name = try name(of: sql) else {
            return try arguments.with { pointers, lengths, formats in
                try checked(
                    PQexecParams(handle, sql, Int32(values.count), nil, pointers, lengths, formats, 1))
            }
        }
        return try arguments.with { pointers, lengths, formats in
            try checked(
                PQexecPrepared(handle, name, Int32(values.count), pointers, lengths, formats, 1))
        }
    }

    /// nil for a statement that is not worth preparing yet.
    private func name(of sql: String) throws -> String? {
        var statement = known[sql] ?? (0, nil)
        statement.uses += 1
        if statement.name == nil, statement.uses > 2 {
            lastNumber += 1
            let name = "s\(lastNumber)"
            _ = try checked(PQprepare(handle, name, sql, 0, nil))
            statement.name = name
        }
        known[sql] = statement
        return statement.name
    }

    private func checked(_ result: OpaquePointer?) throws -> PostgresResult {
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

    private func failure(_ result: OpaquePointer?) -> PostgresFailure {
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

/// What a session may take, and what it is called in `pg_stat_activity`.
public struct PostgresLimits: Sendable {
    public var applicationName = "storefront"
    public var statementSeconds = 10
    public var lockSeconds = 5
    /// After so long without a statement within a transaction the server ends the session.
    public var idleSeconds = 15
    /// How long to wait for a connection where all are taken.
    public var waiting = Duration.seconds(5)

    public init() {}
}

/// Arguments as libpq takes them.
private struct Arguments {
    /// All of them in a row, texts with a NUL behind.
    private var bytes: [UInt8] = []
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ values: [(any PostgresWritable)?]) {
        for value in values {
            switch value?.postgresValue ?? .null {
            case .null: append(nil, isBinary: false)
            case .text(let text): append(Array(text.utf8), isBinary: false)
            case .bytes(let content): append(content, isBinary: true)
            }
        }
    }

    private mutating func append(_ content: [UInt8]?, isBinary: Bool) {
        starts.append(content == nil ? nil : bytes.count)
        lengths.append(Int32(content?.count ?? 0))
        formats.append(isBinary ? 1 : 0)
        if let content { bytes += content + [0] }
    }

    func with<T>(
        _ body: (
            UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) throws -> T
    ) rethrows -> T {
        try bytes.withUnsafeBytes { bytes in
            let start = bytes.bindMemory(to: CChar.self).baseAddress
            let pointers = starts.map { offset -> UnsafePointer<CChar>? in
                guard let offset, let start else { return nil }
                return start + offset
            }
            return try pointers.withUnsafeBufferPointer { pointers in
                try lengths.withUnsafeBufferPointer { lengths in
                    try formats.withUnsafeBufferPointer { formats in
                        try body(pointers.baseAddress, lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }
}

extension Substring {
    /// Five digits or capital letters.
    fileprivate var isSQLState: Bool {
        utf8.count == 5 && utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
            && self != "FATAL" && self != "ERROR" && self != "PANIC"
    }
}
