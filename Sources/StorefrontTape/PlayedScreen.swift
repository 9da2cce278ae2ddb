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
    /// Where the session began, and begins anew when the program is killed.
    private let start: AppState
    private var lastKey: Key?
    /// What is typed comes all at once.
    private var isReadSlowly = false
    /// The size that it has, whatever was done to it; nil for that of the tape.
    private let fixedSize: Size?
    /// The header said how many steps were on the tape.
    private let countsSteps: Bool
    /// A theme by its name; nil for one that is not here.
    private let themes: @Sendable (String) -> Theme?
    /// What was tried here.
    private(set) var coverage = Coverage()
    /// What stands in for what was typed into a field that must not be seen.
    public var secret = Secret(TextInput.standIn)
    /// Changes what events come to: puts a defect into the program, for tests of how it is found.
    public var defect: (@Sendable (TerminalEvent, [Gesture]) -> [Gesture])?

    /// - Parameter size: whatever the tape says of it; nil for that of the tape.
    public init(
        _ state: AppState, _ header: TapeHeader, zones: any ZoneSource, size fixed: Size? = nil,
        themes: @escaping @Sendable (String) -> Theme?
    ) {
        self.state = state
        start = state
        self.themes = themes
        fixedSize = fixed
        countsSteps = header.facts.countsSteps ?? true
        size = fixed ?? header.size
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
        return hear(event, isAlone: isAlone && !isReadSlowly)
    }

    private mutating func hear(_ event: TerminalEvent, isAlone: Bool = true) -> [Effect] {
        if case .resize(let size) = event {
            if fixedSize != nil { return [] }
            self.size = size
        }
        if case .key(let key) = event { lastKey = key }
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
        if case .resized(let viewport) = action, fixedSize != nil, viewport != AppView.viewport(size) {
            return dispatch(.resized(AppView.viewport(size)))
        }
        if case .command(let command) = action { coverage.note(command, in: state) }
        let overlays = state.overlays.count
        let effects = AppModel.update(&state, action)
        coverage.note(state.kind)
        if state.overlays.count > overlays, let overlay = state.overlays.last { coverage.note(overlay) }
        coverage.note(size, theme: theme, isUnicode: context.render.glyphs.repertoire == .unicode)
        if state.shownTheme != theme {
            theme = state.shownTheme
            if let shown = themes(theme) { look(like: shown, in: context.render.colors) }
        }
        return effects
    }

    /// Whether it would mean something else once an answer is there that is on its way.
    func waits(_ line: TapeLine) -> Bool {
        guard !state.desk.requests.open.isEmpty else { return false }
        switch line {
        case .event(let event):
            if case .secret = event { return state.waits(.edit(.end)) }
            guard let heard = event.terminalEvent?.event else { return false }
            return state.waits(action(of: heard))
        // Nobody is asked before a window is closed.
        case .fault(.terminal(.hangup)): return false
        case .fault(.terminal): return state.waits(.resized(AppView.viewport(size)))
        case .fault(.hands): return state.waits(nil)
        case .action, .plain, .effects, .frame, .text, .state, .lineState, .mark, .check, .end, .fault,
            .unreadable:
            return false
        }
    }

    private func action(of event: TerminalEvent) -> AppAction? {
        switch event {
        case .key(let key): context.keyMap.action(for: key, in: state)
        case .scan(let scan): .scanned(scan.code)
        case .paste(let text): state.pasting(text)
        case .resize(let size): .resized(AppView.viewport(size))
        case .focus: .focused
        case .mouse, .resumed, .ended: nil
        }
    }

    /// What a fault of the terminal, of hands or of the program itself leads to; all others are the shop's.
    mutating func suffer(_ fault: TapedFault) -> [Effect] {
        switch fault {
        case .terminal(.storm):
            let own = size
            return (Self.stormSizes + [own]).flatMap { hear(.resize($0)) }
        case .terminal(.small): return hear(.resize(Self.smallSize))
        case .terminal(.suspend): return hear(.resumed)
        case .terminal(.eightColors):
            look(like: themes(theme) ?? .standard, in: .ansi8)
            return []
        case .hands(.scan): return hear(.scan(Scan(Self.code)))
        case .hands(.paste): return hear(.paste(Self.pasted))
        case .hands(.repeats(let times)):
            guard let lastKey else { return [] }
            return (0..<times).flatMap { _ in hear(.key(lastKey)) }
        case .terminal(.slow):
            isReadSlowly = true
            return []
        case .over:
            isReadSlowly = false
            return []
        case .process(.now), .terminal(.hangup):
            hands = Hands()
            lastKey = nil
            isReadSlowly = false
            go(to: start)
            return dispatch(.resized(AppView.viewport(size))) + dispatch(.started)
        case .process(.before), .process(.after), .call, .store, .others, .net, .clock, .answers, .signedOut:
            return []
        }
    }

    private static let smallSize = Size(width: 40, height: 12)
    private static let stormSizes = [(200, 60), (20, 5), (40, 12), (1, 1), (132, 43), (79, 23)].map {
        Size(width: $0, height: $1)
    }
    /// Of a product that every demo shop has.
    private static let code = "2000000000237"
    private static let pasted =
        String(repeating: "9", count: 300) + "\n\u{1B}[31m"
        + String(repeating: "\u{7DD1}e\u{301} ", count: 40)

    private mutating func look(like theme: Theme, in colors: ColorDepth) {
        context.render = RenderContext(theme: theme, glyphs: context.render.glyphs, colors: colors)
    }

    /// The looks that the session has.
    var render: RenderContext { context.render }

    /// Goes on from another state.
    mutating func go(to state: AppState) {
        self.state = state
        if fixedSize != nil { _ = AppModel.update(&self.state, .resized(AppView.viewport(size))) }
        guard state.shownTheme != theme else { return }
        theme = state.shownTheme
        if let shown = themes(theme) { look(like: shown, in: context.render.colors) }
    }

    /// - Parameter count: what the header says of the recording; nil for nothing.
    public func surface(_ count: RecordedCount? = nil) -> Surface { surface(of: state, count) }

    /// Where what lies over the screen is; nil where nothing does.
    var dialog: Rect? { AppView.dialog(of: state, size: size, context: context) }

    /// How the theme that shows draws what it means.
    func style(_ role: ThemeRole) -> Style { context.render.style(role) }

    /// Whether the picture is the one with that hash: as it is, or as a recorder draws it where a secret is in the state.
    func shows(_ hash: String, _ count: RecordedCount) -> Bool {
        StableHash(surface(count)).text == hash || StableHash(hiddenSurface(count)).text == hash
    }

    /// The picture as a recorder draws it where a secret is in the state: dots stand for it.
    func hiddenSurface(_ count: RecordedCount) -> Surface {
        // What was written can be read.
        let hidden = TapeCoder.value(AppState.self, of: TapeCoder.text(of: state))
        return surface(of: hidden ?? state.withoutSecrets, count)
    }

    private func surface(of state: AppState, _ count: RecordedCount?) -> Surface {
        var context = context
        context.recording = count.map { countsSteps ? .counted($0) : .running }
        return AppView.render(state, size: size, context: context).surface
    }
}
