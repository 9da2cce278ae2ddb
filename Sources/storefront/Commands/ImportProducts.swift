import ArgumentParser
import ProgramKit
import StoreDomain
import StoreTransfer

struct ImportProducts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import products from a CSV file.",
        discussion: """
            Takes Shopify and WooCommerce exports and a plain CSV with the columns name and price (and sku, \
            description, stock, category, barcode, handle, tracks_stock); the header decides. All of it is imported \
            or, when a row cannot be taken, nothing. Products are found again by SKU or handle, so a second import \
            updates them and adds none twice.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The file; - for standard input.")
    var file: String

    @Option(
        help: ArgumentHelp("The stock of a new product that its shop sells without counting.", valueName: "n")
    )
    var untrackedStock = ImportOptions.defaultUntrackedStock

    @Flag(help: "Also take what its shop does not show: drafts, private and unpublished products.")
    var includeUnpublished = false

    @Flag(help: "Only read the file and say what would come in.")
    var check = false

    func validate() throws {
        guard (0...Product.maximumStock).contains(untrackedStock) else {
            throw ValidationError("--untracked-stock must be 0 to \(Product.maximumStock)")
        }
    }

    func run() async throws {
        let places = Places.current()
        let settings = try await Settings.load(SettingTable.all, flags: place.flags, in: places).checked()
        // Without a store the file is read first: a wrong one makes none.
        let isStoreThere = FileStatus.exists(settings.databasePath(places))
        let readBefore =
            check || !isStoreThere
            ? try read(
                currency: settings[ShopSettings.currency], clock: settings.clock,
                zone: SystemZones.shared.counted(by: settings.policy)) : nil
        if check, let readBefore {
            return ImportReport(catalog: readBefore, result: nil).print(json: output.json)
        }
        try await CommandContext.with(place, mode: .existingOrNew) { context in
            let catalog =
                try readBefore
                ?? read(
                    currency: context.currency, clock: settings.clock,
                    zone: SystemZones.shared.counted(by: context.store.policy))
            let progress = SharedProgress("importing", of: catalog.products.count)
            defer { progress.finish() }
            do throws(StoreError) {
                let result = try await context.store.transfer.importProducts(
                    catalog.products, as: .commandLine, progress: { progress.show($0) })
                progress.finish()
                ImportReport(catalog: catalog, result: result).print(json: output.json)
            } catch {
                throw Self.naming(error, in: catalog)
            }
        }
    }

    private func read(currency: Currency, clock: any StoreClock, zone: ShopZone) throws -> CatalogFile {
        let options = ImportOptions(
            currency: currency, untrackedStock: untrackedStock, includeUnpublished: includeUnpublished,
            now: clock.now(), zone: zone)
        var reader = CatalogReader(options: options)
        var progress = Progress("reading row")
        defer { progress.finish() }
        try InputFile.read(file) { chunk in
            reader.consume(chunk)
            progress.show(reader.rowsRead)
        }
        return try reader.finish()
    }

    /// A code that another product of the store has already is told by the row that brought it.
    private static func naming(_ error: StoreError, in catalog: CatalogFile) -> any Error {
        guard case .taken(let field, let value) = error,
            let product = catalog.products.first(where: {
                (field == "sku" ? $0.draft.sku : $0.draft.barcode)?.lowercased() == value.lowercased()
            })
        else { return error }
        return CommandFailure(
            "row \(product.row): another product of the store already has the \(field) \(value); "
                + "nothing was imported")
    }
}
