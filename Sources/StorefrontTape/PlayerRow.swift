import StorefrontTUI
import TerminalKit

/// The player's row below the picture, and what opens above it.
struct PlayerRow {
    enum Asked: Hashable { case text, screen }

    /// How fast it plays.
    enum Speed: Hashable, CaseIterable {
        /// As slow as the session was.
        case real
        case quarter, half, one, two, four, eight, sixteen
        /// Without a pause.
        case instant

        var text: String {
            switch self {
            case .real: "real"
            case .quarter: "0.25\u{D7}"
            case .half: "0.5\u{D7}"
            case .one: "1\u{D7}"
            case .two: "2\u{D7}"
            case .four: "4\u{D7}"
            case .eight: "8\u{D7}"
            case .sixteen: "16\u{D7}"
            case .instant: "instant"
            }
        }

        func moved(by count: Int) -> Speed {
            let all = Self.allCases
            let index = (all.firstIndex(of: self) ?? 0) + count
            return all[min(max(0, index), all.count - 1)]
        }

        /// How long a pause of the session is here.
        ///
        /// - Parameter longest: a longer one is cut to this, unless it plays as slow as the session was.
        func pause(_ milliseconds: Int, longest: Int) -> Int {
            let cut = min(milliseconds, longest)
            return switch self {
            case .real: milliseconds
            case .quarter: cut * 4
            case .half: cut * 2
            case .one: cut
            case .two: cut / 2
            case .four: cut / 4
            case .eight: cut / 8
            case .sixteen: cut / 16
            case .instant: 0
            }
        }
    }

    var speed = Speed.one
    var showsEffects = false
    var showsKeys = false
    /// What is typed is looked for; nil while keys are commands.
    var asked: Asked?
    var typed = ""
    /// Why the last key did nothing, or what it found.
    var message: String?

    private static let style = Style(attributes: .reverse)

    /// - Parameter next: what the key for the next place looks for.
    func draw(on surface: inout Surface, _ film: Film, next: String) {
        let size = surface.size
        let above = showsKeys ? Self.keys(next) : showsEffects ? effects(film, size) : []
        for (index, text) in above.suffix(max(0, size.height - 1)).enumerated() {
            line(text, size.height - 1 - min(above.count, size.height - 1) + index, &surface)
        }
        line(words(film, next, width: size.width - 2), size.height - 1, &surface)
        guard asked != nil else { return }
        surface.cursor = Point(
            x: min(size.width - 1, 1 + TextWidth.width(of: question + typed)), y: size.height - 1)
    }

    private func line(_ text: String, _ y: Int, _ surface: inout Surface) {
        surface.fill(Rect(x: 0, y: y, width: surface.size.width, height: 1), style: Self.style)
        surface.write(text, at: Point(x: 1, y: y), style: Self.style, width: surface.size.width - 2)
    }

    private func effects(_ film: Film, _ size: Size) -> [String] {
        let effects = film.effectsOfStep.suffix(max(1, size.height / 3))
        return effects.isEmpty ? ["nothing was ordered"] : Array(effects)
    }

    private var question: String { asked == .screen ? "go to screen: " : "find text: " }

    /// Where it is and what came there; then as many keys as there is room for, the last ones always.
    private func words(_ film: Film, _ next: String, width: Int) -> String {
        if asked != nil { return question + typed }
        let place = "\(film.step)/\(film.steps) \(film.state.kind)"
        let last = film.lastStep.map { " \u{B7} \($0)" } ?? ""
        if let message { return "\(place)\(last)  \(message)" }
        var text = "\(place)\(last)  \(speed.text)"
        let end = "  ? keys  q quit"
        for hint in Self.hints(next) {
            guard TextWidth.width(of: text + "  " + hint + end) <= width else { break }
            text += "  " + hint
        }
        return text + end
    }

    private static func hints(_ next: String) -> [String] {
        [
            "\u{2190}\u{2192} step", "Enter take over", "space play", "/ text", "n \(next)", "[ ] mark",
            "p state", "s screen", "e effects", "d diff", "+ - speed", "i instant",
        ]
    }

    private static func keys(_ next: String) -> [String] {
        [
            "\u{2190} \u{2192}        one step back or on; PgUp PgDn ten; Home End the ends",
            "space      play or pause; + - faster or slower, i instant",
            "[ ]        the mark before or after this step",
            "/          the next step whose screen has a text; nothing typed forgets it",
            "s          the next step on a screen, by its name",
            "n          now: \(next); N the next change of the row under the cursor",
            "\u{2191} \u{2193}        choose that row",
            "d          the next step where this build does something else",
            "e          what the step ordered",
            "p          the state: what the step changed; Tab shows more of it",
            "Enter      go on by hand from here, on a tape of its own",
            "q          quit",
        ]
    }
}
