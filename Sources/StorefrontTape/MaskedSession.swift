import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// A session beside the one that is recorded, in which stand-ins are typed and answered: what a masked tape has of
/// orders, pictures and states comes from here, so that nothing of the session itself can be among it. Where it goes
/// another way than the session, it takes the session's state with stand-ins.
struct MaskedSession {
    private enum Shell {
        case screen(PlayedScreen)
        case lines(PlainFilm)
    }

    private var shell: Shell
    /// What it has ordered, and printed, and no line has told yet.
    private var ordered: [Effect] = []
    private var printed = ""
    /// It has gone another way.
    private(set) var isAstray = false
    /// What was typed last must not be seen, so that only the session's state tells what came of it.
    private var hasSecret = false

    /// nil where its beginning means nothing with stand-ins.
    init?(_ header: TapeHeader, zones: any ZoneSource, themes: @escaping @Sendable (String) -> Theme?) {
        guard let state = header.state else { return nil }
        if let lines = header.lines {
            shell = .lines(PlainFilm(state, keyMap: header.keyMap, zones: zones, shell: lines))
        } else {
            shell = .screen(PlayedScreen(state, header, zones: zones, themes: themes))
        }
    }

    /// What came from a terminal, with stand-ins already.
    mutating func hear(_ event: TapedEvent) {
        settle()
        switch shell {
        case .screen(var screen):
            ordered += screen.hear(event)
            shell = .screen(screen)
        case .lines: if let input = event.plainInput { hear(.input(input)) }
        }
        if case .secret = event { hasSecret = true }
        if case .secretLine = event { hasSecret = true }
    }

    /// nil for what means nothing with stand-ins: the session's state tells what came of it.
    mutating func hear(_ action: AppAction) -> AppAction? {
        settle()
        guard let masked = MaskingCoder.masked(action), case .screen(var screen) = shell else {
            isAstray = true
            return nil
        }
        ordered += screen.dispatch(masked)
        shell = .screen(screen)
        return masked
    }

    mutating func hear(line event: PlainEvent) -> PlainEvent? {
        settle()
        guard let masked = MaskingCoder.masked(event) else {
            isAstray = true
            return nil
        }
        hear(masked)
        return masked
    }

    private mutating func hear(_ event: PlainEvent) {
        guard case .lines(var film) = shell else { return }
        let outcome = film.hear(event)
        shell = .lines(film)
        printed += outcome.text
        ordered += outcome.effects
    }

    /// What it has ordered where the session has ordered that.
    mutating func effects(like real: [Effect]) -> [Effect] {
        let own = Array(ordered.prefix(real.count))
        ordered.removeFirst(own.count)
        if own.map(\.kind) != real.map(\.kind) { isAstray = true }
        return own
    }

    /// The session's state comes: what it is here.
    ///
    /// - Returns: nil where that cannot be told with stand-ins.
    mutating func take(_ state: AppState) -> AppState? {
        guard case .screen(var screen) = shell else { return nil }
        guard isAstray || hasSecret else { return screen.state }
        guard let masked = MaskingCoder.masked(state) else { return nil }
        screen.go(to: masked)
        shell = .screen(screen)
        comeBack()
        return masked
    }

    mutating func take(_ state: PlainState) -> PlainState? {
        guard case .lines(var film) = shell, let masked = MaskingCoder.masked(state) else { return nil }
        film.state = masked
        shell = .lines(film)
        comeBack()
        return masked
    }

    private mutating func comeBack() { (isAstray, hasSecret, ordered) = (false, false, []) }

    /// A step is over: what it has ordered and the session has not is another way.
    private mutating func settle() {
        guard case .screen = shell, !ordered.isEmpty, !hasSecret else { return }
        isAstray = true
        ordered = []
    }

    /// nil for a session in lines.
    func surface(_ count: RecordedCount) -> Surface? {
        if case .screen(let screen) = shell { screen.hiddenSurface(count) } else { nil }
    }

    /// What was printed since this was asked last.
    mutating func takePrinted() -> String {
        defer { printed = "" }
        return printed
    }
}

extension Effect {
    /// What it is, without what exactly it asks for.
    fileprivate var kind: String {
        if case .ask(let request) = self {
            "\(request.id.number) \(request.ask.name)"
        } else {
            EffectCode.text(of: self)
        }
    }
}
