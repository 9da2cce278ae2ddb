import StoreDomain
import StoreWire

/// Accounts and roles over the API.
struct RemoteAccountService: AccountService {
    let client: APIClient

    func accounts(as principal: Principal) async throws(StoreError) -> [KnownAccount] {
        try await client.many(APICall(.accounts, session: try principal.session()))
    }

    func add(_ registration: Registration, role: String, as principal: Principal) async throws(StoreError)
        -> User
    {
        try await client.one(
            APICall(
                .addAccount, body: NewAccountBody(registration, role: role),
                session: try principal.session()))
    }

    func setPassword(_ password: Secret, of email: String, as principal: Principal) async throws(StoreError) {
        try await client.done(
            APICall(
                .setPassword, body: CredentialsBody(email: email, password: password),
                session: try principal.session(), isRepeatable: true))
    }

    func setRole(_ role: String, of email: String, as principal: Principal) async throws(StoreError) -> User {
        try await client.one(
            APICall(
                .setRole, body: RoleChangeBody(email: email, role: role), session: try principal.session(),
                isRepeatable: true))
    }

    func signOutEverywhere(_ email: String, as principal: Principal) async throws(StoreError) {
        try await client.done(
            APICall(
                .signOutEverywhere, body: AccountPINBody(email: email), session: try principal.session(),
                isRepeatable: true))
    }

    func roles(as principal: Principal) async throws(StoreError) -> [Role] {
        try await client.many(APICall(.roles, session: try principal.session()))
    }

    func save(_ role: Role, as principal: Principal) async throws(StoreError) {
        try await client.done(
            APICall(.saveRole, body: role, session: try principal.session(), isRepeatable: true))
    }
}

/// Discount codes over the API.
struct RemoteDiscountService: DiscountService {
    let client: APIClient

    func discounts(as principal: Principal) async throws(StoreError) -> [Discount] {
        try await client.many(APICall(.discounts, session: try principal.session()))
    }

    func add(_ discount: Discount, as principal: Principal) async throws(StoreError) -> Discount {
        try await client.one(APICall(.addDiscount, body: discount, session: try principal.session()))
    }

    func change(_ code: String, _ change: DiscountChange, as principal: Principal)
        async throws(StoreError) -> Discount
    {
        try await client.one(
            APICall(
                .changeDiscount, code.cleanText, body: DiscountChangeBody(change),
                session: try principal.session(), isRepeatable: true, about: .discount(code.cleanText)))
    }
}
