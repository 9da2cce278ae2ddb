import StoreDomain

/// PINs of those who work at tills.
///
/// All PINs of a shop are hashed with one setting, cost and salt, that is the shop's own: so one slow hash tells whose
/// PIN was typed, and whether anybody has it already.
public struct Pins: PINService {
    private let core: StoreCore
    private let hasher: any PasswordHashing
    private let signingIn: SigningIn

    public init(core: StoreCore, hasher: any PasswordHashing) {
        self.core = core
        self.hasher = hasher
        signingIn = SigningIn(core: core, hasher: hasher, firstAccountIsAdmin: false)
    }

    public func pins(as principal: Principal) async throws(StoreError) -> [PINStanding] {
        try await core.read(as: principal, needing: .manageAccounts) { work in
            let pins = try work.tx.pins()
            return try work.tx.accounts().compactMap { user in
                pins[user.id].map {
                    PINStanding(
                        userID: user.id, email: user.email, name: user.name, hasPIN: $0.hash != nil,
                        isLocked: $0.isLocked, hasBadge: $0.badge != nil)
                }
            }
        }
    }

    public func setPIN(_ pin: Secret, password: Secret, as principal: Principal) async throws(StoreError) {
        let pin = try PIN(pin)
        guard case .user(let session) = principal else { throw .signInRequired }
        // Counts wrong passwords, and unlocks.
        _ = try await signingIn.signIn(email: session.user.email, password: password)
        let hash = try await hash(pin)
        let isTaken = try await core.write(as: principal) { work in
            let user = try work.user()
            guard try !work.give(hash, to: user) else { return false }
            // Whoever tries PINs in this way finds no more of them than at the till.
            try work.countPINFailure(of: user, till: nil)
            try work.recordPINFailure(of: user, till: nil)
            return true
        }
        if isTaken { throw .pinTaken }
    }

    public func setPIN(_ pin: Secret?, of email: String, as principal: Principal) async throws(StoreError) {
        try await core.read(as: principal, needing: .manageAccounts) { work in _ = try work.account(email) }
        guard let pin else {
            return try await core.write(as: principal, needing: .manageAccounts) { work in
                let user = try work.account(email)
                guard var old = try work.tx.pin(of: user.id), old.hash != nil else { return }
                old.hash = nil
                try work.tx.save(old, of: user.id)
                try work.record(.pinRemoved, ["account": .integer(user.id)])
            }
        }
        let hash = try await hash(PIN(pin))
        try await core.write(as: principal, needing: .manageAccounts) { work in
            guard try work.give(hash, to: work.account(email)) else { throw StoreError.pinTaken }
        }
    }

    public func unlockPIN(of email: String, as principal: Principal) async throws(StoreError) {
        try await core.write(as: principal, needing: .manageAccounts) { work in
            try work.unlockPIN(of: work.account(email))
        }
    }

    public func setBadge(_ badge: Badge?, of email: String, as principal: Principal) async throws(StoreError)
    {
        try await core.write(as: principal, needing: .manageAccounts) { work in
            let user = try work.account(email)
            var stored = try work.tx.pin(of: user.id) ?? StoredPIN()
            guard stored.badge != badge else { return }
            if let badge, try work.tx.badgeHolder(badge) != nil {
                throw StoreError.taken(field: "badge", value: badge.code)
            }
            stored.badge = badge
            try work.tx.save(stored, of: user.id)
            try work.record(
                badge == nil ? .badgeTaken : .badgeGiven, ["account": .integer(user.id)])
        }
    }

    public func name(of badge: Badge, as principal: Principal) async throws(StoreError) -> String? {
        try await core.read(as: principal, needing: .sell) { work in
            try work.tx.badgeHolder(badge).flatMap { try work.tx.account($0)?.name }
        }
    }

    public func signIn(pin: Secret, badge: Badge?, till: String, as principal: Principal)
        async throws(StoreError) -> Session
    {
        let user = try await holder(of: pin, badge: badge, till: till, as: principal)
        guard user.role.allows(.sell) else { throw .notAllowed(.sell) }
        return try await core.write(as: principal) { work in
            let asker = try work.user()
            guard asker.id != user.id else { return Session(user: asker, since: work.now) }
            try work.record(
                .cashierSwitched,
                ["from": .integer(asker.id), "to": .integer(user.id), "on": .text(till)])
            try work.signedIn(user)
            return Session(user: user, since: work.now)
        }
    }

