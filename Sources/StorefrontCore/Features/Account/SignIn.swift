import StoreDomain

/// Sign in: two fields and what came of the last try.
public struct SignInState: Feature {
    public static let kind = ScreenKind.signIn

    public internal(set) var form = Form([
        Form.Field(Self.email, label: "E-mail", placeholder: "name@example.com", limit: 254, content: .email),
        Form.Field(Self.password, label: "Password", kind: .secret, limit: 200),
    ])
    public internal(set) var error: String?
    /// The last try was refused for a while; nil when that is over.
    public internal(set) var wait: SignInWait?
    private var refusals = 0
    /// What is asked is not about the fields.
    private var asksByKey = false
    /// Signing in is under way.
    public internal(set) var isBusy = false
    /// The program begins here, so that going back means browsing as a guest.
    public let isStart: Bool
    /// What the user was about to do.
    let then: Purpose
    /// The session of this user ended in the middle of something, which goes on once they are back.
    public let renews: User?

    enum Purpose: Hashable, Codable, Sendable { case shop, checkout, orders }

    static let email = "email"
    static let password = "password"

    /// With an e-mail that is known, the password is all that is to be typed.
    init(_ desk: Desk, isStart: Bool = false, then: Purpose = .shop, renews: User? = nil) {
        self.isStart = isStart
        self.then = then
        self.renews = renews
        guard let email = renews?.email ?? desk.context.lastEmail else { return }
        form.set(Self.email, email)
        form.select(Self.email)
        form.focus(on: Self.password)
    }

    /// What keeps from signing in, as a sentence; a wait is one e-mail's.
    public var problem: String? {
        if let wait, wait.email == form.text(Self.email) {
            return StoreError.signInMustWait(seconds: wait.seconds).screenText
        }
        return error
    }

    public var field: TextInput? { form.focused.input }

    public func hints(_ desk: Desk) -> [Hint] {
        [
            Hint(.submit, "sign in"), Hint(.nextField, "next field"), Hint(.register),
            Hint(.browseAsGuest), Hint(.useKey), Hint(.enterCode), Hint(.reveal),
        ]
    }

    // MARK: - Keys

    public var hasPanes: Bool { true }

