import StoreDomain

/// Carrying out what features want: going places, asking, telling.
extension AppState {
    mutating func apply(_ steps: [Step]) -> [Effect] {
        var effects: [Effect] = []
        for step in steps { effects += apply(step) }
        return effects
    }

    mutating func apply(_ step: Step) -> [Effect] {
        switch step {
        case .ask(let ask): return [.ask(desk.requests.enter(ask, as: desk.principal))]
        case .push(let screen):
            if let index = way.firstIndex(where: { $0.kind == screen.kind }) { way.removeSubrange(index...) }
            way.append(screen)
            return enter()
        case .pop:
            guard way.count > 1 else { return apply(.toShop) }
            way.removeLast()
            forgetWhatWasLeft()
            return screen.feature.isLoadedOnReturn ? enter() : []
        case .popTo(let kind):
            guard let index = way.lastIndex(where: { $0.kind == kind }) else { return [] }
            way.removeSubrange((index + 1)...)
            forgetWhatWasLeft()
            return []
        case .leave(let kind):
            guard way.contains(where: { $0.kind != kind }) else { return apply(.toShop) }
            way.removeAll { $0.kind == kind }
            forgetWhatWasLeft()
            return []
        case .toShop:
            way = [shop]
            clearOverlays()
            return enter()
        case .newSale(let searches):
            // An impatient Enter leaves the change in sight.
            if case .checkout(let checkout) = screen, let told = checkout.changeGiven {
                desk.say(.info, told)
            }
            way = [shop]
            clearOverlays()
            _ = change(ShopState.self) { shop, _ in
                shop.startOver()
                if searches { shop.goToSearch() }
            }
            return enter()
        case .to(let screen):
            let isNew = way[0].kind != .shop
            let known = way.first { $0.kind == screen.kind }
            way = [shop]
            clearOverlays()
            let effects = isNew ? enter() : []
            way.append(known ?? screen)
            return effects + enter()
        case .start(let screen):
            way = [screen]
            clearOverlays()
            return enter()
        case .open(let overlay): lay(overlay)
        case .refuse(let why): desk.say(.failure, why)
        case .lock: return lock()
        case .tell(let news): return tell(news)
        case .signedIn(let session):
            desk.principal = .user(session)
            desk.isFresh = false
            return keepEmail(session.user.email)
        case .signOut: return signOut()
        case .end: return end()
        case .endFor(let address):
            destination = address
            return end()
        case .quit: return quit()
        case .beep: return [.beep]
        case .redraw: return [.redraw]
        case .suspend: return [.suspend]
        case .copy(let copied): return [.copy(copied)]
        case .saveScreen(let form): return [.saveScreen(form)]
        case .note(let note): return [.note(note)]
        }
        return []
    }

    /// The shop at the start of the way, a new one where it begins elsewhere.
    private var shop: Screen { way[0].kind == .shop ? way[0] : .shop(ShopState()) }

    private mutating func enter() -> [Effect] {
        forgetWhatWasLeft()
        return apply(change { $0.enter(&$1) })
    }

    private mutating func forgetWhatWasLeft() { desk.requests.keep(Set(way.map(\.kind))) }

    /// Lets `body` change the screen that shows, and the desk.
    mutating func change<Result>(_ body: (inout any Feature, inout Desk) -> Result) -> Result {
        Self.change(&way[way.count - 1], &desk, body)
    }

    /// Nothing is copied: both are changed where they are.
    private static func change<Result>(
        _ screen: inout Screen, _ desk: inout Desk, _ body: (inout any Feature, inout Desk) -> Result
    ) -> Result {
        screen.change { body(&$0, &desk) }
    }

    /// Lets `body` change the screen of a kind wherever it is on the way; nil when it is not.
    mutating func change<State: Feature, Result>(
        _ kind: State.Type, _ body: (inout State, inout Desk) -> Result
    ) -> Result? {
        guard let index = way.lastIndex(where: { $0.kind == State.kind }) else { return nil }
        var desk = desk
        defer { self.desk = desk }
        return way[index].change { feature in
            guard var state = feature as? State else { return nil }
            defer { feature = state }
            return body(&state, &desk)
        }
    }

