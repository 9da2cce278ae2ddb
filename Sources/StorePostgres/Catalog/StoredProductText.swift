import Foundation
import StoreDomain

/// A draft's texts as the tables hold them.
struct StoredProductText {
    let name: String
    let nameKey: String
    let description: String
    let category: String?
    let sku: String?
    let skuKey: String?
    let barcode: String?
    let barcodeKey: String?
    /// What finds the product, as an array of the index's words.
    let terms: [String]

    /// - Throws: `invalid` for what is too long for its column: PostgreSQL counts scalars, not characters.
    init(_ draft: ProductDraft) throws(StoreError) {
        name = try Self.fitting(draft.name, "name", 255)
        nameKey = Self.nameKey(name)
        description = draft.description.stored
        category = try draft.category.map { text throws(StoreError) in
            try Self.fitting(text, "category", 100)
        }
        sku = try draft.sku.map { text throws(StoreError) in try Self.fitting(text, "sku", 255) }
        skuKey = sku.flatMap { ProductCode($0)?.key }
        barcode = try draft.barcode.map { text throws(StoreError) in try Self.fitting(text, "barcode", 255) }
        barcodeKey = barcode.flatMap { ProductCode($0)?.key }
        terms = SearchTerms.indexed(
            ProductWords(name: name, description: description, sku: sku, barcode: barcode), category: category
        )
    }

    /// What names are ordered by, cut to what an index can hold.
    static func nameKey(_ name: String) -> String { name.folded.cut(toBytes: 1_500) }

    private static func fitting(_ text: String, _ field: String, _ limit: Int) throws(StoreError) -> String {
        let stored = text.stored
        guard stored.unicodeScalars.count <= limit else {
            throw .invalid([
                FieldProblem(field, "must be at most \(limit) characters, combining marks counted")
            ])
        }
        return stored
    }
}

extension String {
    /// Composed, and without NUL, which PostgreSQL cannot keep.
    var stored: String {
        utf8.allSatisfy { $0 > 0 && $0 < 0x80 } ? self : withoutNUL.precomposedStringWithCanonicalMapping
    }

    /// As many whole scalars as fit.
    func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var kept = String.UnicodeScalarView()
        var count = 0
        for scalar in unicodeScalars {
            count += UTF8.width(scalar)
            guard count <= limit else { break }
            kept.append(scalar)
        }
        return String(kept)
    }
}
