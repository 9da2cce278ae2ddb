import StoreDomain

/// Names and handles of variants, which are products of their own here.
enum VariantName {
    /// "Clay Plant Pot – Large / Red"; the product's own name without options.
    static func name(_ product: String, options: [String]) -> String {
        options.isEmpty ? product : "\(product) – \(options.joined(separator: " / "))"
    }

    /// `source:handle/Large/Red`, with `/` and `%` inside a part escaped.
    static func handle(_ source: String, _ parts: [String]) -> String {
        "\(source):" + parts.map(escaped).joined(separator: "/")
    }

    private static func escaped(_ part: String) -> String {
        guard part.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "%") }) else {
            return part
        }
        return part.map { $0 == "/" ? "%2F" : $0 == "%" ? "%25" : String($0) }.joined()
    }
}

/// Gives each SKU and barcode to the first who has it: shown products before hidden ones, then by row, so
/// that taking hidden products too never moves a code.
struct CodeOwners {
    private var owner: [String: (row: Int, isShown: Bool)] = [:]

    static func key(_ code: String) -> String { code.lowercased() }

    mutating func claim(_ code: String?, row: Int, isShown: Bool) {
        guard let code else { return }
        if let present = owner[Self.key(code)], present.isShown || !isShown { return }
        owner[Self.key(code)] = (row, isShown)
    }

    func owns(_ code: String?, row: Int) -> Bool {
        guard let code else { return true }
        return owner[Self.key(code)]?.row == row
    }
}

extension FoundProduct {
    /// Takes away codes that belong to another row.
    mutating func dropForeignCodes(
        skus: CodeOwners, barcodes: CodeOwners, _ collector: inout ImportCollector
    ) {
        if !skus.owns(sku, row: row) {
            sku = nil
            collector.warn(.repeatedSKU, row: row)
        }
        if !barcodes.owns(barcode, row: row) {
            barcode = nil
            collector.warn(.repeatedBarcode, row: row)
        }
    }
}

extension String {
    /// nil for an empty text.
    var nonEmpty: String? { isEmpty ? nil : self }

    /// Without the apostrophe by which spreadsheets mark digits as text.
    var withoutTextMark: String {
        utf8.first == UInt8(ascii: "'") && utf8.dropFirst().first.map { (0x30...0x39).contains($0) } == true
            ? String(unicodeScalars.dropFirst()) : self
    }

    /// A path of categories, its levels tidied; cut from the left to what a category's name may be long.
    var categoryPath: String? {
        var levels = split(separator: ">").map(\.trimmedText).filter { !$0.isEmpty }
        while levels.count > 1, levels.joined(separator: " > ").count > 100 { levels.removeFirst() }
        return levels.joined(separator: " > ").nonEmpty
    }
}
