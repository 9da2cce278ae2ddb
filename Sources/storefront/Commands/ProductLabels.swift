import ArgumentParser
import ProgramKit
import StoreDomain
import StoreTransfer
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// Labels for shelves and goods: name, price and code.
struct ProductLabels: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label", abstract: "Print labels with name, price and barcode.",
        discussion: """
            Writes them as text, or as a CSV file for the program of a label printer. --print sends them to the \
            receipt printer of the settings; with printer.kind escpos each has its barcode and is cut.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv }

    @OptionGroup var place: StoreOptions

    @Argument(help: "Products, by id, SKU or barcode.")
    var products: [String]

    @Option(help: "How many of each, 1 to 500.")
    var copies = 1

    @Option(help: "text or csv.")
    var format = Format.text

    @Flag(help: "Send them to the receipt printer.")
    var print = false

    @Flag(help: "One JSON object for all of them instead.")
    var json = false

    func validate() throws {
        guard !products.isEmpty else { throw ValidationError("name a product") }
        guard ProductsRequest.copies.contains(copies) else {
            throw ValidationError("--copies must be 1 to 500")
        }
        guard !print || format == .text else { throw ValidationError("--print needs no format") }
    }

    func run() async throws {
        try await ShopContext.with(place) { context in
            var found: [Product] = []
            for product in products {
                found.append(try await ProductReference(product).find(in: context.services.catalog))
            }
            let labels = found.flatMap { repeatElement(ProductLabel($0), count: copies) }
            if print {
                let settings = try await Settings.load(
                    SettingTable.all, flags: place.flags, in: Places.current()
                ).checked()
                guard let printer = Printer(settings) else {
                    throw CommandFailure("no printer is set up: set printer.command or printer.device")
                }
                for label in labels { try await printer.print(label.page(width: context.receiptWidth)) }
                return Console.line("\(labels.count.counted("label")) sent to \(printer.way.words)")
            }
            if json {
                return Console.write(OutputJSON.array(labels.map(\.json)).text + "\n")
            }
            switch format {
            case .text:
                Console.write(
                    labels.map { $0.page(width: context.receiptWidth).text }.joined(separator: "\n"))
            case .csv:
                let text = LabelTable.text(labels.map(\.product))
                // A terminal would obey what a name may hold; a file or pipe gets every byte.
                Console.write(
                    Console.isOutputTerminal ? Sanitizer.harmless(text, keepNewlines: true) : text)
            }
        }
    }
}

extension ProductLabel {
    var json: OutputJSON {
        .object([
            ("id", .int(product.id)), ("name", .string(product.name)), ("price", .money(product.price)),
            ("sku", .text(product.sku)), ("barcode", .text(product.barcode)), ("code", .text(code)),
        ])
    }
}
