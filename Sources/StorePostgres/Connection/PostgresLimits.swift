/// What a session may take, and what it is called in `pg_stat_activity`.
public struct PostgresLimits: Sendable {
    public var applicationName = "storefront"
    public var statementSeconds = 10
    public var lockSeconds = 5
    /// After so long without a statement within a transaction the server ends the session.
    public var idleSeconds = 15
    /// How long to wait for a connection where all are taken.
    public var waiting = Duration.seconds(5)
    /// Where each connection's pauses begin, so that two servers that met do not meet again.
    public var seed: UInt64 = 0

    public init() {}
}

extension PostgresLimits {
    /// The settings that a store relies on, for the session or, where a pooler gives every transaction another one,
    /// for a transaction.
    func settings(isLocal: Bool) -> String {
        let fixed = [
            ("TimeZone", "UTC"), ("client_min_messages", "warning"), ("jit", "off"),
            ("statement_timeout", "\(statementSeconds)s"), ("lock_timeout", "\(lockSeconds)s"),
            ("idle_in_transaction_session_timeout", "\(idleSeconds)s"),
        ]
        let calls = fixed.map { "set_config('\($0)', '\($1)', \(isLocal))" }
        return """
            SELECT \(calls.joined(separator: ", ")), set_config('synchronous_commit',
                CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on'
                    ELSE current_setting('synchronous_commit') END, \(isLocal))
            """
    }
}
