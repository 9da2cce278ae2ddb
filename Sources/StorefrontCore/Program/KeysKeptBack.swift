import StoreDomain

/// Which keys wait for the answer to a request: those that would mean something else once it is there. So the
/// same keys lead to the same state, whether they come one at a time or all at once.
///
/// The answers of placing and paying an order keep nothing back: until they come, the checkout refuses keys, so
/// that nobody answers a question, or pays again, by a key that was pressed before it could be read.
public enum KeysKeptBack: Hashable, Codable, Sendable {
    case none
    /// Keys of the cart, the till and the checkout that look at the price, at how it can be paid, or at what has changed
    /// in the shop.
    case onPrice
    /// Keys of the screen that asked, but for those that go elsewhere and for letters that are typed.
    case onScreen
    /// All keys but those that leave the program, or give up a wait that shows.
    case all
}

extension AppState {
    /// Whether what happened has to wait for an answer that decides what it means.
    ///
    /// - Parameters:
    ///   - action: nil for a key that means nothing yet.
    ///   - givesUp: whether going back may end the waiting instead.
    public func waits(_ action: AppAction?, givesUp: Bool = false) -> Bool {
        guard ending == .no else { return false }
        // Who lets an answer never come must be able to let it come.
        if overlays.last?.isOfTester == true { return false }
        if case .command(let command) = action, Command.ofTester.contains(command) { return false }
        if playsAlone { return !leaves(action, givesUp) }
        if isOnTheWayToPayment { return !leaves(action, givesUp) }
        var onPrice = false
        var onScreen = false
        for request in desk.requests.open {
            let terms = request.terms
            guard terms.screen == nil || terms.screen == kind else { continue }
            switch terms.keepsBack {
            case .none: break
            // What becomes of a discount code is said when its price comes, and the next key takes that away.
            case .onPrice where desk.basket.tellsCode: return !leaves(action, givesUp)
            case .onPrice: onPrice = true
            case .onScreen: onScreen = true
            case .all: return !leaves(action, givesUp)
            }
        }
        return onScreen && !goesAhead(action) || onPrice && usesPrice(action)
    }

    /// Prices and stock are looked at before a payment: what is typed is for the payment.
    public var isOnTheWayToPayment: Bool {
        if case .checkout(let checkout) = screen { overlays.isEmpty && checkout.isOnTheWay } else { false }
    }

    /// The review shows what has changed. What was typed for the payment, before anybody could see that, must not
    /// confirm it.
    public var showsReview: Bool {
        if case .checkout(let checkout) = screen {
            checkout.step == .review && !checkout.isOnTheWay
        } else {
            false
        }
    }

    private func leaves(_ action: AppAction?, _ givesUp: Bool) -> Bool {
        action == .command(.quit) || givesUp && action == .command(.back)
    }

    private func goesAhead(_ action: AppAction?) -> Bool {
        switch action {
        case .edit, .pasted: !overlays.isEmpty || screen.feature.typesAhead
        case .command(.back): !overlays.isEmpty || !screen.feature.backWaits
        case .command(let command): command.hasTrait(.goesAhead)
        case .tester: true
        case .started, .digit, .scanned, .rowClicked, .categoryClicked, .chose, .wentBack, .scrolled,
            .resized, .answered,
            .unknownKey, .focused, .shopChanged, .idledTooLong, .lockDue, .noticed, .connectionChanged,
            .waited,
            .signInWaited,
            .paymentStillOpen, .progress, .replied, .screenSaved, .themeFailed, .visit, .walkedBack, nil:
            false
        }
    }

    private func usesPrice(_ action: AppAction?) -> Bool {
        guard overlays.isEmpty, screen.feature.showsPrice else { return false }
        switch action {
        // A key may be that of a command that is there once something has changed.
        case .unknownKey, nil: return true
        case .command(let command): return command.hasTrait(.usesPrice)
        case .started, .digit, .scanned, .edit, .pasted, .rowClicked, .categoryClicked, .chose, .wentBack,
            .scrolled, .resized,
            .answered, .focused, .shopChanged, .idledTooLong, .lockDue, .noticed, .connectionChanged, .waited,
            .signInWaited,
            .paymentStillOpen, .progress, .replied, .screenSaved, .themeFailed, .visit, .walkedBack, .tester:
            return false
        }
    }
}

extension Command {
    fileprivate func hasTrait(_ trait: CommandTrait) -> Bool {
        CommandSpec[self]?.traits.contains(trait) ?? false
    }
}
