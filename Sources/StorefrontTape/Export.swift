import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// A form in which a tape leaves the program.
public enum TapeForm: String, CaseIterable, Sendable {
    /// A test in Swift, in the words of the journeys.
    case test
    /// Numbered steps for people, in the words of the footer.
    case steps
    /// The lines of a session in lines, for `storefront --plain`.
    case plain
    /// An asciicast of version 3: what was shown and never what was typed.
    case cast
    /// A page for a browser: all pictures with a slider, what was done, ordered and checked.
    case html
    /// The picture after one step: as it reads, with colours for a terminal, for documents, as dots.
    case txt, ansi, svg, png
    /// The picture after each step, for another build to compare with.
    case pictures
}

/// Writes a tape in other forms. Nothing in them depends on the time or the place of writing.
public struct TapeExport {
    private let film: Film
    private let program: String

    /// - Parameters:
    ///   - film: before its first step.
    ///   - program: the build that writes; only pictures name it.
    public init(_ film: Film, by program: String = "") {
        self.film = film
        self.program = program
    }

    /// - Parameter step: after which the picture is that a form shows; nil for the end.
    /// - Throws: `TapeProblem` for a form that this tape cannot have.
    public func bytes(as form: TapeForm, named name: String, step: Int? = nil) throws(TapeProblem) -> [UInt8]
    {
        guard form == .png else { return Array(try text(as: form, named: name, step: step).utf8) }
        return PNGPicture.bytes(of: film(after: step).surface)
    }

    private func film(after step: Int?) -> Film {
        var film = film
        film.go(to: step ?? film.steps)
        return film
    }

    /// - Parameter step: after which the picture is that a form shows; nil for the end.
    /// - Throws: `TapeProblem` for a form that this tape cannot have, or that is no text.
    public func text(as form: TapeForm, named name: String, step: Int? = nil) throws(TapeProblem) -> String {
        let isLines = film.tape.header.lines != nil
        switch form {
        case .png: throw TapeProblem("a picture of dots is no text")
        case .txt, .ansi, .svg:
            let film = film(after: step)
            let surfaceForm: SurfaceForm = form == .txt ? .text : form == .ansi ? .ansi : .svg
            return film.surface.export(as: surfaceForm, title: AppView.title(film.state))
        case .html: return FilmPage.text(of: film, named: name)
        case .steps: return steps(named: name)
        case .plain:
            guard isLines else {
                throw TapeProblem("this tape has no lines: it was recorded full screen; --as steps tells it")
            }
            return film.tape.entries.compactMap(\.typedLine).map { $0 + "\n" }.joined()
        case .test:
            guard !isLines else {
                throw TapeProblem("tests are made of full-screen tapes; --as plain has the lines of this one")
            }
            return test(named: name)
        case .cast:
            guard !isLines else {
                throw TapeProblem("casts are made of full-screen tapes; --as plain has its lines")
            }
            return cast()
        case .pictures:
            return PictureFile.text(of: film.pictures(), program: program)
        }
    }

    // MARK: - Steps

    private func steps(named name: String) -> String {
        var text = "# \(name)\n\n"
        text += "Recorded with storefront \(film.tape.header.facts.program), "
        text += "on \(film.tape.header.size) as \(film.tape.header.term.type).\n\n"
        text += "Begin with `\(film.tape.header.facts.beginning)`"
        text += ", and compare with `storefront qa check`.\n\n"
        for (index, line) in gestures().enumerated() { text += "\(index + 1). \(line)\n" }
        return text
    }

    /// The steps that only write down what must hold, counted from 0: whoever repeats the tape leaves them out.
    var stepsOfTester: Set<Int> {
        var film = film
        var steps: Set<Int> = []
        var wasOpen = film.state.isOpenForTester
        while film.forward() {
            let isOpen = film.state.isOpenForTester
            if wasOpen || isOpen { steps.insert(film.step - 1) }
            wasOpen = isOpen
        }
        return steps
    }

    /// Each thing that a person does, in words; letters typed in one go are one.
    func gestures() -> [String] {
        var film = film
        let ofTester = stepsOfTester
        var lines: [String] = []
        var typed = ""
        func flush() {
            if !typed.isEmpty { lines.append("Type `\(typed)`") }
            typed = ""
        }
        for entry in film.tape.entries {
            switch entry.line {
            case .event where ofTester.contains(film.step): break
            case .event(.key(.character(let character), _)) where film.state.takesText:
                typed.append(character)
            case .event(let event):
                flush()
                if let words = words(of: event, in: film.state) { lines.append(words) }
            case .check(let sentence):
                flush()
                lines.append("It must hold: `\(Check.title(of: sentence))`")
            case .mark:
                flush()
                lines.append("(marked)")
            case .fault(let fault):
                flush()
                lines.append("(from here on, on purpose: `\(fault.text)`; only `storefront qa` can do that)")
            case .action, .plain, .effects, .frame, .text, .state, .lineState, .end, .unreadable: break
            }
            if entry.line.isStep { film.forward() }
        }
        flush()
        return lines
    }

