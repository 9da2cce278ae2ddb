import StoreDomain

/// The whole program as a function: state and what happened → new state and what is to be done. Pure.
public enum AppModel {
    public static func update(_ state: inout AppState, _ action: AppAction) -> [Effect] {
        carryOut(action, &state) + state.offerBelowZero() + state.settleRestingPlace()
            + state.lookAtChanges() + state.goOnWithMacro(after: action)
    }

    private static func carryOut(_ action: AppAction, _ state: inout AppState) -> [Effect] {
        switch action {
        case .started:
            let policy = state.desk.context.isRemote ? state.apply([.ask(.program(.policy))]) : []
            let showcase: [Step] = state.visit.presence == .here ? [] : [.ask(.program(.showcase))]
            return policy + state.apply(showcase + state.desk.basket.open())
                + state.apply(state.change { $0.enter(&$1) })
        case .command(let command): return state.carryOut(command)
        case .digit(let digit):
            // 20 digits hold any barcode; a count is capped where it is used.
            state.desk.number = String(((state.desk.number ?? "") + String(digit)).suffix(20))
        case .scanned(let code): return state.scan(code)
        case .edit(let edit): return state.edit(edit)
        case .pasted(let text):
            return state.focusedField == nil ? [] : state.edit(.insert(text))
        case .rowClicked(let row, let opens): return state.click(row: row, opens: opens)
        case .chose(let choice): return state.choose(choice)
        case .wentBack(let place): return state.goBack(to: place)
        case .categoryClicked(let row):
            guard !state.isLocked else { return [] }
            return state.apply(state.change(ShopState.self) { $0.choose(sideBarRow: row, $1) } ?? [])
        case .scrolled(let line): state.scroll(to: line)
        case .walkedBack(let before): state.walkBack(to: before)
        case .resized(let viewport):
            let old = state.desk.viewport
            state.desk.viewport = viewport
            // Its words stand elsewhere now.
            state.stopPointing()
            return state.tell(.resized(from: old))
        case .answered(let yes): return state.answer(yes)
        case .unknownKey(let key): state.tell(key)
        case .focused: state.hear(of: .everything)
        case .shopChanged(let changes): state.hear(of: changes)
        case .idledTooLong: return state.signOutIdle()
        case .lockDue: return state.lock()
        case .noticed(let text): state.desk.say(.warning, text)
        case .connectionChanged(let connection): return state.connection(isNow: connection)
        case .waited(let waiting): state.showSlowWork(waiting)
        case .signInWaited(let number, let left):
            _ = state.change(SignInState.self) { $0.waited(number: number, left: left, &$1) }
        case .paymentStillOpen:
            return state.orderBeingPaid.map { state.apply([.ask(.checkout(.keepOpen($0)))]) } ?? []
        case .progress(let id, let done, let total):
            guard let screen = state.desk.requests.request(id)?.terms.screen,
                let index = state.way.lastIndex(where: { $0.kind == screen })
            else { return [] }
            state.way[index].change { $0.progressed(done: done, of: total) }
        case .replied(let id, let reply): return state.receive(reply, to: id)
        // A kiosk's pictures are its owner's.
        case .screenSaved where state.desk.context.kiosk != nil: break
        case .screenSaved(.success(let path)): state.desk.say("Screen saved as", file: path)
        case .screenSaved(.failure(let error)): state.desk.say(error)
        case .themeFailed(let why): state.desk.say(.failure, why)
        case .visit(let action): return state.hear(action)
        case .tester(let action): return state.hear(action)
        }
        return []
    }
}

extension AppState {
    /// Gives an answer to what asked for it. An answer that is no longer wanted is dropped here and nowhere else,
    /// and the end of a session is noticed here and nowhere else.
    fileprivate mutating func receive(_ reply: Reply, to id: RequestID) -> [Effect] {
        let request = desk.requests.close(id, for: desk.owner)
        defer {
            if ending == .waiting {
                if desk.requests.mustFinish.isEmpty { ending = .ended } else { tellWait() }
            }
        }
        guard let request else { return [] }
        if case .approvalNeeded(_, let approval?)? = reply.failure { return hold(approval, request, reply) }
        let said = desk.status
        var effects = deliver(reply, of: request)
        askAgain(for: id, refused: reply.failure, said: said)
        if reply.failure == .signInRequired { effects += endSession(of: request, said: said) }
        return effects
    }

    mutating func deliver(_ reply: Reply, of request: Request) -> [Effect] {
        if let kind = request.terms.screen {
            guard let index = way.lastIndex(where: { $0.kind == kind }) else { return [] }
            var desk = desk
            let steps = way[index].change { $0.receive(reply, &desk) }
            self.desk = desk
            return apply(steps)
        }
        switch reply {
        case .program(let action): return receive(action)
        case .account(let action): return receive(action)
        case .shop(let action): return receive(action)
        case .basket(let action): return receive(action)
        case .checkout(let action): return receive(action)
        case .orders(let action): return receive(action)
        case .till(let action): return receive(action)
        case .receipt(let action):
            receive(action)
            return []
        case .returns(let action):
            receive(action)
            return []
        case .staff(let action): return receive(action)
        case .office(let action): return receive(action, of: request)
        // Their requests are a screen's, so they were delivered above.
        case .welcome, .product, .importing, .baskets, .shift, .visitor, .looseReturns, .giftCards,
            .customers, .counting, .reports, .products, .stock, .firstSteps:
            return []
        }
    }

    fileprivate mutating func showSlowWork(_ waiting: [AppAction.Waiting]) {
        let named = waiting.compactMap { item in
            desk.requests.request(item.id)?.terms.title.map { ($0, item.milliseconds) }
        }
        slowWork = named.max { $0.1 < $1.1 }.map { SlowWork(title: $0.0, milliseconds: $0.1) }
    }

