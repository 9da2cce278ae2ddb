/// Whether tax comes on top of prices or is part of them.
public enum TaxMode: String, Hashable, Sendable, Codable, CaseIterable {
    case added, included
}

/// Why a sale is without tax: kept with it.
public struct TaxExemption: Hashable, Sendable, Codable {
    /// 1…200 characters.
    public let reason: String
    /// The customer's tax number, 1…40 characters.
    public let taxNumber: String

    /// - Throws: `invalid` without a reason or a number.
    public init(reason: String, taxNumber: String) throws(StoreError) {
        self.reason = try Reason.checked(reason)
        self.taxNumber = taxNumber.cleanText
        guard (1...40).contains(self.taxNumber.count) else {
            throw .invalid([FieldProblem("tax_number", "must be 1 to 40 characters")])
        }
    }
}
