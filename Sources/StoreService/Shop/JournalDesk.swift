import StoreDomain

/// Reads the journal and checks its chains.
public struct JournalDesk: JournalService {
    private let core: StoreCore
    private static let stride = 1_000

    public init(core: StoreCore) { self.core = core }

    public func chains(as principal: Principal) async throws(StoreError) -> [String] {
        try await read(as: principal) { work in try work.tx.journalChains() }
    }

    public func records(of chain: String, from number: Int?, limit: Int, as principal: Principal)
        async throws(StoreError) -> [JournalRecord]
    {
        let limit = max(0, min(limit, Self.stride))
        return try await read(as: principal) { work in
            let last = try number == nil ? work.tx.journalHead(of: chain)?.number ?? 0 : 0
            return try work.tx.journal(of: chain, from: number ?? max(1, last - limit + 1), limit: limit)
        }
    }

    public func firstBreaks(as principal: Principal) async throws(StoreError) -> [JournalBreak] {
        try await read(as: principal) { work in
            let uuid = try work.tx.shop().uuid
            return try work.tx.journalChains().compactMap { chain in
                try firstBreak(in: chain, storeID: uuid, work).map { JournalBreak(chain: chain, number: $0) }
            }
        }
    }

    /// Records say what deliveries cost.
    private func read<Value: Sendable>(
        as principal: Principal, _ body: @escaping @Sendable (Work) throws -> Value
    ) async throws(StoreError) -> Value {
        try await core.read(as: principal, needing: .readJournal) { work in
            try work.principal.require(.seeCost)
            return try body(work)
        }
    }

    private func firstBreak(in chain: String, storeID: String, _ work: Work) throws -> Int? {
        var head = core.journal.start(storeID: storeID)
        while true {
            let records = try work.tx.journal(of: chain, from: head.number + 1, limit: Self.stride)
            if let broken = core.journal.firstBreak(in: records, after: head) { return broken }
            guard let last = records.last else { return nil }
            head = JournalHead(number: last.number, hash: last.hash)
        }
    }
}