    // MARK: - Input

    fileprivate mutating func edit(_ edit: TextEdit) -> [Effect] {
        guard overlays.isEmpty else {
            overlays[overlays.count - 1].edit(edit)
            return []
        }
        return apply(change { $0.edit(edit, &$1) })
    }

    fileprivate mutating func click(row: Int, opens: Bool) -> [Effect] {
        if !overlays.isEmpty {
            return overlays[overlays.count - 1].select(row: row) ? chooseInOverlay() : []
        }
        let isThere = change { $0.click(row: row, &$1) }
        return isThere && opens ? carryOut(.open) : []
    }

    fileprivate mutating func scroll(to line: Int) {
        if overlays.isEmpty {
            change { feature, _ in feature.scroll = line }
        } else {
            overlays[overlays.count - 1].scroll = line
        }
    }

    /// Shows the screen as it was before keys that only moved on it; what they asked for is no longer wanted.
    fileprivate mutating func walkBack(to before: Screen) {
        guard overlays.isEmpty, before.kind == kind, before != screen else { return }
        desk.requests.forget(kind)
        screen = before
    }

    /// Says that a key means nothing here, once, and nothing of keys that come in a burst.
    fileprivate mutating func tell(_ key: AppAction.UnknownKey) {
        desk.number = nil
        if key.isAlone {
            desk.say(.keyHint, "\(key.name) has no meaning here; \(key.help) shows what has")
        } else if desk.status?.kind == .keyHint {
            desk.status = nil
        }
    }

    /// Puts the product with that code into the cart, as often as the number typed before says. A scan fills no
    /// field that is for something else, answers nothing and confirms nothing.
    fileprivate mutating func scan(_ typed: String) -> [Effect] {
        // A number as long as a barcode is one, forgotten before its Enter.
        var count = desk.number.flatMap { ScannedCode.isOne($0) ? nil : Int($0) } ?? 1
        desk.number = nil
        let code = ScannedCode.text(of: typed, prefix: desk.context.scannerPrefix)
        if let question = lookUp(badge: code) { return apply([question]) }
        if let refusal = refusal(ofScan: code) {
            desk.status = StatusMessage(.warning, refusal, isOfLock: isLocked)
            return [.beep]
        }
        guard overlays.isEmpty else {
            overlays[overlays.count - 1].fill(with: code)
            desk.say(.info, "Scanned: \(code); Enter confirms it")
            return []
        }
        desk.status = nil
        if let typed = change({ feature, _ in feature.takeQuantity() }) { count = typed }
        return lookUp(code, count: min(max(1, count), Quantity.range.upperBound))
    }

    /// Why a scan does nothing here; nil where it does.
    private func refusal(ofScan code: String) -> String? {
        // What looks like a code may be a password after all.
        let what = focusedField?.isSecret == true ? "That was a scan" : "That was a scan (\(code))"
        if let field = focusedField, field.content != .codes, field.content != .figures {
            return field.content == .amount
                ? "\(what), not an amount: nothing was taken"
                : "\(what): this field takes no codes"
        }
        if let overlay = overlays.last {
            return overlay.field == nil ? "\(what): it answers nothing here" : nil
        }
        return screen.feature.takesCodes ? nil : "\(what): go to the shop or the cart to sell it"
    }

    private mutating func lookUp(_ code: String, count: Int) -> [Effect] {
        if case .till = screen { desk.record(.code(code, count: count)) }
        if let steps = change({ $0.scanned(code, count: count, &$1) }) { return apply(steps) }
        let steps = desk.lookUp(code, count: count)
        return steps.isEmpty ? [.beep] : apply(steps)
    }

    // MARK: - Commands

    /// Every command from every key, click and palette entry ends here, after its availability was asked.
    mutating func carryOut(_ command: Command) -> [Effect] {
        if ending == .waiting { return commandWhileEnding(command) }
        let typed = desk.number
        let count = typed.map { min(Int($0) ?? .max, Quantity.range.upperBound) }
        if command == .back, typed != nil {
            desk.number = nil
            return []
        }
        defer { desk.number = nil }
        let before = desk.status
        defer { if Command.ofTester.contains(command) { showOverLock(unless: before) } }
        // A scanner types its digits and Enter, wherever numbers count.
        if command == .open, overlays.isEmpty, let typed, ScannedCode.isOne(typed) {
            desk.number = nil
            desk.status = nil
            return lookUp(typed, count: 1)
        }
        switch availability(of: command) {
        case .enabled: break
        case .disabled(let reason):
            desk.say(.warning, reason)
            return []
        case .absent: return []
        }
        guard let spec = CommandSpec[command] else { return [] }
        if command == .open || command == .submit, let field = focusedField, field.holdsScan {
            return edit(.end) + edit(.killToStart) + scan(field.text.trimmedText)
        }
        // Drawn anew it is the same picture, and a tester checks what it says.
        if command != .redraw, !QACommands.leavesStatus(command, under: overlays.last) {
            desk.status = nil
        }
        if !overlays.isEmpty, !spec.traits.contains(.overOverlays) { return carryOutInOverlay(command) }
        if case .till = screen, let entry = command.recorded { desk.record(entry) }
        return apply(change { spec.carryOut(on: &$0, &$1, count: count) })
    }

    /// While leaving waits, quitting again leaves at once and going back stays.
    private mutating func commandWhileEnding(_ command: Command) -> [Effect] {
        if command == .quit { return end() }
        if command == .back {
            ending = .no
            desk.status = nil
        }
        return []
    }
}
