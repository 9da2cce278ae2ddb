import Hummingbird
import StoreDomain
import StoreWire

/// Accounts and roles as an admin manages them.
struct AccountController: Sendable {
    let accounts: any AccountService
    let gate: PasswordGate

    func list(_ request: APIRequest) async throws -> Response {
        .json(Many(try await accounts.accounts(as: request.principal)))
    }

    func add(_ request: APIRequest) async throws -> Response {
        let body = try NewAccountBody(request.body)
        let person = body.registration
        let registration = try Registration(
            email: person.email, name: person.name, password: person.password)
        let user = try await gate.run {
            try await accounts.add(registration, role: body.role, as: request.principal)
        }
        return .json(One(user), status: .created)
    }

    func setPassword(_ request: APIRequest) async throws -> Response {
        let body = try CredentialsBody(request.body)
        try await gate.run {
            try await accounts.setPassword(body.password, of: body.email, as: request.principal)
        }
        return Response(status: .noContent)
    }

    func setRole(_ request: APIRequest) async throws -> Response {
        let body = try RoleChangeBody(request.body)
        return .json(
            One(try await accounts.setRole(body.role, of: body.email, as: request.principal)))
    }

    func signOutEverywhere(_ request: APIRequest) async throws -> Response {
        try await accounts.signOutEverywhere(
            AccountPINBody(request.body).email, as: request.principal)
        return Response(status: .noContent)
    }

    func roles(_ request: APIRequest) async throws -> Response {
        .json(Many(try await accounts.roles(as: request.principal)))
    }

    func saveRole(_ request: APIRequest) async throws -> Response {
        let role = try Role(request.body)
        try await accounts.save(role, as: request.principal)
        return .json(One(role))
    }
}
