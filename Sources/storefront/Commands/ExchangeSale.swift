import ArgumentParser
import StoreDomain
import StorefrontCore

struct ExchangeSale: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange", abstract: "Take goods of a sale back and others for them, as one sale.",
        discussion: """
            Without --line all that is left of the sale comes back. What it is worth pays for what is taken: \
            only the difference is paid, or goes back to the tenders that it came by. --check shows it, and \
            changes nothing.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var at: TillOptions
    @OptionGroup var actor: ActorOptions
    @OptionGroup var sale: SaleOptions

    @Option(
        help: ArgumentHelp("How many of a line, by its SKU or the number of the line.", valueName: "sku=n"))
    var line: [String] = []

    @Option(help: ArgumentHelp("A line that cannot be sold again, by SKU or number.", valueName: "sku"))
    var loss: [String] = []

    @Option(help: ArgumentHelp("What is taken, by its code, and how many.", valueName: "code=n"))
    var take: [String] = []

    @Option(help: "Why it comes back, 1 to 200 characters; --check needs none.")
    var reason: String?

    @Option(help: "The cash given for what is still to be paid.")
    var cash: String?

    @Option(help: ArgumentHelp("What the card terminal printed for it instead.", valueName: "code"))
    var card: String?

    @Option(help: "The way money goes back, such as cash; without it, as it was paid.")
    var method: String?

    @Option(help: "What the card terminal printed, where money goes back to a card.")
    var approval: String?

    @Flag(help: "Show what is to be paid or goes back; change nothing.")
    var check = false

    func validate() throws {
        if reason == nil, !check { throw ValidationError("--reason says why it comes back") }
        if take.isEmpty { throw ValidationError("--take says what is taken for it") }
        if cash != nil, card != nil { throw ValidationError("take --cash or --card, not both") }
    }

    func run() async throws {
        try await ShopContext.with(place) { context in
            let (who, till) = (try await actor.principal(context), try at.till(context))
            let order = try await context.sale(sale.number, as: who)
            let back = try ReturnedGoods(line: line, loss: loss).lines(of: order)
            let earlier = try await context.returns().refunds(of: order.id, as: who)
            let methods = try await context.services.payments.methods(as: who)
            let goods = try Refunding.figures(
                back, by: nil, of: order,
                Refunding.Basis(
                    earlier: earlier, methods: methods, rounding: context.policy.cashRounding,
                    principal: who))
            let lines = try await taken(context)
            let counter = try context.counter()
            let total = try await counter.till.price(SaleDraft(till: till, lines: lines), as: who)
            let figures = ExchangeFigures(
                of: total.total, for: goods, by: methods.first { $0.id == method },
                rounding: context.policy.cashRounding)
            if check { return ExchangeDetail.print(figures, json: output.json) }
            let draft = try SaleDraft(
                till: till, lines: lines, agreement: PriceAgreement(total.breakdown),
                tenders: try tenders(figures, methods, context),
                back: RefundDraft(
                    orderID: order.id, lines: back, reason: reason ?? "", methodID: method,
                    approvalCode: approval, agreed: goods.given))
            let key = try context.key("exchange|\(order.id)|\(earlier.count)")
            let sold = try await context.certain(order) { () throws(StoreError) in
                try await counter.till.sell(draft, key: key, as: who)
            }
            OrderDetail.print(sold, json: output.json, in: context.zone)
        }
    }

    /// What is taken, as `--take` says.
    private func taken(_ context: ShopContext) async throws -> [SaleDraft.Line] {
        var lines: [SaleDraft.Line] = []
        for text in take {
            let mark = text.lastIndex(of: "=")
            let code = mark.map { String(text[..<$0]) } ?? text
            guard let count = mark.map({ Int(text[text.index(after: $0)...]) }) ?? 1, count > 0 else {
                throw CommandFailure("--take takes a code and how many, as in CS-101=2, not \(text)")
            }
            let product = try await context.services.catalog.product(code: code)
            lines.append(try SaleDraft.Line(productID: product.id, quantity: count))
        }
        return lines
    }

    /// How what is still to be paid is paid; nothing where nothing is.
    private func tenders(_ figures: ExchangeFigures, _ methods: [PaymentMethod], _ context: ShopContext)
        throws -> [PaymentRequest]
    {
        guard figures.amount.minorUnits > 0 else { return [] }
        let kind: PaymentKind = card == nil ? .cash : .externalCard
        guard let method = methods.first(where: { $0.kind == kind }) else {
            throw CommandFailure("this is no way to pay here")
        }
        if let card { return [PaymentRequest(methodID: method.id, approvalCode: card)] }
        guard let cash else {
            throw CommandFailure(
                "\(figures.amount.displayText) is still to be paid: say --cash AMOUNT or --card CODE")
        }
        let given = try TypedAmount.money(cash, "cash", context.currency)
        return [PaymentRequest(methodID: method.id, tenderedMinor: given.minorUnits)]
    }
}

/// What an exchange would come to.
enum ExchangeDetail {
    static func print(_ figures: ExchangeFigures, json: Bool) {
        let handedOut = figures.tenders.filter { !$0.isMoved }
        if json {
            return Console.write(
                OutputJSON.object([
                    ("back", .money(figures.back.given)), ("taken", .money(figures.total)),
                    ("amount", .money(figures.amount)),
                    ("handed_out", .array(handedOut.map(OutputJSON.refundTender))),
                    ("needs_approval_code", .bool(figures.needsApproval)),
                ]).text + "\n")
        }
        let zero = Money.zero(figures.total.currency)
        Console.write(
            FieldList.text(
                [
                    ("back", figures.back.given.displayText), ("taken", figures.total.displayText),
                    (
                        figures.amount.isNegative ? "goes back" : "to pay",
                        (figures.amount.isNegative ? zero - figures.amount : figures.amount).displayText
                    ),
                ] + handedOut.map { ("by \($0.method.name)", $0.amount.displayText) }))
    }
}
