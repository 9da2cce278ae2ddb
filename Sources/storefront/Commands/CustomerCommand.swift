import ArgumentParser
import StoreDomain
import StoreWire
import StorefrontCore

struct CustomerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customer", abstract: "List, show, merge, export and erase customers.",
        subcommands: [
            ListCustomers.self, ShowCustomer.self, MergeCustomers.self, ExportCustomer.self,
            EraseCustomer.self,
        ])
}

struct ListCustomers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List customers, the latest first.",
        discussion: "Where there are more, the last line says with which --after the next ones are listed.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "Beginnings of words of the name, parts of the e-mail, or the number.")
    var words: [String] = []

    @Option(help: "Only those who came before this customer.")
    var after: Int64?

    @Option(help: "How many, 1 to 500.")
    var limit = 100

    func run() async throws {
        try await ShopContext.with(place) { context in
            let text = words.joined(separator: " ")
            let page = try await context.counter().customers.customers(
                CustomerQuery(
                    words: text.isEmpty ? nil : CustomerWords(text), after: after, limit: limit),
                as: context.principal)
            if output.json { return Console.write(WireText.line(page)) }
            guard !page.customers.isEmpty else { return Console.line("No customers") }
            Console.write(UserTable.text(page.customers, in: context.zone))
            if let next = page.next { Console.line("There are more: --after \(next)") }
        }
    }
}

struct ShowCustomer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a customer with orders, credit, gift cards and returns.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The customer's number, or the whole e-mail.")
    var customer: String

    func run() async throws {
        try await ShopContext.with(place) { context in
            let customers = try context.counter().customers
            let user = try await customers.customer(known: customer, as: context.principal)
            let record = try await customers.customer(user.id, as: context.principal)
            if output.json { return Console.write(WireText.line(record)) }
            CustomerDetail.print(record, in: context.zone)
        }
    }
}

struct MergeCustomers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Give all that one customer has to another, who is the same person.",
        discussion: """
            Orders, returns and store credit become the other's, and the first account is emptied: nobody signs in \
            to it any more. It cannot be taken back.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The number or the whole e-mail of who is given up.")
    var customer: String

    @Option(help: "The number or the whole e-mail of who keeps everything.")
    var into: String

    func run() async throws {
        try await ShopContext.with(place) { context in
            let customers = try context.counter().customers
            let old = try await customers.customer(known: customer, as: context.principal)
            let kept = try await customers.customer(known: into, as: context.principal)
            let record = try await customers.merge(old.id, into: kept.id, as: context.principal)
            if output.json { return Console.write(WireText.line(record)) }
            CustomerDetail.print(record, in: context.zone)
        }
    }
}

struct ExportCustomer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print everything that is kept about a customer, as JSON.",
        discussion: "That it was handed out stands on the journal.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The customer's number, or the whole e-mail.")
    var customer: String

    func run() async throws {
        try await ShopContext.with(place) { context in
            let customers = try context.counter().customers
            let user = try await customers.customer(known: customer, as: context.principal)
            Console.write(WireText.line(try await customers.export(user.id, as: context.principal)))
        }
    }
}

struct EraseCustomer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Take a customer's name and e-mail away, for good.",
        discussion: """
            Orders, documents and the journal keep their figures and call the customer by a stand-in. Nobody signs in to \
            the account any more. Refused while an order waits, a sale is parked or store credit is left. Backups that \
            were made before keep what they have.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The customer's number, or the whole e-mail.")
    var customer: String

    @Flag(help: "Really: it cannot be taken back.")
    var yes = false

    func run() async throws {
        guard yes else {
            throw CommandFailure("Erasing cannot be taken back: add --yes, after customer export if need be")
        }
        try await ShopContext.with(place) { context in
            let customers = try context.counter().customers
            let user = try await customers.customer(known: customer, as: context.principal)
            let erased = try await customers.erase(user.id, as: context.principal)
            guard !output.json else { return Console.write(WireText.line(erased)) }
            Console.line("Customer \(erased.id) has neither name nor e-mail any more")
        }
    }
}

/// A customer as the shell prints one.
enum CustomerDetail {
    static func print(_ record: CustomerRecord, in zone: ShopZone) {
        Console.write(UserTable.text([record.user], in: zone) + "\n")
        let figures = record.figures
        Console.line(
            "\(figures.orders.counted("order")), \(figures.paid.grouped) paid, spent \(figures.spent.displayText)"
        )
        if let credit = record.credit { Console.line("Store credit \(credit.balance.displayText)") }
        if !record.cards.isEmpty { Console.write("\n" + GiftCardDetail.table(record.cards, in: zone)) }
        if !record.returns.isEmpty {
            var table = TextTable([.init("Return"), .init("Till"), .init("Amount", .right), .init("At")])
            Console.write(
                "\n"
                    + table.lines(
                        record.returns.map {
                            [$0.number.text, $0.till, $0.amount.displayText, zone.minuteText($0.at)]
                        }))
        }
        guard !record.orders.isEmpty else { return }
        var table = TextTable([
            .init("Order", .right), .init("Receipt"), .init("Placed"), .init("Status"),
            .init("Total", .right),
        ])
        Console.write(
            "\n"
                + table.lines(
                    record.orders.map {
                        [
                            String($0.id), $0.number?.text ?? "", zone.minuteText($0.createdAt),
                            $0.status.word,
                            $0.total.displayText,
                        ]
                    }))
    }
}
