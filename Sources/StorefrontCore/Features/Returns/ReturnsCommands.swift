import StoreDomain

extension ReturnsState {
    public static let commands: [CommandSpec] = [
        CommandSpec(
            .openReturns, "Returns", "Take goods back and give their money back", spoken: Spoken(["returns"]),
            permission: .refund, traits: [.goesAhead]
        ) { feature, desk, _ in
            ProgramCommands.leave(&feature, &desk) { _ in [.to(.returns(ReturnsState(finding: nil)))] }
        },
        CommandSpec(
            .returnOrder, "Return", "Take goods of the order back", in: .screens([.orders, .order]),
            keys: ["R"], spoken: Spoken(argument: .row), permission: .refund,
            available: { feature, desk in
                guard let order = order(feature) else { return .disabled("No order is selected") }
                if desk.context.isReadOnly { return Desk.readOnly }
                switch order.status {
                case .paid, .partiallyRefunded: return .enabled
                case .pending, .cancelled, .refunded:
                    return .disabled("Order \(order.id) is \(order.status.word)")
                }
            }
        ) { feature, _, _ in
            order(feature).map { [.push(.returns(ReturnsState(finding: String($0.id))))] } ?? []
        },
        CommandSpec(
            .findSale, "Find", "Find sales by receipt, order, product or customer", on: ReturnsState.self,
            keys: ["/"],
            spoken: Spoken(
                argument: .text,
                help:
                    "Find sales by receipt, order, product or customer; or give it at once: find R1-118"),
            available: { returns, _ in
                switch returns.stage {
                case .finding, .done: .enabled
                case .choosing(let returning):
                    returning.pieces == 0
                        ? .enabled : .disabled("Give the money back first, or go back to the sales")
                case .giving: .absent
                }
            }
        ) { _, _, _ in [.open(.prompt(Prompt(.findSale, limit: 60)))] },
        choosing(.returnAll, "All", "All that is left comes back; once more, nothing does", ["a"]) {
            $0.toggleAll()
        },
        onLine(
            .returnMore, "More", "One more of the line comes back; a number before it, that many",
            ["+", "Space"]
        ) { returns, item, count, desk in
            returns.setQuantity(returns.quantity(of: item) + count, of: item, &desk)
        },
        onLine(.returnLess, "Less", "One less of the line comes back; a number before it, that many", ["-"]) {
            returns, item, count, desk in
            returns.setQuantity(returns.quantity(of: item) - count, of: item, &desk)
        },
        CommandSpec(
            .returnQuantity, "Quantity", "Type a number, then Enter: that many of the line come back",
            on: ReturnsState.self,
            spoken: Spoken(
                ["quantity"], argument: .rowAndCount(least: 0),
                help: "That many pieces of the line come back; quantity 2 1 takes one of number 2"),
            traits: [.byKeyOnly, .unbindable], available: hasLine
        ) { returns, desk, count in returns.open(count: count, &desk) },
        onLine(.returnLoss, "Loss", "The goods of the line go back on the shelf, or are a loss", ["b"]) {
            returns, item, _, _ in
            guard case .choosing(var returning) = returns.stage else { return }
            returning.go(.refund)
            returning.toggleLoss(of: item)
            returns.stage = .choosing(returning)
        },
        CommandSpec(
            .returnCards, "Gift cards",
            "The gift cards of the sale come back, with what is left on them; once more, they do not",
            on: ReturnsState.self, keys: ["c"], spoken: Spoken(["gift-cards"]),
            available: { returns, desk in
                let availability = hasLine(returns, desk)
                guard availability.isEnabled, case .choosing(let returning) = returns.stage else {
                    return availability
                }
                if returning.order.giftCards.isEmpty { return .disabled("No gift card was sold with it") }
                return returning.order.refundableCards.isEmpty
                    ? .disabled("Nothing is left on its gift cards") : .enabled
            }
        ) { returns, _, _ in
            guard case .choosing(var returning) = returns.stage else { return [] }
            returning.go(.refund)
            returning.toggleCards()
            returns.stage = .choosing(returning)
            return []
        },
        CommandSpec(
            .returnTender, "Money", "Choose how the money goes back", on: ReturnsState.self, keys: ["t"],
            spoken: Spoken(["money"]), available: hasChoice
        ) { returns, desk, _ in
            guard case .choosing(let returning) = returns.stage else { return [] }
            return [.open(.picker(returns.methods(returning, desk)))]
        },
        CommandSpec(
            .explainReturn, "Explain", "How each figure came about", on: ReturnsState.self, keys: ["e"],
            available: { returns, desk in
                guard case .choosing(let returning) = returns.stage else { return .absent }
                guard returning.hasAny else { return .disabled("Nothing comes back yet") }
                return returning.figures(desk).failure.map { .disabled($0.screenText) } ?? .enabled
            }
        ) { returns, desk, _ in
            guard case .choosing(let returning) = returns.stage,
                case .success(let figures) = returning.figures(desk)
            else { return [] }
            return [.open(.reckoning(returning.reckoning(figures), scroll: 0))]
        },
        CommandSpec(
            .giveBack, "Give back", "Give the money back for what was chosen, as Enter does",
            on: ReturnsState.self, keys: ["o"], spoken: Spoken(["give"]),
            available: { returns, _ in
                if case .choosing = returns.stage { .enabled } else { .absent }
            }
        ) { returns, desk, _ in returns.give(&desk) },
        CommandSpec(
            .exchangeGoods, "Exchange",
            "Take other goods for what was chosen: the till scans them, and one amount is left",
            on: ReturnsState.self, keys: ["x"],
            available: { returns, desk in
                guard case .choosing(let returning) = returns.stage else { return .absent }
                if desk.context.isReadOnly { return Desk.readOnly }
                if returning.unanswered != nil { return .disabled(unknown) }
                guard desk.sellsAtTill else { return .disabled("Goods are exchanged by who sells at a till") }
                if desk.basket.cart.terms.isTraining { return .disabled("Training takes nothing back") }
                if desk.basket.cart.terms.back != nil {
                    return .disabled("Goods of a sale are at the till already: end that exchange first")
                }
                return returning.pieces > 0 ? .enabled : .disabled("Choose first what comes back")
            }
        ) { returns, desk, _ in
            guard case .choosing(var returning) = returns.stage else { return [] }
            returning.go(.exchange)
            returns.stage = .choosing(returning)
            return returns.give(&desk)
        },
        CommandSpec(
            .voidSale, "Void sale", "Take the whole sale back in the shift in which it was sold",
            on: ReturnsState.self, keys: ["V"], permission: .voidSales,
            available: { returns, desk in
                guard case .choosing(let returning) = returns.stage else { return .absent }
                if desk.context.isReadOnly { return Desk.readOnly }
                if returning.unanswered != nil { return .disabled(unknown) }
                return returning.sale.voidProblem(at: desk.context.till).map { .disabled($0) } ?? .enabled
            }
        ) { returns, desk, _ in
            guard case .choosing(var returning) = returns.stage else { return [] }
            returning.go(.void)
            returns.stage = .choosing(returning)
            return returns.give(&desk)
        },
        CommandSpec(
            .printReturn, "Print", "Print the refund's receipt", on: ReturnsState.self, keys: ["p"],
            available: { returns, desk in
                guard case .done(let returned) = returns.stage else { return .absent }
                return desk.printing([returned.order])
            }
        ) { returns, desk, _ in
            guard case .done(let returned) = returns.stage else { return [] }
            desk.notePrinting([returned.order])
            return [.ask(.returns(.print(returned, ReceiptStyle(desk))))]
        },
        CommandSpec(
            .saveReturn, "Save", "Write the refund's receipt to a file", on: ReturnsState.self, keys: ["s"],
            traits: [.ofHost],
            available: { returns, desk in
                guard case .done = returns.stage else { return .absent }
                return desk.context.isThrowAway
                    ? .disabled("This is a throw-away shop: nothing is kept") : .enabled
            }
        ) { returns, desk, _ in
            guard case .done(let returned) = returns.stage else { return [] }
            return [.ask(.returns(.save(returned, ReceiptStyle(desk))))]
        },
    ]

