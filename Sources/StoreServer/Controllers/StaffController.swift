import Hummingbird
import StoreDomain
import StoreWire

/// PINs of those who work at tills, and what others approve.
struct StaffController: Sendable {
    let counter: Counter
    let authority: TokenAuthority
    let gate: PasswordGate

    // MARK: - PINs

    /// Answers as signing in does, with a session for whose PIN it is. The caller's own stays good.
    func switchCashier(_ request: APIRequest) async throws -> Response {
        let body = try PINBody(request.body)
        let pins = try pins()
        let session = try await gate.run {
            try await pins.signIn(
                pin: body.pin, badge: body.badge, till: body.till, as: request.principal)
        }
        return .json(
            SessionBody(
                message: "Login successful", user: session.user,
                accessToken: try await authority.issue(for: session.user)))
    }

    func setOwnPIN(_ request: APIRequest) async throws -> Response {
        let body = try OwnPINBody(request.body)
        let pins = try pins()
        try await gate.run {
            try await pins.setPIN(body.pin, password: body.password, as: request.principal)
        }
        return Response(status: .noContent)
    }

    func list(_ request: APIRequest) async throws -> Response {
        .json(Many(try await pins().pins(as: request.principal)))
    }

    func setPIN(_ request: APIRequest) async throws -> Response {
        let body = try AccountPINBody(request.body)
        let pins = try pins()
        try await gate.run { try await pins.setPIN(body.pin, of: body.email, as: request.principal) }
        return Response(status: .noContent)
    }

    func unlockPIN(_ request: APIRequest) async throws -> Response {
        try await pins().unlockPIN(of: AccountPINBody(request.body).email, as: request.principal)
        return Response(status: .noContent)
    }

    func setBadge(_ request: APIRequest) async throws -> Response {
        let body = try AccountBadgeBody(request.body)
        try await pins().setBadge(body.badge, of: body.email, as: request.principal)
        return Response(status: .noContent)
    }

    func readBadge(_ request: APIRequest) async throws -> Response {
        let badge = try BadgeBody(request.body).badge
        return .json(BadgeNameBody(name: try await pins().name(of: badge, as: request.principal)))
    }

    // MARK: - Approvals

    /// What is open, or what was asked during a shift.
    func approvals(_ request: APIRequest) async throws -> Response {
        let approvals = try approvals()
        guard request.query.text("shift") != nil else {
            return .json(Many(try await approvals.approvals(as: request.principal)))
        }
        let shift = try request.query.number("shift", default: 1)
        return .json(
            Many(try await approvals.approvals(ofShift: Int64(shift), as: request.principal)))
    }

    func approval(_ request: APIRequest) async throws -> Response {
        .json(One(try await approvals().approval(request.id ?? 0, as: request.principal)))
    }

    /// By the caller, or by the PIN of somebody who stands beside the caller.
    func grant(_ request: APIRequest) async throws -> Response {
        let (id, approvals) = (request.id ?? 0, try approvals())
        guard try request.body.optional("pin") != nil else {
            return .json(One(try await approvals.grant(id, as: request.principal)))
        }
        let body = try PINBody(request.body)
        let approval = try await gate.run {
            try await approvals.grant(
                id, pin: body.pin, badge: body.badge, till: body.till, as: request.principal)
        }
        return .json(One(approval))
    }

    func refuse(_ request: APIRequest) async throws -> Response {
        .json(One(try await approvals().refuse(request.id ?? 0, as: request.principal)))
    }

    func withdraw(_ request: APIRequest) async throws -> Response {
        .json(One(try await approvals().withdraw(request.id ?? 0, as: request.principal)))
    }

    private func pins() throws(StoreError) -> any PINService {
        guard let pins = try counter.services().pins else { throw .unsupported("PINs") }
        return pins
    }

    private func approvals() throws(StoreError) -> any ApprovalService {
        guard let approvals = try counter.services().approvals else { throw .unsupported("approvals") }
        return approvals
    }
}
