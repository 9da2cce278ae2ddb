import StoreDomain

/// Accounts as a visitor meets them: only customers sign in, and whoever has come with a key that the owner has named
/// for his role; a visit makes a few accounts at most.
struct VisitorAuth: AuthService {
    let auth: any AuthService
    let gate: RegistrationGate
    /// The role that may sign in beside customers.
    let staffRole: String?

    func register(_ registration: Registration) async throws(StoreError) -> Session {
        try await gate.pass { () async throws(StoreError) in
            try await welcome(try await auth.register(registration))
        }
    }

    /// Those who work in the shop do so elsewhere: their password opens nothing here, and nobody learns here
    /// whether it was right.
    func signIn(email: String, password: Secret) async throws(StoreError) -> Session {
        let session: Session
        do {
            session = try await auth.signIn(email: email, password: password)
        } catch {
            if case .signInMustWait = error { gate.note(.limit("sign-ins")) }
            throw error
        }
        return try await welcome(session)
    }

    private func welcome(_ session: Session) async throws(StoreError) -> Session {
        guard isWelcome(session.user) else {
            // Whatever comes of it, the session is not given to the visitor.
            try? await auth.signOut(session)
            throw .wrongCredentials
        }
        return session
    }

    private func isWelcome(_ user: User) -> Bool {
        user.role.name == Role.customer.name || user.role.name == staffRole
    }

    func currentUser(of session: Session) async throws(StoreError) -> User {
        let user = try await auth.currentUser(of: session)
        guard isWelcome(user) else { throw .signInRequired }
        return user
    }

    func signOut(_ session: Session) async throws(StoreError) { try await auth.signOut(session) }

    func isEmpty() async throws(StoreError) -> Bool { try await auth.isEmpty() }
}
