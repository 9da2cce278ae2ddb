import ArgumentParser
import ProgramKit
import StoreDomain
import StoreTransfer

struct ImportProducts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import products from a CSV file.",
        discussion: """
            Takes exports of Shopify, WooCommerce, Square and Etsy, and a plain CSV with the columns name and \
            price (and sku, description, stock, category, barcode, handle, tracks_stock); the header decides. All of it is \
            imported or, when a row cannot be taken, nothing. Products are found again by SKU or handle, so a \
            second import updates them and adds none twice.

            A stock that the file does not say is not taken for 0: a new product then sells without counting, \
            or gets --untracked-stock; a known one keeps its own.

            --check changes nothing and says what would be made, changed and left out, and why. It exits with \
            0 when there is something to import, 3 when there is nothing to do, and 1 when the file is refused.
            """)

    /// The exit code of a check that found nothing to do.
    private static let nothingToDo: Int32 = 3

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The file; - for standard input.")
    var file: String

    @Option(
        help: ArgumentHelp(
            "The stock of a new product whose stock the file does not say, instead of selling it without counting.",
            valueName: "n"))
    var untrackedStock: Int?

    @Flag(help: "Also take what its shop does not show: drafts, private and unpublished products.")
    var includeUnpublished = false

    @Flag(help: "Change nothing and say what would come in.")
    var check = false

    func validate() throws {
        if let untrackedStock, !(0...Product.maximumStock).contains(untrackedStock) {
            throw ValidationError("--untracked-stock must be 0 to \(Product.maximumStock)")
        }
    }

    func run() async throws {
        let places = Places.current()
        let settings = try await Settings.load(SettingTable.all, flags: place.flags, in: places).checked()
        // Without a store the file is read first: a wrong one makes none.
        let isStoreThere =
            settings[SettingTable.remote] != nil || FileStatus.exists(settings.databasePath(places))
        let readBefore = isStoreThere ? nil : try read(settings.policy, clock: settings.clock)
        if check, let readBefore {
            return try report(readBefore, ImportResult(ofNew: readBefore.products))
        }
        try await ShopContext.with(place, mode: check ? .existing : .existingOrNew) { context in
            let transfer = try context.counter().transfer
            let catalog = try readBefore ?? read(context.policy, clock: settings.clock)
            if check {
                let result = try await transfer.rehearseImport(catalog.products, as: context.principal)
                return try report(catalog, result)
            }
            let progress = SharedProgress("importing", of: catalog.products.count)
            defer { progress.finish() }
            do throws(StoreError) {
                let result = try await transfer.importProducts(
                    catalog.products, as: context.principal, progress: { progress.show($0) })
                progress.finish()
                ImportReport(catalog: catalog, result: result, isDone: true).print(json: output.json)
            } catch {
                throw Self.naming(error, in: catalog)
            }
        }
    }

    /// Says what a check found, and ends with what it means.
    private func report(_ catalog: CatalogFile, _ result: ImportResult) throws {
        if let refusal = result.refusal { throw refusal }
        ImportReport(catalog: catalog, result: result, isDone: false).print(json: output.json)
        if result.isNothingToDo { throw ExitCode(Self.nothingToDo) }
    }

    private func read(_ policy: ShopPolicy, clock: any StoreClock) throws -> CatalogFile {
        let options = ImportOptions(
            currency: policy.currency, untrackedStock: untrackedStock, includeUnpublished: includeUnpublished,
            now: clock.now(), zone: try SystemZones.shared.counted(by: policy))
        var progress = Progress("reading row")
        defer { progress.finish() }
        return try CatalogFile.read(file, options) { progress.show($0) }
    }

    /// A code that another product of the store has already is told by the row that brought it.
    private static func naming(_ error: StoreError, in catalog: CatalogFile) -> any Error {
        switch error {
        case .taken(let field, let value):
            let key = ProductCode(value)?.key
            guard
                let product = catalog.products.first(where: {
                    (field == "sku" ? $0.draft.sku : $0.draft.barcode).flatMap { ProductCode($0)?.key } == key
                })
            else { return error }
            return CommandFailure(
                "row \(product.row): another product of the store already has the \(field) \(value); "
                    + "nothing was imported")
        case .invalid(let fields):
            let problems = fields.map {
                ImportProblem(row: nil, column: nil, reason: "\($0.field): \($0.reason)")
            }
            return ImportRefusal(problems: Array(problems.prefix(ImportRefusal.limit)), count: problems.count)
        case _: return error
        }
    }
}

extension CatalogFile {
    /// Reads a file, or standard input for `-`.
    ///
    /// - Parameter progress: takes how many rows are read so far.
    /// - Throws: `ImportRefusal` for what cannot come in, `CommandFailure` for what cannot be read.
    static func read(_ file: String, _ options: ImportOptions, progress: (Int) -> Void) throws -> CatalogFile
    {
        var reader = CatalogReader(options: options)
        try InputFile.read(file) { chunk in
            reader.consume(chunk)
            progress(reader.rowsRead)
        }
        return try reader.finish()
    }
}

extension ImportResult {
    /// The rows that the store refuses; nil without any.
    var refusal: ImportRefusal? {
        guard !refused.isEmpty else { return nil }
        let problems = refused.map { refused in
            ImportProblem(
                row: refused.row, column: "\"\(refused.problem.field)\"", reason: refused.problem.reason)
        }
        return ImportRefusal(problems: Array(problems.prefix(ImportRefusal.limit)), count: problems.count)
    }
}
