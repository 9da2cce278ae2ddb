import ArgumentParser
import StoreDomain

/// How a product's price came about.
struct ProductHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show how a product's price changed, the latest first.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ProductReference.help)
    var product: String

    func run() async throws {
        try await ShopContext.with(place) { context in
            let id = try await ProductReference(product).id(in: context.services.catalog)
            let changes = try await context.counter().products.prices(
                of: id, limit: 1_000, as: context.principal)
            if output.json {
                return Console.write(OutputJSON.array(changes.map(OutputJSON.priceChange)).text + "\n")
            }
            guard !changes.isEmpty else { return Console.line("It has had no other price.") }
            var table = TextTable([
                .init("When"), .init("From", .right), .init("To", .right), .init("By"),
                .init("Batch", .right),
            ])
            Console.write(
                table.lines(
                    changes.map {
                        [
                            context.zone.minuteText($0.at), $0.from.displayText, $0.to.displayText,
                            $0.by.map { "account \($0)" } ?? "operator", $0.batchID.map(String.init) ?? "",
                        ]
                    }))
        }
    }
}

extension PriceRule.Ending: ExpressibleByArgument {}

struct SetPrices: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "price", abstract: "Change the prices of several products together.",
        discussion: """
            Names products, or takes those that --search and --category find. Shows old and new prices; --dry-run \
            changes nothing. All prices change or none, and product price-back takes them back. With --from the \
            prices of that day change when it begins, as long as a program of the shop is open then, or \
            else as soon as one is; with --until the old ones come back behind that day. A price that \
            somebody changes in between stays as it is.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "Products, by id, SKU or barcode.")
    var products: [String] = []

    @Option(help: "Those on sale that these words find.")
    var search: String?

    @Option(help: "Those on sale of this category.")
    var category: String?

    @Option(parsing: .unconditional, help: "A percentage such as 5 or -10.")
    var percent: String?

    @Option(parsing: .unconditional, help: "An amount such as 0.50 or -1.00.")
    var amount: String?

    @Option(parsing: .unconditional, help: "What new prices end with: .95, .99, .00 or none.")
    var rounding = PriceRule.Ending.none

    @Option(help: "The first day on which the new prices hold, such as 2026-12-01; from now on without it.")
    var from: String?

    @Option(help: "The last day on which they hold; until they are taken back without it.")
    var until: String?

    @Flag(help: "Only show what would change.")
    var dryRun = false

    /// What is wrong with a day is said of the option that it came by.
    private static func namingOptions<Value>(
        _ body: () async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        do throws(StoreError) {
            return try await body()
        } catch {
            guard case .invalid(let problems) = error else { throw error }
            let options = ["first_day": "--from", "last_day": "--until"]
            throw .invalid(problems.map { FieldProblem(options[$0.field] ?? $0.field, $0.reason) })
        }
    }

    func validate() throws {
        guard products.isEmpty != (search == nil && category == nil) else {
            throw ValidationError("name products, or say --search or --category")
        }
        guard (percent == nil) != (amount == nil) else {
            throw ValidationError("give either --percent or --amount")
        }
    }

    func run() async throws {
        try await ShopContext.with(place) { context in
            let rule = try PriceRule(
                typed: percent ?? amount ?? "", isAmount: amount != nil, ending: rounding,
                currency: context.currency)
            var ids: [Int64] = []
            for product in products {
                ids.append(try await ProductReference(product).id(in: context.services.catalog))
            }
            let goods =
                products.isEmpty
                ? PriceBatchDraft.Goods.found(text: search ?? "", category: category) : .products(ids)
            let (first, last) = (try ShopDay.typed(from, "from"), try ShopDay.typed(until, "until"))
            let service = try context.counter().products
            let (draft, plan) = try await Self.namingOptions { () throws(StoreError) in
                let draft = PriceBatchDraft(goods, rule, days: try ValidDays(first: first, last: last))
                return (draft, try await service.plan(draft, as: context.principal))
            }
            let batch =
                dryRun || plan.lines.isEmpty
                ? nil : try await service.apply(draft, agreement: plan.agreement, as: context.principal)
            if output.json {
                let lines = plan.lines.map(OutputJSON.priceLine)
                let members: [(String, OutputJSON)] = [
                    ("rule", .string(rule.words)), ("lines", .array(lines)),
                    ("from", plan.period.from.map(OutputJSON.time) ?? .null),
                    ("until", plan.period.until.map(OutputJSON.time) ?? .null),
                    ("batch", batch.map(OutputJSON.priceBatch) ?? .null),
                ]
                return Console.write(OutputJSON.object(members).text + "\n")
            }
            guard !plan.lines.isEmpty else { return Console.line("No price changes.") }
            var table = TextTable([
                .init("Id", .right), .init("Product"), .init("Old", .right), .init("New", .right),
            ])
            Console.write(
                table.lines(
                    plan.lines.map {
                        [String($0.productID), $0.name, $0.old.displayText, $0.new.displayText]
                    }))
            guard let batch else { return Console.line("Nothing is changed: this was a dry run.") }
            let verb = batch.period.from == nil ? "Changed" : "Will change"
            let when = batch.period.words(in: context.zone)
            Console.line(
                "\(verb)\(when.isEmpty ? "" : " \(when)") as batch \(batch.id): \(batch.title)")
        }
    }
}

struct PriceBatchList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "price-batches", abstract: "List prices that were changed together, the latest first.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await ShopContext.with(place) { context in
            let batches = try await context.counter().products.batches(limit: 500, as: context.principal)
            if output.json {
                return Console.write(OutputJSON.array(batches.map(OutputJSON.priceBatch)).text + "\n")
            }
            guard !batches.isEmpty else { return Console.line("No prices were changed together.") }
            var table = TextTable([
                .init("Batch", .right), .init("When"), .init("What"), .init("Prices", .right),
                .init("Standing"),
            ])
            Console.write(
                table.lines(
                    batches.map {
                        [
                            String($0.id), context.zone.minuteText($0.at), $0.title, $0.count.grouped,
                            $0.standing(in: context.zone),
                        ]
                    }))
        }
    }
}

struct TakePricesBack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "price-back",
        abstract: "Give the products of a batch the prices that they had before it.",
        discussion: "A price that was changed since the batch is kept, and named.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The batch's number, as product price-batches lists it.")
    var batch: Int64

    func run() async throws {
        try await ShopContext.with(place) { context in
            let outcome = try await context.counter().products.takeBack(batch, as: context.principal)
            if output.json {
                let members: [(String, OutputJSON)] = [
                    ("batch", OutputJSON.priceBatch(outcome.batch)),
                    ("restored", .int(Int64(outcome.restored))),
                    ("kept", .array(outcome.kept.map(OutputJSON.priceLine))),
                ]
                return Console.write(OutputJSON.object(members).text + "\n")
            }
            if case .calledOff = outcome.batch.state {
                return Console.line("Called off: \(outcome.batch.title)")
            }
            Console.line("\(outcome.restored.counted("price")) taken back.")
            for line in outcome.kept {
                Console.line("Kept, as it was changed since: \(line.name), \(line.old.displayText)")
            }
        }
    }
}

extension OutputJSON {
    static func priceChange(_ change: PriceChange) -> OutputJSON {
        .object([
            ("product_id", .int(change.productID)), ("from", .money(change.from)), ("to", .money(change.to)),
            ("by", change.by.map(OutputJSON.int) ?? .null),
            ("batch_id", change.batchID.map(OutputJSON.int) ?? .null), ("at", .time(change.at)),
        ])
    }

    static func priceLine(_ line: PriceLine) -> OutputJSON {
        .object([
            ("product_id", .int(line.productID)), ("name", .string(line.name)), ("sku", .text(line.sku)),
            ("old", .money(line.old)), ("new", .money(line.new)),
        ])
    }

    static func priceBatch(_ batch: PriceBatch) -> OutputJSON {
        .object([
            ("id", .int(batch.id)), ("title", .string(batch.title)), ("count", .int(Int64(batch.count))),
            ("kept", .int(Int64(batch.kept))), ("kept_back", .int(Int64(batch.keptBack))),
            ("by", batch.by.map(OutputJSON.int) ?? .null), ("at", .time(batch.at)),
            ("from", batch.period.from.map(OutputJSON.time) ?? .null),
            ("until", batch.period.until.map(OutputJSON.time) ?? .null),
            ("begun_at", batch.begunAt.map(OutputJSON.time) ?? .null),
            ("taken_back_at", batch.takenBackAt.map(OutputJSON.time) ?? .null),
        ])
    }
}
