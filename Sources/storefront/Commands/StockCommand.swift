import ArgumentParser
import StoreDomain

struct StockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stock", abstract: "List what has to be counted, and book a count.",
        discussion: """
            A till may sell more of a product than there is on the books, as stock.belowZero says. Such a product is \
            flagged until somebody counts it.
            """,
        subcommands: [FlaggedStock.self, CountStock.self])
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
        commandName: "count", abstract: "Book what was counted of a product; it is flagged no longer.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ProductReference.help)
    var product: String

    @Argument(help: "How many there are.")
    var count: Int

    @Option(help: "Why, 1 to 200 characters.")
    var reason = "Counted"

    func validate() throws {
        guard (0...Product.maximumStock).contains(count) else {
            throw ValidationError("the count must be 0 to 1,000,000,000")
        }
    }

    func run() async throws {
        try await ShopContext.with(place) { context in
            let found = try await ProductReference(product).find(in: context.services.catalog)
            let adjustment = try StockAdjustment(
                productID: found.id, kind: .count, quantity: count - (found.stock.count ?? 0), reason: reason)
            let counted = try await context.counter().stock.adjust(adjustment, as: context.principal)
            ProductDetail.print(counted, json: output.json, in: context.zone)
        }
    }
}
