import ArgumentParser
import StoreDomain

struct ProductCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "product",
        abstract: "List, find, show, add, change, price, label, import and export products.",
        subcommands: [
            ListProducts.self, SearchProducts.self, ShowProduct.self, AddProduct.self, EditProduct.self,
            ProductHistory.self, SetPrices.self, PriceBatchList.self, TakePricesBack.self, ProductLabels.self,
            ImportProducts.self, ExportProducts.self,
        ])
}

extension ProductSort: ExpressibleByArgument {
    public init?(argument: String) {
        switch argument {
        case "newest": self = .newest
        case "name": self = .name
        case "price": self = .priceUp
        case "price-down", "-price": self = .priceDown
        default: return nil
        }
    }

    public static var allValueStrings: [String] { ["newest", "name", "price", "price-down"] }
}

struct ListProducts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List products.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var paging: PagingOptions

    @Option(help: "Only those of this category.")
    var category: String?

    @Option(help: "newest, name, price or price-down.")
    var sort = ProductSort.automatic

    func run() async throws {
        try await ShopContext.with(place) { context in
            try await ProductListing(json: output.json, paging: paging)
                .print(ProductQuery(category: category, sort: sort), from: context.services.catalog)
        }
    }
}

struct SearchProducts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find products by words, or by the beginnings of words.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var paging: PagingOptions

    @Argument(help: "Words of the name, description, SKU or barcode.")
    var words: [String]

    @Option(help: "Only those of this category.")
    var category: String?

    @Option(help: "newest, name, price or price-down; without it the best match comes first.")
    var sort = ProductSort.automatic

    func run() async throws {
        try await ShopContext.with(place) { context in
            let query = ProductQuery(text: words.joined(separator: " "), category: category, sort: sort)
            try await ProductListing(json: output.json, paging: paging)
                .print(query, from: context.services.catalog)
        }
    }
}

struct ShowProduct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show everything about one product.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ProductReference.help)
    var product: String

    func run() async throws {
        try await ShopContext.with(place) { context in
            let product = try await ProductReference(product).find(in: context.services.catalog)
            ProductDetail.print(product, json: output.json, in: context.zone)
        }
    }
}

/// A stock as the commands print it.
enum StockText {
    /// For a column of numbers.
    static func short(_ stock: Stock) -> String { stock.count?.grouped ?? "–" }

    static func full(_ stock: Stock) -> String { stock.count?.grouped ?? "not counted" }
}

/// One product in full.
enum ProductDetail {
    static func print(_ product: Product, json: Bool, in zone: ShopZone) {
        if json { return Console.write(OutputJSON.productRecord(product).text + "\n") }
        let fields: [(String, String?)] = [
            ("id", String(product.id)), ("name", product.name), ("price", product.price.displayText),
            ("stock", StockText.full(product.stock)), ("category", product.category), ("sku", product.sku),
            ("barcode", product.barcode), ("archived", product.isArchived ? "yes" : nil),
            ("version", product.version.description), ("created", zone.minuteText(product.createdAt)),
            ("updated", zone.minuteText(product.updatedAt)),
        ]
        Console.write(FieldList.text(fields))
        if !product.description.isEmpty { Console.write("\n" + FieldList.paragraph(product.description)) }
    }
}