    func quantity(of item: OrderItem) -> Int {
        if case .choosing(let returning) = stage { returning.quantity(of: item) } else { 0 }
    }

    private static func order(_ feature: any Feature) -> Order? {
        (feature as? OrdersState)?.selected ?? (feature as? OrderState)?.order
    }

    @Sendable private static func hasLine(_ returns: ReturnsState, _ desk: Desk) -> Availability {
        guard case .choosing(let returning) = returns.stage else { return .absent }
        if returning.unanswered != nil { return .disabled(unknown) }
        return returning.isSpent ? .disabled("Nothing is left of this sale") : .enabled
    }

    /// In a void the money goes back as it came.
    @Sendable private static func hasChoice(_ returns: ReturnsState, _ desk: Desk) -> Availability {
        if case .choosing(let returning) = returns.stage, returning.way == .void {
            return .disabled("A void gives the money back as it was paid")
        }
        return hasLine(returns, desk)
    }

    private static func choosing(
        _ command: Command, _ title: String, _ help: String, _ keys: [String],
        _ body: @escaping @Sendable (inout Returning) -> Void
    ) -> CommandSpec {
        CommandSpec(command, title, help, on: ReturnsState.self, keys: keys, available: hasLine) {
            returns, _, _ in
            guard case .choosing(var returning) = returns.stage else { return [] }
            returning.go(.refund)
            body(&returning)
            returns.stage = .choosing(returning)
            return []
        }
    }

    private static func onLine(
        _ command: Command, _ title: String, _ help: String, _ keys: [String],
        _ body: @escaping @Sendable (inout ReturnsState, OrderItem, _ count: Int, inout Desk) -> Void
    ) -> CommandSpec {
        CommandSpec(
            command, title, help, on: ReturnsState.self, keys: keys, spoken: Spoken(argument: .row),
            available: hasLine
        ) { returns, desk, count in
            guard case .choosing(let returning) = returns.stage, let item = returning.selected else {
                return []
            }
            body(&returns, item, count ?? 1, &desk)
            return []
        }
    }
}

extension Command {
    public static let openReturns = Command("openReturns")
    public static let returnOrder = Command("returnOrder")
    public static let findSale = Command("findSale")
    public static let returnAll = Command("returnAll")
    public static let returnMore = Command("returnMore")
    public static let returnLess = Command("returnLess")
    public static let returnQuantity = Command("returnQuantity")
    public static let returnLoss = Command("returnLoss")
    public static let returnTender = Command("returnTender")
    public static let returnCards = Command("returnCards")
    public static let explainReturn = Command("explainReturn")
    public static let giveBack = Command("giveBack")
    public static let exchangeGoods = Command("exchangeGoods")
    public static let voidSale = Command("voidSale")
    public static let printReturn = Command("printReturn")
    public static let saveReturn = Command("saveReturn")
}
