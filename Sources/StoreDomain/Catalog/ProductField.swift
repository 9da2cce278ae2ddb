/// A field of a product that a person edits, named as the contract names it.
public enum ProductField: String, Hashable, Sendable, Codable, CaseIterable {
    case name, price, category, sku, barcode
    case taxClass = "tax_class"
    case stock
    case description
    case archived = "is_archived"

    /// As forms and sentences call it.
    public var label: String {
        switch self {
        case .name: "Name"
        case .price: "Price"
        case .category: "Category"
        case .sku: "SKU"
        case .barcode: "Barcode"
        case .taxClass: "Tax class"
        case .stock: "Stock"
        case .description: "Description"
        case .archived: "Archived"
        }
    }
}

extension Product {
    /// What a field holds, as a person types it: nothing for the stock of what nobody counts.
    public func text(of field: ProductField) -> String {
        switch field {
        case .name: name
        case .price: price.decimalText
        case .category: category ?? ""
        case .sku: sku ?? ""
        case .barcode: barcode ?? ""
        case .taxClass: taxClass ?? ""
        case .stock: stock.count.map(String.init) ?? ""
        case .description: description
        case .archived: isArchived ? "yes" : "no"
        }
    }

    /// The fields in which it differs from an earlier state of the same product.
    public func differences(from earlier: Product) -> [ProductField] {
        ProductField.allCases.filter { text(of: $0) != earlier.text(of: $0) }
    }
}
