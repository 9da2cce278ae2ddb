import StoreDomain

/// The behaviour of what lies over a screen.
enum OverlayModel {
    // MARK: - Making them

    static func palette(_ state: AppState) -> PickerState<Command> {
        let items = Command.allCases.compactMap { command -> PickerState<Command>.Item? in
            switch command {
            case .palette, .back, .up, .down, .pageUp, .pageDown, .first, .last, .open, .nextField,
                .previousField,
                .submit, .setQuantity:
                return nil
            default: break
            }
            switch state.availability(of: command) {
            case .enabled: return PickerState.Item(command, label: command.title, detail: command.helpLine)
            case .disabled(let reason):
                return PickerState.Item(command, label: command.title, detail: reason, disabledReason: reason)
            case .absent: return nil
            }
        }
        return PickerState(title: "Commands", items: items)
    }

    static func categories(_ state: AppState) -> PickerState<String?> {
        let all = PickerState<String?>.Item(nil, label: "All", detail: "\(state.shop.totalCount)")
        let items = state.shop.categories.map {
            PickerState<String?>.Item($0.name, label: $0.name, detail: "\($0.count)")
        }
        return PickerState(title: "Category", items: [all] + items, selected: state.shop.category)
    }

    static func sorts(_ state: AppState) -> PickerState<ProductSort> {
        let searching = !state.shop.query.words.isEmpty
        let items = ProductSort.allCases.compactMap { sort -> PickerState<ProductSort>.Item? in
            // Without a search, "automatic" is what "newest" says.
            if sort == .newest, !searching { return nil }
            return PickerState.Item(sort, label: sort.title(searching: searching))
        }
        return PickerState(title: "Sort by", items: items, selected: state.shop.sort)
    }

    static func statuses(_ state: AppState) -> PickerState<OrderStatus?> {
        let all = PickerState<OrderStatus?>.Item(nil, label: "All")
        let items = OrderStatus.allCases.map { PickerState<OrderStatus?>.Item($0, label: $0.word) }
        return PickerState(title: "Orders that are", items: [all] + items, selected: state.orders.status)
    }

    static func themes(_ state: AppState) -> Overlay {
        let items = state.context.themes.map { PickerState<String>.Item($0, label: $0) }
        let picker = PickerState(title: "Theme", items: items, selected: state.context.theme)
        return .themes(picker, previous: state.context.theme)
    }

    // MARK: - Using them

    static func edit(_ edit: TextEdit, at index: Int, _ state: inout AppState) -> [Effect] {
        switch state.overlays[index] {
        case .palette(var picker):
            picker.edit(edit)
            state.overlays[index] = .palette(picker)
        case .categories(var picker):
            picker.edit(edit)
            state.overlays[index] = .categories(picker)
        case .themes(var picker, let previous):
            picker.edit(edit)
            state.overlays[index] = .themes(picker, previous: previous)
            return preview(picker)
        case .help(var help):
            help.filter.apply(edit)
            help.scroll = 0
            state.overlays[index] = .help(help)
        case .discount(var input):
            input.apply(edit)
            state.overlays[index] = .discount(input)
        case .find(var input):
            input.apply(edit)
            state.overlays[index] = .find(input)
        case .connect(var prompt):
            // Another address: the answer for the one before is no longer wanted.
            prompt = ConnectPrompt(input: prompt.input)
            prompt.input.apply(edit)
            state.overlays[index] = .connect(prompt)
        case .sorts, .statuses, .explain, .confirm, .about: break
        }
        return []
    }

    static func click(row: Int, at index: Int, _ state: inout AppState) -> [Effect] {
        func moved<Value>(_ picker: PickerState<Value>) -> PickerState<Value>? {
            guard row < picker.matches.count else { return nil }
            var picker = picker
            picker.moveToEnd(false)
            picker.move(by: row)
            return picker
        }
        switch state.overlays[index] {
        case .palette(let picker):
            if let new = moved(picker) { state.overlays[index] = .palette(new) } else { return [] }
        case .categories(let picker):
            if let new = moved(picker) { state.overlays[index] = .categories(new) } else { return [] }
        case .sorts(let picker):
            if let new = moved(picker) { state.overlays[index] = .sorts(new) } else { return [] }
        case .statuses(let picker):
            if let new = moved(picker) { state.overlays[index] = .statuses(new) } else { return [] }
        case .themes(let picker, let previous):
            if let new = moved(picker) {
                state.overlays[index] = .themes(new, previous: previous)
            } else {
                return []
            }
        case .confirm(var question):
            guard row < 2 else { return [] }
            question.choosesYes = row == 0
            state.overlays[index] = .confirm(question)
        case .help, .discount, .find, .connect, .explain, .about: return []
        }
        return choose(at: index, &state)
    }

    /// nil when the overlay leaves the command to what lies below.
    static func carryOut(_ command: Command, at index: Int, _ state: inout AppState) -> [Effect]? {
        switch command {
        case .back: return close(at: index, &state)
        case .open, .submit: return choose(at: index, &state)
        case .up, .down, .pageUp, .pageDown, .first, .last: return walk(command, at: index, &state)
        case .nextField, .previousField:
            if case .confirm(var question) = state.overlays[index] {
                question.choosesYes.toggle()
                state.overlays[index] = .confirm(question)
            }
            return []
        case .help:
            if case .help = state.overlays[index] { return close(at: index, &state) }
            return nil
        case .redraw, .suspend, .toggleMouse: return nil
        case .quit:
            // Ctrl-C twice leaves: the question is there already.
            if case .confirm(let question) = state.overlays[index], question.subject == .quit {
                return AppModel.end(&state)
            }
            return nil
        default: return []
        }
    }

