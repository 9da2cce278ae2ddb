import StoreDomain

/// What the program itself asks: whichever screen shows.
public enum ProgramRequest: Hashable, Codable, Sendable {
    case keepTheme(String)
    /// Remembers the e-mail of whoever has signed in.
    case keepEmail(String)
    /// Gives what is copied to tmux.
    case copy(Copied)
    /// Looks for a shop at an address as it was typed.
    case connect(String)
    /// Waits a while, longer after more attempts, and asks whether the server is there.
    case reconnect(attempt: Int)
    /// Asks for the shop's rules: a server's, or what has become of a store's.
    case policy
    /// Asks what has become of the account of whoever is there, and of what it may do.
    case account(Session)
    /// Asks for products to show while nobody is there.
    case showcase

    var terms: Terms {
        switch self {
        case .keepTheme, .keepEmail: Terms(mustFinish: true, isPublic: true)
        case .copy: Terms(slot: "copy", title: "Copying")
        case .connect: Terms(slot: "connect", title: "Connecting", isPublic: true, keepsBack: .all)
        case .policy: Terms(slot: "policy", isPublic: true)
        case .account: Terms(slot: "own account")
        case .showcase: Terms(slot: "showcase", isPublic: true)
        case .reconnect: Terms(slot: Self.reconnectSlot, isPublic: true)
        }
    }

    /// It goes on by itself: no person waits for it.
    public static let reconnectSlot = "reconnect"

    func answered(by outside: Outside) async -> ProgramAction {
        switch self {
        case .keepTheme(let name):
            .themeKept(
                await .of { () throws(StoreError) in
                    try outside.ports.keepTheme(named: name)
                    return Done()
                })
        case .keepEmail(let email):
            .emailKept(
                await .of { () throws(StoreError) in
                    try await outside.ports.keepEmail(email)
                    return Done()
                })
        case .copy(let copied):
            .copied(
                copied,
                await .of { () throws(StoreError) in
                    try await outside.ports.copyThroughTmux(outside.text(of: copied))
                    return Done()
                })
        case .connect(let address):
            .connected(
                address: address,
                await .of { () throws(StoreError) in try await outside.ports.findShop(at: address) })
        case .policy:
            .policy(
                await .of { () throws(StoreError) in try await outside.services.policy.current() })
        case .account(let session):
            .account(
                await .of { () throws(StoreError) in
                    try await outside.services.auth.currentUser(of: session)
                })
        case .showcase:
            .showcase(
                await .of { () throws(StoreError) in
                    try await outside.services.catalog.page(ProductQuery(), at: .first, perPage: 24).products
                })
        case .reconnect(let attempt):
            .reconnectTried(attempt: attempt, succeeded: await outside.ports.reconnect(attempt: attempt))
        }
    }
}

public enum ProgramAction: Hashable, Codable, Sendable {
    case themeKept(Answer<Done>)
    case emailKept(Answer<Done>)
    case copied(Copied, Answer<Done>)
    /// The address of the shop in its one spelling, and as it was typed.
    case connected(address: String, Answer<String>)
    case reconnectTried(attempt: Int, succeeded: Bool)
    case policy(Answer<PolicyVersion>)
    case account(Answer<User>)
    case showcase(Answer<[Product]>)

    var failure: StoreError? {
        switch self {
        case .themeKept(let answer), .emailKept(let answer): answer.failure
        case .copied(_, let answer): answer.failure
        case .connected(_, let answer): answer.failure
        case .reconnectTried: nil
        case .policy(let answer): answer.failure
        case .account(let answer): answer.failure
        case .showcase(let answer): answer.failure
        }
    }
}

extension AppState {
    mutating func receive(_ action: ProgramAction) -> [Effect] {
        switch action {
        case .themeKept(.success), .emailKept(.success): return []
        case .themeKept(.failure(let error)), .emailKept(.failure(let error)):
            desk.say(error)
            return []
        case .copied(let what, let answer): return copied(what, answer)
        case .connected(let asked, let answer): return connected(asked, answer)
        case .policy(.success(let version)):
            guard version.policy != desk.policy else { return [] }
            desk.context.policy = version.policy
            return apply(desk.quoteBasket())
        // Without it the rules known so far are shown; what counts is what the store says of each sale.
        case .policy(.failure): return []
        case .account(.success(let user)): return account(isNow: user)
        // What counts is what the shop says of each request.
        case .account(.failure): return []
        case .showcase(.success(let products)):
            visit.showcase = products.filter { !$0.stock.isSoldOut }
            return []
        // The shop's name alone invites as well.
        case .showcase(.failure): return []
        case .reconnectTried(let attempt, let succeeded):
            guard case .offline = desk.connection else { return [] }
            return succeeded
                ? connection(isNow: .connected) : apply([.ask(.program(.reconnect(attempt: attempt + 1)))])
        }
    }

    /// Only the prompt that still waits for this address wants it.
    private mutating func connected(_ asked: String, _ answer: Answer<String>) -> [Effect] {
        var waits = false
        updatePrompt(.server) { prompt in
            waits = prompt.isBusy && prompt.input.text == asked
            guard waits, let error = answer.failure else { return }
            prompt.isBusy = false
            prompt.problem =
                if case .invalid(let problems) = error {
                    "The address " + problems.map(\.reason).joined(separator: ", ")
                } else {
                    error.screenText
                }
        }
        guard waits, case .success(let address) = answer else { return [] }
        return apply([.endFor(address)])
    }

    /// Who is there stays; what the account may do shows from here on.
    private mutating func account(isNow user: User) -> [Effect] {
        guard case .user(let session) = desk.principal, session.user.id == user.id, session.user != user
        else { return [] }
        desk.principal = .user(session.with(user))
        guard session.user.role != user.role else { return [] }
        desk.say(.info, "What your account may do has changed")
        return tell(.changedElsewhere(ShopChanges(orders: .any)))
    }

    /// What losing and finding the server again means. What was loaded stays usable in between.
    mutating func connection(isNow connection: ConnectionState) -> [Effect] {
        let before = desk.connection
        desk.connection = connection
        switch (before, connection) {
        case (.offline, .offline), (.connected, .connected), (.connected, .slow), (.slow, .connected),
            (.slow, .slow):
            return []
        case (.connected, .offline), (.slow, .offline):
            desk.say(
                .warning, "Offline: what was loaded can still be used; the shop tries again by itself")
            return apply([.ask(.program(.reconnect(attempt: 1)))])
        case (.offline, .connected), (.offline, .slow):
            desk.say(.success, "Connected again")
            return tell(.reachable) + apply([.ask(.program(.policy))])
                + apply(desk.basket.quote(desk) + desk.basket.compare())
        }
    }
}
