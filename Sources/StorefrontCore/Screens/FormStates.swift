import StoreDomain

/// Sign in: two fields and what came of the last try.
public struct SignInState: Hashable, Sendable {
    public enum Field: Int, Hashable, Sendable, CaseIterable { case email, password }

    public internal(set) var email = TextInput(limit: 254)
    public internal(set) var password = TextInput(limit: 200)
    public internal(set) var focus = Field.email
    public internal(set) var isRevealed = false
    public internal(set) var error: String?
    /// The last try was refused for a while; nil when that is over.
    public internal(set) var wait: SignInWait?
    /// Signing in is under way.
    var request: RequestID?
    /// The program begins here, so that going back means browsing as a guest.
    public internal(set) var isStart = false
    /// What the user was about to do.
    var thenCheckout = false
    var thenOrders = false
    /// The session of this user ended in the middle of something, which goes on once they are back.
    public internal(set) var renews: User?

    init(isStart: Bool = false) { self.isStart = isStart }

    public var isBusy: Bool { request != nil }

    /// What keeps from signing in, as a sentence; a wait is one e-mail's.
    public var problem: String? {
        if let wait, wait.email == email.text {
            return StoreError.signInMustWait(seconds: wait.seconds).screenText
        }
        return error
    }
}

/// How long nobody may sign in with one e-mail.
public struct SignInWait: Hashable, Sendable {
    let email: String
    /// Left; at least 1.
    public var seconds: Int
    /// The try that was refused.
    public let request: RequestID

    /// The seconds left when its sentence next says something else: seconds in the last minute, minutes
    /// before.
    public var next: Int { seconds > 60 ? (seconds - 1) / 60 * 60 : seconds - 1 }
}

/// Register: four fields with their rules shown while typing.
public struct RegisterState: Hashable, Sendable {
    public enum Field: Int, Hashable, Sendable, CaseIterable {
        case name, email, password, again

        /// The name the domain knows it by.
        var contractName: String {
            switch self {
            case .name: "name"
            case .email: "email"
            case .password, .again: "password"
            }
        }
    }

    public internal(set) var name = TextInput(limit: 255)
    public internal(set) var email = TextInput(limit: 254)
    public internal(set) var password = TextInput(limit: 200)
    public internal(set) var again = TextInput(limit: 200)
    public internal(set) var focus = Field.name
    public internal(set) var isRevealed = false
    /// By field; shown beside it.
    public internal(set) var problems: [Field: String] = [:]
    public internal(set) var error: String?
    /// The first account of an empty store.
    public internal(set) var makesAdmin = false
    var request: RequestID?

    public var isBusy: Bool { request != nil }
    public var isTouched: Bool { !name.isEmpty || !email.isEmpty || !password.isEmpty || !again.isEmpty }

    public var strength: PasswordStrength? {
        password.isEmpty ? nil : PasswordStrength(of: Secret(password.text))
    }

    /// Each rule and whether what is typed meets it.
    public var rules: [(rule: String, isMet: Bool)] {
        let secret = Secret(password.text)
        return [
            ("8 characters or more", PasswordRule.longEnough.isMet(by: secret)),
            ("at most 72 bytes", PasswordRule.fitsBcrypt.isMet(by: secret)),
            ("both entries alike", !password.isEmpty && password.text == again.text),
        ]
    }

    public internal(set) subscript(field: Field) -> TextInput {
        get {
            switch field {
            case .name: name
            case .email: email
            case .password: password
            case .again: again
            }
        }
        set {
            switch field {
            case .name: name = newValue
            case .email: email = newValue
            case .password: password = newValue
            case .again: again = newValue
            }
        }
    }
}

/// The first start on an empty store.
public struct WelcomeState: Hashable, Sendable {
    public enum Choice: Int, Hashable, Sendable, CaseIterable {
        case makeAdmin, loadDemoData, connect, lookAround
    }

    public internal(set) var selection = Choice.makeAdmin
    /// Products made so far and in all, while demo data is loading.
    public internal(set) var progress: Progress?
    public internal(set) var error: StoreError?

    public struct Progress: Hashable, Sendable {
        public let done: Int
        public let total: Int
    }
}
