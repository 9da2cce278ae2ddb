import StoreDomain

/// The cart's behaviour. Every change shows at once and is sent to disk; a refusal takes it back.
enum CartModel {
    static func open(_ state: inout AppState) -> [Effect] {
        state.go(to: .cart)
        return compare(state)
    }

    static func carryOut(_ command: Command, count: Int?, _ state: inout AppState) -> [Effect] {
        switch command {
        case .up: select(state.cart.selection - 1, &state)
        case .down: select(state.cart.selection + 1, &state)
        case .pageUp: select(state.cart.selection - 10, &state)
        case .pageDown: select(state.cart.selection + 10, &state)
        case .first: select(0, &state)
        case .last: select(state.cart.cart.lines.count - 1, &state)
        case .addOne: return step(by: count ?? 1, &state)
        case .takeOne: return step(by: -(count ?? 1), &state)
        case .remove:
            guard let line = state.cart.selected else { return [] }
            return change(.setQuantity(productID: line.productID, 0), &state)
        case .open:
            // A number, then Enter, sets the quantity; Enter alone goes on to the checkout.
            if let count, let line = state.cart.selected {
                return change(.setQuantity(productID: line.productID, count), &state)
            }
            return CheckoutModel.begin(&state)
        case .undo: return undo(&state)
        case .discountCode:
            state.overlays.append(.discount(TextInput(state.cart.cart.discountCode ?? "", limit: 50)))
        case .findLine: state.overlays.append(.find(TextInput(limit: 60)))
        case .nextMatch: goToMatch(forward: true, &state)
        case .previousMatch: goToMatch(forward: false, &state)
        case .explain: state.overlays.append(.explain(scroll: 0))
        case .checkout: return CheckoutModel.begin(&state)
        case .acceptChanges:
            return accept(&state)
        case .retry: return [.loadCart(state.owner)] + compare(state)
        default: break
        }
        return []
    }

    private static func select(_ row: Int, _ state: inout AppState) {
        state.cart.selection = max(0, min(state.cart.cart.lines.count - 1, row))
    }

    /// Goes to the next line with these words, round the end if need be.
    static func find(_ text: String, _ state: inout AppState) {
        guard let search = ListSearch(text) else { return }
        state.cart.search = search
        goToMatch(forward: true, &state)
    }

    private static func goToMatch(forward: Bool, _ state: inout AppState) {
        guard let search = state.cart.search else { return }
        let rows = state.cart.cart.lines.map(\.searchText)
        let match =
            search.row(in: rows, from: state.cart.selection, forward: forward)
            ?? search.row(in: rows, from: nil, forward: forward)
        if let match { select(match, &state) } else { state.say(.warning, "No line has \"\(search.text)\"") }
    }

    private static func step(by count: Int, _ state: inout AppState) -> [Effect] {
        guard let line = state.cart.selected else { return [] }
        return change(.setQuantity(productID: line.productID, line.quantity + count), &state)
    }

    // MARK: - Changing

    static func change(_ change: CartChange, _ state: inout AppState) -> [Effect] {
        let before = state.cart.cart
        let notes = state.cart.cart.apply(change)
        tell(notes, &state)
        guard state.cart.cart != before else { return [] }
        let request = state.newRequest()
        state.cart.request = request
        let effects = [.changeCart(change, state.owner, request)] + quote(&state)
        // Another quantity may settle a difference, or make one.
        return state.cart.differences.isEmpty ? effects : effects + compare(state)
    }

    /// Takes over what the catalogue says now.
    static func accept(_ state: inout AppState) -> [Effect] {
        change(.accept(state.cart.differences), &state)
    }

    static func undo(_ state: inout AppState) -> [Effect] {
        guard state.cart.cart.undo() else { return [] }
        state.say(.info, "Taken back")
        let request = state.newRequest()
        state.cart.request = request
        return [.undoCart(state.owner, request)] + quote(&state) + compare(state)
    }

    private static func tellCode(_ quote: PriceBreakdown, _ state: inout AppState) {
        for step in quote.steps {
            switch step {
            case .discount, .manualDiscount:
                state.say(.success, "\(step.title): \(step.amount?.displayText ?? "")")
            case .refusedDiscount(_, let problem): state.say(.warning, "\(step.title): \(problem.words)")
            case .line, .lineDiscount, .subtotal, .tax, .includedTax, .exempt, .told, .total: break
            }
        }
    }

