import StoreDomain

public enum AccountRequest: Hashable, Codable, Sendable {
    case signIn(email: String, password: Secret)
    case register(Registration)
    case signOut(Session)
    /// Signs in by the key that the visitor has come with.
    case useKey
    case useCode(Secret)
    /// Gives the signed-in visitor's account an e-mail and a password.
    case setPassword(Registration)

    var terms: Terms {
        switch self {
        case .signIn: Terms(slot: "signIn", title: "Signing in", screen: .signIn, keepsBack: .all)
        case .register:
            Terms(slot: "signIn", title: "Making the account", screen: .register, keepsBack: .all)
        case .signOut: Terms(mustFinish: true)
        case .useKey, .useCode: Terms(slot: "signIn", title: "Signing in", screen: .signIn, keepsBack: .all)
        case .setPassword:
            Terms(slot: "signIn", title: "Setting the password", screen: .register, keepsBack: .all)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> AccountAction {
        let auth = outside.services.auth
        return switch self {
        case .signIn(let email, let password):
            .signedIn(
                await .of { () throws(StoreError) in
                    try await auth.signIn(email: email, password: password)
                })
        case .register(let registration):
            .signedIn(await .of { () throws(StoreError) in try await auth.register(registration) })
        case .signOut(let session):
            .signedOut(
                await .of { () throws(StoreError) in
                    try await auth.signOut(session)
                    return Done()
                })
        case .useKey:
            .signedIn(await .of { () throws(StoreError) in try await outside.visitor().remember() })
        case .useCode(let code):
            .signedIn(
                await .of { () throws(StoreError) in
                    try await outside.visitor().useCode(code.revealed)
                })
        case .setPassword(let registration):
            .signedIn(
                await .of { () throws(StoreError) in
                    try await outside.visitor().setPassword(registration, as: principal)
                })
        }
    }
}

extension Outside {
    /// Who the visitor is by his key.
    fileprivate func visitor() throws(StoreError) -> any VisitorService {
        guard let visitor = services.visitor else { throw .unsupported("keys") }
        return visitor
    }
}

public enum AccountAction: Hashable, Codable, Sendable {
    case signedIn(Answer<Session>)
    case signedOut(Answer<Done>)

    var failure: StoreError? {
        switch self {
        case .signedIn(let answer): answer.failure
        case .signedOut(let answer): answer.failure
        }
    }
}

extension AppState {
    mutating func receive(_ action: AccountAction) -> [Effect] {
        if case .signedOut(.failure(let error)) = action { desk.say(error) }
        return []
    }

    /// The session of a request has ended: asks for the password over whatever is under way, which stays as it is.
    /// It is asked for once: what else was under way in that session ends without a word.
    ///
    /// - Parameter said: what stood in the status line before the request's answer.
    mutating func endSession(of request: Request, said: StatusMessage?) -> [Effect] {
        guard case .user(let session) = desk.principal, case .user(let asked) = request.principal,
            asked.isSameSignIn(as: session)
        else { return [] }
        if isRenewing {
            desk.status = said
            return []
        }
        guard kind != .signIn else { return [] }
        overlays = []
        desk.say(.warning, "Your session has ended. Enter your password to go on where you were.")
        return apply([.push(.signIn(SignInState(desk, renews: session.user)))])
    }

    /// Whether the password of a session that has ended is being asked for.
    private var isRenewing: Bool {
        way.contains { if case .signIn(let signIn) = $0 { signIn.renews != nil } else { false } }
    }

    mutating func signOutIdle() -> [Effect] {
        guard user != nil, screen.feature.busyReason == nil else { return [] }
        let place = RestingPlace(self)
        let effects = forgetPerson()
        resting = place
        desk.say(.info, "Signed out after \(desk.context.idleMinutes.counted("minute"))")
        return effects
    }
}
