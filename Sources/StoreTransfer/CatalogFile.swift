import StoreDomain

/// The kinds of file that are recognised, each by its header.
public enum CatalogFormat: String, Hashable, Sendable, CaseIterable {
    case shopify, woocommerce, square, etsy, plain

    /// "Shopify export", "plain CSV".
    public var words: String {
        switch self {
        case .shopify: "Shopify export"
        case .woocommerce: "WooCommerce export"
        case .square: "Square export"
        case .etsy: "Etsy export"
        case .plain: "plain CSV"
        }
    }
}

/// How a file is to be read.
public struct ImportOptions: Hashable, Sendable {
    /// The store's currency, which the file's prices are taken for.
    public var currency: Currency
    /// The stock of a new product whose stock the file does not say; nil for selling it without counting.
    public var untrackedStock: Int?
    /// Also take what the file's shop does not sell: drafts, archived, private and unpublished products.
    public var includeUnpublished: Bool
    /// Decides with the zone whether a sale price with dates counts.
    public var now: Timestamp
    /// The shop's: a sale price counts on the days that its clocks show.
    public var zone: ShopZone

    public init(
        currency: Currency = .usd, untrackedStock: Int? = nil, includeUnpublished: Bool = false,
        now: Timestamp, zone: ShopZone = .utc
    ) {
        self.currency = currency
        self.untrackedStock = untrackedStock
        self.includeUnpublished = includeUnpublished
        self.now = now
        self.zone = zone
    }
}

/// What a file holds, ready for `CatalogTransferService.importProducts`.
public struct CatalogFile: Hashable, Sendable {
    public let format: CatalogFormat
    public let encoding: TextEncoding
    public let delimiter: Delimiter
    public let products: [ImportedProduct]
    /// What is not sold here, by reason.
    public let leftOut: [LeftOut: Tally]
    /// What was decided on the way in.
    public let warnings: [ImportWarning: Tally]
    /// Columns of a plain file that mean nothing here.
    public let ignoredColumns: [String]
}

/// Why something in a file is no product of this shop.
public enum LeftOut: String, Hashable, Sendable, CaseIterable {
    case draft, pending, archived, unpublished
    case isPrivate = "private"
    case grouped, external, unpriced
    case otherType = "other-type"
    case notSellable = "not-sellable"

    /// "drafts", "external products (sold elsewhere)": stands behind a count.
    public var words: String {
        switch self {
        case .draft: "drafts"
        case .pending: "waiting for review"
        case .archived: "archived"
        case .unpublished: "not published"
        case .isPrivate: "private"
        case .grouped: "grouped products (their members are sold by themselves)"
        case .external: "external products (sold elsewhere)"
        case .unpriced: "without a price"
        case .otherType: "of a type that is not sold here"
        case .notSellable: "marked as not for sale"
        }
    }
}

/// What was decided on the way in: things that stand otherwise in the file, or not at all.
public enum ImportWarning: String, Hashable, Sendable, CaseIterable {
    case untracked
    case stockGiven = "stock-given"
    case sharedStock = "shared-stock"
    case severalLocations = "several-locations"
    case negativeStock = "negative-stock"
    case roundedStock = "rounded-stock"
    case decimalComma = "decimal-comma"
    case decimalPoint = "decimal-point"
    case roundedPrice = "rounded-price"
    case unreadableDate = "unreadable-date"
    case repairedCode = "repaired-code"
    case repeatedSKU = "repeated-sku"
    case repeatedBarcode = "repeated-barcode"
    case severalSKUs = "several-skus"
    case joinedVariations = "joined-variations"
    case missingParent = "missing-parent"

    /// Stands behind a count.
    public var words: String {
        switch self {
        case .untracked: "stocks not known: new products sell without counting, known ones keep theirs"
        case .stockGiven: "stocks not known: new products get --untracked-stock, known ones keep theirs"
        case .sharedStock: "stocks shared by the variants of a product, each taken with all of it"
        case .severalLocations: "stocks at several locations, added up"
        case .negativeStock: "negative stocks, taken as 0"
        case .roundedStock: "stocks with a part of a piece, rounded down"
        case .decimalComma:
            "numbers that could be read in two ways, read with a decimal comma as the others show"
        case .decimalPoint:
            "numbers that could be read in two ways, read with a decimal point as the others show"
        case .roundedPrice: "prices with fractions of a cent, rounded"
        case .unreadableDate: "sale prices whose dates cannot be read, passed over for the regular price"
        case .repairedCode: "codes written as a spreadsheet's text or number, put right"
        case .repeatedSKU: "SKUs that an earlier row has already, left empty"
        case .repeatedBarcode: "barcodes that an earlier row has already, left empty"
        case .severalSKUs: "products with several SKUs, taken without one"
        case .joinedVariations: "products with variations that have no price of their own, taken as one"
        case .missingParent: "variations without their product in the file, taken by their own name"
        }
    }
}

/// How often something was met, and where first.
public struct Tally: Hashable, Sendable {
    public private(set) var count = 0
    /// At most five.
    public private(set) var first: [Example] = []

    /// One of them: its row, and what stood there or what it is called.
    public struct Example: Hashable, Sendable {
        public let row: Int
        public let text: String

        public init(row: Int, text: String) {
            self.row = row
            self.text = text
        }
    }

    public init() {}

    public var firstRows: [Int] { first.map(\.row) }

    public mutating func add(row: Int, _ text: String = "") {
        count += 1
        if first.count < 5 { first.append(Example(row: row, text: text)) }
    }
}

/// One thing in a file that cannot be taken.
public struct ImportProblem: Hashable, Sendable {
    /// Counted from 1 as the rows stand in the file; nil for the file as a whole.
    public let row: Int?
    /// A column's name in quotes, or its number.
    public let column: String?
    public let reason: String

    public init(row: Int?, column: String?, reason: String) {
        self.row = row
        self.column = column
        self.reason = reason
    }

    /// `row 12, column "Variant Price": "abc" is not an amount`
    public var text: String {
        let place = [row.map { "row \($0)" }, column.map { "column \($0)" }].compactMap(\.self)
        return place.isEmpty ? reason : "\(place.joined(separator: ", ")): \(reason)"
    }
}

/// A file that is not imported, and everything that is wrong with it.
public struct ImportRefusal: Error, Hashable, Sendable {
    /// At most `limit`.
    public let problems: [ImportProblem]
    /// How many there are in all.
    public let count: Int

    public static let limit = 100

    public init(problems: [ImportProblem], count: Int) {
        self.problems = problems
        self.count = count
    }
}
