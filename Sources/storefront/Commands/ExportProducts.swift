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

    private static let stride = 500

    private func write(_ context: ShopContext, _ write: (String) throws -> Void) async throws -> Int {
        let transfer = try context.counter().transfer
        var count = 0
        var progress = Progress("exporting")
        defer { progress.finish() }
        // Whoever may not export gets no heading either: that would be a catalogue without products.
        var page = try await transfer.exportProducts(
            after: 0, limit: Self.stride, as: context.principal)
        if !json { try write(PlainCatalog.header) }
        while let last = page.last {
            try write(page.map(line).joined())
            count += page.count
            progress.show(count)
            page = try await transfer.exportProducts(
                after: last.product.id, limit: Self.stride, as: context.principal)
        }
        return count
    }

    private func line(_ exported: ExportedProduct) -> String {
        json ? OutputJSON.product(exported.product).text + "\n" : PlainCatalog.line(exported)
    }
}
