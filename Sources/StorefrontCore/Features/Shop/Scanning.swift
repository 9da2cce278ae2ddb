import StoreDomain

extension Desk {
    /// Asks for what a code stands for; nothing but words for a scale's label where nobody is signed in who sells.
    mutating func lookUp(_ code: String, count: Int) -> [Step] {
        let label = ScaleLabel(code, formats: policy.scaleLabels)
        guard label == nil || principal.allows(.sell) else {
            say(.warning, "What a scale labelled is sold by staff; sign in as somebody who sells")
            return []
        }
        return [.ask(.shop(.code(code, label: label, count: count)))]
    }
}

/// What becomes of a code that the store was asked for.
extension AppState {
    mutating func receive(_ action: ShopAction) -> [Effect] {
        // The other answers are the screen's.
        guard case .code(let code, let label, let count, let answer) = action else { return [] }
        switch answer {
        case .success(let product):
            desk.status = nil
            // The one before is done: this is the first of the next sale.
            let next = overlays.isEmpty && screen.feature.isAfterSale ? apply(.newSale(searches: false)) : []
            let steps = desk.add(product, label: label, count)
            if steps.isEmpty { return next + [.beep] }
            if desk.status?.kind != .warning {
                tellScan(of: label?.name(of: product.name) ?? product.name, code)
            }
            return next + apply(steps)
        case .failure(.notFound) where typedWords(code) != nil:
            let words = typedWords(code) ?? ""
            let steps = change(ShopState.self) { shop, desk in
                if shop.pane != .search { shop.search.set("") }
                shop.pane = .search
                let steps = shop.edit(.insert(words), &desk)
                shop.pane = .table
                return steps
            }
            return apply(steps ?? [])
        case .failure(.notFound) where opensReturn(code):
            return apply([.to(.returns(ReturnsState(finding: code)))])
        case .failure(.notFound(.productCode)) where ScannedCode.isGarbled(code):
            desk.say(.failure, "No product has this code; does the scanner\u{2019}s keyboard layout fit?")
            return [.beep]
        case .failure(let error):
            desk.say(error)
            return [.beep]
        }
    }

    /// Whether a code is the number of a receipt, whose sale can be looked at at once.
    private func opensReturn(_ code: String) -> Bool {
        guard let number = DocumentNumber(code), overlays.isEmpty, !screen.feature.guardsLeaving,
            desk.principal.mayTry(.refund)
        else { return false }
        switch number.series.kind {
        case .receipt, .refund, .invoice: return true
        case .closing, .training: return false
        }
    }

    private mutating func tellScan(of name: String, _ code: String) {
        let pays = change(CheckoutState.self) { checkout, _ in checkout.step == .payment } ?? false
        desk.say(
            .success,
            pays
                ? "\(name) added (\(code)) for the next sale; what is being paid stays as it is"
                : "\(name) added (\(code))")
    }

    /// What was no code, but typed into the search, or behind the key that goes there, so fast that it looked
    /// like one; nil for a code.
    private func typedWords(_ code: String) -> String? {
        guard case .shop(let shop) = screen, overlays.isEmpty else { return nil }
        if shop.pane == .search { return ScannedCode.isOne(code) ? nil : code }
        return code.hasPrefix("/") && !ScannedCode.isGarbled(code) ? String(code.dropFirst()) : nil
    }
}
