import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter {
    mutating func overlay(_ overlay: Overlay, in body: Rect) {
        switch overlay {
        case .help(let help): helpOverlay(help, in: body)
        case .palette(let picker):
            let (keyMap, isASCII) = (context.keyMap, glyphs.isPlain)
            pickerOverlay(picker, width: 76, hasFilter: true, in: body) { command in
                keyMap.keys(of: command).first?.name(ascii: isASCII) ?? ""
            }
        case .categories(let picker): pickerOverlay(picker, width: 44, hasFilter: true, in: body)
        case .sorts(let picker): pickerOverlay(picker, width: 30, hasFilter: false, in: body)
        case .statuses(let picker): pickerOverlay(picker, width: 30, hasFilter: false, in: body)
        case .themes(let picker, _): pickerOverlay(picker, width: 36, hasFilter: true, in: body)
        case .discount(let input):
            promptOverlay(
                "Discount code", input, placeholder: "such as SAVE10", note: "Empty takes the code away.",
                in: body)
        case .find(let input):
            let next = "\(anyKeyName(.nextMatch)) and \(anyKeyName(.previousMatch)) go on and back."
            if state.screen == .cart {
                promptOverlay("Find a line", input, placeholder: "words of its name", note: next, in: body)
            } else {
                promptOverlay(
                    "Find an order", input, placeholder: "its number, or words",
                    note: "A number opens it. \(next)", in: body)
            }
        case .connect(let prompt):
            promptOverlay(
                "Connect to a server", prompt.input, width: 62,
                placeholder: "such as https://shop.example.com",
                note: prompt.problem.map { "\(glyphs.cross) \($0)" }
                    ?? (prompt.isBusy
                        ? "Connecting\(glyphs.ellipsis)" : "Its shop opens instead of this one."),
                prompt.problem != nil ? .error : prompt.isBusy ? .info : .textMuted, noteRows: 3, in: body)
        case .explain(let scroll): explainOverlay(scroll, in: body)
        case .confirm(let question): confirmOverlay(question, in: body)
        case .about: aboutOverlay(in: body)
        }
    }

    // MARK: - Pickers

    private mutating func pickerOverlay<Value>(
        _ picker: PickerState<Value>, width: Int, hasFilter: Bool, in body: Rect,
        key: (Value) -> String = { _ in "" }
    ) {
        let items = picker.matches
        let height = min(body.height, max(picker.items.count, 1) + 2 + (hasFilter ? 2 : 0))
        let (_, inside) = frame.surface.drawPanel(
            Size(width: min(width, body.width - 2), height: height), title: picker.title, in: body,
            context: context.render)
        var list = inside
        if hasFilter {
            field(
                picker.filter, in: Rect(x: inside.x, y: inside.y, width: inside.width, height: 1),
                isFocused: true,
                placeholder: "type to narrow down")
            list = inside.splitTop(2).rest
        }
        guard !items.isEmpty else {
            write("Nothing matches", list.x, list.y, .textMuted)
            return
        }
        let labelWidth = items.map { TextWidth.width(of: $0.label) }.max() ?? 0
        let viewport = ListViewport(count: items.count, height: list.height, selection: picker.selection)
        for (offset, index) in viewport.visible.enumerated() {
            let item = items[index]
            let row = Rect(x: list.x, y: list.y + offset, width: list.width, height: 1)
            let isSelected = index == picker.selection
            if isSelected {
                ground(row)
                if !hasFilter { frame.surface.cursor = Point(x: row.x + 2, y: row.y) }
            }
            let role: ThemeRole = item.disabledReason == nil ? (isSelected ? .textStrong : .text) : .disabled
            write(item.label, row.x + 2, row.y, role, width: row.width - 3)
            if !item.detail.isEmpty {
                let x = row.x + 2 + min(labelWidth, row.width / 2) + 2
                let keyText = key(item.value)
                write(keyText, row.x, row.y, .keyOnPage, width: row.width - 1, align: .right)
                let room = row.maxX - 2 - x - TextWidth.width(of: keyText)
                let isCount = item.detail.allSatisfy(\.isNumber)
                write(item.detail, x, row.y, .textMuted, width: room, align: isCount ? .right : .left)
            }
            if isSelected { mark(row) }
            target(row, .row(index))
        }
        frame.surface.drawScrollBar(
            in: Rect(x: list.maxX, y: list.y, width: 1, height: list.height), count: items.count,
            offset: viewport.offset, visible: list.height, context: context.render)
    }

    // MARK: - Help

    private mutating func helpOverlay(_ help: HelpState, in body: Rect) {
        let sections = HelpText.sections(for: state, keyMap: context.keyMap, ascii: glyphs.isPlain)
        let wanted = help.filter.text.lowercased()
        let width = min(84, body.width - 2)
        let keyWidth = min(20, (width - 4) / 3)
        let textWidth = max(1, width - 4 - keyWidth - 2)
        var lines: [(key: String, text: String, isTitle: Bool)] = []
        for section in sections {
            let rows = section.rows.filter {
                wanted.isEmpty || $0.keys.lowercased().contains(wanted)
                    || $0.title.lowercased().contains(wanted)
                    || $0.help.lowercased().contains(wanted)
            }
            guard !rows.isEmpty else { continue }
            if !lines.isEmpty { lines.append(("", "", false)) }
            lines.append(("", section.title, true))
            for row in rows {
                let text = TextWidth.wrap("\(row.title): \(row.help)", width: textWidth)
                lines += text.enumerated().map { ($0.offset == 0 ? row.keys : "", $0.element, false) }
            }
        }
        let (_, inside) = frame.surface.drawPanel(
            Size(width: width, height: body.height), title: "Help", in: body,
            context: context.render)
        field(
            help.filter, in: Rect(x: inside.x, y: inside.y, width: inside.width, height: 1), isFocused: true,
            placeholder: "type to find a key or what it does")
        let list = inside.splitTop(2).rest
        let bar = Rect(x: list.maxX, y: list.y, width: 1, height: list.height)
        if lines.isEmpty { write("Nothing matches", list.x, list.y, .textMuted) }
        let scroll = scrolled(help.scroll, lines: lines.count, visible: list.height, bar: bar)
        for (offset, line) in lines.dropFirst(scroll).prefix(list.height).enumerated() {
            let y = list.y + offset
            if line.isTitle {
                write(line.text, list.x, y, .heading, width: list.width)
            } else {
                write(line.key, list.x, y, .textAccent, width: keyWidth)
                write(line.text, list.x + keyWidth + 1, y, .text, width: list.width - keyWidth - 2)
            }
        }
    }

    // MARK: - Cart overlays

    private mutating func promptOverlay(
        _ title: String, _ input: TextInput, width: Int = 46, placeholder: String, note: String,
        _ role: ThemeRole = .textMuted, noteRows: Int = 1, in body: Rect
    ) {
        let (_, inside) = frame.surface.drawPanel(
            Size(width: min(width, body.width - 2), height: 5 + noteRows), title: title, in: body,
            context: context.render)
        field(
            input, in: Rect(x: inside.x, y: inside.y + 1, width: inside.width, height: 1), isFocused: true,
            placeholder: placeholder)
        if noteRows == 1 {
            write(note, inside.x, inside.y + 3, role, width: inside.width)
        } else {
            paragraph(
                note, in: Rect(x: inside.x, y: inside.y + 3, width: inside.width, height: noteRows), role)
        }
    }

    private mutating func explainOverlay(_ scroll: Int, in body: Rect) {
        let steps = state.cart.quote?.steps ?? []
        let width = min(78, body.width - 2)
        let (_, inside) = frame.surface.drawPanel(
            Size(width: width, height: min(body.height, steps.count * 2 + 3)),
            title: "How each figure came about",
            in: body, context: context.render)
        let visible = max(1, inside.height / 2)
        let bar = Rect(x: inside.maxX, y: inside.y, width: 1, height: inside.height)
        let first = scrolled(scroll, lines: steps.count, visible: visible, bar: bar)
        for (offset, step) in steps.dropFirst(first).prefix(visible).enumerated() {
            let y = inside.y + offset * 2
            let isTotal = if case .total = step { true } else { false }
            pair(
                step.title, step.amount?.displayText ?? "", inside.x, y, width: inside.width,
                isTotal ? .total : .text, figureRole: isTotal ? .total : .price)
            write(step.derivation, inside.x + 2, y + 1, .textMuted, width: inside.width - 2)
        }
        frame.surface.cursor = inside.origin
    }

    // MARK: - Questions

    private mutating func confirmOverlay(_ question: Confirmation, in body: Rect) {
        let places = frame.surface.drawDialog(
            title: question.title, body: [question.text], buttons: [question.yes, question.no],
            focus: question.choosesYes ? 0 : 1, in: body, context: context.render)
        for (index, place) in places.buttons.enumerated() { target(place, .row(index)) }
    }

    private mutating func aboutOverlay(in body: Rect) {
        let facts = [
            ("storefront", state.context.version), ("Shop", state.context.policy.shopName),
            ("Store", state.context.storePath.isEmpty ? state.context.storeLabel : state.context.storePath),
            ("Tax", state.taxText),
            ("Theme", state.context.theme),
        ]
        let (_, inside) = frame.surface.drawPanel(
            Size(width: min(72, body.width - 2), height: facts.count + 4), title: "About", in: body,
            context: context.render)
        for (offset, fact) in facts.enumerated() {
            write(fact.0, inside.x, inside.y + 1 + offset, .textMuted, width: 12)
            write(fact.1, inside.x + 13, inside.y + 1 + offset, .text, width: inside.width - 13)
        }
        frame.surface.cursor = inside.origin
    }
}
