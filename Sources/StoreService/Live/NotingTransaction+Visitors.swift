import StoreDomain

extension NotingTransaction: VisitorTransaction {
    func visitorKey(_ fingerprint: KeyFingerprint) throws -> StoredVisitorKey? {
        try tx.visitorKey(fingerprint)
    }

    func visitorKeys(of accountID: Int64?) throws -> [StoredVisitorKey] {
        try tx.visitorKeys(of: accountID)
    }

    func insert(_ key: StoredVisitorKey) throws {
        try tx.insert(key)
        note(ShopChanges(accounts: .some([key.accountID])))
    }

    // That somebody came shows nowhere.
    func noteSeen(_ fingerprint: KeyFingerprint, at now: Timestamp) throws {
        try tx.noteSeen(fingerprint, at: now)
    }

    func removeVisitorKey(_ fingerprint: KeyFingerprint) throws -> Bool {
        let owner = try tx.visitorKey(fingerprint)?.accountID
        let wasThere = try tx.removeVisitorKey(fingerprint)
        if wasThere, let owner { note(ShopChanges(accounts: .some([owner]))) }
        return wasThere
    }

    func noteVisitor(_ accountID: Int64, at now: Timestamp) throws {
        try tx.noteVisitor(accountID, at: now)
    }

    func isVisitor(_ accountID: Int64) throws -> Bool { try tx.isVisitor(accountID) }

    func idleVisitors(before cutoff: Timestamp, limit: Int) throws -> [Int64] {
        try tx.idleVisitors(before: cutoff, limit: limit)
    }

    func finishedVisitors(before cutoff: Timestamp, limit: Int) throws -> [Int64] {
        try tx.finishedVisitors(before: cutoff, limit: limit)
    }

    func forgetVisitor(_ accountID: Int64) throws {
        try tx.forgetVisitor(accountID)
        note(ShopChanges(accounts: .some([accountID])))
    }

    func setPerson(_ id: Int64, email: Email, name: String, passwordHash: String, at now: Timestamp) throws {
        try tx.setPerson(id, email: email, name: name, passwordHash: passwordHash, at: now)
        note(ShopChanges(accounts: .some([id])))
    }

    func save(visitorCode code: String, of accountID: Int64, until expiry: Timestamp, now: Timestamp) throws {
        try tx.save(visitorCode: code, of: accountID, until: expiry, now: now)
    }

    func takeVisitorCode(_ code: String, now: Timestamp) throws -> Int64? {
        try tx.takeVisitorCode(code, now: now)
    }
}
