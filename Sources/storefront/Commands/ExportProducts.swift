import ArgumentParser
import StoreDomain
import StoreTransfer
import TerminalKit

struct ExportProducts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Export products as a plain CSV file, which product import reads back.",
        discussion: """
            A spreadsheet that opens the file by a double click takes codes for numbers and dates. Open it by \
            Data > From Text/CSV (Excel) or in the import dialog (LibreOffice, Google Sheets), set the columns sku \
            and barcode to Text, keep the column handle, and save as CSV UTF-8.
            """)

    @OptionGroup var place: StoreOptions

    @Argument(help: "A file that does not exist yet; standard output when left out, or for -.")
    var file = "-"

    @Flag(help: "One JSON object a line instead of CSV.")
    var json = false

    func run() async throws {
        try await ShopContext.with(place) { context in
            if file == "-" {
                // A terminal would obey what a name or description may hold; a file or pipe gets every byte.
                let isTerminal = Console.isOutputTerminal
                _ = try await write(context) { text in
                    Console.write(isTerminal ? Sanitizer.harmless(text, keepNewlines: true) : text)
                }
                return
            }
            let output = try OutputFile(file)
            let count = try await write(context) { try output.write($0) }
            try output.finish()
            Console.tell("\(count.counted("product")) written to \(file)")
        }
    }

    private func write(_ context: ShopContext, _ write: (String) throws -> Void) async throws -> Int {
        let transfer = try context.counter().transfer
        if !json { try write(PlainCatalog.header) }
        var count = 0
        var last: Int64 = 0
        var progress = Progress("exporting")
        defer { progress.finish() }
        while true {
            let products = try await transfer.exportProducts(
                after: last, limit: 500, as: context.principal)
            guard let end = products.last else { return count }
            try write(products.map(line).joined())
            last = end.product.id
            count += products.count
            progress.show(count)
        }
    }

    private func line(_ exported: ExportedProduct) -> String {
        json ? OutputJSON.product(exported.product).text + "\n" : PlainCatalog.line(exported)
    }
}
