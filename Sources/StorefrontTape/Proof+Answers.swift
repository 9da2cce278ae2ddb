import StoreDomain
import StorefrontCore
import StorefrontTUI

/// When requests are carried out, and when their answers come.
extension Proof {
    /// The tape has the answer to a request.
    mutating func answer(_ id: RequestID) async {
        if let index = held.firstIndex(where: { $0.request.id == id }) {
            return enter(held.remove(at: index))
        }
        guard let index = open.firstIndex(where: { $0.id == id }),
            let carried = await carryOut(open.remove(at: index))
        else { return }
        enter(carried)
    }

    /// nil where the program has died meanwhile.
    mutating func carryOut(_ request: Request) async -> Held? {
        let reply = await request.answered(by: shop.outside) { _ in }
        let wait = shop.faults.takeWait()
        if shop.faults.takeDeath() {
            keep(.fault(.process(.now)))
            beginAnew()
            hasDied = true
            return nil
        }
        requests.note(request, answered: reply)
        return Held(request: request, reply: reply, wait: wait)
    }

    mutating func enter(_ held: Held) {
        let wasOnTheWay = state.isOnTheWayToPayment
        let action = AppAction.replied(held.request.id, held.reply)
        if case .screen = shell { keep(.action(action)) } else { keep(.plain(.action(action))) }
        enter(action)
        // It was typed before what it would answer could be read.
        if wasOnTheWay, state.showsReview { keptBack = [] }
        while let line = keptBack.first, !isBeforeItsAnswer(line) {
            keptBack.removeFirst()
            keep(line)
            handle(line)
        }
    }

    /// Whether the program keeps it back until an answer has come, as it decides what it means.
    func mustWait(_ line: TapeLine) -> Bool {
        // A tape has what was kept back where it was heard.
        answers == .atOnce && (!keptBack.isEmpty && line.isOfHands || isBeforeItsAnswer(line))
    }

    func isBeforeItsAnswer(_ line: TapeLine) -> Bool {
        guard case .screen(let screen) = shell, !open.isEmpty || !held.isEmpty else { return false }
        return screen.waits(line)
    }

    /// What a person does, or has to do with the terminal.
    mutating func handle(_ line: TapeLine) {
        guard case .screen(var screen) = shell else { return }
        let effects =
            switch line {
            case .event(let event): screen.hear(event)
            case .fault(let fault): screen.suffer(fault)
            case .action, .plain, .effects, .frame, .text, .state, .lineState, .mark, .check, .end,
                .unreadable:
                [Effect]()
            }
        shell = .screen(screen)
        take(effects)
    }

    /// The session ends without a word and begins anew on the same shop.
    mutating func beginAnew() {
        (open, held, keptBack, untold, answersWait) = ([], [], [], [], false)
        switch shell {
        case .screen(var screen):
            let effects = screen.suffer(.process(.now))
            shell = .screen(screen)
            take(effects)
        case .lines:
            guard let lines = tape.header.lines else { return }
            let start = tape.header.state ?? tape.header.freshState
            shell = .lines(PlainFilm(start, keyMap: tape.header.keyMap, zones: shop.zones, shell: lines))
            hear(.started(notice: nil))
        }
    }

    mutating func keep(_ line: TapeLine) {
        result.played.entries.append(Tape.Entry(line, after: unwritten))
        unwritten = 0
        if line.isStep { result.steps += 1 }
    }

    /// Carries out what was asked for, where nothing makes it wait.
    mutating func settle() async {
        guard carriesOutFirst else { return }
        var asked = 0
        while !answersWait, let request = waiting.first, asked < Self.mostRequests {
            asked += 1
            await carryOutFirst(request)
        }
        if asked == Self.mostRequests {
            failOnce("requests come to an end", "one step has led to \(asked) of them")
        }
    }

    /// The answer comes at once unless something keeps it back, or when the tape says so.
    mutating func carryOutFirst(_ request: Request) async {
        open.removeAll { $0.id == request.id }
        guard let carried = await carryOut(request) else { return }
        if carried.wait == nil, answers == .atOnce { enter(carried) } else { held.append(carried) }
    }

    /// Requests of one lane are carried out one after the other.
    func isBehind(_ request: Request) -> Bool {
        guard let lane = request.terms.lane else { return false }
        return open.contains { $0.terms.lane == lane && $0.id < request.id }
            || held.contains { $0.request.terms.lane == lane && $0.wait != nil }
    }

    /// It waits for a server that is not there, for as long as that takes.
    func isOutOfReach(_ request: Request) -> Bool {
        if case .program(.reconnect) = request.ask { shop.faults.isOffline } else { false }
    }

    /// Lets answers come whose time it is.
    mutating func release(_ isDue: (StoreFaults.Wait) -> Bool) async {
        var count = 0
        while let index = held.firstIndex(where: { $0.wait.map(isDue) ?? true }), count < Self.mostRequests {
            count += 1
            enter(held.remove(at: index))
            await settle()
        }
    }

    mutating func suffer(_ fault: TapedFault) async {
        switch fault {
        case .process(.now):
            // The tape says what has come of an earlier line.
            if hasDied { hasDied = false } else { beginAnew() }
        case .terminal(.hangup):
            // What must be stored is, though nobody hears of it.
            for request in open where request.terms.mustFinish {
                guard await carryOut(request) != nil else { break }
            }
            beginAnew()
        case .terminal, .hands: handle(.fault(fault))
        case .others(let deed):
            do throws(StoreError) {
                try await OtherTill(services: shop.checked.services, ids: shop.outside.ids).act(
                    deed, on: state.desk.basket.cart.lines.first, of: state.desk.principal.owner)
            } catch {
                // It is refused as any till would be: nothing has changed.
                return
            }
        case .answers(.wait): answersWait = true
        case .answers(.comes(let name)):
            guard let wanted = open.first(where: { $0.ask.name == name && !isOutOfReach($0) }) else { return }
            let before = open.filter { request in
                request.id < wanted.id && wanted.terms.lane != nil && request.terms.lane == wanted.terms.lane
            }
            for request in before + [wanted] where open.contains(request) { await carryOutFirst(request) }
        case .over:
            answersWait = false
            handle(.fault(.over))
        case .call, .store, .net, .clock, .process, .signedOut: break
        }
        await settle()
        if fault == .over, answers == .atOnce { await release { _ in true } }
        lookAtWhatAlwaysHolds()
    }
}
