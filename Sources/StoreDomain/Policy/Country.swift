/// A country that a shop can be set up for, by its ISO 3166 code.
public enum Country: String, Hashable, Sendable, Codable, CaseIterable {
    case us = "US"
    case de = "DE"
    case at = "AT"
    case ch = "CH"
    case fr = "FR"
    case gb = "GB"
    case nl = "NL"
    case au = "AU"
    case nz = "NZ"
    case ca = "CA"
    case se = "SE"
    case dk = "DK"
    case jp = "JP"

    public var name: String {
        switch self {
        case .us: "United States"
        case .de: "Germany"
        case .at: "Austria"
        case .ch: "Switzerland"
        case .fr: "France"
        case .gb: "United Kingdom"
        case .nl: "Netherlands"
        case .au: "Australia"
        case .nz: "New Zealand"
        case .ca: "Canada"
        case .se: "Sweden"
        case .dk: "Denmark"
        case .jp: "Japan"
        }
    }

    /// - Throws: `invalid` for a code, in any case, that no preset has.
    public static func named(_ code: String) throws(StoreError) -> Country {
        guard let country = Country(rawValue: code.cleanText.uppercased()) else {
            let codes = allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid([FieldProblem("country", "must be one of \(codes)")])
        }
        return country
    }
}
