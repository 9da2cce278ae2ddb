import ArgumentParser
import StoreDomain
import StorefrontTUI

struct StockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stock", abstract: "Receive, count and correct stock, and say why it is what it is.",
        discussion: """
            A till may sell more of a product than there is on the books, as stock.belowZero says. Such a product is \
            flagged until somebody counts it.
            """,
        subcommands: [
            ReceiveStock.self, CountStock.self, AdjustStock.self, LowStockList.self, ExplainStock.self,
            FlaggedStock.self,
        ])
}

struct FlaggedStock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flagged", abstract: "List products of which more was sold than the books had.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await ShopContext.with(place) { context in
            let due = try await context.counter().stock.toCount(as: context.principal)
            if output.json {
                let list = due.map { due in
                    OutputJSON.object([
                        ("product", OutputJSON.product(due.product)), ("since", .text(due.since.rfc3339)),
                    ])
                }
                return Console.write(OutputJSON.array(list).text + "\n")
            }
            guard !due.isEmpty else { return Console.line("Nothing is flagged.") }
            var table = TextTable([
                .init("Id", .right), .init("Product"), .init("SKU"), .init("On the books", .right),
                .init("Since"),
            ])
            Console.write(
                table.lines(
                    due.map {
                        [
                            String($0.product.id), $0.product.name, $0.product.sku ?? "",
                            StockText.short($0.product.stock), context.zone.minuteText($0.since),
                        ]
                    }))
        }
    }
}

