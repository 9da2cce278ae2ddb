/// A form in which a picture of the screen is saved.
public enum PictureForm: String, Hashable, Codable, Sendable, CaseIterable {
    /// For browsers and documents.
    case svg
    /// The rows as they read.
    case text
    /// With the colours as a terminal is sent them.
    case ansi
}

extension Command {
    public static let saveScreen = Command("saveScreen")
    public static let saveScreenText = Command("saveScreenText")
    public static let saveScreenAnsi = Command("saveScreenAnsi")
}

extension CommandSpec {
    /// Saves what the screen shows.
    static func saving(_ form: PictureForm, _ command: Command, _ title: String, _ help: String)
        -> CommandSpec
    {
        CommandSpec(
            command, title, help, spoken: .never, traits: [.whileBusy, .ofHost, .overOverlays],
            available: { _, desk in
                desk.context.isThrowAway && desk.context.qa == nil
                    ? .disabled(
                        "This is a throw-away shop: nothing is kept; storefront render draws its screens")
                    : .enabled
            }
        ) { _, _, _ in [.saveScreen(form)] }
    }
}

extension AppState {
    /// The same, with passwords that are shown hidden: for pictures that leave the screen.
    public var withoutSecrets: AppState {
        var state = self
        state.way = way.map { screen in
            switch screen {
            case .signIn(var signIn):
                signIn.form.isRevealed = false
                return .signIn(signIn)
            case .register(var register):
                register.form.isRevealed = false
                return .register(register)
            case .welcome, .shop, .product, .cart, .checkout, .receipt, .orders, .order, .baskets, .returns,
                .importing, .till, .shift, .looseReturns, .giftCards, .customers, .visitor, .approvals,
                .office, .counting, .reports, .products, .stock, .firstSteps:
                return screen
            }
        }
        return state
    }
}
