import StoreDomain

extension LooseReturnsState {
    public static let commands: [CommandSpec] = [
        CommandSpec(
            .openLooseReturn, "Return without a receipt", "Take goods back that no receipt comes with",
            in: .screens([.returns, .till, .shop]), spoken: Spoken(["without-receipt"]),
            permission: .refundWithoutReceipt,
            available: { _, desk in desk.context.isReadOnly ? Desk.readOnly : .enabled }
        ) { _, _, _ in [.push(.looseReturns(LooseReturnsState()))] },
        CommandSpec(
            .looseProduct, "Product", "Take a product back by its code", on: LooseReturnsState.self,
            keys: ["/"], spoken: Spoken(["product"], argument: .text), available: choosing
        ) { _, _, _ in [.open(.prompt(Prompt(.returnProduct, limit: 60)))] },
        onGoods(
            .looseMore, "More", "One more of the line comes back; a number before it, that many",
            ["+", "Space"]
        ) { $0.change(by: $1) },
        onGoods(.looseLess, "Less", "One less of the line comes back; a number before it, that many", ["-"]) {
            $0.change(by: -$1)
        },
        onGoods(.looseLoss, "Loss", "The goods of the line go back on the shelf, or are a loss", ["b"]) {
            goods, _ in goods.toggleLoss()
        },
        CommandSpec(
            .looseCustomer, "Customer",
            "Whose store credit the money becomes, by e-mail; none for a gift card",
            on: LooseReturnsState.self, keys: ["w"], spoken: Spoken(["customer"], argument: .text),
            available: choosing
        ) { returns, _, _ in
            [.open(.prompt(Prompt(.customer, text: returns.goods?.customer?.email ?? "", limit: 254)))]
        },
        CommandSpec(
            .looseTender, "Money", "Choose what is given for the goods", on: LooseReturnsState.self,
            keys: ["t"], spoken: Spoken(["money"]), available: choosing
        ) { returns, desk, _ in
            guard case .choosing(let goods) = returns.stage else { return [] }
            return [.open(.picker(returns.methods(goods, desk)))]
        },
        CommandSpec(
            .giveLoose, "Take back", "Take the goods back, as Enter does", on: LooseReturnsState.self,
            keys: ["o"], spoken: Spoken(["give"]),
            available: { returns, _ in if case .choosing = returns.stage { .enabled } else { .absent } }
        ) { returns, desk, _ in returns.give(&desk) },
        CommandSpec(
            .printLoose, "Print", "Print the receipt of the return", on: LooseReturnsState.self, keys: ["p"],
            available: { returns, desk in
                guard case .done = returns.stage else { return .absent }
                return desk.printing([])
            }
        ) { returns, desk, _ in
            guard case .done(let taken) = returns.stage else { return [] }
            return [.ask(.looseReturns(.print(taken, ReceiptStyle(desk))))]
        },
    ]

    @Sendable private static func choosing(_ returns: LooseReturnsState, _ desk: Desk) -> Availability {
        guard case .choosing(let goods) = returns.stage else { return .absent }
        return goods.unanswered == nil
            ? .enabled : .disabled("It is not known yet whether the goods are booked: Enter asks again")
    }

    private static func onGoods(
        _ command: Command, _ title: String, _ help: String, _ keys: [String],
        _ body: @escaping @Sendable (inout LooseGoods, _ count: Int) -> Void
    ) -> CommandSpec {
        CommandSpec(
            command, title, help, on: LooseReturnsState.self, keys: keys, spoken: Spoken(argument: .row),
            available: { returns, desk in
                let availability = choosing(returns, desk)
                guard availability.isEnabled, returns.goods?.lines.isEmpty != false else {
                    return availability
                }
                return .disabled("Nothing comes back yet: scan it")
            }
        ) { returns, _, count in
            guard case .choosing(var goods) = returns.stage else { return [] }
            body(&goods, count ?? 1)
            return returns.change(goods)
        }
    }
}

extension Command {
    public static let openLooseReturn = Command("openLooseReturn")
    public static let looseProduct = Command("looseProduct")
    public static let looseMore = Command("looseMore")
    public static let looseLess = Command("looseLess")
    public static let looseLoss = Command("looseLoss")
    public static let looseCustomer = Command("looseCustomer")
    public static let looseTender = Command("looseTender")
    public static let giveLoose = Command("giveLoose")
    public static let printLoose = Command("printLoose")
}
