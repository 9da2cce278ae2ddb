import StoreDomain
import StorefrontCore

/// What a line means where it was typed.
extension PlainSession {
    mutating func carryOut(_ line: String, at prompt: PlainPrompt) -> PlainReply {
        let text = prompt.isSecret ? line : line.trimmedText
        switch prompt {
        case .command:
            if isScan(text) {
                dispatch(.scanned(text))
                return .news
            }
            return text.isEmpty ? .place : command(text.hasPrefix(":") ? String(text.dropFirst()) : text)
        case .field(_, let value, let isSecret):
            if text.hasPrefix("::") { return fill(String(text.dropFirst())) }
            if text.hasPrefix(":"), !isSecret || isCommand(text.dropFirst()) {
                return command(String(text.dropFirst()))
            }
            if text.isEmpty { return keep(value) }
            return fill(text)
        case .choice:
            if text.isEmpty { return keepChoice() }
            return choose(text)
                ? .news : commandOr("\u{201C}\(text.shortened)\u{201D} is none of these.", text)
        case .yesNo:
            guard !text.isEmpty else { return .place }
            guard let yes = yesOrNo(text) else { return commandOr("Please answer y or n.", text) }
            return answer(yes)
        }
    }

    /// Whether a line is a scanner's that no command could be: it has the scanner's prefix, or comes from one
    /// that is set for another keyboard layout.
    private func isScan(_ text: String) -> Bool {
        let prefix = state.app.desk.context.scannerPrefix
        guard state.app.takesCodes else { return false }
        return !prefix.isEmpty && text.hasPrefix(prefix) || ScannedCode.isGarbledLine(text)
    }

    // MARK: - Fields

    private mutating func fill(_ text: String) -> PlainReply {
        dispatch(.edit(.end))
        dispatch(.edit(.killToStart))
        let field = state.app.focusedField
        let takesAway = isAsked(.discount) && text == "-"
        if !takesAway {
            dispatch(.edit(field?.isSecret == true ? .insertSecret(Secret(text)) : .insert(text)))
        }
        return goOnInForm()
    }

    private mutating func keep(_ value: String) -> PlainReply {
        if !state.app.overlays.isEmpty {
            dispatch(.command(.back))
            return .news
        }
        return value.isEmpty && state.app.kind != .shop ? .place : goOnInForm()
    }

    private mutating func goOnInForm() -> PlainReply {
        let finds = isAsked(.findLine) || isAsked(.findOrder)
        let submits = state.app.overlays.isEmpty && state.app.kind != .shop
        dispatch(.command(submits ? .submit : .open))
        return finds ? .selection : .news
    }

    private func isAsked(_ purpose: Prompt.Purpose) -> Bool {
        if case .prompt(let prompt) = state.app.overlays.last { prompt.purpose == purpose } else { false }
    }

    // MARK: - Choices

    private mutating func keepChoice() -> PlainReply {
        if state.app.overlays.isEmpty { state.hasChosen = true } else { dispatch(.command(.back)) }
        return .news
    }

    /// By number, by name, by a part of it: the first that fits. False when none does.
    private mutating func choose(_ text: String) -> Bool {
        let labels = choiceLabels
        let wanted = text.folded
        let index =
            Int(text).map { $0 - 1 } ?? labels.firstIndex(of: wanted)
            ?? labels.firstIndex { $0.hasPrefix(wanted) } ?? labels.firstIndex { $0.contains(wanted) }
        guard let index, labels.indices.contains(index) else { return false }
        if state.app.overlays.isEmpty { state.hasChosen = true }
        dispatch(.rowClicked(index, opens: false))
        return true
    }

    private var choiceLabels: [String] {
        let labels =
            switch state.app.overlays.last {
            case .picker(let picker): picker.items.map(\.label)
            case .prompt, .confirm, .explain, .reckoning, .about, .help, .pointing: [String]()
            case nil: place.choices
            }
        return labels.map(\.folded)
    }

    // MARK: - Questions

    private func yesOrNo(_ text: String) -> Bool? {
        let answer = text.lowercased()
        if answer == "y" || answer == "yes" { return true }
        if answer == "n" || answer == "no" { return false }
        guard case .confirm(let question) = state.app.overlays.last else { return nil }
        if answer == question.yes.lowercased() { return true }
        return answer == question.no.lowercased() ? false : nil
    }

    private mutating func answer(_ yes: Bool) -> PlainReply {
        if !state.app.overlays.isEmpty {
            dispatch(.answered(yes))
        } else if yes {
            dispatch(.command(.submit))
        } else if place.choice != nil {
            state.hasChosen = false
            return .place
        } else {
            dispatch(.command(.back))
        }
        return .news
    }

    // MARK: - Commands

    private func isCommand(_ text: Substring) -> Bool {
        let word = text.lowercased()
        if ["help", "where", "way"].contains(word) { return true }
        guard case .command(let command, _) = words.meaning(of: word, in: state.app) else { return false }
        return words.names(of: command, in: state.app).contains(word)
    }

    /// A command where an answer was expected, or the sentence that says so.
    private mutating func commandOr(_ sentence: String, _ text: String) -> PlainReply {
        isCommand(text[...]) ? command(text) : .text([sentence])
    }

