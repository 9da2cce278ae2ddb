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

    static func key(_ code: String) -> String { ProductCode(code)?.key ?? "" }

    mutating func claim(_ code: WrittenCode, row: Int, isShown: Bool) {
        guard let code = code.code else { return }
        if let present = owner[Self.key(code)], present.isShown || !isShown { return }
        owner[Self.key(code)] = (row, isShown)
    }

    func owns(_ code: WrittenCode, row: Int) -> Bool {
        guard let code = code.code else { return true }
        return owner[Self.key(code)]?.row == row
    }
}

/// Products of an export in which several rows may have one code, and of which not all are sold there.
struct FoundVariants {
    private var variants: [(found: FoundProduct, hidden: LeftOut?)] = []
    private var skus = CodeOwners()
    private var barcodes = CodeOwners()

    mutating func add(_ found: FoundProduct, hidden: LeftOut?) {
        skus.claim(found.sku, row: found.row, isShown: hidden == nil)
        barcodes.claim(found.barcode, row: found.row, isShown: hidden == nil)
        variants.append((found, hidden))
    }

    /// Hands over what is sold, without codes that belong to another row.
    func finish(into collector: inout ImportCollector) {
        for variant in variants {
            var found = variant.found
            if let reason = variant.hidden, !collector.options.includeUnpublished {
                collector.leaveOut(reason, row: found.row, found.name)
                continue
            }
            if !skus.owns(found.sku, row: found.row) {
                collector.warn(.repeatedSKU, row: found.row, found.sku.code ?? "")
                found.sku = .none
            }
            if !barcodes.owns(found.barcode, row: found.row) {
                collector.warn(.repeatedBarcode, row: found.row, found.barcode.code ?? "")
                found.barcode = .none
            }
            collector.take(found)
        }
    }
}

extension String {
    /// nil for an empty text.
    var nonEmpty: String? { isEmpty ? nil : self }

    /// A path of categories, its levels tidied; cut from the left to what a category's name may be long.
    var categoryPath: String? {
        var levels = split(separator: ">").map(\.trimmedText).filter { !$0.isEmpty }
        while levels.count > 1, levels.joined(separator: " > ").count > 100 { levels.removeFirst() }
        return levels.joined(separator: " > ").nonEmpty
    }
}
