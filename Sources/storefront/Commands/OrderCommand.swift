import ArgumentParser
import StoreDomain
import StorefrontCore
import StorefrontTUI

struct OrderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "List, show and cancel orders.",
        subcommands: [ListOrders.self, ShowOrder.self, OrderReceipt.self, CancelOrder.self])
}

extension OrderStatus: ExpressibleByArgument {}

struct ListOrders: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List orders, newest first.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var paging: PagingOptions

    @Option(help: "Only those of this status.")
    var status: OrderStatus?

    func run() async throws {
        try await ShopContext.with(place) { context in
            try await list(context.services.orders, as: context.principal, in: context.zone)
        }
    }

    private func list(_ orders: any OrderService, as principal: Principal, in zone: ShopZone) async throws {
        var table = TextTable([
            .init("ID", .right), .init("Placed"), .init("Customer"), .init("Pieces", .right),
            .init("Total", .right), .init("Status"),
        ])
        var list = JSONList("orders")
        var query = OrderQuery(
            status: status, everybody: principal.allows(.seeAllOrders), page: paging.all ? 1 : paging.page,
            perPage: paging.all ? 500 : paging.perPage)
        var printed = 0
        while true {
            let page = try await orders.orders(query, as: principal)
            printed += page.orders.count
            if output.json {
                list.write(page.orders.map(OutputJSON.order))
            } else if !page.orders.isEmpty {
                Console.write(table.lines(page.orders.map { row($0, in: zone) }))
            }
            guard paging.all, page.number < page.pages, !page.orders.isEmpty else {
                return finish(page, printed: printed, list)
            }
            query.page += 1
        }
    }

    private func finish(_ page: OrderPage, printed: Int, _ list: JSONList) {
        if output.json {
            let place: [(String, OutputJSON)] =
                paging.all
                ? []
                : [
                    ("page", .int(page.number)), ("per_page", .int(page.perPage)),
                    ("pages", .int(page.pages)),
                ]
            list.finish([("count", .int(page.total))] + place)
        } else if printed == 0 {
            Console.tell(page.number > 1 ? "No such page" : "No orders")
        } else if !paging.all {
            Console.tell(
                "\(page.total.counted("order")) · page \(page.number.grouped) of \(page.pages.grouped)")
        }
    }

    private func row(_ order: Order, in zone: ShopZone) -> [String] {
        [
            String(order.id), zone.minuteText(order.createdAt), order.customerText,
            order.pieces.grouped, order.total.displayText, order.status.word,
        ]
    }
}

struct ShowOrder: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one order with its lines.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The order's id.")
    var id: Int64

    @Flag(help: "Print its receipt, 42 columns wide.")
    var receipt = false

    func validate() throws {
        if receipt, output.json {
            throw ValidationError("--receipt is text, --json is not; take one of them")
        }
    }

    func run() async throws {
        try await ShopContext.with(place) { context in
            let order = try await context.services.orders.order(id, as: context.principal)
            guard receipt else { return OrderDetail.print(order, json: output.json, in: context.zone) }
            try await ReceiptOutput.print(order, context)
        }
    }
}

struct CancelOrder: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Cancel a pending order and give its stock back.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The order's id.")
    var id: Int64

    func run() async throws {
        try await ShopContext.with(place) { context in
            OrderDetail.print(
                try await context.services.orders.cancel(id, as: context.principal), json: output.json,
                in: context.zone)
        }
    }
}

/// Receipts as the paper has them. Each time counts: the first is the original, the others carry COPY and their
/// number.
enum ReceiptOutput {
    static func print(_ order: Order, _ context: ShopContext) async throws {
        guard let paidAt = order.paidAt else {
            throw CommandFailure(
                "order \(order.id) is \(order.status.word); a receipt comes with the payment")
        }
        let issue = try await context.services.counter?.issueReceipt(
            of: order, till: context.till, as: context.principal)
        write(
            ReceiptText.lines(
                order, style(context), time: context.zone.minuteText(paidAt), issue: issue ?? .original))
    }

    static func print(_ refund: Refund, of order: Order, _ context: ShopContext) async throws {
        let issue = try await context.services.counter?.issue(
            .refund(refund.id, order: order.id), till: context.till, as: context.principal)
        write(
            RefundText.lines(
                ReturnsState.Returned(order: order, refund: refund), style(context),
                time: context.zone.minuteText(refund.at), issue: issue ?? .original))
    }

    private static func style(_ context: ShopContext) -> ReceiptStyle {
        ReceiptStyle(context.policy, isDemo: context.isDemo, width: context.receiptWidth, till: context.till)
    }

    private static func write(_ lines: [String]) {
        Console.write(FieldList.paragraph(lines.joined(separator: "\n")))
    }
}

/// One order in full.
enum OrderDetail {
    static func print(_ order: Order, json: Bool, in zone: ShopZone) {
        if json { return Console.write(OutputJSON.order(order).text + "\n") }
        Console.write(
            FieldList.text([
                ("order", String(order.id)), ("status", order.status.word),
                ("customer", order.customerText),
                ("placed", zone.minuteText(order.createdAt)), ("changed", zone.minuteText(order.updatedAt)),
            ]) + "\n")
        var table = TextTable([
            .init("Product"), .init("SKU"), .init("Quantity", .right), .init("Each", .right),
            .init("Total", .right),
        ])
        Console.write(
            table.lines(
                order.items.map {
                    [
                        $0.productName, $0.sku ?? "", $0.quantity.grouped, $0.unitPrice.displayText,
                        $0.total.displayText,
                    ]
                }) + "\n")
        if let back = order.goodsBack {
            Console.write(
                FieldList.text([
                    ("exchange", "goods of \(back.number?.text ?? "order \(back.orderID)")"),
                    ("worth", back.given.displayText),
                    ("amount", order.settled.displayText),
                ]) + "\n")
        }
        Console.write(
            FieldList.text(
                order.figures.map { ($0.title.lowercasedStart, $0.amount.displayText) }
                    + [
                        (
                            "paid",
                            order.tendered.isEmpty
                                ? nil : order.tendered.map { words($0, in: zone) }.joined(separator: "; ")
                        )
                    ]))
    }

    private static func words(_ payment: Payment, in zone: ShopZone) -> String {
        var words = "\(payment.amount.displayText), \(payment.method.name)"
        if let tendered = payment.tendered, let change = payment.change {
            words += ", \(tendered.displayText) given, \(change.displayText) change"
        }
        if let code = payment.approvalCode { words += ", approval code \(code)" }
        return "\(words), \(zone.minuteText(payment.paidAt))"
    }
}

extension String {
    /// As the names of the other fields are written.
    fileprivate var lowercasedStart: String { prefix(1).lowercased() + dropFirst() }
}

extension Order {
    /// Whose it is: a name, an account's number, or a walk-in customer.
    fileprivate var customerText: String { userName ?? userID.map { "#\($0)" } ?? "walk-in" }
}
