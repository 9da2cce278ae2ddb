import StoreDomain
import StoreService

extension MemoryTransaction {
    func visitorKey(_ fingerprint: KeyFingerprint) -> StoredVisitorKey? { store.visitorKeys[fingerprint] }

    func visitorKeys(of accountID: Int64?) -> [StoredVisitorKey] {
        store.visitorKeys.values.filter { accountID == nil || $0.accountID == accountID }
            .sorted {
                ($0.key.addedAt, $0.key.fingerprint.text) < ($1.key.addedAt, $1.key.fingerprint.text)
            }
    }

    func insert(_ key: StoredVisitorKey) { store.visitorKeys[key.key.fingerprint] = key }

    func noteSeen(_ fingerprint: KeyFingerprint, at now: Timestamp) {
        guard let old = store.visitorKeys[fingerprint] else { return }
        store.visitorKeys[fingerprint] = StoredVisitorKey(
            accountID: old.accountID,
            key: VisitorKey(fingerprint: fingerprint, addedAt: old.key.addedAt, seenAt: now))
    }

    func removeVisitorKey(_ fingerprint: KeyFingerprint) -> Bool {
        store.visitorKeys.removeValue(forKey: fingerprint) != nil
    }

    func noteVisitor(_ accountID: Int64, at now: Timestamp) { store.visitors[accountID] = now }
    func isVisitor(_ accountID: Int64) -> Bool { store.visitors[accountID] != nil }

    func idleVisitors(before cutoff: Timestamp, limit: Int) -> [Int64] {
        visitors(limit) { id, madeAt in
            madeAt < cutoff && orders(of: id).isEmpty && !wasSeen(id, since: cutoff)
        }
    }

    func finishedVisitors(before cutoff: Timestamp, limit: Int) -> [Int64] {
        visitors(limit) { id, _ in
            let orders = orders(of: id)
            return !orders.isEmpty && orders.allSatisfy { $0.status != .pending && $0.updatedAt < cutoff }
                && !wasSeen(id, since: cutoff)
        }
    }

    private func visitors(_ limit: Int, _ isMeant: (Int64, Timestamp) -> Bool) -> [Int64] {
        Array(store.visitors.filter { isMeant($0.key, $0.value) }.keys.sorted().prefix(limit))
    }

    private func orders(of id: Int64) -> [Order] { store.orders.values.filter { $0.userID == id } }

    private func wasSeen(_ id: Int64, since cutoff: Timestamp) -> Bool {
        store.visitorKeys.values.contains { $0.accountID == id && $0.key.seenAt >= cutoff }
    }

    func forgetVisitor(_ accountID: Int64) {
        store.visitors[accountID] = nil
        store.visitorKeys = store.visitorKeys.filter { $0.value.accountID != accountID }
        store.visitorCodes[accountID] = nil
        store.lastSeen[accountID] = nil
    }

    func setPerson(_ id: Int64, email: Email, name: String, passwordHash: String, at now: Timestamp) throws {
        guard let old = store.accounts[id] else { return }
        if let other = credentials(emailKey: email.key), other.user.id != id { throw StoreError.emailTaken }
        store.accounts[id] = StoredCredentials(
            user: User(
                id: id, email: email.address, name: name, role: old.user.role, createdAt: old.user.createdAt,
                updatedAt: now), passwordHash: passwordHash)
    }

    func save(visitorCode code: String, of accountID: Int64, until expiry: Timestamp, now: Timestamp) {
        store.visitorCodes = store.visitorCodes.filter { $0.value.goodUntil > now }
        store.visitorCodes[accountID] = VisitorCode(text: code, goodUntil: expiry)
    }

    func takeVisitorCode(_ code: String, now: Timestamp) -> Int64? {
        let found = store.visitorCodes.first { $0.value.text == code && $0.value.goodUntil > now }?.key
        if let found { store.visitorCodes[found] = nil }
        return found
    }
}