    private static func tell(_ notes: [CartNote], _ state: inout AppState) {
        guard let note = notes.first else { return }
        switch note {
        case .capped(let name, let available):
            state.say(.warning, "Only \(available) of \(name): that many now")
        case .soldOut(let name): state.say(.warning, "\(name) is sold out")
        case .removed(let name): state.say(.info, "\(name) removed; u brings it back")
        case .full: state.say(.warning, "The cart is full: \(Order.maximumLines) different products")
        }
        if notes.count > 1, let status = state.status {
            state.say(status.kind, "\(status.text) (and \(notes.count - 1) more)")
        }
    }

    /// Asks what the cart costs now. No screen adds up money.
    static func quote(_ state: inout AppState) -> [Effect] {
        let cart = state.cart.cart
        state.cart.selection = max(0, min(cart.lines.count - 1, state.cart.selection))
        let left = state.cart.differences.filter { cart.quantity(of: $0.productID) > 0 }
        state.cart.differences = left
        guard !cart.isEmpty else {
            state.cart.quote = nil
            state.cart.quoteRequest = nil
            return []
        }
        let request = state.newRequest()
        state.cart.quoteRequest = request
        let lines = cart.pricedLines(currency: state.context.policy.currency)
        return [.quote(lines, code: cart.discountCode, state.principal, request)]
    }

    /// Asks whether the catalogue still says what the cart does.
    static func compare(_ state: AppState) -> [Effect] {
        let ids = state.cart.cart.lines.map(\.productID)
        return ids.isEmpty ? [] : [.compareCart(ids)]
    }

    // MARK: - Answers

    static func receive(_ action: AppAction, _ state: inout AppState) -> [Effect] {
        switch action {
        case .cartLoaded(let owner, let result):
            guard owner == state.owner else { return [] }
            switch result {
            case .success(let cart):
                state.cart.cart = cart
                state.cart.error = nil
                if !cart.isEmpty, state.status == nil {
                    state.say(
                        .info,
                        "Your cart is still here: \(cart.pieces) \(cart.pieces == 1 ? "piece" : "pieces")")
                }
                return quote(&state) + compare(state) + [.findCheckout(owner)]
            case .failure(let error):
                state.cart.error = error
                state.say(error)
            }
        case .cartChanged(let request, let owner, let result):
            guard owner == state.owner else { return [] }
            // A later change is under way, and its answer counts; that this one failed is still said.
            guard state.cart.request == request else {
                if case .failure(let error) = result { state.say(error) }
                return []
            }
            state.cart.request = nil
            switch result {
            case .success(let outcome):
                state.cart.error = nil
                guard outcome.cart != state.cart.cart else { return [] }
                // Another terminal of the same user was at it too: what is on disk counts.
                state.cart.cart = outcome.cart
                tell(outcome.notes, &state)
                return quote(&state) + compare(state)
            case .failure(let error):
                state.say(error)
                return [.loadCart(owner)]
            }
        case .cartAdopted(let userID, let result):
            guard state.owner == .user(userID) else { return [] }
            switch result {
            case .success(let outcome):
                state.cart.cart = outcome.cart
                tell(outcome.notes, &state)
                // Not all of it could come along: that is to be seen first.
                if !outcome.notes.isEmpty { state.cart.goesOnToCheckout = false }
                return quote(&state) + compare(state) + [.findCheckout(state.owner)]
            case .failure(let error):
                state.say(error)
                return [.loadCart(state.owner)]
            }
        case .quoted(let request, let result):
            guard state.cart.quoteRequest == request else { return [] }
            state.cart.quoteRequest = nil
            switch result {
            case .success(let quote):
                state.cart.quote = quote
                if state.cart.tellsCode { tellCode(quote, &state) }
                state.cart.tellsCode = false
            case .failure(let error): state.say(error)
            }
        case .cartCompared(let ids, .success(let products)):
            // What was put in since is not known to be gone: it was not asked for.
            let asked = Set(ids)
            let found = CartDifference.find(in: state.cart.cart, catalogue: products)
            state.cart.differences =
                state.cart.differences.filter { !asked.contains($0.productID) }
                + found.filter { asked.contains($0.productID) }
        case .cartCompared(_, .failure(let error)): state.say(error)
        default: break
        }
        return []
    }
}
