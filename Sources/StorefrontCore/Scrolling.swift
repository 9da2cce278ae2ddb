import StoreDomain

extension AppState {
    /// Lines above the window of the text in front; nil where there is nothing to scroll.
    var scroll: Int? {
        get {
            switch overlays.last {
            case .help(let help): return help.scroll
            case .explain(let scroll): return scroll
            case .palette, .categories, .sorts, .statuses, .themes, .discount, .find, .connect, .confirm,
                .about:
                return nil
            case nil: break
            }
            return switch screen {
            case .product: product.scroll
            case .order: order.scroll
            case .receipt: receiptScroll
            case .checkout: checkout?.step == .review ? checkout?.scroll : nil
            case .welcome, .signIn, .register, .shop, .cart, .orders: nil
            }
        }
        set {
            guard let newValue else { return }
            switch overlays.last {
            case .help(var help):
                help.scroll = newValue
                overlays[overlays.count - 1] = .help(help)
            case .explain: overlays[overlays.count - 1] = .explain(scroll: newValue)
            case .palette, .categories, .sorts, .statuses, .themes, .discount, .find, .connect, .confirm,
                .about:
                break
            case nil:
                switch screen {
                case .product: product.scroll = newValue
                case .order: order.scroll = newValue
                case .receipt: receiptScroll = newValue
                case .checkout: checkout?.scroll = newValue
                case .welcome, .signIn, .register, .shop, .cart, .orders: break
                }
            }
        }
    }

    /// Scrolls the text in front by one of the list commands, never beyond its ends.
    mutating func scroll(by command: Command) {
        guard let scroll else { return }
        let wanted =
            switch command {
            case .up: scroll - 1
            case .down: scroll + 1
            case .pageUp: scroll - 10
            case .pageDown: scroll + 10
            case .first: 0
            case .last: scrollLimit
            default: scroll
            }
        self.scroll = max(0, min(scrollLimit, wanted))
    }

    /// Takes over how far the text in front can be scrolled.
    mutating func limitScroll(to limit: Int) {
        scrollLimit = max(0, limit)
        scroll = scroll.map { min($0, scrollLimit) }
    }
}
