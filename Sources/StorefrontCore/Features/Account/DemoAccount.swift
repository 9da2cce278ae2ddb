import StoreDomain

/// One of the accounts of every demo store, to be picked on its sign-in screen.
public enum DemoAccount: Hashable, Sendable, CaseIterable {
    case customer, staff, admin, cashier, senior

    public var email: String { "\(name)@example.com" }
    public var command: Command { Command("demo" + name.capitalizedFirst) }

    private var name: String {
        switch self {
        case .customer: "customer"
        case .staff: "staff"
        case .admin: "admin"
        case .cashier: "cashier"
        case .senior: "senior"
        }
    }

    /// What is typed at the till for it; nil for who does not sell.
    public var pin: String? {
        switch self {
        case .customer: nil
        case .staff: "3333"
        case .admin: "9999"
        case .cashier: "1111"
        case .senior: "2222"
        }
    }

    /// Two keys each where there are two, as terminals keep some of either kind for themselves.
    private var keys: [String] {
        switch self {
        case .customer: ["F10", "Alt-1"]
        case .staff: ["F11", "Alt-2"]
        case .admin: ["F12", "Alt-3"]
        case .cashier: ["Alt-4"]
        case .senior: ["Alt-5"]
        }
    }

    static let commands = allCases.map(\.spec)

    private var spec: CommandSpec {
        CommandSpec(
            command, "Demo \(name)", "Sign in as the demo shop's \(name)", on: SignInState.self, keys: keys,
            spoken: Spoken([name]), traits: [.inForms],
            available: { signIn, desk in
                guard desk.context.isDemo else { return .absent }
                return signIn.isBusy ? .disabled("Signing in is under way") : .enabled
            }
        ) { signIn, _, _ in signIn.signIn(self) }
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
