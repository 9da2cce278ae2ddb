import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// Drives the model as the runtime does, with a shop that answers at once or when the test says so. Prints as
/// the screen it leads to, for the message of a failing test.
public struct ModelDriver: CustomStringConvertible {
    public private(set) var state: AppState
    public var shop: FixtureShop
    /// Requests that wait for their answer, while `holdsAnswers`.
    public private(set) var held: [Request] = []
    /// Everything ordered so far.
    public private(set) var effects: [Ordered] = []
    /// Everything that happened so far.
    public private(set) var actions: [AppAction] = []
    public var holdsAnswers = false

    /// What the model ordered, without number and sender.
    public enum Ordered: Hashable {
        case ask(Ask)
        case beep, redraw, suspend
        case copy(Copied)
        case saveScreen(PictureForm)
        case note(QANote)

        init(_ effect: Effect) {
            switch effect {
            case .ask(let request): self = .ask(request.ask)
            case .beep: self = .beep
            case .redraw: self = .redraw
            case .suspend: self = .suspend
            case .copy(let copied): self = .copy(copied)
            case .saveScreen(let form): self = .saveScreen(form)
            case .note(let note): self = .note(note)
            }
        }
    }

    public init(
        start: StartScreen = .shop,
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
            self.actions.append(action)
            for effect in AppModel.update(&state, action) {
                effects.append(Ordered(effect))
                guard case .ask(let request) = effect else { continue }
                if holdsAnswers { held.append(request) } else { answer(request) }
            }
        }
    }

    private mutating func answer(_ request: Request) {
        if let reply = shop.reply(to: request) { send(.replied(request.id, reply)) }
    }

    public mutating func press(_ commands: Command...) {
        for command in commands { press(command, times: 1) }
    }

    public mutating func press(_ command: Command, times: Int) {
        for _ in 0..<times { send(command.action(command.walk == nil ? nil : frame.scroller)) }
    }

    public mutating func type(_ text: String) {
        for character in text {
            let isSecret = state.focusedField?.isSecret == true
            send(.edit(isSecret ? .insertSecret(Secret(String(character))) : .insert(String(character))))
        }
    }

    public mutating func number(_ digits: String) {
        for digit in digits.compactMap(\.wholeNumberValue) { send(.digit(digit)) }
    }

    /// Answers what was held back, the oldest first.
    public mutating func answerAll() {
        let waiting = held
        held = []
        for request in waiting { answer(request) }
    }

    /// Answers the request at `index` of those held back.
    public mutating func answer(heldAt index: Int) { answer(held.remove(at: index)) }

    /// Gives the oldest request held back that `isMeant` an answer of the test's own.
    public mutating func reply(_ reply: Reply, to isMeant: (Ask) -> Bool) {
        guard let index = held.firstIndex(where: { isMeant($0.ask) }) else { return }
        send(.replied(held.remove(at: index).id, reply))
    }

    /// What `body` orders, without what was ordered before.
    public mutating func effects(of body: (inout ModelDriver) -> Void) -> [Ordered] {
        let before = effects.count
        body(&self)
        return Array(effects[before...])
    }

    public mutating func signIn(_ role: Role) {
        press(.account)
        // With an e-mail there already, the password has the keys; what is typed over it replaces it.
        if state.signIn?.form.focused.name == "password" { press(.previousField) }
        type("\(role.name)@example.com")
        press(.nextField)
        type(AppContext.demoPassword)
        press(.submit)
    }

    public var frame: Frame { ModelDriver.frame(of: state) }

    public static func frame(of state: AppState) -> Frame {
        let viewport = state.desk.viewport
        let size = Size(width: max(40, viewport.width), height: max(12, viewport.height))
        let context = ViewContext(render: RenderContext(theme: .standard, glyphs: .unicode))
        return AppView.render(state, size: size, context: context)
    }

    public var description: String { frame.surface.text }
}
