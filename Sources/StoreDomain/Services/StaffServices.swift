/// PINs of those who work at tills. A PIN is no password: it counts only where somebody is signed in already.
public protocol PINService: Sendable {
    /// Every account that has a PIN or whose PINs are locked, by e-mail. Needs `manageAccounts`.
    func pins(as principal: Principal) async throws(StoreError) -> [PINStanding]

    /// Gives oneself a PIN.
    ///
    /// - Throws: `invalid` for what is no PIN, `wrongCredentials`, `signInMustWait`, `pinTaken` where somebody else has it.
    func setPIN(_ pin: Secret, password: Secret, as principal: Principal) async throws(StoreError)

    /// Gives an account a PIN, or takes it away. Needs `manageAccounts`.
    ///
    /// - Parameter pin: nil takes it away.
    /// - Throws: as the other, and `notFound`.
    func setPIN(_ pin: Secret?, of email: String, as principal: Principal) async throws(StoreError)

    /// Lets an account's PIN count again after too many wrong ones. Needs `manageAccounts`.
    func unlockPIN(of email: String, as principal: Principal) async throws(StoreError)

    /// Gives an account a badge, or takes it away. Needs `manageAccounts`.
    ///
    /// - Throws: `notFound`, `taken` where somebody else has it.
    func setBadge(_ badge: Badge?, of email: String, as principal: Principal) async throws(StoreError)

    /// The name of whose badge this is; nil for nobody's. Needs `sell`.
    func name(of badge: Badge, as principal: Principal) async throws(StoreError) -> String?

    /// Signs in whose PIN this is, at a till where somebody is signed in.
    ///
    /// - Parameters:
    ///   - badge: what was scanned before; the PIN counts only where it is of the same person. nil for the PIN alone.
    ///   - principal: who is signed in there: wrong PINs count against them.
    /// - Throws: `wrongPIN`, `pinLocked`, `signInMustWait`, `notAllowed` for somebody who sells nothing.
    func signIn(pin: Secret, badge: Badge?, till: String, as principal: Principal) async throws(StoreError)
        -> Session
}

extension PINService {
    /// By the PIN alone.
    public func signIn(pin: Secret, till: String, as principal: Principal) async throws(StoreError) -> Session
    {
        try await signIn(pin: pin, badge: nil, till: till, as: principal)
    }
}

extension ApprovalService {
    /// By the PIN alone.
    public func grant(_ id: Int64, pin: Secret, till: String, as principal: Principal)
        async throws(StoreError) -> Approval
    {
        try await grant(id, pin: pin, badge: nil, till: till, as: principal)
    }
}

/// What somebody may do only once another person has approved it. Whoever is refused with `approvalNeeded` has asked
/// already; once it is granted, the same action is done by doing it again.
public protocol ApprovalService: Sendable {
    /// Those that are open: one's own, and those that one may answer, the oldest first.
    func approvals(as principal: Principal) async throws(StoreError) -> [Approval]

    /// Those that were asked during a shift, in their order, whatever became of them. Needs `seeReports`.
    func approvals(ofShift id: Int64, as principal: Principal) async throws(StoreError) -> [Approval]

    /// One that one asked for or may answer, as it is now.
    ///
    /// - Throws: `notFound`.
    func approval(_ id: Int64, as principal: Principal) async throws(StoreError) -> Approval

    /// Says yes.
    ///
    /// - Throws: `notFound`, `notAllowed` for who does not hold the right to that extent, `invalid` for one's own, and
    ///   where it is no longer waited for.
    func grant(_ id: Int64, as principal: Principal) async throws(StoreError) -> Approval

    /// Says yes by the approver's PIN, where it was asked.
    ///
    /// - Parameters:
    ///   - badge: the approver's, where one was scanned.
    ///   - principal: who asked.
    /// - Throws: as `grant`, and as `PINService.signIn`.
    func grant(_ id: Int64, pin: Secret, badge: Badge?, till: String, as principal: Principal)
        async throws(StoreError) -> Approval

    /// Says no. Throws as `grant`.
    func refuse(_ id: Int64, as principal: Principal) async throws(StoreError) -> Approval

    /// The one who asked does without it.
    func withdraw(_ id: Int64, as principal: Principal) async throws(StoreError) -> Approval
}
