import StorefrontCore
import StorefrontTUI
import TerminalKit

/// Shows a film on a full screen and lets a person walk through it. It opens paused before the first step.
public actor Player {
    private var film: Film
    private let terminal: any Terminal
    private let sleep: @Sendable (Duration) async throws -> Void
    private var playing: Task<Void, Never>?
    private var speed = Speed.one
    private var showsEffects = false
    private var asked: Asked?
    private var typed = ""
    private var lastText = ""
    private var message: String?

    private enum Asked { case text, screen }

    /// How fast it plays; a pause of the session is never longer than a second.
    enum Speed: Double, CaseIterable {
        case quarter = 0.25
        case half = 0.5
        case one = 1
        case two = 2
        case four = 4
        case eight = 8
        case sixteen = 16

        var text: String { rawValue < 1 ? "\(rawValue)\u{D7}" : "\(Int(rawValue))\u{D7}" }

        func moved(by count: Int) -> Speed {
            let all = Self.allCases
            let index = (all.firstIndex(of: self) ?? 0) + count
            return all[min(max(0, index), all.count - 1)]
        }
    }

    private static let longestPause = 1_000

    /// - Parameter sleep: waits; ends early by an error when its task is cancelled.
    public init(
        _ film: Film, on terminal: any Terminal,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.film = film
        self.terminal = terminal
        self.sleep = sleep
    }

    /// Returns when its user has seen enough, or the terminal ends.
    public func run() async {
        draw()
        while let timed = await terminal.events.next() {
            guard hear(timed.event) else { break }
            draw()
        }
        playing?.cancel()
    }

    // MARK: - Keys

    /// False at the end.
    private func hear(_ event: TerminalEvent) -> Bool {
        switch event {
        case .key(let key): return asked == nil ? press(key) : type(key)
        case .ended: return false
        case .resumed: terminal.redraw()
        case .scan, .paste, .mouse, .resize, .focus: break
        }
        return true
    }

    private func press(_ key: Key) -> Bool {
        message = nil
        switch key {
        case .character("q"), .escape, .control("c"): return false
        case .character(" "): togglePlaying()
        case .right, .character("l"): step(1)
        case .left, .character("h"): step(-1)
        case .pageDown: step(10)
        case .pageUp: step(-10)
        case .home, .character("g"): move { $0.go(to: 0) }
        case .end, .character("G"): move { $0.go(to: $0.steps) }
        case .character("]"): goOn("There is no mark after this step") { $0.marks.last == $0.step }
        case .character("["):
            pause()
            let before = film.step
            var all = film
            all.go(to: all.steps)
            if let mark = all.marks.last(where: { $0 < before }) {
                film.go(to: mark)
            } else {
                message = "There is no mark before this step"
            }
        case .character("/"): ask(.text)
        case .character("n"): find(lastText)
        case .character("s"): ask(.screen)
        case .character("d"):
            let known = film.differences.count
            goOn("This build does what the tape says from here on") { $0.differences.count > known }
            message = film.differences.last.map { String($0.sentence.prefix { $0 != "\n" }) } ?? message
        case .character("e"): showsEffects.toggle()
        case .character("+"): speed = speed.moved(by: 1)
        case .character("-"): speed = speed.moved(by: -1)
        // Keys are TerminalKit's: the others mean nothing here.
        default: message = "\(key.name(ascii: true)) has no meaning here; q ends"
        }
        return true
    }

    private func type(_ key: Key) -> Bool {
        switch key {
        case .escape, .control("c"): asked = nil
        case .backspace: typed = String(typed.dropLast())
        case .character(let character): typed.append(character)
        case .enter:
            let wanted = typed
            let isText = asked == .text
            asked = nil
            if isText {
                lastText = wanted
                find(wanted)
            } else {
                goOn("No screen \(wanted) comes after this step") { "\($0.state.kind)" == wanted }
            }
        // As above.
        default: break
        }
        return true
    }

    private func ask(_ what: Asked) {
        pause()
        (asked, typed) = (what, "")
    }

    private func find(_ text: String) {
        goOn("\u{201C}\(text)\u{201D} does not show after this step") { $0.surface.text.contains(text) }
    }

    private func step(_ count: Int) { move { $0.go(to: $0.step + count) } }

    private func move(_ body: (inout Film) -> Void) {
        pause()
        body(&film)
    }

    private func goOn(_ none: String, until holds: (Film) -> Bool) {
        pause()
        if !film.goOn(until: holds) { message = none }
    }

    // MARK: - Playing

    private func togglePlaying() {
        guard playing == nil else { return pause() }
        playing = Task { await self.play() }
    }

    private func pause() {
        playing?.cancel()
        playing = nil
    }

    private func play() async {
        while !Task.isCancelled, !film.isAtEnd {
            let pause = Double(min(film.pauseBeforeNext, Self.longestPause)) / speed.rawValue
            do { try await sleep(.milliseconds(Int(pause))) } catch { return }
            guard !Task.isCancelled else { return }
            film.forward()
            draw()
        }
        playing = nil
        draw()
    }

    // MARK: - The picture

    private func draw() { terminal.present(picture(terminal.size)) }

    /// The film's picture as far as there is room, and the player's row below it.
    private func picture(_ size: Size) -> Surface {
        var surface = Surface(size: size)
        surface.blit(film.surface, at: Point(x: 0, y: 0))
        surface.cursor = nil
        let row = Style(attributes: .reverse)
        func line(_ text: String, _ y: Int) {
            surface.fill(Rect(x: 0, y: y, width: size.width, height: 1), style: row)
            surface.write(text, at: Point(x: 1, y: y), style: row, width: size.width - 2)
        }
        if showsEffects {
            let effects = film.effectsOfStep.suffix(max(0, size.height / 3))
            let all = effects.isEmpty ? ["nothing was ordered"] : Array(effects)
            for (index, text) in all.enumerated() { line(text, size.height - 1 - all.count + index) }
        }
        line(words, size.height - 1)
        return surface
    }

    private var words: String {
        if let asked { return "\(asked == .text ? "find text" : "go to screen"): \(typed)\u{2581}" }
        let place = "\(film.step)/\(film.steps) \(film.state.kind)"
        let last = film.lastStep.map { " \u{B7} \($0)" } ?? ""
        if let message { return "\(place)\(last)  \(message)" }
        return "\(place)\(last)  \(speed.text)  "
            + "\u{2190}\u{2192} step  space play  [ ] mark  / text  s screen  e effects  d diff  q quit"
    }
}
