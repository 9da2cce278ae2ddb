import StoreDomain

/// Signing in by the key that a kiosk's visitor has come with.
enum KeySignIn {
    static let commands = [
        CommandSpec(
            .useKey, "Go on with my key",
            "Sign in by the SSH key that you came with; a new one is remembered",
            on: SignInState.self, keys: ["Alt-k"], spoken: Spoken(["key"]), traits: [.inForms],
            available: availability
        ) { signIn, _, _ in signIn.signIn(byKey: .useKey) },
        CommandSpec(
            .enterCode, "Enter a code", "Add your key to the account that shows this code elsewhere",
            on: SignInState.self, keys: ["Alt-c"], spoken: Spoken(["code"], argument: .text),
            traits: [.inForms], available: availability
        ) { _, _, _ in [.open(.prompt(Prompt(.visitorCode, limit: 20)))] },
    ]

    private static func availability(_ signIn: SignInState, _ desk: Desk) -> Availability {
        guard desk.context.visitor?.key != nil, signIn.renews == nil else { return .absent }
        if desk.context.isReadOnly { return .disabled("The store is read-only: nobody is remembered here") }
        return signIn.isBusy ? .disabled("Signing in is under way") : .enabled
    }
}

extension Command {
    public static let useKey = Command("useKey")
    public static let enterCode = Command("enterCode")
}