struct CountStock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "count", abstract: "Book what was counted; it is flagged no longer.",
        discussion: """
            Names one product and how many there are, or - for a list on standard input: a code a line, or a code \
            and how many, as a scanner types them; what stands there twice is added up. --dry-run shows the \
            differences and books nothing.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The product's id, SKU or barcode; - for a list.")
    var product: String

    @Argument(help: "How many there are.")
    var count: Int?

    @Option(help: "Why, 1 to 200 characters.")
    var reason = "Counted"

    @Flag(help: "Only show the differences.")
    var dryRun = false

    func validate() throws {
        guard (product == "-") == (count == nil) else {
            throw ValidationError("name a product and how many there are, or - for a list")
        }
        guard (0...Product.maximumStock).contains(count ?? 0) else {
            throw ValidationError("the count must be 0 to 1,000,000,000")
        }
    }

    func run() async throws {
        try await ShopContext.with(place) { context in
            let lines = try await StockList.read(product, count, from: context.services.catalog)
            let adjustments = try lines.map { line in
                try StockAdjustment(
                    productID: line.product.id, kind: .count,
                    quantity: line.quantity - (line.product.stock.count ?? 0), reason: reason)
            }
            try await StockList.book(
                lines, adjustments, dryRun: dryRun, json: output.json, in: context)
        }
    }
}

struct ReceiveStock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive", abstract: "Book a delivery.",
        discussion: """
            Names one product and how many came, or - for a list on standard input: a code a line, a code and how many, as \
            a scanner types them, or a code, how many and what one piece cost. All of it is booked or nothing.

            --against FILE holds what came against a supplier's list: a CSV file whose header has a column sku or barcode, \
            a column quantity, and perhaps one called cost, which counts where nothing else says what a piece cost. What \
            is missing and what is not on the list is said; where there is any, nothing is booked without \
            --accept-differences. What is booked is what came.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The product's id, SKU or barcode; - for a list.")
    var product: String

    @Argument(help: "How many came.")
    var count: Int?

    @Option(help: "From whom, or the delivery note, 1 to 200 characters.")
    var reason = "Delivered"

    @Option(parsing: .unconditional, help: "What one piece cost, such as 4.30; for one product.")
    var cost: String?

    @Option(help: ArgumentHelp("The supplier's list to hold it against.", valueName: "file"))
    var against: String?

    @Flag(help: "Book what came, though it is not what the list says.")
    var acceptDifferences = false

    @Flag(help: "Only show what would be booked.")
    var dryRun = false

    func validate() throws {
        guard (product == "-") == (count == nil) else {
            throw ValidationError("name a product and how many came, or - for a list")
        }
        guard cost == nil || product != "-" else { throw ValidationError("--cost is for one product") }
        guard against != nil || !acceptDifferences else {
            throw ValidationError("--accept-differences is for --against")
        }
    }

    func run() async throws {
        try await ShopContext.with(place) { context in
            let catalog = context.services.catalog
            let unitCost = try cost.map { try TypedAmount.money($0, "cost", context.currency) }
            var list: ExpectedDelivery?
            if let against {
                list = try await DeliveryNote.read(against, context.currency).found(in: catalog)
            }
            let lines = try await StockList.read(product, count, costs: context.currency, from: catalog)
            if let list {
                return try await receive(Delivery(lines, unitCost, against: list), in: context)
            }
            let adjustments = try lines.map { line in
                try StockAdjustment(
                    productID: line.product.id, kind: .receiving, quantity: line.quantity, reason: reason,
                    unitCost: line.cost ?? unitCost)
            }
            try await StockList.book(
                lines, adjustments, dryRun: dryRun, json: output.json, in: context)
        }
    }

    /// A delivery beside its list.
    private struct Delivery {
        struct Row {
            let product: Product
            let difference: DeliveryDifference
        }

        /// What came, with its cost from the list where nobody else says so.
        let lines: [StockList.Line]
        /// What the list has, in its order, and behind it what it has not.
        let rows: [Row]

        init(_ lines: [StockList.Line], _ unitCost: Money?, against list: ExpectedDelivery) {
            let listed = Dictionary(
                list.lines.map { ($0.product.id, $0) }, uniquingKeysWith: { first, _ in first })
            self.lines = lines.map { line in
                StockList.Line(
                    product: line.product, quantity: line.quantity,
                    cost: line.cost ?? unitCost ?? listed[line.product.id]?.unitCost)
            }
            let counted = lines.reduce(into: [Int64: Int]()) { $0[$1.product.id, default: 0] += $1.quantity }
            var seen: Set<Int64> = []
            let others = lines.map(\.product).filter { listed[$0.id] == nil && seen.insert($0.id).inserted }
            rows = (list.lines.map(\.product) + others).map { product in
                Row(
                    product: product,
                    difference: DeliveryDifference(
                        announced: listed[product.id]?.pieces, counted: counted[product.id] ?? 0))
            }
        }
    }

    private func receive(_ delivery: Delivery, in context: ShopContext) async throws {
        let adjustments = try delivery.lines.filter { $0.quantity > 0 }.map { line in
            try StockAdjustment(
                productID: line.product.id, kind: .receiving, quantity: line.quantity, reason: reason,
                unitCost: line.cost)
        }
        let summary = delivery.rows.map(\.difference).summary
        let books = !dryRun && !adjustments.isEmpty && (summary == nil || acceptDifferences)
        var after: [Int64: Product] = [:]
        if books {
            for product in try await context.counter().stock.book(adjustments, as: context.principal) {
                after[product.id] = product
            }
        }
        if output.json {
            let list = delivery.rows.map { row in
                OutputJSON.object([
                    ("product", OutputJSON.product(after[row.product.id] ?? row.product)),
                    ("listed", row.difference.announced.map { .int($0) } ?? .null),
                    ("quantity", .int(row.difference.counted)),
                    ("difference", .int(row.difference.pieces)),
                    ("booked", .bool(after[row.product.id] != nil)),
                ])
            }
            Console.write(OutputJSON.array(list).text + "\n")
        } else {
            var table = TextTable([
                .init("Id", .right), .init("Product"), .init("List", .right), .init("Came", .right),
                .init("Then", .right), .init("Difference"),
            ])
            Console.write(
                table.lines(
                    delivery.rows.map { row in
                        [
                            String(row.product.id), row.product.name,
                            row.difference.announced?.grouped ?? "–", row.difference.counted.grouped,
                            after[row.product.id].map { StockText.short($0.stock) } ?? "–",
                            row.difference.words ?? "",
                        ]
                    }))
            if let summary { Console.line("Not as on the list: \(summary)") }
            if dryRun { Console.line("Nothing is booked: this was a dry run.") }
        }
        guard books || dryRun else {
            guard !adjustments.isEmpty else { throw CommandFailure("Nothing is booked: no goods came") }
            throw CommandFailure(
                "Nothing is booked: \(summary ?? ""). Add --accept-differences to book what came")
        }
    }
}

struct AdjustStock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adjust", abstract: "Correct the stock of a product, or book a loss, with a reason.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ProductReference.help)
    var product: String

    @Option(parsing: .unconditional, help: "How many more there are; below zero for fewer.")
    var by: Int

    @Flag(help: "They are broken, stolen or spoiled.")
    var loss = false

    @Option(help: "Why, 1 to 200 characters.")
    var reason: String

    func run() async throws {
        try await ShopContext.with(place) { context in
            let found = try await ProductReference(product).find(in: context.services.catalog)
            let adjustment = try StockAdjustment(
                productID: found.id, kind: loss ? .loss : .correction, quantity: by, reason: reason)
            let product = try await context.counter().stock.adjust(adjustment, as: context.principal)
            ProductDetail.print(product, json: output.json, in: context.zone)
        }
    }
}