    private mutating func command(_ line: String) -> PlainReply {
        let text = line.trimmedText
        switch text.lowercased() {
        case "": return .text(help.lines(for: state.app, all: false))
        case "where": return .place
        case "way" where place.choice != nil:
            state.hasChosen = false
            return .place
        case let digits where digits.utf8.allSatisfy { (0x30...0x39).contains($0) }: return number(digits)
        // Any other text is the name of a command.
        default: break
        }
        switch words.meaning(of: text, in: state.app) {
        case .command(let command, let rest): return run(command, rest)
        case .several(let commands):
            let names = commands.map { words.names(of: $0, in: state.app)[0] }.joined(separator: ", ")
            return .text(["\u{201C}\(text.shortened)\u{201D} can mean: \(names)."])
        case .elsewhere(let command): return .text([elsewhere(command)])
        case .nothing: return .text(["No command \u{201C}\(text.shortened)\u{201D} here. Type help."])
        }
    }

    private func elsewhere(_ command: CommandSpec) -> String {
        guard case .screens(let screens) = command.place, !screens.contains(state.app.kind) else {
            return "\(command.title) is not possible here just now."
        }
        return "\(command.title) belongs to: \(screens.map(\.title).joined(separator: ", "))."
    }

    private var help: PlainHelp { PlainHelp(words: words) }

    private mutating func run(_ spec: CommandSpec, _ rest: [String]) -> PlainReply {
        if spec.spoken.tells == .help { return tellHelp(rest) }
        if let end = endOfPages(spec.command) { return .text([end]) }
        if spec.spoken.argument.isRow, !rest.isEmpty { return act(spec, rest) }
        let before = page.prompt
        dispatch(.command(key(of: spec)))
        // The text behind a command answers the question that it asks.
        guard spec.spoken.argument.isText, !rest.isEmpty, page.prompt != before else {
            return spec.spoken.tells.reply(whenPaged: spec.command.walk != nil && state.app.kind == .cart)
        }
        return carryOut(rest.joined(separator: " "), at: page.prompt)
    }

    /// What a number before a command's keys does is done by those of opening.
    private func key(of spec: CommandSpec) -> Command {
        spec.traits.contains(.unbindable) ? .open : spec.command
    }

    private func tellHelp(_ rest: [String]) -> PlainReply {
        guard !rest.isEmpty, rest != ["all"] else {
            return .text(help.lines(for: state.app, all: !rest.isEmpty))
        }
        let name = rest.joined(separator: " ")
        guard case .command(let spec, []) = words.meaning(of: name, in: state.app) else {
            return .text(["No command \u{201C}\(name.shortened)\u{201D} here. Type help."])
        }
        return .text([help.line(for: spec, in: state.app)])
    }

    private func endOfPages(_ command: Command) -> String? {
        guard let ends = state.app.screen.feature.pageEnds else { return nil }
        if command == .pageDown, !ends.hasNext { return "This is the last page." }
        return command == .pageUp && !ends.hasPrevious ? "This is the first page." : nil
    }

    // MARK: - Rows

    private var rowCount: Int { page.screen.lines.compactMap(\.number).max() ?? 0 }

    /// A number alone: a code that was scanned, else a row.
    private mutating func number(_ digits: String) -> PlainReply {
        if ScannedCode.isOne(digits), state.app.takesCodes {
            dispatch(.scanned(digits))
            return .news
        }
        guard let row = Int(digits), (1...max(1, rowCount)).contains(row), rowCount > 0 else {
            return .text([noRow(digits)])
        }
        dispatch(.rowClicked(row - 1, opens: state.app.kind != .cart))
        return .selection
    }

    private func noRow(_ text: String) -> String {
        rowCount == 0
            ? "There are no numbered lines here."
            : "There is no number \(text.shortened) here; they go from 1 to \(rowCount)."
    }

    /// `add 3 2`: the row, then how many; how many alone where there are no rows.
    private mutating func act(_ spec: CommandSpec, _ rest: [String]) -> PlainReply {
        var numbers = rest[...]
        for text in rest where Int(text) == nil {
            return .text([
                "\u{201C}\(text.shortened)\u{201D} is not a number. \(help.line(for: spec, in: state.app))"
            ])
        }
        if spec.traits.contains(.actsOnMarks),
            let marked = state.app.screen.feature.markedText(state.app.desk)
        {
            let name = words.names(of: spec, in: state.app)[0]
            return .text([
                "\(marked). Type \(name) alone for what is marked; unmark takes the marks away first."
            ])
        }
        let least = spec.spoken.argument.leastCount
        // One number alone is a row, but where nothing is less than a number of pieces.
        if rowCount > 0, least != 0 || rest.count > 1, let first = numbers.popFirst() {
            guard let row = Int(first), (1...rowCount).contains(row) else { return .text([noRow(first)]) }
            dispatch(.rowClicked(row - 1, opens: false))
        }
        guard let count = numbers.popFirst().flatMap({ Int($0) }) else {
            dispatch(.command(key(of: spec)))
            return .news
        }
        guard let least, numbers.isEmpty, count >= least else {
            return .text([help.line(for: spec, in: state.app)])
        }
        type(String(count))
        dispatch(.command(key(of: spec)))
        return .news
    }

    private mutating func type(_ digits: String) {
        for digit in digits.compactMap(\.wholeNumberValue) { dispatch(.digit(digit)) }
    }
}

extension String {
    /// Enough to know it again.
    fileprivate var shortened: String { count > 40 ? prefix(40) + "\u{2026}" : self }
}

extension Spoken.Telling {
    /// - Parameter whenPaged: a page was turned in a list that has one page only.
    fileprivate func reply(whenPaged: Bool) -> PlainReply {
        switch self {
        case .news: whenPaged ? .selection : .news
        case .selection: .selection
        case .place: .place
        case .help: .news
        }
    }
}
