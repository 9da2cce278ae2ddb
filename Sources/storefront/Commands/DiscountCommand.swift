import ArgumentParser
import ProgramKit
import StoreDomain

struct DiscountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discount", abstract: "Add, list, end and date discount codes.",
        subcommands: [
            AddDiscount.self, ListDiscounts.self, EndDiscount.self, ResumeDiscount.self, DateDiscount.self,
        ])
}

struct AddDiscount: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a discount code.",
        discussion: """
            Days are the shop's, in its time zone (shop.timezone): a code counts from the start of --from to the end of \
            --until. Both also take a moment, such as 2026-11-22T14:00:00Z.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "1 to 50 letters, digits, - or _; upper and lower case are the same.")
    var code: String

    @Option(help: "What it takes off, in percent.")
    var percent: String?

    @Option(help: "What it takes off, as an amount.")
    var amount: String?

    @Option(help: "The first day on which it counts.")
    var from: String?

    @Option(help: "The last day on which it counts.")
    var until: String?

    @Option(help: "The subtotal from which it counts.")
    var minimum: String?

    @Option(help: "How many orders may use it.")
    var limit: Int?

    @Flag(help: "It does not count yet.")
    var inactive = false

    func validate() throws {
        guard (percent == nil) != (amount == nil) else {
            throw ValidationError("A discount needs either --percent or --amount")
        }
    }

    func run() async throws {
        try await ShopContext.with(place, mode: .existingOrNew) { context in
            let currency = context.currency
            let zone = try SystemZones.shared.counted(by: context.policy)
            let discount = try Discount(
                code: code, kind: try kind(currency),
                validFrom: try from.map { try moment($0, "from", isEnd: false, zone) },
                validUntil: try until.map { try moment($0, "until", isEnd: true, zone) },
                minimumSubtotal: try minimum.map { try TypedAmount.money($0, "minimum", currency) },
                usageLimit: limit,
                isActive: !inactive)
            let added = try await context.services.discounts.add(discount, as: context.principal)
            DiscountTable.print(added, json: output.json, in: zone)
        }
    }

    private func kind(_ currency: Currency) throws(StoreError) -> DiscountKind {
        if let amount { return .fixed(try TypedAmount.money(amount, "amount", currency)) }
        return .percent(try TypedAmount.percent(percent ?? "", "percent"))
    }

    private func moment(_ text: String, _ field: String, isEnd: Bool, _ zone: ShopZone)
        throws(StoreError) -> Timestamp
    {
        let day = zone.startOfDay(text, plusDays: isEnd ? 1 : 0)
        guard let moment = day ?? Timestamp(rfc3339: text) else {
            throw .invalid([
                FieldProblem(field, "must be a day such as 2026-11-22 or a time such as 2026-11-22T14:00:00Z")
            ])
        }
        return moment
    }
}

struct ListDiscounts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List discount codes.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await ShopContext.with(place) { context in
            let discounts = try await context.services.discounts.discounts(as: context.principal)
            if output.json {
                var list = JSONList("discounts")
                list.write(discounts.map(OutputJSON.discount))
                return list.finish([("count", .int(discounts.count))])
            }
            guard !discounts.isEmpty else { return Console.tell("No discount codes") }
            Console.write(DiscountTable.text(discounts, in: context.zone))
        }
    }
}

struct EndDiscount: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: "Have a discount code count no longer.",
        discussion: "Orders that used it keep it; storefront discount resume takes it back.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The code, in any case.")
    var code: String

    func run() async throws { try await DiscountTable.change(code, .end, place, output) }
}

struct ResumeDiscount: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Have a discount code count again that was ended.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The code, in any case.")
    var code: String

    func run() async throws { try await DiscountTable.change(code, .resume, place, output) }
}

struct DateDiscount: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "days", abstract: "Set the days on which a discount code counts.",
        discussion: "Days are the shop's, in its time zone (shop.timezone). Without either it always counts.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The code, in any case.")
    var code: String

    @Option(help: "The first day on which it counts, such as 2026-12-01.")
    var from: String?

    @Option(help: "The last day on which it counts.")
    var until: String?

    func run() async throws {
        let days = try ValidDays(first: ShopDay.typed(from, "from"), last: ShopDay.typed(until, "until"))
        try await DiscountTable.change(code, .days(days), place, output)
    }
}

enum DiscountTable {
    static func change(
        _ code: String, _ change: DiscountChange, _ place: StoreOptions, _ output: OutputOptions
    ) async throws {
        try await ShopContext.with(place) { context in
            let changed = try await context.services.discounts.change(code, change, as: context.principal)
            print(changed, json: output.json, in: context.zone)
        }
    }

    static func text(_ discounts: [Discount], in zone: ShopZone) -> String {
        var table = TextTable([
            .init("Code"), .init("Takes"), .init("From"), .init("Until"), .init("Minimum", .right),
            .init("Used", .right), .init("Active"),
        ])
        return table.lines(
            discounts.map { discount in
                [
                    discount.code, discount.kind.words, discount.validFrom.map(zone.minuteText) ?? "",
                    discount.validUntil.map(zone.minuteText) ?? "",
                    discount.minimumSubtotal?.displayText ?? "",
                    discount.timesUsed.grouped + (discount.usageLimit.map { " of \($0.grouped)" } ?? ""),
                    discount.isActive ? "yes" : "no",
                ]
            })
    }

    static func print(_ discount: Discount, json: Bool, in zone: ShopZone) {
        Console.write(json ? OutputJSON.discount(discount).text + "\n" : text([discount], in: zone))
    }
}
