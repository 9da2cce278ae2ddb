import StoreDomain

/// What a kiosk does about its visitors' keys and accounts, for its sessions and for its owner.
public struct VisitorDesk: Sendable {
    let core: StoreCore
    let hasher: any PasswordHashing

    /// No password has this for its hash.
    static let noPassword = "!"

    /// Who a visitor is.
    ///
    /// - Parameters:
    ///   - key: the one that he has come with, as the kiosk knows it.
    ///   - visitor: tells him from others, for the codes that he tries.
    public func service(for key: KeyFingerprint?, visitor: String, ids: any IDSource) -> any VisitorService {
        VisitorKeys(desk: self, key: key, visitor: visitor, ids: ids)
    }

    // MARK: - For the owner

    /// Every key, the oldest first, with the account that it opens.
    public func keys() async throws(StoreError) -> [(key: VisitorKey, account: User)] {
        try await core.engine.read { tx in
            try tx.visitorKeys(of: nil).compactMap { stored in
                try tx.account(stored.accountID).map { (stored.key, $0) }
            }
        }
    }

    /// Takes a key from whomever it opens an account for; false when it opens none.
    public func remove(_ key: KeyFingerprint) async throws(StoreError) -> Bool {
        try await core.write(as: .operatorOfStore) { work in try work.tx.removeVisitorKey(key) }
    }

    /// Empties the accounts that are due, some in each transaction, so that nobody who sells waits for long.
    public func wipe(_ keeping: VisitorKeeping, ids: any IDSource) async throws(StoreError) -> VisitorsWiped {
        var wiped = VisitorsWiped()
        while true {
            let (idle, finished) = try await core.write(as: .operatorOfStore) { work in
                let idle = try work.tx.idleVisitors(
                    before: work.now.advanced(bySeconds: -keeping.withoutOrders), limit: Self.stride)
                let finished = try work.tx.finishedVisitors(
                    before: work.now.advanced(bySeconds: -keeping.finished), limit: Self.stride)
                for id in idle + finished { try work.empty(id, ids: ids) }
                return (idle.count, finished.count)
            }
            wiped.accounts += idle
            wiped.names += finished
            if idle < Self.stride, finished < Self.stride { return wiped }
        }
    }

    /// So many accounts of a kind are emptied in a transaction.
    private static let stride = 50
}

extension Work {
    /// Leaves of an account what its orders need: a number.
    func empty(_ id: Int64, ids: any IDSource) throws {
        try tx.setPerson(
            id, email: .nowhere(ids), name: "Former visitor", passwordHash: VisitorDesk.noPassword, at: now)
        try tx.forgetVisitor(id)
        try record(.accountEmptied, ["account": .integer(id)])
    }
}

extension Email {
    /// An address of an account that has none. Nobody can guess it, so that nobody takes it first.
    static func nowhere(_ ids: any IDSource) throws(StoreError) -> Email {
        try Email("visitor-\(ids.idempotencyKey().text.suffix(32).lowercased())@\(VisitorKey.nowhere)")
    }
}
