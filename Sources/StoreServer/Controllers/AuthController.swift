import Hummingbird
import StoreDomain
import StoreWire

struct AuthController: Sendable {
    let auth: any AuthService
    let authority: TokenAuthority
    let tokens: any TokenService
    let gate: PasswordGate

    func register(_ request: APIRequest) async throws -> Response {
        let body = try RegistrationBody(request.body)
        let registration = try Registration(email: body.email, name: body.name, password: body.password)
        let session = try await gate.run { try await auth.register(registration) }
        return try await answer("User registered successfully", session.user, status: .created)
    }

    func logIn(_ request: APIRequest) async throws -> Response {
        let body = try CredentialsBody(request.body)
        let session = try await gate.run { try await auth.signIn(email: body.email, password: body.password) }
        return try await answer("Login successful", session.user, status: .ok)
    }

    func me(_ request: APIRequest) async throws -> Response {
        guard let session = request.session else { throw StoreError.signInRequired }
        return .json(One(session.user))
    }

    func logOut(_ request: APIRequest) async throws -> Response {
        guard let session = request.session else { throw StoreError.signInRequired }
        try await tokens.revoke(tokenID: session.token.id, until: session.token.expiresAt)
        return .json(MessageBody("Signed out"))
    }

    private func answer(_ message: String, _ user: User, status: HTTPResponse.Status) async throws -> Response
    {
        .json(
            SessionBody(message: message, user: user, accessToken: try await authority.issue(for: user)),
            status: status)
    }
}
