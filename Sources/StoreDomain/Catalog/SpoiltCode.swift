/// Codes that went through a spreadsheet: whether what came out can be what went in.
enum SpoiltCode {
    /// Whether a spreadsheet shows `code` as `written`: `4006381333931` as `4.00638E+12`, `3-12` as `12-Mar`,
    /// `00123` as `123`.
    static func isShown(_ code: String, as written: String) -> Bool {
        if let number = scientific(written) {
            guard let value = Double(code) else { return false }
            return abs(value - number.value) <= number.step / 2 * 1.000_001
        }
        if isWithoutZeros(written, of: code) { return true }
        // A date: its number stands in the code too.
        let day = written.split { !("0"..."9").contains($0) }.first.map(String.init) ?? ""
        return written.contains(where: \.isLetter) && !day.isEmpty && code.contains(day.drop { $0 == "0" })
    }

    /// Whether `written` is the number `code` without the zeros in front of it.
    static func isWithoutZeros(_ written: String, of code: String) -> Bool {
        let isNumber = !written.isEmpty && written.utf8.allSatisfy(\.isDigit)
        return isNumber && code.count > written.count && code.drop { $0 == "0" } == written
    }

    /// The value of `4.00638E+12` and that of one in its last decimal.
    private static func scientific(_ text: String) -> (value: Double, step: Double)? {
        let point = text.replacing(",", with: ".")
        let parts = point.split { $0 == "E" || $0 == "e" }
        guard parts.count == 2, let value = Double(point), let exponent = Int(parts[1]),
            (-30...30).contains(exponent)
        else { return nil }
        let decimals = parts[0].split(separator: ".").dropFirst().first?.count ?? 0
        return (value, Double("1e\(exponent - decimals)") ?? 0)
    }
}

extension ImportedProduct {
    /// What a row becomes where `known` is the product that it is about.
    public struct Resolved: Hashable, Sendable {
        /// nil where a code is lost.
        public let draft: ProductDraft?
        public let kept: [KeptCode]
        public let refused: [RefusedRow]
    }

    /// The draft with what the file does not say, or a spreadsheet has spoilt, taken from the product as it is.
    public func resolved(against known: Product?) throws(StoreError) -> Resolved {
        guard let known else {
            return Resolved(draft: damaged.isEmpty ? draft : nil, kept: [], refused: lostCodes)
        }
        var kept: [KeptCode] = []
        var refused: [RefusedRow] = []
        func code(_ field: ImportedField, _ given: String?, _ known: String?) -> String? {
            if let written = damaged[field] {
                if let known, known == written || SpoiltCode.isShown(known, as: written) {
                    if known != written {
                        kept.append(KeptCode(row: row, field: field, written: written, kept: known))
                    }
                    return known
                }
                refused.append(RefusedRow(row: row, reason: .lost(field, written: written)))
                return nil
            }
            if keeps.contains(field) { return known }
            guard let given, let known, SpoiltCode.isWithoutZeros(given, of: known) else { return given }
            kept.append(KeptCode(row: row, field: field, written: given, kept: known))
            return known
        }
        let sku = code(.sku, draft.sku, known.sku)
        let barcode = code(.barcode, draft.barcode, known.barcode)
        guard refused.isEmpty else { return Resolved(draft: nil, kept: [], refused: refused) }
        return Resolved(
            draft: try ProductDraft(
                name: draft.name,
                description: keeps.contains(.description) ? known.description : draft.description,
                price: draft.price, stock: keeps.contains(.stock) ? known.stock : draft.stock,
                category: keeps.contains(.category) ? known.category : draft.category, sku: sku,
                barcode: barcode, taxClass: draft.taxClass ?? known.taxClass),
            kept: kept, refused: [])
    }

    /// Whether the row's SKU is what a spreadsheet has made of this product's.
    public func hasSpoiltSKU(of product: Product) -> Bool {
        guard let sku = product.sku else { return false }
        if let written = damaged[.sku] { return SpoiltCode.isShown(sku, as: written) }
        return draft.sku.map { SpoiltCode.isWithoutZeros($0, of: sku) } ?? false
    }
}
