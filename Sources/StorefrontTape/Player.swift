import StorefrontCore
import StorefrontTUI
import TerminalKit

/// Shows a film on a full screen and lets a person walk through it. It opens paused before the first step.
public actor Player {
    /// How it ended.
    public enum Outcome: Hashable, Sendable {
        case left
        /// Somebody wants to go on by hand after so many steps.
        case takesOver(Int)
    }

    private var film: Film
    private let terminal: any Terminal
    private let sleep: @Sendable (Duration) async throws -> Void
    private var playing: Task<Void, Never>?
    private var row = PlayerRow()
    private var outcome: Outcome?
    private var lastText = ""
    /// The row of the picture whose changes are looked for; nil for the one of its cursor.
    private var chosenRow: Int?
    /// nil where the state shows when there is room for it.
    private var showsState: Bool?
    private var page = 0
    private var report: (step: Int, value: StateReport)?

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

    /// Returns when its user has seen enough or wants to go on by hand, or the terminal ends.
    public func run() async -> Outcome {
        draw()
        while outcome == nil, let timed = await terminal.events.next() {
            hear(timed.event)
            draw()
        }
        playing?.cancel()
        return outcome ?? .left
    }

    // MARK: - Keys

    private func hear(_ event: TerminalEvent) {
        switch event {
        case .key(let key): if row.asked == nil { press(key) } else { type(key) }
        case .ended: outcome = .left
        case .resumed: terminal.redraw()
        case .scan, .paste, .mouse, .resize, .focus: break
        }
    }

    private func press(_ key: Key) {
        row.message = nil
        let showedKeys = row.showsKeys
        row.showsKeys = false
        switch key {
        case .character("q"), .escape, .control("c"): if !showedKeys { outcome = .left }
        case .character("?"): row.showsKeys = !showedKeys
        case .enter: takeOver()
        case .character(" "): togglePlaying()
        case .right, .character("l"): step(1)
        case .left, .character("h"): step(-1)
        case .pageDown: step(10)
        case .pageUp: step(-10)
        case .home, .character("g"): move { $0.go(to: 0) }
        case .end, .character("G"): move { $0.go(to: $0.steps) }
        case .character("]"): goOn("There is no mark after this step") { $0.marks.last == $0.step }
        case .character("["): goToMarkBefore()
        case .up, .character("k"): choose(row: -1)
        case .down, .character("j"): choose(row: 1)
        case .character("/"): ask(.text)
        case .character("n"): if lastText.isEmpty { findChange() } else { find(lastText) }
        case .character("N"): findChange()
        case .character("s"): ask(.screen)
        case .character("d"): goToDifference()
        case .character("e"): row.showsEffects.toggle()
        case .character("p"):
            showsState = !showsStateNow
            page = 0
        case .tab: page += 1
        case .backTab: page = max(0, page - 1)
        case .character("+"): row.speed = row.speed.moved(by: 1)
        case .character("-"): row.speed = row.speed.moved(by: -1)
        case .character("i"): row.speed = row.speed == .instant ? .one : .instant
        // Keys are TerminalKit's: the others mean nothing here.
        default: row.message = "\(key.name(ascii: true)) has no meaning here; ? shows what has"
        }
    }

    private func type(_ key: Key) {
        switch key {
        case .escape, .control("c"): row.asked = nil
        case .backspace: row.typed = String(row.typed.dropLast())
        case .character(let character): row.typed.append(character)
        case .enter:
            let (wanted, isText) = (row.typed, row.asked == .text)
            row.asked = nil
            if isText {
                lastText = wanted
                if !wanted.isEmpty { find(wanted) }
            } else if ScreenKind.allCases.contains(where: { "\($0)" == wanted }) {
                goOn("The screen \(wanted) does not come after this step") { "\($0.state.kind)" == wanted }
            } else {
                row.message = "No screen is called \(wanted)"
            }
        // As above.
        default: break
        }
    }

    private func ask(_ what: PlayerRow.Asked) {
        pause()
        (row.asked, row.typed) = (what, "")
    }

    /// By hand from here on; whoever runs the player does it.
    private func takeOver() {
        guard film.tape.header.lines == nil else {
            row.message = "It is a session in lines, which is not gone on with on a screen"
            return
        }
        outcome = .takesOver(film.step)
    }

    private func goToMarkBefore() {
        pause()
        let before = film.step
        var all = film
        all.go(to: all.steps)
        if let mark = all.marks.last(where: { $0 < before }) {
            film.go(to: mark)
        } else {
            row.message = "There is no mark before this step"
        }
    }

    private func goToDifference() {
        let known = film.differences.count
        goOn("This build does what the tape says from here on") { $0.differences.count > known }
        row.message = film.differences.last.map { String($0.sentence.prefix { $0 != "\n" }) } ?? row.message
    }

    private func find(_ text: String) {
        goOn("\u{201C}\(text)\u{201D} does not show after this step") { $0.surface.text.contains(text) }
    }

    // MARK: - The row whose changes are looked for

    private var watchedRow: Int? { chosenRow ?? film.surface.cursor?.y }

    private func choose(row count: Int) {
        let now = watchedRow ?? (count > 0 ? -1 : film.surface.size.height)
        chosenRow = min(max(0, now + count), film.surface.size.height - 1)
    }

    private func findChange() {
        guard let y = watchedRow else {
            row.message = "The picture has no cursor here: \u{2191} and \u{2193} choose a row"
            return
        }
        let text = film.surface.text(ofRow: y)
        goOn("Row \(y + 1) does not change after this step") { $0.surface.text(ofRow: y) != text }
    }

    // MARK: - Moving

    private func step(_ count: Int) { move { $0.go(to: $0.step + count) } }

    private func move(_ body: (inout Film) -> Void) {
        pause()
        body(&film)
    }

    private func goOn(_ none: String, until holds: (Film) -> Bool) {
        pause()
        if !film.goOn(until: holds) { row.message = none }
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
            let pause = row.speed.pause(film.pauseBeforeNext, longest: Self.longestPause)
            do { try await sleep(.milliseconds(pause)) } catch { return }
            guard !Task.isCancelled else { return }
            film.forward()
            draw()
        }
        playing = nil
        draw()
    }

    // MARK: - The picture

    private var showsStateNow: Bool {
        let size = terminal.size
        let isRoomy =
            size.width >= StatePane.columnsBeside
            && StatePane.place(on: size, beside: film.surface.size.width).x >= film.surface.size.width
        return showsState ?? isRoomy
    }

    /// The film's picture as far as there is room, what is shown of the state, and the player's row below.
    private func draw() {
        let size = terminal.size
        let context = RenderContext(
            theme: .standard, glyphs: terminal.abilities.glyphs, colors: terminal.abilities.colors)
        let picture = film.surface
        var surface = context.surface(size)
        surface.blit(picture, at: Point(x: 0, y: 0))
        if let chosenRow {
            surface.restyle(
                Rect(x: 0, y: chosenRow, width: picture.size.width, height: 1),
                Style(attributes: .reverse))
        }
        if showsStateNow {
            let place = StatePane.place(on: size, beside: picture.size.width).splitBottom(1).rest
            if surface.cursor.map({ place.contains($0) }) == true { surface.cursor = nil }
            StatePane(stateReport, context).draw(
                on: &surface, in: place, title: "State after step \(film.step)", page: page)
        }
        row.draw(
            on: &surface, film,
            next: lastText.isEmpty ? "row changes" : "next \u{201C}\(lastText)\u{201D}")
        terminal.present(surface)
    }

    private var stateReport: StateReport {
        if let report, report.step == film.step { return report.value }
        let value = StateReport(
            before: film.stateBefore, after: film.state, ordered: film.effectsOfStep)
        report = (film.step, value)
        return value
    }
}
