import StoreDomain

/// Where one transaction writes the journal.
///
/// A server's chain is one of several: the first that no other transaction writes just now, beginning with the
/// connection's own. So orders over the API do not wait for each other's journal.
final class JournalPlace {
    private let db: PostgresConnection
    private let name: String
    private var held: [String: String] = [:]
    /// How far the chains go that this transaction has asked for or written.
    private var heads: [String: JournalHead?] = [:]
    private var question: Question?

    private struct Question {
        let chain: String
        /// nil where the chain was waited for.
        let isHeld: PostgresQuestion?
        let head: PostgresQuestion
    }

    private static let chains = 32

    /// - Parameter name: of the chain that is written in all likelihood.
    init(db: PostgresConnection, name: String) {
        self.db = db
        self.name = name
    }

    /// Asks for the chain with the next statement.
    func expect() {
        guard question == nil, held[name] == nil else { return }
        question = ask(for: name)
    }

    /// The chain that this transaction writes for `name`.
    func chain(for name: String) throws -> String {
        if let chain = held[name] { return chain }
        let first: Question
        if name == self.name, let question { first = question } else { first = ask(for: name) }
        question = nil
        let chain = try take(first) ? first.chain : another(for: name)
        held[name] = chain
        return chain
    }

    func head(of chain: String) throws -> JournalHead? {
        if let known = heads[chain] { return known }
        return try JournalRows.head(JournalRows.askHead(of: chain, in: db), in: db)
    }

    func append(_ records: [JournalRecord]) {
        JournalRows.append(records, in: db)
        for record in records { heads[record.chain] = JournalHead(number: record.number, hash: record.hash) }
    }

    private func ask(for name: String) -> Question {
        let chain = name == Till.api ? Self.chain(db.backend % Self.chains, of: name) : name
        let lock = Self.lock(chain)
        var isHeld: PostgresQuestion?
        if name == Till.api { isHeld = db.tryToHold(lock) } else { db.hold(lock) }
        return Question(chain: chain, isHeld: isHeld, head: JournalRows.askHead(of: chain, in: db))
    }

    /// Whether the chain is this transaction's now.
    private func take(_ question: Question) throws -> Bool {
        let isHeld = try question.isHeld.map { try db.value(Bool.self, $0) ?? false } ?? true
        if isHeld { heads[question.chain] = .some(try JournalRows.head(question.head, in: db)) }
        return isHeld
    }

    private func another(for name: String) throws -> String {
        let own = db.backend % Self.chains
        for step in 1..<Self.chains {
            let candidate = Self.chain((own + step) % Self.chains, of: name)
            if try db.value(Bool.self, db.tryToHold(Self.lock(candidate))) == true { return candidate }
        }
        let chain = Self.chain(own, of: name)
        db.hold(Self.lock(chain))
        return chain
    }

    private static func chain(_ number: Int, of name: String) -> String {
        number == 0 ? name : "\(name)-\(number + 1)"
    }

    private static func lock(_ chain: String) -> String { "journal|\(chain)" }
}
