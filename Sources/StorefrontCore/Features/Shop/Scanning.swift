import StoreDomain

/// What becomes of a code that the store was asked for.
extension AppState {
    mutating func receive(_ action: ShopAction) -> [Effect] {
        // The other answers are the screen's.
        guard case .code(let code, let count, let answer) = action else { return [] }
        switch answer {
        case .success(let product):
            desk.status = nil
            let steps = desk.add(product, count)
            if steps.isEmpty { return [.beep] }
            if desk.status?.kind != .warning { tellScan(of: product, code) }
            return apply(steps)
        case .failure(.notFound) where takesTyping(code):
            // No code: typed into the search so fast that it looked like one.
            let steps = change(ShopState.self) { shop, desk in
                let steps = shop.edit(.insert(code), &desk)
                shop.pane = .table
                return steps
            }
            return apply(steps ?? [])
        case .failure(let error):
            desk.say(error)
            return [.beep]
        }
    }

    private mutating func tellScan(of product: Product, _ code: String) {
        let pays = change(CheckoutState.self) { checkout, _ in checkout.step == .payment } ?? false
        desk.say(
            .success,
            pays
                ? "\(product.name) added (\(code)) for the next sale; what is being paid stays as it is"
                : "\(product.name) added (\(code))")
    }

    private func takesTyping(_ code: String) -> Bool {
        guard case .shop(let shop) = screen, shop.pane == .search else { return false }
        return overlays.isEmpty && !ScannedCode.isOne(code)
    }
}
