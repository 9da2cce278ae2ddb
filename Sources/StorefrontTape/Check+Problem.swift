import StoreDomain
import StorefrontCore
import TerminalKit

extension Check {
    /// Why it cannot be told whether it holds; nil where it can.
    public func doubt(in scene: CheckedScene) -> String? {
        switch kind {
        case .took where scene.milliseconds == nil:
            "the tape does not tell how long the step took"
        case .frame(nil, _): "the recorder has kept no picture with it"
        case .took, .frame, .see, .notSee, .once, .seeIn, .style, .cursor, .focus, .screen, .cartPieces,
            .cartTotal, .ordered, .lastOrder, .paidOnce, .stock, .verifyClean, .exit:
            nil
        }
    }

    /// What is instead of what must be; nil where it holds.
    public func problem(in scene: CheckedScene) async -> String? {
        switch kind {
        case .see(let texts):
            return texts.first { !scene.text.contains($0) }.map { "\"\($0)\" does not show" }
        case .notSee(let texts): return texts.first { scene.text.contains($0) }.map { "\"\($0)\" shows" }
        case .once(let text):
            let times = scene.text.ranges(of: text).count
            return times == 1 ? nil : "\"\(text)\" shows \(times) times"
        case .seeIn(let region, let texts): return scene.problem(texts, in: region)
        case .style(let name, let text): return scene.problem(text, inStyle: name)
        case .cursor(let place): return scene.problem(cursorIn: place)
        case .focus(let focus): return scene.problem(focus)
        case .frame(let golden, let regions):
            return golden.flatMap { scene.problem(golden: $0, without: regions) }
        case .screen(let name):
            return "\(scene.state.kind)" == name ? nil : "the screen is \(scene.state.kind)"
        case .cartPieces(let count):
            let pieces = scene.state.desk.basket.cart.pieces
            return pieces == count ? nil : "there are \(pieces)"
        case .cartTotal(let text):
            guard let total = scene.state.desk.basket.quote?.total else { return "the cart has no total" }
            return total.decimalText == text ? nil : "it is \(total.decimalText)"
        case .ordered(let name, let times):
            let count = scene.ordered[name] ?? 0
            return count == times ? nil : "it was ordered \(count) times"
        case .exit(let code):
            guard let exit = scene.exit else { return "the program has not ended" }
            return exit == code ? nil : "it is \(exit)"
        case .took(let limit):
            return scene.milliseconds.flatMap { $0 < limit ? nil : "it took \($0) ms" }
        case .lastOrder, .paidOnce, .stock, .verifyClean: return await problem(inShop: scene.shop)
        }
    }

    private func problem(inShop shop: CheckedShop?) async -> String? {
        guard let shop else { return "there is no shop here to ask" }
        do throws(StoreError) {
            switch kind {
            case .lastOrder(let status, let total, let method):
                guard let order = try await shop.lastOrder else { return "there is no order" }
                let methods = order.payments.map(\.method.id)
                let isAsWanted =
                    order.status.rawValue == status && total.map { order.total.decimalText == $0 } ?? true
                    && method.map { methods.contains($0) } ?? true
                return isAsWanted
                    ? nil
                    : "it is \(order.status.rawValue), \(order.total.decimalText), paid by "
                        + (methods.isEmpty ? "nothing" : methods.joined(separator: " and "))
            case .paidOnce:
                guard let order = try await shop.lastOrder else { return "there is no order" }
                guard !order.payments.isEmpty else { return "it is \(order.status.rawValue), and not paid" }
                let taken = order.payments.map(\.amount.minorUnits).reduce(0, +)
                return taken == order.total.minorUnits
                    ? nil
                    : "\(order.payments.map(\.amount.decimalText).joined(separator: " and ")) was taken "
                        + "for \(order.total.decimalText)"
            case .stock(let code, let wanted):
                let product = try await shop.services.catalog.product(code: code)
                return product.stock.number == wanted ? nil : "it is \(product.stock.number)"
            case .verifyClean: return try await shop.verify().first
            case .see, .notSee, .once, .seeIn, .style, .cursor, .focus, .frame, .screen, .cartPieces,
                .cartTotal, .ordered, .exit, .took:
                return nil
            }
        } catch { return error.message }
    }
}

