import StoreDomain

/// Accounts as an admin manages them.
public struct AccountCare: AccountService {
    private let core: StoreCore
    private let hasher: any PasswordHashing

    public init(core: StoreCore, hasher: any PasswordHashing) {
        self.core = core
        self.hasher = hasher
    }

    public func accounts(as principal: Principal) async throws(StoreError) -> [KnownAccount] {
        try await core.read(as: principal, needing: .manageAccounts) { work in
            let seen = try work.tx.lastSeen()
            return try work.tx.accounts().filter { !$0.isErased }.map {
                KnownAccount($0, lastSeenAt: seen[$0.id])
            }
        }
    }

    public func add(_ registration: Registration, role: String, as principal: Principal)
        async throws(StoreError) -> User
    {
        // Refuses before a hash is worked out for nothing.
        try await core.read(as: principal, needing: .manageAccounts) { work in _ = try work.role(role) }
        let hash = try await hasher.hash(registration.password)
        return try await core.write(as: principal, needing: .manageAccounts) { work in
            try work.insertAccount(registration, hash: hash, role: work.role(role))
        }
    }

    public func setPassword(_ password: Secret, of email: String, as principal: Principal)
        async throws(StoreError)
    {
        try await core.read(as: principal, needing: .manageAccounts) { _ in }
        let problems = PasswordRule.problems(of: password)
        guard problems.isEmpty else { throw .invalid(problems) }
        let hash = try await hasher.hash(password)
        try await core.write(as: principal, needing: .manageAccounts) { work in
            let user = try work.account(email)
            try work.tx.setPasswordHash(hash, of: user.id, at: work.now)
            try work.tx.save(nil, emailKey: user.email.lowercased(), forgettingBefore: Timestamp(seconds: 0))
            try work.record(.passwordSet, ["account": .integer(user.id)])
            // Whoever knew the old one is out; whoever sets their own goes on here.
            if principal.userID != user.id { try work.signOutEverywhere(user) }
        }
    }

    public func signOutEverywhere(_ email: String, as principal: Principal) async throws(StoreError) {
        try await core.write(as: principal, needing: .manageAccounts) { work in
            try work.signOutEverywhere(work.account(email))
        }
    }

    public func setRole(_ role: String, of email: String, as principal: Principal) async throws(StoreError)
        -> User
    {
        try await core.write(as: principal, needing: .manageAccounts) { work in
            let user = try work.account(email)
            let new = try work.role(role)
            let admins = try work.tx.accounts(with: Role.admin.name)
            guard new.name == Role.admin.name || user.role.name != Role.admin.name || admins > 1 else {
                throw StoreError.invalid([
                    FieldProblem("role", "must stay admin: the store would have no admin left")
                ])
            }
            try work.tx.setRole(new.name, of: user.id, at: work.now)
            try work.record(
                .roleGiven,
                ["account": .integer(user.id), "from": .text(user.role.name), "to": .text(new.name)])
            return try work.account(email)
        }
    }

    public func roles(as principal: Principal) async throws(StoreError) -> [Role] {
        try await core.read(as: principal, needing: .manageAccounts) { work in try work.tx.roles() }
    }

    public func save(_ role: Role, as principal: Principal) async throws(StoreError) {
        try await core.write(as: principal, needing: .manageRights) { work in
            guard role.name != Role.admin.name || role == .admin else {
                throw StoreError.invalid([FieldProblem("name", "must not be admin, who may do everything")])
            }
            try work.tx.save(role)
            let grants = role.grants.map { ($0.key.rawValue, $0.value.journalText) }
            try work.record(
                .roleChanged,
                [
                    "role": .text(role.name),
                    "grants": .object(Dictionary(uniqueKeysWithValues: grants)),
                ])
        }
    }
}

extension Work {
    /// - Throws: `notFound`.
    func account(_ email: String) throws -> User {
        guard let found = try tx.credentials(emailKey: email.cleanText.lowercased()), !found.user.isErased
        else {
            throw StoreError.notFound(.account(email.cleanText))
        }
        return found.user
    }

    fileprivate func signOutEverywhere(_ user: User) throws {
        try tx.endSignIns(of: user.id, now: now)
        try record(.signedOutEverywhere, ["account": .integer(user.id)])
    }

    fileprivate func role(_ name: String) throws -> Role {
        guard let role = try tx.roles().first(where: { $0.name == name }) else {
            throw StoreError.invalid([FieldProblem("role", "is not one of this shop's: \(name)")])
        }
        return role
    }
}

extension Role.Limit {
    fileprivate var journalText: CanonicalJSON {
        switch self {
        case .ask: .text("ask")
        case .unlimited: .text("unlimited")
        case .percent(let rate): .text(rate.percentText)
        case .amount(let minor): .integer(minor)
        }
    }
}