    mutating func tell(_ news: News) -> [Effect] {
        var steps: [Step] = []
        for index in way.indices {
            var desk = desk
            steps += way[index].change { $0.hear(news, &desk) }
            self.desk = desk
        }
        return apply(steps)
    }

    // MARK: - The mouse on a screen

    /// Takes what a click stands for, where nothing lies over the screen.
    mutating func choose(_ choice: Choice) -> [Effect] {
        guard isFree() else { return [] }
        return apply(change { $0.choose(choice, &$1) })
    }

    /// Goes back to a place on the way. Where something would be lost, the screen asks first, as it does for one
    /// step back.
    mutating func goBack(to place: Int) -> [Effect] {
        guard way.indices.dropLast().contains(place), isFree() else { return [] }
        if screen.feature.guardsLeaving { return apply(change { $0.back(&$1) }) }
        return apply(.popTo(way[place].kind))
    }

    /// Whether the screen can be worked on; says why not where it is busy.
    private mutating func isFree() -> Bool {
        guard ending == .no, overlays.isEmpty else { return false }
        if let reason = screen.feature.busyReason {
            desk.say(.warning, reason)
            return false
        }
        desk.status = nil
        desk.number = nil
        return true
    }

    // MARK: - Leaving

    private mutating func quit() -> [Effect] {
        // Whoever starts the program again is not let in by it.
        if isLocked { return signOut() + end() }
        let loses = desk.context.isThrowAway && !desk.basket.cart.isEmpty
        let lost =
            desk.context.kiosk == nil
            ? "This is a throw-away store: the cart is lost." : "Nothing is kept here: the cart is lost."
        let loss = screen.feature.lossOnQuit ?? (loses ? lost : nil)
        guard let loss else { return end() }
        overlays.append(
            .confirm(
                Confirm(.quit, title: "Quit?", text: loss, yes: "Quit", no: "Stay", choosesYes: false)))
        return []
    }

    /// Ends at once, or when what must not be lost is done. Asked a second time, it waits no longer.
    mutating func end() -> [Effect] {
        if ending == .waiting || desk.requests.mustFinish.isEmpty {
            ending = .ended
        } else {
            ending = .waiting
            tellWait()
        }
        return []
    }

    mutating func tellWait() {
        guard let request = desk.requests.mustFinish.first else { return }
        let what = request.terms.title ?? "Saving"
        desk.say(.info, "\(what)\u{2026} the program ends when it is done; quitting again ends it now")
    }

    // MARK: - Signing in and out

    /// Remembers who signed in, where anything is kept.
    private mutating func keepEmail(_ email: String) -> [Effect] {
        guard !desk.context.isThrowAway, email != desk.context.lastEmail else { return [] }
        desk.context.lastEmail = email
        return apply([.ask(.program(.keepEmail(email)))])
    }

    /// Forgets everything of the person: the program is as it began. Their basket is left behind.
    mutating func signOut() -> [Effect] {
        let owner = desk.owner
        let effects = forgetPerson()
        return effects.isEmpty ? [] : effects + apply([.ask(.basket(.letGo(owner)))])
    }

    mutating func forgetPerson() -> [Effect] {
        guard case .user(let session) = desk.principal else { return [] }
        var fresh = Desk(context: desk.context)
        fresh.viewport = desk.viewport
        fresh.connection = desk.connection
        fresh.hasMouse = desk.hasMouse
        fresh.requests = desk.requests
        fresh.tested = desk.tested
        desk = fresh
        way = [.signIn(SignInState(desk, isStart: true))]
        overlays = []
        slowWork = nil
        forgetWhatWasLeft()
        desk.say(.info, "Signed out")
        return apply([.ask(.account(.signOut(session)))] + desk.basket.load())
    }
}
