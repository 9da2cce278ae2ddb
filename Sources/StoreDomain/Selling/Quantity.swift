/// How many of one product: 1…9,999.
public enum Quantity {
    public static let range = 1...9_999

    /// - Throws: `invalid` when out of range.
    public static func check(_ quantity: Int) throws(StoreError) {
        guard range.contains(quantity) else {
            throw .invalid([FieldProblem("quantity", "must be 1 to 9,999, not \(quantity)")])
        }
    }
}
