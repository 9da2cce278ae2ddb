import StoreDomain
import StorefrontCore

/// What a line means where it was typed.
extension PlainRuntime {
    func carryOut(_ line: String, at prompt: PlainPrompt) -> PlainReply {
        let text = prompt.isSecret ? line : line.trimmedText
        switch prompt {
        case .command:
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

    // MARK: - Fields

    private func fill(_ text: String) -> PlainReply {
        dispatch(.edit(.end))
        dispatch(.edit(.killToStart))
        if case .discount = state.overlays.last, text == "-" {} else { dispatch(.edit(.insert(text))) }
        return goOnInForm()
    }

    private func keep(_ value: String) -> PlainReply {
        switch state.overlays.last {
        case .discount, .find, .connect: dispatch(.command(.back))
        case nil where value.isEmpty && state.screen != .shop: return .place
        default: return goOnInForm()
        }
        return .news
    }

    private func goOnInForm() -> PlainReply {
        let finds = if case .find = state.overlays.last { true } else { false }
        let submits = state.overlays.isEmpty && state.screen != .shop
        dispatch(.command(submits ? .submit : .open))
        return finds ? .selection : .news
    }

    // MARK: - Choices

    private func keepChoice() -> PlainReply {
        if state.overlays.isEmpty { hasChosenWay = true } else { dispatch(.command(.back)) }
        return .news
    }

    /// By number, by name, by a part of it: the first that fits. False when none does.
    private func choose(_ text: String) -> Bool {
        let labels = choiceLabels
        let wanted = text.lowercased()
        let index =
            Int(text).map { $0 - 1 } ?? labels.firstIndex(of: wanted)
            ?? labels.firstIndex { $0.hasPrefix(wanted) } ?? labels.firstIndex { $0.contains(wanted) }
        guard let index, labels.indices.contains(index) else { return false }
        if state.overlays.isEmpty { hasChosenWay = true }
        dispatch(.rowClicked(index, opens: false))
        return true
    }

    private var choiceLabels: [String] {
        func labels<Value>(_ picker: PickerState<Value>) -> [String] {
            picker.items.map { $0.label.lowercased() }
        }
        return switch state.overlays.last {
        case .palette(let picker): labels(picker)
        case .categories(let picker): labels(picker)
        case .sorts(let picker): labels(picker)
        case .statuses(let picker): labels(picker)
        case .themes(let picker, _): labels(picker)
        case .discount, .find, .connect, .explain, .confirm, .about, .help: []
        case nil: (state.checkout?.methods ?? []).map { $0.name.lowercased() }
        }
    }

    // MARK: - Questions

    private func yesOrNo(_ text: String) -> Bool? {
        let answer = text.lowercased()
        if answer == "y" || answer == "yes" { return true }
        if answer == "n" || answer == "no" { return false }
        guard case .confirm(let question) = state.overlays.last else { return nil }
        if answer == question.yes.lowercased() { return true }
        return answer == question.no.lowercased() ? false : nil
    }

    private func answer(_ yes: Bool) -> PlainReply {
        if !state.overlays.isEmpty {
            dispatch(.answered(yes))
        } else if yes {
            dispatch(.command(.submit))
        } else if (state.checkout?.methods?.count ?? 0) > 1 {
            hasChosenWay = false
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
        guard case .command(let command, _) = words.meaning(of: word, in: state) else { return false }
        return words.names(of: command, in: state).contains(word)
    }

    /// A command where an answer was expected, or the sentence that says so.
    private func commandOr(_ sentence: String, _ text: String) -> PlainReply {
        isCommand(text[...]) ? command(text) : .text([sentence])
    }

    private func command(_ line: String) -> PlainReply {
        let text = line.trimmedText
        switch text.lowercased() {
        case "": return .text(help.lines(for: state, all: false))
        case "where": return .place
        case "way" where state.screen == .checkout:
            hasChosenWay = false
            return .place
        case let digits where digits.utf8.allSatisfy { (0x30...0x39).contains($0) }: return number(digits)
        default: break
        }
        switch words.meaning(of: text, in: state) {
        case .command(let command, let rest): return run(command, rest)
        case .several(let commands):
            let names = commands.map { words.names(of: $0, in: state)[0] }.joined(separator: ", ")
            return .text(["\u{201C}\(text.shortened)\u{201D} can mean: \(names)."])
        case .elsewhere(let command): return .text([elsewhere(command)])
        case .nothing: return .text(["No command \u{201C}\(text.shortened)\u{201D} here. Type help."])
        }
    }

    private func elsewhere(_ command: Command) -> String {
        guard case .screens(let screens) = command.scope, !screens.contains(state.screen) else {
            return "\(command.title) is not possible here just now."
        }
        return "\(command.title) belongs to: \(screens.map(\.title).joined(separator: ", "))."
    }

    private var help: PlainHelp { PlainHelp(words: words) }

    private func run(_ command: Command, _ rest: [String]) -> PlainReply {
        switch command {
        case .help, .palette: return tellHelp(rest)
        case .retry:
            dispatch(.command(.retry))
            return .place
        case .up, .down, .first, .last, .nextMatch, .previousMatch:
            dispatch(.command(command))
            return .selection
        case .pageUp, .pageDown:
            if let end = endOfPages(command) { return .text([end]) }
            dispatch(.command(command))
            return state.screen == .cart ? .selection : .news
        default: break
        }
        if command.takesRow, !rest.isEmpty { return act(command, rest) }
        let before = page.prompt
        dispatch(.command(command == .setQuantity ? .open : command))
        // The text behind a command answers the question that it asks.
        guard command.takesText, !rest.isEmpty, page.prompt != before else { return .news }
        return carryOut(rest.joined(separator: " "), at: page.prompt)
    }

    private func tellHelp(_ rest: [String]) -> PlainReply {
        guard !rest.isEmpty, rest != ["all"] else {
            return .text(help.lines(for: state, all: !rest.isEmpty))
        }
        let name = rest.joined(separator: " ")
        guard case .command(let command, []) = words.meaning(of: name, in: state) else {
            return .text(["No command \u{201C}\(name.shortened)\u{201D} here. Type help."])
        }
        return .text([help.line(for: command, in: state)])
    }

    private func endOfPages(_ command: Command) -> String? {
        let (isFirst, isLast): (Bool, Bool) =
            switch state.screen {
            case .shop: (state.shop.page?.hasPrevious != true, state.shop.page?.hasNext != true)
            case .orders:
                (
                    state.orders.page.map { $0.number <= 1 } ?? true,
                    state.orders.page.map { $0.number >= $0.pages } ?? true
                )
            default: (false, false)
            }
        if command == .pageDown, isLast { return "This is the last page." }
        return command == .pageUp && isFirst ? "This is the first page." : nil
    }

    // MARK: - Rows

    private var rowCount: Int { page.screen.lines.compactMap(\.number).max() ?? 0 }

    /// A number alone: a code that was scanned, else a row.
    private func number(_ digits: String) -> PlainReply {
        if ScannedCode.isOne(digits), state.takesNumbers {
            dispatch(.scanned(digits))
            return .news
        }
        guard let row = Int(digits), (1...max(1, rowCount)).contains(row), rowCount > 0 else {
            return .text([noRow(digits)])
        }
        dispatch(.rowClicked(row - 1, opens: state.screen != .cart))
        return .selection
    }

    private func noRow(_ text: String) -> String {
        rowCount == 0
            ? "There are no numbered lines here."
            : "There is no number \(text.shortened) here; they go from 1 to \(rowCount)."
    }

    /// `add 3 2`: the row, then how many; how many alone where there are no rows.
    private func act(_ command: Command, _ rest: [String]) -> PlainReply {
        var numbers = rest[...]
        for text in rest where Int(text) == nil {
            return .text([
                "\u{201C}\(text.shortened)\u{201D} is not a number. \(help.line(for: command, in: state))"
            ])
        }
        if rowCount > 0, command != .setQuantity || rest.count > 1, let first = numbers.popFirst() {
            guard let row = Int(first), (1...rowCount).contains(row) else { return .text([noRow(first)]) }
            dispatch(.rowClicked(row - 1, opens: false))
        }
        guard let count = numbers.popFirst().flatMap({ Int($0) }) else {
            dispatch(.command(command))
            return .news
        }
        let least = command == .setQuantity ? 0 : 1
        guard command.takesCount, numbers.isEmpty, count >= least else {
            return .text([help.line(for: command, in: state)])
        }
        type(String(min(count, Quantity.range.upperBound)))
        dispatch(.command(command == .setQuantity ? .open : command))
        return .news
    }

    private func type(_ digits: String) {
        for digit in digits.compactMap(\.wholeNumberValue) { dispatch(.digit(digit)) }
    }
}

extension String {
    /// Enough to know it again.
    fileprivate var shortened: String { count > 40 ? prefix(40) + "\u{2026}" : self }
}
