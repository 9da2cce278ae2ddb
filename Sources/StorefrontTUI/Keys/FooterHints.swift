import StorefrontCore

/// The keys a footer shows, in the order in which a person needs them; those that do nothing now are left
/// out.
enum FooterHints {
    /// Help and the way out, at the right end.
    static func general(in state: AppState) -> [(Command, String)] {
        state.overlays.isEmpty ? [(.help, "help"), (.quit, "quit")] : []
    }

    static func particular(in state: AppState) -> [(Command, String)] {
        switch state.overlays.last {
        case .help: return [(.back, "close"), (.down, "more")]
        case .palette, .categories, .sorts, .statuses: return [(.open, "choose"), (.back, "close")]
        case .themes: return [(.open, "keep"), (.back, "as before")]
        case .discount: return [(.open, "apply"), (.back, "close")]
        case .find: return [(.open, "find"), (.back, "close")]
        case .connect: return [(.open, "connect"), (.back, "close")]
        case .explain, .about: return [(.back, "close")]
        case .confirm(let question):
            return [
                (.open, question.choosesYes ? question.yes : question.no), (.nextField, "other"),
                (.back, question.no),
            ]
        case nil: break
        }
        // After an error the key that helps comes first.
        let help: [(Command, String)] = state.hasError ? [(.retry, "try again")] : []
        return help + screen(state)
    }

    private static func screen(_ state: AppState) -> [(Command, String)] {
        switch state.screen {
        case .welcome:
            return [
                (.submit, "choose"), (.makeAdmin, "first admin"), (.loadDemoData, "demo data"),
                (.connect, "connect"),
            ]
        case .signIn:
            return [
                (.submit, "sign in"), (.nextField, "next field"), (.register, "register"),
                (.browseAsGuest, "browse as guest"), (.reveal, "show password"),
            ]
        case .register:
            return [
                (.submit, "register"), (.nextField, "next field"), (.reveal, "show password"),
                (.back, "back"),
            ]
        case .shop:
            if state.shop.pane == .search {
                return [
                    (.open, "to the list"), (.down, "to the list"), (.back, "clear"), (.openCart, "cart"),
                ]
            }
            return [
                (.search, "search"), (.addOne, "add"), (.takeOne, "take away"), (.open, "details"),
                (.openCart, "cart"), (.category, "category"), (.sort, "sort"), (.clearFilters, "clear"),
                (.pageDown, "next page"),
                (.account, state.user == nil ? "sign in" : "account"),
                (.openOrders, "orders"), (.palette, "commands"),
            ]
        case .product:
            return [
                (.addOne, "add"), (.takeOne, "take away"), (.back, "back"), (.openCart, "cart"),
            ]
        case .cart:
            return [
                (.acceptChanges, "accept changes"), (.checkout, "check out"), (.addOne, "more"),
                (.takeOne, "less"),
                (.remove, "remove"), (.discountCode, "discount"), (.explain, "explain"), (.undo, "undo"),
                (.back, "shop"), (.findLine, "find"), (.nextMatch, "next match"),
            ]
        case .checkout:
            guard let checkout = state.checkout else { return [] }
            switch checkout.step {
            case .review:
                return [
                    (.acceptChanges, "accept changes"), (.submit, "go on to payment"), (.explain, "explain"),
                    (.back, "cart"),
                ]
            case .payment:
                let verb =
                    checkout.isOutcomeUnknown ? "ask again" : checkout.paysLater ? "place the order" : "pay"
                let others: [(Command, String)] =
                    checkout.methods.map { $0.count > 1 } == true ? [(.down, "other way to pay")] : []
                return [(.submit, verb)] + others + [(.cancelOrder, "cancel the order"), (.back, "back")]
            case .done: return [(.submit, "receipt"), (.openShop, "new sale"), (.openOrders, "orders")]
            }
        case .receipt:
            return [
                (.newSale, "new sale"), (.printReceipt, "print"), (.saveReceipt, "save to a file"),
                (.openOrders, "orders"),
            ]
        case .orders:
            return [
                (.open, "open"), (.showReceipt, "receipt"), (.takePayment, "take payment"),
                (.cancelOrder, "cancel"),
                (.filterStatus, "filter"), (.findOrder, "find"), (.nextMatch, "next match"),
                (.pageDown, "next page"),
                (.openShop, "shop"),
            ]
        case .order:
            return [
                (.showReceipt, "receipt"), (.takePayment, "take payment"), (.cancelOrder, "cancel"),
                (.back, "orders"),
            ]
        }
    }
}
