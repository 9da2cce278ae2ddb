extension Product {
    /// Whether a code is its SKU's or its barcode's key.
    public func isKnown(by code: ProductCode) -> Bool { keys.contains(code.key) }

    /// Whether a code that no product has can be short for one of its codes.
    public func isMeant(by completions: [String]) -> Bool { keys.contains(where: completions.contains) }

    private var keys: [String] { [sku, barcode].compactMap { $0.flatMap { ProductCode($0)?.key } } }
}
