import ArgumentParser
import StoreDomain
import StorefrontCore

struct SaleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sale",
        abstract:
            "Show a sale with what came back of it, exchange goods of it, void it, or make its invoice.",
        subcommands: [ShowSale.self, ExchangeSale.self, VoidSale.self, InvoiceSale.self])
}

struct InvoiceSale: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invoice", abstract: "Make the invoice of a paid sale, and show it.",
        discussion: """
            The invoice has a number of its own and says whom it is made out to. Asking again for the same party shows \
            it once more, as a copy; it is never changed.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var at: TillOptions
    @OptionGroup var actor: ActorOptions
    @OptionGroup var sale: SaleOptions

    @Option(help: "Whom it is made out to; without it, whoever the invoice that was made is for.")
    var name: String?

    @Option(help: "A line of the address; again for the next.")
    var address: [String] = []

    @Option(help: ArgumentHelp("The customer's tax number.", valueName: "number"))
    var taxNumber: String?

    func run() async throws {
        try await ShopContext.with(place) { context in
            let (who, till) = (try await actor.principal(context), try at.till(context))
            var order = try await context.sale(sale.number, as: who)
            if let name {
                let party = try InvoiceParty(name: name, address: address, taxNumber: taxNumber)
                order = try await context.counter().till.makeInvoice(
                    of: order.id, to: party, till: till, as: who)
            }
            guard order.invoice != nil else {
                throw CommandFailure("order \(order.id) has no invoice; --name says whom one is made out to")
            }
            guard !output.json else { return OrderDetail.print(order, json: true, in: context.zone) }
            try await ReceiptOutput.print(order, context)
        }
    }
}

/// Which sale, and who acts on it.
struct SaleOptions: ParsableArguments {
    @Argument(help: "The receipt's or refund's number, such as R1-118, or the order's id.")
    var number: String
}

struct ShowSale: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a sale by its receipt's number, with its refunds.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var sale: SaleOptions

    @Flag(help: "Print its receipt, or the refund's where that has the number; again, it is a copy.")
    var receipt = false

    func validate() throws {
        if receipt, output.json {
            throw ValidationError("--receipt is text, --json is not; take one of them")
        }
    }

    func run() async throws {
        try await ShopContext.with(place) { context in
            let order = try await context.sale(sale.number, as: context.principal)
            guard !receipt else {
                let number = DocumentNumber(sale.number)
                guard number?.series.kind == .refund else {
                    return try await ReceiptOutput.print(order, context)
                }
                let refunds = try await context.returns().refunds(of: order.id, as: context.principal)
                guard let refund = refunds.first(where: { $0.number == number }) else {
                    throw CommandFailure("no refund has the number \(sale.number)")
                }
                return try await ReceiptOutput.print(refund, of: order, context)
            }
            let refunds = try await context.returns().refunds(of: order.id, as: context.principal)
            SaleDetail.print(order, refunds, json: output.json, in: context.zone)
        }
    }
}

struct VoidSale: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "void", abstract: "Take a whole sale back in the shift in which it was sold.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var at: TillOptions
    @OptionGroup var actor: ActorOptions
    @OptionGroup var sale: SaleOptions

    @Option(help: "Why, 1 to 200 characters.")
    var reason: String

    @Option(help: "What the card terminal printed, where money goes back to a card.")
    var approval: String?

    func run() async throws {
        try await ShopContext.with(place) { context in
            let (who, till) = (try await actor.principal(context), try at.till(context))
            let order = try await context.sale(sale.number, as: who)
            let draft = try VoidDraft(orderID: order.id, reason: reason, approvalCode: approval)
            let refund = try await context.certain(order) { () throws(StoreError) in
                try await context.returns().void(
                    draft, till: till, key: try context.key("void|\(order.id)"), as: who)
            }
            RefundDetail.print(refund, order, json: output.json, in: context.zone)
        }
    }
}

struct ReturnCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "return", abstract: "Take goods of a sale back and give their money back.",
        discussion: """
            Without --line all that is left of the sale comes back. Money goes back to the tenders it came \
            by, the newest first. --check shows what would be given back, and changes nothing.

            --without-receipt takes goods back by --line alone, for the lowest price of thirty days: as the credit \
            of --customer, or on a gift card whose code is printed once.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var at: TillOptions
    @OptionGroup var actor: ActorOptions

    @Argument(help: "The receipt's or refund's number, such as R1-118, or the order's id.")
    var number: String?

    @Flag(help: "Take goods back that no receipt comes with.")
    var withoutReceipt = false

    @Option(help: "Who brings the goods, where no receipt comes with them.")
    var name: String?

    @Option(help: ArgumentHelp("Whose credit the money becomes, without a receipt.", valueName: "e-mail"))
    var customer: String?

    @Flag(
        name: .customLong("gift-cards"),
        help: "The gift cards of the sale come back, with what is left on them.")
    var giftCards = false

    @Option(
        help: ArgumentHelp("How many of a line, by its SKU or the number of the line.", valueName: "sku=n"))
    var line: [String] = []

    @Option(help: ArgumentHelp("A line that cannot be sold again, by SKU or number.", valueName: "sku"))
    var loss: [String] = []

    @Option(help: "Why, 1 to 200 characters; --check needs none.")
    var reason: String?

    @Option(help: "The way the money goes back, such as cash; without it, as it was paid.")
    var method: String?

    @Option(help: "What the card terminal printed, where money goes back to a card.")
    var approval: String?

    @Flag(help: "Show what would be given back; change nothing.")
    var check = false

    func validate() throws {
        if reason == nil, !check { throw ValidationError("--reason says why it comes back") }
        if withoutReceipt {
            guard number == nil else { throw ValidationError("--without-receipt takes no number") }
            guard !line.isEmpty else { throw ValidationError("--line says what comes back") }
            guard name != nil || check else { throw ValidationError("--name says who brings it") }
        } else {
            guard number != nil else { throw ValidationError("say which sale, or --without-receipt") }
            guard name == nil, customer == nil else {
                throw ValidationError("--name and --customer go with --without-receipt")
            }
        }
    }

    func run() async throws {
        try await ShopContext.with(place) { context in
            let (who, till) = (try await actor.principal(context), try at.till(context))
            guard !withoutReceipt else {
                return try await LooseReturning(
                    lines: line, losses: loss, reason: reason, name: name, customer: customer, method: method,
                    approval: approval, isCheck: check, json: output.json
                ).run(context, as: who, till: till)
            }
            let order = try await context.sale(number ?? "", as: who)
            let cards = giftCards ? order.refundableCards : []
            let lines = try ReturnedGoods(line: line, loss: loss, giftCards: giftCards).lines(of: order)
            let earlier = try await context.returns().refunds(of: order.id, as: who)
            let figures = try Refunding.figures(
                lines, cards: cards, by: method, of: order,
                Refunding.Basis(
                    earlier: earlier, methods: try await context.services.payments.methods(as: who),
                    rounding: context.policy.cashRounding, principal: who.assumingApproval))
            if check { return RefundDetail.print(figures, order, json: output.json) }
            let draft = try RefundDraft(
                orderID: order.id, lines: lines, reason: reason ?? "", methodID: method,
                approvalCode: approval, agreed: figures.given, cards: cards)
            let key = try context.key(Returning.key(of: order, after: earlier))
            let refund = try await context.certain(order) { () throws(StoreError) in
                try await context.returns().refund(draft, till: till, key: key, as: who)
            }
            RefundDetail.print(refund, order, json: output.json, in: context.zone)
        }
    }
}

