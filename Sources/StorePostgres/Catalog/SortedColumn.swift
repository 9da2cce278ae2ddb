/// A column that products are sorted by, and their ids behind it.
enum SortedColumn: String, CaseIterable {
    case name, price

    /// Of `products`.
    var name: String {
        switch self {
        case .name: "name_key"
        case .price: "price"
        }
    }

    var type: String {
        switch self {
        case .name: "text"
        case .price: "numeric"
        }
    }

    /// The order is cut into 2 to the power of so many stretches.
    static let digits = 8

    /// Under these the bits have the digits of a product's stretch, the highest first. No word has a `/` in it.
    var digitKeys: [String] { (0..<Self.digits).map { "\(rawValue)/\($0)" } }
}

/// What a product has in a column that products are sorted by.
enum SortKey: Comparable {
    case name(String)
    /// In minor units.
    case price(Int64)

    /// As PostgreSQL compares them: names by their bytes.
    static func < (left: SortKey, right: SortKey) -> Bool {
        switch (left, right) {
        case (.name(let left), .name(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.price(let left), .price(let right)): left < right
        case (.name, .price): true
        case (.price, .name): false
        }
    }

    static func == (left: SortKey, right: SortKey) -> Bool {
        switch (left, right) {
        case (.name(let left), .name(let right)): left.utf8.elementsEqual(right.utf8)
        case (.price(let left), .price(let right)): left == right
        case (.name, .price), (.price, .name): false
        }
    }

    var argument: any PostgresWritable {
        switch self {
        case .name(let name): name
        case .price(let price): price.decimalText
        }
    }
}