    /// Whose PIN was typed at a till where `principal` is signed in. The try is counted as failed before it is looked
    /// at, so that many at once cannot slip past the lock. With a badge it counts only where both are one person's, and
    /// nobody learns which of them was wrong.
    func holder(of pin: Secret, badge: Badge?, till: String, as principal: Principal)
        async throws(StoreError) -> User
    {
        let pin = try PIN(pin)
        let setting = try await core.write(as: principal) { work in
            let user = try work.user()
            try work.check(till)
            guard try work.tx.pin(of: user.id)?.isLocked != true else { throw StoreError.pinLocked }
            try work.countPINFailure(of: user, till: till)
            return try work.tx.pinSetting()
        }
        // Before the first PIN there is none to be found.
        guard let setting else { throw .wrongPIN }
        let hash = try await hasher.hash(pin.digits, setting: setting)
        let found = try await core.write(as: principal) { work -> User? in
            let asker = try work.user()
            guard let id = try work.tx.pinHolder(hash), let user = try work.tx.account(id),
                try badge == nil || work.tx.pin(of: id)?.badge == badge
            else {
                try work.recordPINFailure(of: asker, till: till)
                return nil
            }
            // One's own was counted just now: the fifth try may be the right one.
            if id != asker.id, try work.tx.pin(of: id)?.isLocked == true { throw StoreError.pinLocked }
            try work.forgetPINFailures(of: asker, till: till)
            return user
        }
        guard let found else { throw .wrongPIN }
        return found
    }

    /// The hash of a PIN with the shop's setting, which the first PIN makes.
    private func hash(_ pin: PIN) async throws(StoreError) -> String {
        let fresh = hasher.newSetting()
        let setting = try await core.engine.write { tx in
            if let setting = try tx.pinSetting() { return setting }
            try tx.setPINSetting(fresh)
            return fresh
        }
        return try await hasher.hash(pin.digits, setting: setting)
    }
}

extension Work {
    /// Gives an account the PIN of a hash; false where another account has it.
    fileprivate func give(_ hash: String, to user: User) throws -> Bool {
        if let holder = try tx.pinHolder(hash), holder != user.id { return false }
        try tx.save(StoredPIN(hash: hash, badge: try tx.pin(of: user.id)?.badge), of: user.id)
        try record(.pinSet, ["account": .integer(user.id)])
        return true
    }

    /// Counts a wrong PIN against whoever is signed in where it is typed.
    ///
    /// - Parameter till: nil where none was typed at a till.
    fileprivate func countPINFailure(of user: User, till: String?) throws {
        if let till { try countFailure(under: Self.pinKey(till)) }
        var pin = try tx.pin(of: user.id) ?? StoredPIN()
        pin.failures += 1
        try tx.save(pin, of: user.id)
    }

    /// Puts a wrong PIN on the journal, never what was typed.
    fileprivate func recordPINFailure(of user: User, till: String?) throws {
        let isLocked = try tx.pin(of: user.id)?.isLocked == true
        try record(isLocked ? .pinLocked : .pinFailed, ["account": .integer(user.id), "on": .optional(till)])
    }

    fileprivate func forgetPINFailures(of user: User, till: String) throws {
        try forgetFailures(under: Self.pinKey(till))
        guard var pin = try tx.pin(of: user.id), pin.failures > 0 else { return }
        pin.failures = 0
        try tx.save(pin, of: user.id)
    }

    /// Lets an account's PIN count again.
    func unlockPIN(of user: User) throws {
        guard var pin = try tx.pin(of: user.id), pin.failures > 0 else { return }
        let wasLocked = pin.isLocked
        pin.failures = 0
        try tx.save(pin, of: user.id)
        if wasLocked { try record(.pinUnlocked, ["account": .integer(user.id)]) }
    }

    /// What the failures at a till are counted under. No e-mail has a line break.
    private static func pinKey(_ till: String) -> String { "pin\n\(till)" }
}
