import ArgumentParser
import StoreDomain

/// What a person types as an option, or why it is none.
enum TypedAmount {
    static func money(_ text: String, _ field: String, _ currency: Currency) throws(StoreError) -> Money {
        do {
            return try Money(typed: text, currency: currency)
        } catch {
            throw .invalid([FieldProblem(field, error.message)])
        }
    }

    static func percent(_ text: String, _ field: String) throws(StoreError) -> Rate {
        do {
            return try Rate(typedPercent: text)
        } catch {
            throw .invalid([FieldProblem(field, error.percentMessage)])
        }
    }

    static func pieces(_ text: String, _ field: String) throws(StoreError) -> Int {
        do {
            return try Quantity.pieces(typed: text)
        } catch {
            throw .invalid([FieldProblem(field, error.piecesMessage)])
        }
    }
}

/// The fields of a product as options.
struct ProductFields: ParsableArguments {
    @Option(help: "1 to 255 characters.")
    var name: String?

    @Option(parsing: .unconditional, help: "An amount such as 29.99.")
    var price: String?

    @Option(parsing: .unconditional, help: "How many there are; counts a product that was not counted.")
    var stock: String?

    @Flag(help: "It sells without counting, and is never sold out.")
    var untracked = false

    @Option(help: "Plain text, may have several lines.")
    var description: String?

    @Option(help: "A category's name; made when there is none.")
    var category: String?

    @Option(help: "The shop's own number for it.")
    var sku: String?

    @Option(help: "EAN, UPC or what else is printed on it.")
    var barcode: String?

    func validate() throws {
        guard stock == nil || !untracked else {
            throw ValidationError("--stock counts a product and --untracked does not; give one of them")
        }
    }

    /// The stock that the options ask for; nil when they name none.
    func newStock() throws(StoreError) -> Stock? {
        if untracked { return .untracked }
        guard let stock else { return nil }
        return .counted(try TypedAmount.pieces(stock, "stock"))
    }

    /// The price; nil when none is given.
    func money(_ currency: Currency) throws(StoreError) -> Money? {
        guard let price else { return nil }
        return try TypedAmount.money(price, "price", currency)
    }
}

struct AddProduct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a product.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var fields: ProductFields

    func validate() throws {
        guard fields.name != nil else { throw ValidationError("A product needs --name") }
        guard fields.price != nil else { throw ValidationError("A product needs --price") }
    }

    func run() async throws {
        try await ShopContext.with(place, mode: .existingOrNew) { context in
            let currency = context.currency
            let draft = try ProductDraft(
                name: fields.name ?? "", description: fields.description ?? "",
                price: try fields.money(currency) ?? .zero(currency),
                stock: try fields.newStock() ?? .counted(0),
                category: fields.category, sku: fields.sku, barcode: fields.barcode)
            let product = try await context.services.catalog.add(draft, as: context.principal)
            ProductDetail.print(product, json: output.json, in: context.zone)
        }
    }
}

struct EditProduct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Change a product.",
        discussion: """
            Only what is given is changed; an empty text takes category, SKU or barcode away. With --seen nothing is \
            changed where somebody has changed the product since.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var fields: ProductFields

    @Argument(help: ProductReference.help)
    var product: String

    @Flag(inversion: .prefixedNo, help: "Whether it is no longer sold.")
    var archived: Bool?

    @Option(help: "The version that product show gave: what you have seen.")
    var seen: String?

    func validate() throws {
        guard seen.map({ ProductVersion($0) != nil }) ?? true else {
            throw ValidationError("--seen must be a version as product show gives it")
        }
    }

    func run() async throws {
        try await ShopContext.with(place) { context in
            let catalog = context.services.catalog
            let patch = ProductPatch(
                name: fields.name, description: fields.description,
                price: try fields.money(context.currency), stock: try fields.newStock(),
                category: fields.category, sku: fields.sku, barcode: fields.barcode, isArchived: archived)
            guard patch != ProductPatch() else {
                throw CommandFailure("nothing to change; name a field, such as --price 9.99")
            }
            let id = try await ProductReference(product).id(in: catalog)
            let changed = try await catalog.edit(
                id, patch, seen: seen.flatMap { ProductVersion($0) }, as: context.principal)
            ProductDetail.print(changed, json: output.json, in: context.zone)
        }
    }
}