    /// nil for what a person need not do.
    private func words(of event: TapedEvent, in state: AppState) -> String? {
        switch event {
        case .key(let key, _):
            var words = "Press `\(key.name(ascii: true))`"
            let action = film.tape.header.keyMap.action(for: key, in: state)
            if case .command(let command) = action, let spec = CommandSpec[command] {
                words += ": \(spec.title)"
            }
            if case .answered(let yes) = action { words += yes ? ": yes" : ": no" }
            return words
        case .paste(let text): return "Paste `\(text)`"
        case .press(let point): return "Click column \(point.x + 1) of row \(point.y + 1)"
        case .wheel(let isUp): return "Turn the wheel \(isUp ? "up" : "down")"
        case .scan(let scan): return "Scan `\(scan.code)`"
        case .resize(let size): return "Make the window \(size)"
        case .secret, .secretLine: return "Type the password"
        case .line(let line): return line.map { "Type the line `\($0)`" } ?? "End the lines (Ctrl-D)"
        case .focus: return nil
        }
    }

    /// Every word that a person typed, pasted or scanned, in its order: what is on the tape of him.
    public func typedWords() -> [String] {
        var film = film
        var words: [String] = []
        var typed = ""
        for entry in film.tape.entries where entry.line.isStep {
            if case .event(.key(.character(let character), _)) = entry.line, film.state.takesText {
                typed.append(character)
            } else {
                if !typed.isEmpty { words.append(typed) }
                typed = ""
                switch entry.line {
                case .event(.paste(let text)), .event(.line(let text?)): words.append(text)
                case .event(.scan(let scan)): words.append(scan.code)
                case .event, .action, .plain, .effects, .frame, .text, .state, .lineState, .mark, .check,
                    .end, .fault,
                    .unreadable:
                    break
                }
            }
            film.forward()
        }
        return typed.isEmpty ? words : words + [typed]
    }

    // MARK: - A test

    private func test(named name: String) -> String {
        let size = film.tape.header.size
        var body: [String] = []
        var typed = ""
        func flush() {
            if !typed.isEmpty { body.append("await journey.type(\(quoted(typed)))") }
            typed = ""
        }
        let ofTester = stepsOfTester
        var step = 0
        for entry in film.tape.entries {
            defer { if entry.line.isStep { step += 1 } }
            switch entry.line {
            case .event where ofTester.contains(step): break
            case .event(.key(.character(let character), _)): typed.append(character)
            case .event(let event):
                flush()
                if let line = code(of: event) { body.append(line) }
            case .check(let sentence):
                flush()
                body += code(ofCheck: sentence)
            case .action, .plain, .effects, .frame, .text, .state, .lineState, .mark, .end, .fault,
                .unreadable:
                break
            }
        }
        flush()
        return """
            import StoreDomain
            import StoreSQLite
            import StorefrontCore
            import TerminalKit
            import Testing

            @Suite(.serialized, .timeLimit(.minutes(20))) struct \(typeName(name)) {
                @Test func holds() async throws {
                    let files = try await JourneyStore()
                    let store = try files.open()
                    let journey = await Journey(
                        store, size: Size(width: \(size.width), height: \(size.height)), hasTill: true)
            \(body.map { "        " + $0 }.joined(separator: "\n"))
                    journey.abandon()
                    try store.close()
                }
            }

            """
    }

    private func code(of event: TapedEvent) -> String? {
        switch event {
        case .key(let key, _): return key.code.map { "await journey.press(\($0))" }
        case .paste(let text): return "await journey.hear(.paste(\(quoted(text))))"
        case .press(let point):
            return "await journey.hear(.mouse(MouseEvent(kind: .press, position: "
                + "Point(x: \(point.x), y: \(point.y)))))"
        case .wheel(let isUp):
            return "await journey.hear(.mouse(MouseEvent(kind: \(isUp ? ".wheelUp" : ".wheelDown"), "
                + "button: .none, position: Point(x: 0, y: 0))))"
        case .scan(let scan): return "await journey.hear(.scan(Scan(\(quoted(scan.code)))))"
        case .resize(let size):
            return "await journey.resize(Size(width: \(size.width), height: \(size.height)))"
        case .secret: return "await journey.type(DemoData.password.revealed)"
        case .focus, .line, .secretLine: return nil
        }
    }

