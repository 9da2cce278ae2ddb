import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// Drives the model as the runtime does, with a shop that answers at once or when the test says so. Prints as
/// the screen it leads to, for the message of a failing test.
public struct ModelDriver: CustomStringConvertible {
    public private(set) var state: AppState
    public var shop: FixtureShop
    /// Effects that wait for their answer, while `holdsAnswers`.
    public private(set) var held: [Effect] = []
    /// Every effect so far.
    public private(set) var effects: [Effect] = []
    public var holdsAnswers = false

    public init(
        start: ScreenKind = .shop,
        context: AppContext = AppContext(policy: ShopPolicy(shopName: "Corner Shop")),
        viewport: Viewport = Viewport(width: 80, height: 24, shopRows: 17, orderRows: 18, hasSideBar: false),
        shop: FixtureShop? = nil
    ) throws {
        state = AppState(context: context, start: start)
        self.shop = try shop ?? FixtureShop()
        send(.resized(viewport))
        send(.started)
    }

    public mutating func send(_ actions: AppAction...) {
        for action in actions {
            for effect in AppModel.update(&state, action) {
                effects.append(effect)
                if holdsAnswers {
                    held.append(effect)
                } else if let answer = shop.answer(effect) {
                    send(answer)
                }
            }
        }
    }

    public mutating func press(_ commands: Command...) {
        for command in commands { send(.command(command)) }
    }

    public mutating func press(_ command: Command, times: Int) {
        for _ in 0..<times { send(.command(command)) }
    }

    public mutating func type(_ text: String) {
        for character in text { send(.edit(.insert(String(character)))) }
    }

    public mutating func number(_ digits: String) {
        for digit in digits.compactMap(\.wholeNumberValue) { send(.digit(digit)) }
    }

    /// Answers what was held back, the oldest first.
    public mutating func answerAll() {
        let waiting = held
        held = []
        for effect in waiting { if let answer = shop.answer(effect) { send(answer) } }
    }

    /// Answers the effect at `index` of those held back.
    public mutating func answer(heldAt index: Int) {
        let effect = held.remove(at: index)
        if let answer = shop.answer(effect) { send(answer) }
    }

    /// What `body` orders, without what was ordered before.
    public mutating func effects(of body: (inout ModelDriver) -> Void) -> [Effect] {
        let before = effects.count
        body(&self)
        return Array(effects[before...])
    }

    public mutating func signIn(_ role: Role) {
        press(.account)
        type("\(role.rawValue)@example.com")
        press(.nextField)
        type(AppContext.demoPassword)
        press(.submit)
    }

    public var description: String {
        let size = Size(width: max(40, state.viewport.width), height: max(12, state.viewport.height))
        let context = ViewContext(render: RenderContext(theme: .standard, glyphs: .unicode))
        return AppView.render(state, size: size, context: context).surface.text
    }
}
