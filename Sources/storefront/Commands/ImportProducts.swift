import ArgumentParser
import StoreDomain
import StoreTransfer

struct ImportProducts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import products from a CSV file.",
        discussion: """
            Takes Shopify and WooCommerce exports and a plain CSV with the columns name and price (and sku, \
            description, stock, category, barcode, handle); the header decides. All of it is imported or, when \
            a row cannot be taken, nothing. Products are found again by SKU or handle, so a second import \
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
        let settings = try await Settings.load(flags: place.flags, in: places).checked()
        // Without a store the file is read first: a wrong one makes none.
        let isStoreThere = FileStatus.exists(settings.databasePath(places))
        let readBefore =
            check || !isStoreThere
            ? try read(currency: settings[SettingTable.currency], clock: settings.clock) : nil
        if check, let readBefore {
            return ImportReport(catalog: readBefore, result: nil).print(json: output.json)
        }
        try await CommandContext.with(place, mode: .existingOrNew) { context in
            let catalog = try readBefore ?? read(currency: context.currency, clock: settings.clock)
            let progress = SharedProgress("importing", of: catalog.products.count)
            defer { progress.finish() }
            do throws(StoreError) {
                let result = try await context.store.transfer.importProducts(
                    catalog.products, as: .commandLine, progress: { progress.show($0) })
                progress.finish()
                ImportReport(catalog: catalog, result: result).print(json: output.json)
            } catch {
                throw Self.naming(error, in: catalog, file)
            }
        }
    }

    private func read(currency: Currency, clock: any StoreClock) throws -> CatalogFile {
        let options = ImportOptions(
            currency: currency, untrackedStock: untrackedStock, includeUnpublished: includeUnpublished,
            now: clock.now())
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
    private static func naming(_ error: StoreError, in catalog: CatalogFile, _ file: String) -> any Error {
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

/// What an import found and did.
struct ImportReport {
    let catalog: CatalogFile
    /// nil when nothing was asked to be done.
    let result: ImportResult?

    func print(json: Bool) {
        json ? Console.write(self.json.text + "\n") : Console.write(text)
    }

    private var json: JSON {
        let done: [(String, JSON)] =
            result.map {
                [("added", .int($0.added)), ("updated", .int($0.updated)), ("unchanged", .int($0.unchanged))]
            } ?? []
        return .object(
            [("format", .string(catalog.format.rawValue)), ("products", .int(catalog.products.count))] + done
                + [
                    ("left_out", tallies(LeftOut.allCases.map { ($0.rawValue, catalog.leftOut[$0]) })),
                    ("warnings", tallies(ImportWarning.allCases.map { ($0.rawValue, catalog.warnings[$0]) })),
                    ("ignored_columns", .array(catalog.ignoredColumns.map(JSON.string))),
                ])
    }

    private func tallies(_ tallies: [(String, Tally?)]) -> JSON {
        .object(
            tallies.compactMap { name, tally in
                tally.map {
                    (
                        name,
                        .object([
                            ("count", .int($0.count)), ("first_rows", .array($0.firstRows.map { .int($0) })),
                        ])
                    )
                }
            })
    }

    private var text: String {
        var lines = ["\(catalog.format.words): \(catalog.products.count.grouped) products"]
        if let result {
            lines.append(
                "added \(result.added.grouped), updated \(result.updated.grouped), "
                    + "unchanged \(result.unchanged.grouped)")
        }
        for reason in LeftOut.allCases {
            if let tally = catalog.leftOut[reason] { lines.append("left out: \(words(tally, reason.words))") }
        }
        for warning in ImportWarning.allCases {
            if let tally = catalog.warnings[warning] { lines.append("note: \(words(tally, warning.words))") }
        }
        if !catalog.ignoredColumns.isEmpty {
            lines.append("note: columns passed over: \(catalog.ignoredColumns.joined(separator: ", "))")
        }
        return FieldList.paragraph(lines.joined(separator: "\n"))
    }

    private func words(_ tally: Tally, _ what: String) -> String {
        let rows = tally.firstRows.map(String.init).joined(separator: ", ")
        return
            "\(tally.count.grouped) \(what) (row \(rows)\(tally.count > tally.firstRows.count ? ", …" : ""))"
    }
}