    /// What a journey can look at; the others are kept as they were written.
    private func code(ofCheck sentence: String) -> [String] {
        guard let check = try? Check(sentence) else { return ["// \(Check.title(of: sentence))"] }
        switch check.kind {
        case .see(let texts), .seeIn(_, let texts):
            return ["journey.expect(\(texts.map(quoted).joined(separator: ", ")))"]
        case .notSee(let texts): return texts.map { "journey.expectNot(\(quoted($0)))" }
        case .screen(let name): return ["#expect(await \"\\(journey.state.kind)\" == \(quoted(name)))"]
        case .cartPieces(let count):
            return ["#expect(await journey.state.desk.basket.cart.pieces == \(count))"]
        case .cartTotal(let total):
            return [
                "#expect(await journey.state.desk.basket.quote?.total.decimalText == \(quoted(total)))"
            ]
        case .stock(let code, let count):
            return [
                "#expect(try await store.services.catalog.product(code: \(quoted(code))).stock.number == \(count))"
            ]
        case .verifyClean: return ["#expect(try await files.violations() == [])"]
        case .lastOrder(let status, _, _):
            return [
                "let orders = try await store.services.orders.orders("
                    + "OrderQuery(everybody: true, perPage: 1), as: .operatorOfStore).orders",
                "#expect(orders.first?.status.rawValue == \(quoted(status)))",
            ]
        case .focus(.none): return ["#expect(await journey.state.focusedField == nil)"]
        case .style(_, let text): return ["journey.expect(\(quoted(text)))  // \(sentence)"]
        case .once, .ordered, .cursor, .focus(.label), .frame, .paidOnce, .exit, .took:
            return ["// \(Check.title(of: sentence))"]
        }
    }

    private func quoted(_ text: String) -> String {
        "\""
            + text.map { character in
                switch character {
                case "\"": "\\\""
                case "\\": "\\\\"
                case "\n": "\\n"
                default: String(character)
                }
            }.joined() + "\""
    }

    private func typeName(_ name: String) -> String {
        let words = name.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        let joined = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        return joined.first?.isLetter == true ? joined : "Tape\(joined)"
    }

    // MARK: - A cast

    private func cast() -> String {
        var film = film
        let header = film.tape.header
        var text =
            "{\"version\":3,\"term\":{\"cols\":\(header.term.cols),\"rows\":\(header.term.rows),"
            + "\"type\":\(TapeCoder.text(of: header.term.type))}}\n"
        var milliseconds = 0
        func add(_ code: String, _ data: String) {
            let fraction = String(milliseconds % 1_000)
            let zeros = String(repeating: "0", count: 3 - fraction.count)
            text +=
                "[\(milliseconds / 1_000).\(zeros)\(fraction), \"\(code)\", \(TapeCoder.text(of: data))]\n"
            milliseconds = 0
        }
        for entry in film.tape.entries {
            milliseconds += entry.milliseconds
            if entry.line.isStep { film.forward() }
            switch entry.line {
            case .event(.resize(let size)): add("r", "\(size.width)x\(size.height)")
            case .frame:
                let rows = film.surface.export(as: .ansi).split(separator: "\n")
                add("o", "\u{1b}[H" + rows.joined(separator: "\r\n"))
            case .mark: add("m", "")
            case .end: add("x", "0")
            case .event, .action, .plain, .effects, .text, .state, .lineState, .check, .fault, .unreadable:
                break
            }
        }
        return text
    }
}

extension Tape.Entry {
    /// The line that a person typed; nil for everything else.
    fileprivate var typedLine: String? {
        switch line {
        case .event(.line(let text)): text
        case .event(.secretLine): AppContext.demoPassword
        case .event, .action, .plain, .effects, .frame, .text, .state, .lineState, .mark, .check, .end,
            .fault,
            .unreadable:
            nil
        }
    }
}

extension Key {
    /// The key as Swift spells it; nil for one that has no case of its own there.
    fileprivate var code: String? {
        switch self {
        case .character(let character): ".character(\"\(character)\")"
        case .control(let character): ".control(\"\(character)\")"
        case .alt(let character): ".alt(\"\(character)\")"
        case .function(let number): ".function(\(number))"
        case .enter, .tab, .backTab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right, .home,
            .end, .pageUp, .pageDown, .controlLeft, .controlRight, .controlUp, .controlDown, .shiftUp,
            .shiftDown, .shiftLeft, .shiftRight:
            ".\(self)"
        }
    }
}