extension CheckedShop {
    fileprivate var lastOrder: Order? {
        get async throws(StoreError) {
            try await services.orders.orders(
                OrderQuery(everybody: true, perPage: 1), as: .operatorOfStore
            ).orders.first
        }
    }
}

extension CheckedScene {
    /// A row of the list has all of the texts, however far they are from each other; a dialog has them in any rows.
    fileprivate func problem(_ texts: [String], in region: Check.Region) -> String? {
        guard let rows = rows(of: region) else {
            return region == .dialog ? "nothing lies over the screen" : "there is no \(region.name)"
        }
        switch region {
        case .row, .header, .status, .footer:
            let row = rows.first ?? ""
            return texts.first { !row.contains($0) }.map { "\"\($0)\" is not in \"\(row)\"" }
        case .dialog:
            return texts.first { text in !rows.contains { $0.contains(text) } }
                .map { "\"\($0)\" is not in the dialog" }
        case .list:
            if rows.contains(where: { row in texts.allSatisfy { row.contains($0) } }) { return nil }
            return texts.first { text in !rows.contains { $0.contains(text) } }
                .map { "\"\($0)\" is not in the list" } ?? "no row of the list has all of them"
        }
    }

    fileprivate func problem(_ text: String, inStyle name: String) -> String? {
        guard let style, let role = Check.styles[name] else { return "nothing is drawn here" }
        let wanted = style(role)
        let places = places(of: text)
        guard !places.isEmpty else { return "\"\(text)\" does not show" }
        let isDrawn = places.contains { cells in cells.allSatisfy { $0.glyph == " " || $0.style.has(wanted) }
        }
        return isDrawn ? nil : "\"\(text)\" shows in another style"
    }

    fileprivate func problem(cursorIn place: Check.CursorPlace) -> String? {
        guard let cursor = surface.cursor else { return "there is no cursor" }
        switch place {
        case .search:
            if case .shop(let shop) = state.screen, state.overlays.isEmpty, shop.pane == .search {
                return nil
            }
            return "it is on the screen \(state.kind), in row \(cursor.y + 1)"
        case .region(let region):
            return contains(cursor, in: region) ? nil : "it is in row \(cursor.y + 1)"
        }
    }

    fileprivate func problem(_ focus: Check.Focus) -> String? {
        switch focus {
        case .none: return state.focusedField == nil ? nil : "what is typed goes into a field"
        case .label(let label):
            guard state.focusedField != nil, let cursor = surface.cursor else {
                return "no text field has the keys"
            }
            let before = TextWidth.prefix(of: surface.text(ofRow: cursor.y), width: cursor.x)
            let above = cursor.y > 0 ? surface.text(ofRow: cursor.y - 1) : ""
            return before.contains(label) || above.contains(label)
                ? nil : "the field that has the keys stands behind \"\(before)\""
        }
    }

    fileprivate func problem(golden: String, without regions: [Check.Region]) -> String? {
        let wanted = rows(of: golden, without: regions)
        let got = rows(of: surface.text, without: regions)
        guard wanted.count == got.count else { return "it has \(got.count) rows, not \(wanted.count)" }
        return zip(wanted, got).enumerated().first { $0.element.0 != $0.element.1 }.map { index, rows in
            "row \(index + 1) is \"\(rows.1)\", not \"\(rows.0)\""
        }
    }
}

extension Style {
    /// Whether a cell with this style was drawn with the other one on top.
    fileprivate func has(_ top: Style) -> Bool {
        (top.foreground == nil || top.foreground == foreground)
            && (top.background == nil || top.background == background)
            && attributes.isSuperset(of: top.attributes)
    }
}
