import CPostgres

// Statements that are sent in one go cost one way there and back. They are run one after another, and when one fails,
// those behind it are not run.
extension PostgresConnection {
    /// Puts a statement off until the next one that is run, and sends it with that. When it fails, that one throws what
    /// PostgreSQL said. What it gives must be small: nobody reads while statements are sent.
    func later(_ sql: String, _ values: [(any PostgresWritable)?] = []) {
        waiting.append(PostgresStatement(sql, values))
    }

    /// As `later`, for a statement whose rows are wanted once it has been sent.
    func ask(_ sql: String, _ values: [(any PostgresWritable)?] = [], isPlanned: Bool = true)
        -> PostgresQuestion
    {
        let question = PostgresQuestion()
        var statement = PostgresStatement(sql, values, isPlanned: isPlanned)
        statement.question = question
        waiting.append(statement)
        return question
    }

    /// The rows of what was asked; sends it if it waits.
    func answer(_ question: PostgresQuestion) throws -> PostgresResult {
        if question.result == nil { try sendWaiting() }
        guard let result = question.result else {
            throw PostgresFailure.corrupt("a question without an answer")
        }
        return result
    }

    /// Sends what waits.
    func sendWaiting() throws {
        try settleAnswer()
        guard !waiting.isEmpty else { return }
        _ = try runTogether()
    }

    /// Runs a statement, behind those that wait.
    func run(_ statement: PostgresStatement) throws -> PostgresResult {
        try settleAnswer()
        guard waiting.isEmpty else {
            waiting.append(statement)
            return try runTogether()
        }
        let name = try name(of: statement) { name in
            _ = try checked(PQprepare(handle, name, statement.sql, 0, nil))
        }
        let count = statement.arguments.count
        trips += 1
        return try statement.arguments.with { pointers, lengths, formats in
            if let name {
                try checked(PQexecPrepared(handle, name, count, pointers, lengths, formats, 1))
            } else {
                try checked(PQexecParams(handle, statement.sql, count, nil, pointers, lengths, formats, 1))
            }
        }
    }

    /// Ends a transaction that only read, without waiting for the answer, which comes before the next statement's.
    func endReading() {
        waiting.append(PostgresStatement("COMMIT", []))
        do {
            try settleAnswer()
            try send(waiting)
            owesAnswer = true
        } catch {
            // The connection is lost; who uses it next is told.
        }
        waiting = []
    }

    /// Reads the answer that nobody waited for.
    func settleAnswer() throws {
        guard !isBroken else { throw lost() }
        guard owesAnswer else { return }
        owesAnswer = false
        _ = try receive()
    }

    // MARK: - Batches

    /// Runs what waits in one go.
    ///
    /// - Returns: what the last statement gave.
    private func runTogether() throws -> PostgresResult {
        let statements = waiting
        waiting = []
        try send(statements)
        guard let last = try receive() else { throw PostgresFailure.corrupt("a batch without an answer") }
        return last
    }

    private func send(_ statements: [PostgresStatement]) throws {
        guard PQenterPipelineMode(handle) == 1 else { throw lost() }
        for statement in statements {
            let name = try name(of: statement) { name in
                guard PQsendPrepare(handle, name, statement.sql, 0, nil) == 1 else { throw lost() }
                sent.append(PostgresSent(preparing: statement.sql))
            }
            let count = statement.arguments.count
            let isSent = statement.arguments.with { pointers, lengths, formats in
                if let name {
                    PQsendQueryPrepared(handle, name, count, pointers, lengths, formats, 1)
                } else {
                    PQsendQueryParams(handle, statement.sql, count, nil, pointers, lengths, formats, 1)
                }
            }
            guard isSent == 1 else { throw lost() }
            sent.append(PostgresSent(question: statement.question))
        }
        guard PQpipelineSync(handle) == 1 else { throw lost() }
        trips += 1
    }

    /// Reads the results of everything that was sent.
    ///
    /// - Returns: the last one.
    private func receive() throws -> PostgresResult? {
        let sent = self.sent
        self.sent = []
        var answers = 0
        var last: PostgresResult?
        var refusal: PostgresFailure?
        var isIdle = false
        reading: while true {
            guard let result = PQgetResult(handle) else {
                // One stands behind each result; a second in a row says that nothing more comes.
                guard !isIdle, PQstatus(handle) != CONNECTION_BAD else { throw refusal ?? lost() }
                isIdle = true
                continue
            }
            isIdle = false
            let owned = PostgresResult(result)
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC: break reading
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
                if answers < sent.count { sent[answers].question?.take(owned) }
                answers += 1
                last = owned
            case PGRES_PIPELINE_ABORTED: continue
            default: if refusal == nil { refusal = failure(result) }
            }
        }
        guard PQexitPipelineMode(handle) == 1 else { throw lost() }
        if let refusal {
            // What was to be prepared behind the refusal was not.
            for statement in sent { statement.preparing.map(forget) }
            throw refusal
        }
        return last
    }

    private func lost() -> PostgresFailure {
        isBroken = true
        let failure = failure(nil)
        return PostgresFailure(code: failure.code, message: failure.message, isLost: true)
    }
}
