import StoreDomain

/// The kinds of file that are recognised, each by its header.
public enum CatalogFormat: String, Hashable, Sendable, CaseIterable {
    case shopify, woocommerce, plain

    /// "Shopify export", "WooCommerce export", "plain CSV".
    public var words: String {
        switch self {
        case .shopify: "Shopify export"
        case .woocommerce: "WooCommerce export"
        case .plain: "plain CSV"
        }
    }
}

/// How a file is to be read.
public struct ImportOptions: Hashable, Sendable {
    /// The store's currency, which the file's prices are taken for.
    public var currency: Currency
    /// The stock of what the file's shop sells without counting it: an empty stock of a product in stock.
    public var untrackedStock: Int
    /// Also take what the file's shop does not show: drafts, archived, private and unpublished products.
    public var includeUnpublished: Bool
    /// Decides with the zone whether a sale price with dates counts.
    public var now: Timestamp
    /// The shop's: a sale price counts on the days that its clocks show.
    public var zone: ShopZone

    public static let defaultUntrackedStock = 100

    public init(
        currency: Currency = .usd, untrackedStock: Int = defaultUntrackedStock,
        includeUnpublished: Bool = false, now: Timestamp, zone: ShopZone = .utc
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
    public let products: [ImportedProduct]
    /// What is not sold here, by reason.
    public let leftOut: [LeftOut: Tally]
    /// What was taken in otherwise than it stands in the file.
    public let warnings: [ImportWarning: Tally]
    /// Columns of a plain file that mean nothing here.
    public let ignoredColumns: [String]
}

/// Why something in a file is no product of this shop.
public enum LeftOut: String, Hashable, Sendable, CaseIterable {
    case draft, archived, unpublished
    case isPrivate = "private"
    case grouped, external, unpriced
    case otherType = "other-type"

    /// "drafts", "external products (sold elsewhere)": stands behind a count.
    public var words: String {
        switch self {
        case .draft: "drafts"
        case .archived: "archived"
        case .unpublished: "not published"
        case .isPrivate: "private"
        case .grouped: "grouped products (their members are sold by themselves)"
        case .external: "external products (sold elsewhere)"
        case .unpriced: "without a price"
        case .otherType: "of a type that is not sold here"
        }
    }
}

/// What was changed on the way in.
public enum ImportWarning: String, Hashable, Sendable, CaseIterable {
    case negativeStock = "negative-stock"
    case repeatedSKU = "repeated-sku"
    case repeatedBarcode = "repeated-barcode"
    case roundedPrice = "rounded-price"

    /// Stands behind a count.
    public var words: String {
        switch self {
        case .negativeStock: "negative stocks, taken as 0"
        case .repeatedSKU: "SKUs that an earlier row has already, left empty"
        case .repeatedBarcode: "barcodes that an earlier row has already, left empty"
        case .roundedPrice: "prices with fractions of a cent, rounded"
        }
    }
}

/// How often something was met, and where first.
public struct Tally: Hashable, Sendable {
    public private(set) var count = 0
    /// At most five.
    public private(set) var firstRows: [Int] = []

    mutating func add(row: Int) {
        count += 1
        if firstRows.count < 5 { firstRows.append(row) }
    }
}

/// One thing in a file that cannot be taken.
public struct ImportProblem: Hashable, Sendable {
    /// Counted from 1, the header being row 1; nil for the file as a whole.
    public let row: Int?
    /// A column's name in quotes, or its number.
    public let column: String?
    public let reason: String

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
}
