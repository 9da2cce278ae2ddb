import StoreDomain
import Synchronization

/// Counts what one visit has done, whoever of it signs in.
public final class VisitTally: Sendable {
    private let count = Mutex(0)

    public init() {}

    /// Counts one more; false when there were as many as may be.
    func take(upTo most: Int) -> Bool {
        count.withLock { count in
            guard count < most else { return false }
            count += 1
            return true
        }
    }

    /// Takes one back that came to nothing.
    func giveBack() { count.withLock { $0 = max(0, $0 - 1) } }
}

/// Accounts as a visitor meets them: only customers sign in, and a visit makes a few accounts at most.
struct VisitorAuth: AuthService {
    private let auth: any AuthService
    private let limits: VisitorLimits
    private let registrations: VisitTally
    private let note: @Sendable (VisitorNote) -> Void

    init(
        _ auth: any AuthService, limits: VisitorLimits, registrations: VisitTally,
        note: @escaping @Sendable (VisitorNote) -> Void
    ) {
        self.note = note
        self.auth = auth
        self.limits = limits
        self.registrations = registrations
    }

    func register(_ registration: Registration) async throws(StoreError) -> Session {
        guard registrations.take(upTo: limits.registrations) else {
            note(.limit("registrations"))
            throw .invalid([
                FieldProblem("accounts", "are no more than \(limits.registrations) a visit")
            ])
        }
        do {
            return try await customer(try await auth.register(registration))
        } catch {
            registrations.giveBack()
            throw error
        }
    }

    /// Those who work in the shop do so elsewhere: their password opens nothing here, and nobody learns here
    /// whether it was right.
    func signIn(email: String, password: Secret) async throws(StoreError) -> Session {
        let session: Session
        do {
            session = try await auth.signIn(email: email, password: password)
        } catch {
            if case .signInMustWait = error { note(.limit("sign-ins")) }
            throw error
        }
        return try await customer(session)
    }

    private func customer(_ session: Session) async throws(StoreError) -> Session {
        guard session.user.role == .customer else {
            // Whatever comes of it, the session is not given to the visitor.
            try? await auth.signOut(session)
            throw .wrongCredentials
        }
        return session
    }

    func currentUser(of session: Session) async throws(StoreError) -> User {
        let user = try await auth.currentUser(of: session)
        guard user.role == .customer else { throw .signInRequired }
        return user
    }

    func signOut(_ session: Session) async throws(StoreError) { try await auth.signOut(session) }

    func isEmpty() async throws(StoreError) -> Bool { try await auth.isEmpty() }
}
