import StoreDomain
import StoreWire

/// PINs over the API. The session of whoever is known by one is kept as that of signing in is.
struct RemotePINService: PINService {
    let client: APIClient

    func pins(as principal: Principal) async throws(StoreError) -> [PINStanding] {
        try await client.many(APICall(.pins, session: try principal.session()))
    }

    func setPIN(_ pin: Secret, password: Secret, as principal: Principal) async throws(StoreError) {
        try await client.done(
            APICall(
                .setOwnPIN, body: OwnPINBody(pin: pin, password: password),
                session: try principal.session()))
    }

    func setPIN(_ pin: Secret?, of email: String, as principal: Principal) async throws(StoreError) {
        try await client.done(
            APICall(
                .setPIN, body: AccountPINBody(email: email, pin: pin), session: try principal.session(),
                isRepeatable: true))
    }

    func unlockPIN(of email: String, as principal: Principal) async throws(StoreError) {
        try await client.done(
            APICall(
                .unlockPIN, body: AccountPINBody(email: email), session: try principal.session(),
                isRepeatable: true))
    }

    func setBadge(_ badge: Badge?, of email: String, as principal: Principal) async throws(StoreError) {
        try await client.done(
            APICall(
                .setBadge, body: AccountBadgeBody(email: email, badge: badge),
                session: try principal.session(), isRepeatable: true))
    }

    func name(of badge: Badge, as principal: Principal) async throws(StoreError) -> String? {
        let call = APICall(
            .readBadge, body: BadgeBody(badge: badge), session: try principal.session(), isRepeatable: true)
        return try await client.call(call, BadgeNameBody.init).name
    }

    func signIn(pin: Secret, badge: Badge?, till: String, as principal: Principal) async throws(StoreError)
        -> Session
    {
        try await client.beginSession(
            APICall(
                .switchCashier, body: PINBody(pin: pin, badge: badge, till: till),
                session: try principal.session()))
    }
}

/// Approvals over the API.
struct RemoteApprovalService: ApprovalService {
    let client: APIClient

    func approvals(as principal: Principal) async throws(StoreError) -> [Approval] {
        try await client.many(APICall(.approvals, session: try principal.session()))
    }

    func approvals(ofShift id: Int64, as principal: Principal) async throws(StoreError) -> [Approval] {
        try await client.many(
            APICall(.approvals, query: [("shift", String(id))], session: try principal.session()))
    }

    func approval(_ id: Int64, as principal: Principal) async throws(StoreError) -> Approval {
        try await client.one(
            APICall(.approval, id: id, session: try principal.session(), about: .approval(id)))
    }

    func grant(_ id: Int64, as principal: Principal) async throws(StoreError) -> Approval {
        try await answer(.grantApproval, id, as: principal)
    }

    func grant(_ id: Int64, pin: Secret, badge: Badge?, till: String, as principal: Principal)
        async throws(StoreError) -> Approval
    {
        try await client.one(
            APICall(
                .grantApproval, id: id, body: PINBody(pin: pin, badge: badge, till: till),
                session: try principal.session(), about: .approval(id)))
    }

    func refuse(_ id: Int64, as principal: Principal) async throws(StoreError) -> Approval {
        try await answer(.refuseApproval, id, as: principal)
    }

    func withdraw(_ id: Int64, as principal: Principal) async throws(StoreError) -> Approval {
        try await answer(.withdrawApproval, id, as: principal)
    }

    /// The same answer given twice is one.
    private func answer(_ endpoint: Endpoint, _ id: Int64, as principal: Principal) async throws(StoreError)
        -> Approval
    {
        try await client.one(
            APICall(
                endpoint, id: id, session: try principal.session(), isRepeatable: true, about: .approval(id)))
    }
}