struct LowStockList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "low", abstract: "List products of which little is left, with how many to order.",
        discussion: """
            Little is what stock.low of the policy says. The proposal is enough for what the last 30 days sold, and \
            at least for more than counts as little.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await ShopContext.with(place) { context in
            let low = try await context.counter().stock.low(limit: 500, as: context.principal)
            let mark = context.policy.lowStock
            if output.json {
                let list = low.map { low in
                    OutputJSON.object([
                        ("product", OutputJSON.product(low.product)), ("sold", .int(low.sold)),
                        ("proposal", .int(low.proposal(low: mark))),
                    ])
                }
                return Console.write(OutputJSON.array(list).text + "\n")
            }
            guard !low.isEmpty else { return Console.line("There is enough of everything.") }
            var table = TextTable([
                .init("Id", .right), .init("Product"), .init("SKU"), .init("Left", .right),
                .init("Sold in 30 days", .right), .init("Order", .right),
            ])
            Console.write(
                table.lines(
                    low.map {
                        [
                            String($0.product.id), $0.product.name, $0.product.sku ?? "",
                            StockText.short($0.product.stock), $0.sold.grouped,
                            $0.proposal(low: mark).grouped,
                        ]
                    }))
        }
    }
}

struct ExplainStock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say why a product has the stock that it has, by its movements.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ProductReference.help)
    var product: String

    @Option(help: "How many movements, at most 1,000.")
    var limit = 100

    func validate() throws {
        guard (1...1_000).contains(limit) else { throw ValidationError("--limit must be 1 to 1,000") }
    }

    func run() async throws {
        try await ShopContext.with(place) { context in
            let id = try await ProductReference(product).id(in: context.services.catalog)
            let explanation = try await context.counter().stock.explanation(
                of: id, limit: limit, as: context.principal)
            if output.json { return Console.write(json(explanation).text + "\n") }
            let name = explanation.product.name
            guard let count = explanation.product.stock.count else {
                return Console.line("\(name) sells without counting.")
            }
            let cost = explanation.cost
            Console.line(
                "\(name): \(count.grouped) in stock\(cost.map { ", \(CostWords.sentence($0))" } ?? "")")
            var table = TextTable(
                [.init("When"), .init("What"), .init("Pieces", .right), .init("Then", .right)]
                    + (cost == nil ? [] : [.init("Cost of one", .right)]) + [.init("Why")])
            func row(_ cells: [String], _ unitCost: String, _ why: String) -> [String] {
                cells + (cost == nil ? [] : [unitCost]) + [why]
            }
            var rows = explanation.steps.map { step in
                let movement = step.movement
                return row(
                    [
                        context.zone.minuteText(movement.at), movement.kind.rawValue,
                        movement.quantity > 0 ? "+\(movement.quantity.grouped)" : movement.quantity.grouped,
                        step.stock.grouped,
                    ], movement.unitCost?.displayText ?? "unknown",
                    movement.reason ?? movement.orderID.map { "order \($0)" } ?? "")
            }
            if let start = explanation.start {
                rows.append(
                    row(["", explanation.isCut ? "before that" : "at first", "", start.grouped], "", ""))
            }
            Console.write(table.lines(rows))
        }
    }

    private func json(_ cost: ProductCost) -> OutputJSON {
        func money(_ amount: Money?) -> OutputJSON { amount.map { .money($0) } ?? .null }
        return .object([
            ("average", money(cost.average)), ("value", money(cost.value)), ("latest", money(cost.latest)),
        ])
    }

    private func json(_ explanation: StockExplanation) -> OutputJSON {
        let steps = explanation.steps.map { step in
            let movement = step.movement
            return OutputJSON.object([
                ("at", .time(movement.at)), ("kind", .string(movement.kind.rawValue)),
                ("quantity", .int(movement.quantity)), ("stock", .int(step.stock)),
                ("order_id", movement.orderID.map { .int($0) } ?? .null),
                ("by", movement.by.map { .int($0) } ?? .null), ("reason", .text(movement.reason)),
                ("unit_cost", movement.unitCost.map { .money($0) } ?? .null),
                ("cost", movement.cost.map { .money($0) } ?? .null),
            ])
        }
        return .object([
            ("product", OutputJSON.product(explanation.product)), ("movements", .array(steps)),
            ("start", explanation.start.map { .int($0) } ?? .null), ("cut", .bool(explanation.isCut)),
            ("cost", explanation.cost.map(json) ?? .null),
        ])
    }
}
