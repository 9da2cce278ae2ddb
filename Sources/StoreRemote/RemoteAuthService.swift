import StoreDomain
import StoreWire

/// Accounts over the API. Signing in keeps the session for the next start; signing out ends it on both sides.
struct RemoteAuthService: AuthService {
    let client: APIClient

    func register(_ registration: Registration) async throws(StoreError) -> Session {
        let body = RegistrationBody(
            email: registration.email.address, password: registration.password, name: registration.name)
        return try await client.beginSession(APICall(.register, body: body))
    }

    func signIn(email: String, password: Secret) async throws(StoreError) -> Session {
        // What servers refuse as missing is wrong here, as it is in a local store.
        guard !email.trimmedText.isEmpty, !password.revealed.isEmpty else { throw .wrongCredentials }
        return try await client.beginSession(
            APICall(.logIn, body: CredentialsBody(email: email, password: password)))
    }

    func currentUser(of session: Session) async throws(StoreError) -> User {
        try await client.one(APICall(.me, session: session))
    }

    /// Forgets the token whatever the server says. A server without sign-out lets it run out by itself.
    func signOut(_ session: Session) async throws(StoreError) {
        let call = APICall(
            .logOut, session: Session(user: session.user, token: client.tokens.token(for: session)))
        client.tokens.forget()
        do throws(StoreError) {
            try await client.done(call)
        } catch .unsupported, .signInRequired {
            return
        }
    }

    /// A server does not tell strangers; it has its admin.
    func isEmpty() async throws(StoreError) -> Bool { false }
}

extension APIClient {
    /// Signs in, and keeps the session for the next start.
    func beginSession(_ call: APICall) async throws(StoreError) -> Session {
        let body = try await self.call(call, SessionBody.init)
        let session = Session(user: body.user, token: body.accessToken)
        // Where nothing can be kept, the next start asks for the password; this session counts all the same.
        try? tokens.keep(session)
        return session
    }
}