/// What comes back of a sale, as it is named on a command line.
struct ReturnedGoods {
    /// SKU or number of the line, and how many.
    let line: [String]
    /// What cannot be sold again.
    let loss: [String]
    /// Gift cards come back, too.
    var giftCards = false

    /// What comes back, as `--line` says; everything without it.
    func lines(of order: Order) throws -> [RefundDraft.Line] {
        let lost = Set(try loss.map { try item($0, of: order).id })
        guard !line.isEmpty else {
            // Gift cards come back alone where they are named and nothing else is.
            let all = giftCards ? [] : order.allReturnable
            guard !all.isEmpty || giftCards else {
                throw CommandFailure("nothing is left of order \(order.id)")
            }
            return all.map {
                RefundDraft.Line(
                    itemID: $0.itemID, quantity: $0.quantity, restocks: !lost.contains($0.itemID))
            }
        }
        return try line.map { text in
            guard let mark = text.lastIndex(of: "="), let count = Int(text[text.index(after: mark)...]),
                count > 0
            else { throw CommandFailure("--line takes a SKU and how many, as in CS-100=2, not \(text)") }
            let item = try item(String(text[..<mark]), of: order)
            return RefundDraft.Line(itemID: item.id, quantity: count, restocks: !lost.contains(item.id))
        }
    }

    /// The line of a SKU; of several with one, the first of which something is left. Else the line of that number.
    private func item(_ name: String, of order: Order) throws -> OrderItem {
        let named = order.items.filter { $0.sku?.lowercased() == name.lowercased() }
        if let item = named.first(where: { $0.returnable > 0 }) ?? named.first { return item }
        guard let row = Int(name), order.items.indices.contains(row - 1) else {
            throw CommandFailure("order \(order.id) has no line \(name)")
        }
        return order.items[row - 1]
    }
}

extension ShopContext {
    /// The sale of a receipt's or refund's number, or of an order's id.
    ///
    /// - Throws: `CommandFailure` where there is none.
    func sale(_ number: String, as who: Principal) async throws -> Order {
        if let number = DocumentNumber(number) {
            let query = OrderQuery(everybody: who.allows(.seeAllOrders), finding: .number(number), perPage: 1)
            guard let order = try await services.orders.orders(query, as: who).orders.first else {
                throw CommandFailure("no sale has the number \(number.text)")
            }
            return order
        }
        guard let id = Int64(number) else {
            throw CommandFailure("\(number) is neither a receipt's number, such as R1-118, nor an order's id")
        }
        return try await services.orders.order(id, as: who)
    }

    /// - Throws: `unsupported` where the other side takes nothing back.
    func returns() throws(StoreError) -> any RefundService {
        guard let counter = services.counter else { throw .unsupported("returns") }
        return counter.refunds
    }

    func key(_ text: String) throws(StoreError) -> IdempotencyKey {
        guard let key = IdempotencyKey(text) else {
            throw .invalid([FieldProblem("key", "of the return is not usable")])
        }
        return key
    }

    /// Says where to look when the answer was lost.
    func certain<Document>(
        _ order: Order, _ body: () async throws(StoreError) -> Document
    ) async throws -> Document {
        do throws(StoreError) { return try await body() } catch {
            guard error == .outcomeUnknown else { throw error }
            throw CommandFailure(
                "\(error.message): look with storefront sale show \(order.id) before you try again")
        }
    }
}