    private static func walk(_ command: Command, at index: Int, _ state: inout AppState) -> [Effect] {
        let rows =
            switch command {
            case .up: -1
            case .down: 1
            case .pageUp: -10
            case .pageDown: 10
            case .first: -100_000
            default: 100_000
            }
        switch state.overlays[index] {
        case .palette(var picker):
            picker.move(by: rows)
            state.overlays[index] = .palette(picker)
        case .categories(var picker):
            picker.move(by: rows)
            state.overlays[index] = .categories(picker)
        case .sorts(var picker):
            picker.move(by: rows)
            state.overlays[index] = .sorts(picker)
        case .statuses(var picker):
            picker.move(by: rows)
            state.overlays[index] = .statuses(picker)
        case .themes(var picker, let previous):
            picker.move(by: rows)
            state.overlays[index] = .themes(picker, previous: previous)
            return preview(picker)
        case .help, .explain: state.scroll(by: command)
        case .confirm(var question):
            question.choosesYes.toggle()
            state.overlays[index] = .confirm(question)
        case .discount, .find, .connect, .about: break
        }
        return []
    }

    private static func preview(_ picker: PickerState<String>) -> [Effect] {
        picker.chosen.map { [.previewTheme($0.value)] } ?? []
    }

    private static func close(at index: Int, _ state: inout AppState) -> [Effect] {
        let closed = state.overlays.remove(at: index)
        switch closed {
        case .themes(_, let previous): return [.previewTheme(previous)]
        case .confirm(let question): return answered(question, yes: false, &state)
        default: return []
        }
    }

    private static func choose(at index: Int, _ state: inout AppState) -> [Effect] {
        switch state.overlays[index] {
        case .palette(let picker):
            guard let item = picker.chosen else { return [] }
            if let reason = item.disabledReason {
                state.say(.warning, reason)
                return []
            }
            state.overlays.remove(at: index)
            return AppModel.update(&state, .command(item.value))
        case .categories(let picker):
            guard let item = picker.chosen else { return [] }
            state.overlays.remove(at: index)
            return ShopModel.show(category: item.value, &state)
        case .sorts(let picker):
            guard let item = picker.chosen else { return [] }
            state.overlays.remove(at: index)
            return ShopModel.show(sort: item.value, &state)
        case .statuses(let picker):
            guard let item = picker.chosen else { return [] }
            state.overlays.remove(at: index)
            return OrdersModel.show(status: item.value, &state)
        case .themes(let picker, _):
            guard let item = picker.chosen else { return [] }
            state.overlays.remove(at: index)
            state.context.theme = item.value
            state.say(.success, "Theme \(item.value)")
            return [.previewTheme(item.value), .keepTheme(item.value)]
        case .find(let input):
            state.overlays.remove(at: index)
            if state.screen == .cart {
                CartModel.find(input.text, &state)
                return []
            }
            return OrdersModel.find(input.text, &state)
        case .discount(let input):
            state.overlays.remove(at: index)
            state.cart.tellsCode = !input.text.trimmedText.isEmpty
            return CartModel.change(.setDiscountCode(input.text), &state)
        case .connect(var prompt):
            let effects = AccountModel.connect(&prompt, &state)
            state.overlays[index] = .connect(prompt)
            return effects
        case .confirm(let question):
            state.overlays.remove(at: index)
            return answered(question, yes: question.choosesYes, &state)
        case .help, .explain, .about:
            state.overlays.remove(at: index)
            return []
        }
    }

    /// Yes or no by their letters.
    static func answer(_ yes: Bool, at index: Int, _ state: inout AppState) -> [Effect] {
        guard case .confirm(let question) = state.overlays[index] else { return [] }
        state.overlays.remove(at: index)
        return answered(question, yes: yes, &state)
    }

    private static func answered(_ question: Confirmation, yes: Bool, _ state: inout AppState) -> [Effect] {
        switch question.subject {
        case .quit: return yes ? AppModel.end(&state) : []
        case .signOut: return yes ? AccountModel.signOut(&state) : []
        case .leaveForm:
            guard yes else { return [] }
            state.register = RegisterState()
            state.pop()
            return []
        case .cancelOrder(let id):
            guard yes else { return [] }
            if let checkout = state.checkout, state.screen == .checkout, let pending = checkout.pending {
                state.checkout?.isBusy = true
                return [.abandonCheckout(pending, state.owner, state.principal)]
            }
            return [.cancelOrder(id, state.principal)]
        case .leaveCheckout:
            guard yes else { return [] }
            state.checkout = nil
            state.pop()
            return []
        case .resumeCheckout:
            guard yes else {
                state.checkout = nil
                if state.screen == .checkout { state.pop() }
                state.say(.info, "It is kept, and offered again at the next checkout or start")
                return []
            }
            return CheckoutModel.resume(&state)
        }
    }
}
