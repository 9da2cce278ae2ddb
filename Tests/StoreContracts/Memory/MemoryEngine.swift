import StoreDomain
import StoreService
import Synchronization

/// A shop in memory: runs the rules' tests in milliseconds, and shows what an engine has to do and no more.
/// One transaction at a time; one that throws leaves nothing.
public final class MemoryEngine: StoreEngine {
    private let store: Mutex<MemoryStore>

    public init(
        uuid: String = "a-store", isDemo: Bool = true, policy: ShopPolicy = ShopPolicy(), at now: Timestamp
    ) throws {
        store = Mutex(try MemoryStore(uuid: uuid, isDemo: isDemo, policy: policy, at: now))
    }

    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        let copy = store.withLock { $0 }
        do { return try body(MemoryTransaction(copy)) } catch { throw MemoryEngine.storeError(error) }
    }

    public func write<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        let result = store.withLock { store -> Result<Value, StoreError> in
            let transaction = MemoryTransaction(store)
            do {
                let value = try body(transaction)
                store = transaction.store
                return .success(value)
            } catch {
                return .failure(MemoryEngine.storeError(error))
            }
        }
        return try result.get()
    }

    private static func storeError(_ error: any Error) -> StoreError {
        guard let known = error as? StoreError else {
            fatalError("a rule threw what is no StoreError: \(error)")
        }
        return known
    }
}

/// One transaction on a copy of the store.
final class MemoryTransaction: StoreTransaction {
    var store: MemoryStore

    init(_ store: MemoryStore) { self.store = store }
}

// MARK: - The shop

extension MemoryTransaction {
    func shop() -> ShopIdentity { store.identity }
    func policy() -> PolicyVersion { store.policies[store.policies.count - 1] }
    func policyHistory() -> [PolicyVersion] { store.policies.reversed() }
    func insert(_ version: PolicyVersion) { store.policies.append(version) }

    func journalHead(of chain: String) -> JournalHead? {
        store.journal[chain]?.last.map { JournalHead(number: $0.number, hash: $0.hash) }
    }

    func append(_ records: [JournalRecord]) {
        for record in records { store.journal[record.chain, default: []].append(record) }
    }

    func journal(of chain: String, from number: Int, limit: Int) -> [JournalRecord] {
        Array((store.journal[chain] ?? []).drop { $0.number < number }.prefix(limit))
    }

    func journalChains() -> [String] { store.journal.keys.sorted() }
}

// MARK: - People

extension MemoryTransaction {
    func hasAccounts() -> Bool { !store.accounts.isEmpty }
    func account(_ id: Int64) -> User? { store.accounts[id].map { current($0.user) } }

    func credentials(emailKey: String) -> StoredCredentials? {
        store.accounts.values.first { $0.user.email.lowercased() == emailKey }
            .map { StoredCredentials(user: current($0.user), passwordHash: $0.passwordHash) }
    }

    func lastSeen() -> [Int64: Timestamp] { store.lastSeen }
    func lastSeen(_ id: Int64) -> Timestamp? { store.lastSeen[id] }
    func noteSeen(_ id: Int64, at now: Timestamp) { store.lastSeen[id] = now }

    func accounts() -> [User] {
        store.accounts.values.map { current($0.user) }.sorted {
            $0.email.lowercased() < $1.email.lowercased()
        }
    }

    func accounts(finding words: CustomerWords, limit: Int) -> [User] {
        let people = store.accounts.values.map { (id: $0.user.id, name: $0.user.name, email: $0.user.email) }
        return words.choose(from: people, limit: limit).compactMap { account($0) }
    }

    func accounts(with role: String) -> Int {
        store.accounts.values.count { $0.user.role.name == role }
    }

    func insertAccount(_ registration: Registration, passwordHash: String, role: Role, at now: Timestamp)
        throws -> User
    {
        guard credentials(emailKey: registration.email.key) == nil else { throw StoreError.emailTaken }
        let user = User(
            id: store.newID(.account), email: registration.email.address, name: registration.name, role: role,
            createdAt: now, updatedAt: now)
        store.accounts[user.id] = StoredCredentials(user: user, passwordHash: passwordHash)
        return user
    }

    func setPasswordHash(_ hash: String, of id: Int64, at now: Timestamp) {
        guard let old = store.accounts[id] else { return }
        store.accounts[id] = StoredCredentials(
            user: old.user.with(role: old.user.role, updatedAt: now), passwordHash: hash)
    }

    func setRole(_ role: String, of id: Int64, at now: Timestamp) {
        guard let old = store.accounts[id], let role = store.roles[role] else { return }
        store.accounts[id] = StoredCredentials(
            user: old.user.with(role: role, updatedAt: now), passwordHash: old.passwordHash)
    }

    func roles() -> [Role] { store.roles.values.sorted { $0.name < $1.name } }
    func save(_ role: Role) { store.roles[role.name] = role }

    func signInFailures(emailKey: String) -> StoredFailures? { store.failures[emailKey] }

    func save(_ failures: StoredFailures?, emailKey: String, forgettingBefore cutoff: Timestamp) {
        store.failures[emailKey] = failures
        store.failures = store.failures.filter { $0.value.failedAt >= cutoff }
    }

    func account(_ id: Int64, unlessRevoked token: StoredToken) -> User? {
        if let all = store.revoked[token.all(of: id)], all > token.expiresAt { return nil }
        return store.revoked[token.id] == nil ? account(id) : nil
    }

    func limitEnd(ofSignInsOf account: Int64, to now: Timestamp) {
        for ended in StoredToken.ended(of: account, now: now) {
            store.revoked[ended.id] = store.revoked[ended.id].map { min($0, ended.until) }
        }
    }

    func endSignIns(of account: Int64, now: Timestamp) {
        for ended in StoredToken.ended(of: account, now: now) {
            revoke(tokenID: ended.id, until: ended.until, now: now)
        }
    }

    func revoke(tokenID: String, until expiry: Timestamp, now: Timestamp) {
        store.revoked = store.revoked.filter { $0.value >= now }
        store.revoked[tokenID] = max(expiry, store.revoked[tokenID] ?? expiry)
    }

    /// With the role as it is now.
    private func current(_ user: User) -> User {
        user.with(role: store.roles[user.role.name] ?? user.role, updatedAt: user.updatedAt)
    }
}

extension User {
    fileprivate func with(role: Role, updatedAt: Timestamp) -> User {
        User(id: id, email: email, name: name, role: role, createdAt: createdAt, updatedAt: updatedAt)
    }
}
