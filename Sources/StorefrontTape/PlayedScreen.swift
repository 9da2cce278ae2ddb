import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// The program on a full screen without its terminal, its services and its time: what happens enters as values.
public struct PlayedScreen: Sendable {
    public private(set) var state: AppState
    public private(set) var size: Size
    private var context: ViewContext
    private var hands = Hands()
    private var theme: String
    /// A theme by its name; nil for one that is not here.
    private let themes: @Sendable (String) -> Theme?
    /// What was tried here.
    private(set) var coverage = Coverage()
    /// What stands in for what was typed into a field that must not be seen.
    public var secret = Secret(TextInput.standIn)
    /// Changes what events come to: puts a defect into the program, for tests of how it is found.
    public var defect: (@Sendable (TerminalEvent, [Gesture]) -> [Gesture])?

    public init(
        _ state: AppState, _ header: TapeHeader, zones: any ZoneSource,
        themes: @escaping @Sendable (String) -> Theme?
    ) {
        self.state = state
        self.themes = themes
        size = header.size
        theme = state.shownTheme
        context = ViewContext(
            render: RenderContext(
                theme: themes(header.theme) ?? .standard, glyphs: header.abilities.glyphs,
                colors: header.abilities.colors),
            keyMap: header.keyMap, zones: zones, reducedMotion: header.reducedMotion)
    }

    /// What one event leads to.
    public mutating func hear(_ event: TapedEvent) -> [Effect] {
        if case .secret = event {
            return dispatch(.edit(.end)) + dispatch(.edit(.killToStart))
                + dispatch(.edit(.insertSecret(secret)))
        }
        guard let (event, isAlone) = event.terminalEvent else { return [] }
        if case .resize(let size) = event { self.size = size }
        var hands = self.hands
        let (before, size, context) = (state, self.size, self.context)
        var gestures = hands.gestures(of: event, isAlone: isAlone, in: before) {
            AppView.render(before, size: size, context: context)
        }
        if let defect { gestures = defect(event, gestures) }
        var effects: [Effect] = []
        for gesture in gestures {
            let (now, context) = (state, self.context)
            let action = hands.action(of: gesture, in: now, keyMap: context.keyMap) {
                AppView.render(now, size: size, context: context).scroller
            }
            effects += dispatch(action)
        }
        self.hands = hands
        return effects
    }

    public mutating func dispatch(_ action: AppAction) -> [Effect] {
        if case .command(let command) = action { coverage.note(command, in: state) }
        let effects = AppModel.update(&state, action)
        coverage.note(state.kind)
        if state.shownTheme != theme {
            theme = state.shownTheme
            if let shown = themes(theme) {
                context.render = RenderContext(
                    theme: shown, glyphs: context.render.glyphs, colors: context.render.colors)
            }
        }
        return effects
    }

    /// Goes on from another state.
    mutating func go(to state: AppState) {
        self.state = state
        theme = state.shownTheme
    }

    /// - Parameter count: what the header says of the recording; nil for nothing.
    public func surface(_ count: RecordedCount? = nil) -> Surface { surface(of: state, count) }

    /// Where what lies over the screen is; nil where nothing does.
    var dialog: Rect? { AppView.dialog(of: state, size: size, context: context) }

    /// How the theme that shows draws what it means.
    func style(_ role: ThemeRole) -> Style { context.render.style(role) }

    /// Whether the picture is the one with that hash: as it is, or as a recorder draws it where a secret is in the state.
    func shows(_ hash: String, _ count: RecordedCount) -> Bool {
        if StableHash(surface(count)).text == hash { return true }
        guard let hidden = TapeCoder.value(AppState.self, of: TapeCoder.text(of: state)) else { return false }
        return StableHash(surface(of: hidden, count)).text == hash
    }

    private func surface(of state: AppState, _ count: RecordedCount?) -> Surface {
        var context = context
        context.recorded = count
        return AppView.render(state, size: size, context: context).surface
    }
}