    public func takesWalk(_ walk: Walk, _ desk: Desk) -> Bool { walk == .up || walk == .down }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        switch walk {
        case .up: form.move(forward: false)
        case .down: form.move(forward: true)
        case .halfPageUp, .halfPageDown, .pageUp, .pageDown, .first, .last: break
        }
        return []
    }

    public mutating func moveFocus(forward: Bool, _ desk: inout Desk) -> [Step] {
        form.move(forward: forward)
        return []
    }

    public mutating func edit(_ edit: TextEdit, _ desk: inout Desk) -> [Step] {
        guard !isBusy else { return [] }
        form.edit(edit)
        error = nil
        return []
    }

    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        guard !isBusy, !form.advance() else { return [] }
        let (email, password) = (form.text(Self.email), form.text(Self.password))
        guard !email.isEmpty, !password.isEmpty else {
            form.focus(on: email.isEmpty ? Self.email : Self.password)
            error = email.isEmpty ? "Enter your e-mail" : "Enter your password"
            return []
        }
        return signIn(email, Secret(password))
    }

    private mutating func signIn(_ email: String, _ password: Secret) -> [Step] {
        isBusy = true
        asksByKey = false
        error = nil
        return [.ask(.account(.signIn(email: email, password: password)))]
    }

    /// Fills in one of the accounts that every demo store has, and signs in with it.
    mutating func signIn(_ account: DemoAccount) -> [Step] {
        form.set(Self.email, account.email)
        form.set(Self.password, AppContext.demoPassword)
        form.focus(on: Self.password)
        return signIn(account.email, Secret(AppContext.demoPassword))
    }

    /// Signs in by what the visitor has come with.
    mutating func signIn(byKey request: AccountRequest) -> [Step] {
        isBusy = true
        asksByKey = true
        error = nil
        return [.ask(.account(request))]
    }

    /// Takes the code that adds the visitor's key to an account.
    public mutating func enterText(_ text: String, for purpose: Prompt.Purpose, _ desk: inout Desk)
        -> [Step]
    {
        guard purpose == .visitorCode, !isBusy, !text.trimmedText.isEmpty else { return [] }
        return signIn(byKey: .useCode(Secret(text)))
    }

    /// Behind it may lie what somebody saw whose session has ended: without the password nobody gets back there.
    public mutating func back(_ desk: inout Desk) -> [Step] {
        renews == nil ? [.pop] : Self.asksToSignOut(desk)
    }

    // MARK: - Answers

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .account(.signedIn(let answer)) = reply else { return [] }
        isBusy = false
        switch answer {
        case .success(let session): return welcome(session, &desk)
        case .failure(let error) where asksByKey:
            self.error = error.screenText
            return []
        case .failure(let error):
            form.focus(on: Self.password)
            if case .signInMustWait(let seconds) = error {
                // The password was not looked at, so it stays.
                refusals += 1
                wait = SignInWait(
                    email: form.text(Self.email), seconds: max(1, seconds), number: refusals)
                return []
            }
            wait = nil
            self.error = error.screenText
            form.set(Self.password, "")
            return []
        }
    }

    /// Goes on with what the user was about to do.
    private func welcome(_ session: Session, _ desk: inout Desk) -> [Step] {
        if let renews, renews.id == session.user.id {
            desk.say(.success, "Welcome back, \(session.user.name)")
            return [.signedIn(session), .pop, .tell(.renewed)] + desk.basket.quote(desk)
        }
        desk.say(.success, "Welcome, \(session.user.name)")
        return Self.leaving(renews, &desk) + Self.steps(to: then, as: session, &desk)
    }

    /// Another person than the one whose session ended: what was under way is not theirs.
    static func leaving(_ other: User?, _ desk: inout Desk) -> [Step] {
        guard let other else { return [] }
        desk.basket = Basket()
        return [.ask(.basket(.letGo(.user(other.id))))]
    }

    /// The guest's cart comes along.
    static func steps(to purpose: Purpose, as session: Session, _ desk: inout Desk) -> [Step] {
        let adopt = [Step.signedIn(session)] + desk.basket.adopt(userID: session.user.id)
        switch purpose {
        case .shop:
            let role = session.user.role
            // Whoever only sells begins at the till.
            let works =
                desk.context.hasTill && !desk.context.isReadOnly && role.allows(.sell)
                && !role.allows(.manageProducts)
            return adopt + [.start(.shop(ShopState()))] + (works ? [.to(.till(TillState()))] : [])
        case .checkout:
            desk.basket.goesOnToCheckout = true
            return adopt + [.start(.shop(ShopState())), .push(.cart(CartState()))]
        case .orders: return adopt + [.start(.shop(ShopState())), .push(.orders(OrdersState()))]
        }
    }

    /// So many seconds are left of the wait.
    mutating func waited(number: Int, left: Int, _ desk: inout Desk) {
        guard wait?.number == number else { return }
        if left > 0 {
            wait?.seconds = left
        } else {
            wait = nil
            desk.say(.info, "You can try to sign in again")
        }
    }

    /// Signs in, shows what there is to the account, or asks whether to sign out.
    static func toggle(_ feature: any Feature, _ desk: Desk) -> [Step] {
        guard desk.user != nil else {
            return feature is SignInState ? [] : [.push(.signIn(SignInState(desk)))]
        }
        if asksForPIN(feature, desk) {
            return [.open(.prompt(Prompt(.pin, limit: Badge.length.upperBound)))]
        }
        return desk.hasKeys ? [.push(.visitor(VisitorState()))] : asksToSignOut(desk)
    }

    /// At a till the next one comes by PIN.
    static func asksForPIN(_ feature: any Feature, _ desk: Desk) -> Bool {
        feature is TillState && desk.sellsAtTill && desk.context.kiosk == nil
    }

    static func asksToSignOut(_ desk: Desk) -> [Step] {
        let name = desk.user?.name ?? ""
        return [
            .open(
                .confirm(
                    Confirm(
                        .signOut, title: "Sign out?",
                        text: "Signed in as \(name). The cart is kept for you.", yes: "Sign out",
                        no: "Stay")))
        ]
    }

    // MARK: - Commands

    public static let commands: [CommandSpec] = [
        CommandSpec(
            .reveal, "Show password", "Show or hide the password", in: .screens([.signIn, .register]),
            keys: ["Ctrl-R"], spoken: .never, traits: [.inForms]
        ) { feature, _, _ in
            if var signIn = feature as? SignInState {
                signIn.form.isRevealed.toggle()
                feature = signIn
            } else if var register = feature as? RegisterState {
                register.form.isRevealed.toggle()
                feature = register
            }
            return []
        },
        CommandSpec(
            .register, "Register", "Make a new account", on: SignInState.self, keys: ["F6"],
            traits: [.inForms],
            available: { _, desk in
                desk.context.isReadOnly
                    ? .disabled("The store is read-only: no account can be made here") : .enabled
            }
        ) { signIn, _, _ in [.push(.register(RegisterState(then: signIn.then, renews: signIn.renews)))] },
        CommandSpec(
            .browseAsGuest, "Browse as guest", "Look around without an account", on: SignInState.self,
            keys: ["F7"], spoken: Spoken(["browse"]), traits: [.inForms]
        ) { signIn, _, _ in signIn.renews == nil ? [.toShop] : [.signOut, .toShop] },
    ]
}

extension Desk {
    /// Whether the person may be known by keys: a kiosk's customer.
    var hasKeys: Bool {
        guard context.visitor != nil, !context.isReadOnly, let user else { return false }
        return user.role.name == Role.customer.name
    }
}

extension Command {
    public static let reveal = Command("reveal")
    public static let register = Command("register")
    public static let browseAsGuest = Command("browseAsGuest")
}

/// How long one e-mail cannot sign in.
public struct SignInWait: Hashable, Codable, Sendable {
    let email: String
    /// Left; at least 1.
    public var seconds: Int
    /// Counts the waits of one sign-in screen.
    public let number: Int

    /// The seconds left when its sentence next says something else: seconds in the last minute, minutes
    /// before.
    public var next: Int { seconds > 60 ? (seconds - 1) / 60 * 60 : seconds - 1 }
}
