/// A kind of document that has a series of numbers of its own at each till.
public enum DocumentKind: String, Hashable, Sendable, Codable, CaseIterable {
    case receipt = "R"
    case refund = "F"
    case invoice = "I"
    case closing = "Z"
    /// A sale of somebody who learns: no document of the shop's.
    case training = "T"
}

/// A gapless series: one per kind and till. A number is given in the transaction that makes its document
/// final, so that one that is rolled back takes its number back.
public struct NumberSeries: Hashable, Sendable, Codable {
    public let kind: DocumentKind
    public let till: String

    public init(_ kind: DocumentKind, till: String) {
        self.kind = kind
        self.till = till
    }
}

/// The number of a document: kind, till, position in the series, as in `R1-000123`.
public struct DocumentNumber: Hashable, Sendable, Codable {
    public let series: NumberSeries
    /// 1 or more.
    public let position: Int

    public init(series: NumberSeries, position: Int) {
        self.series = series
        self.position = position
    }

    /// `R1-000123`; the position has six digits or more.
    public var text: String {
        let digits = String(position)
        return series.kind.rawValue + series.till + "-"
            + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// Reads what `text` writes, with or without leading zeros and in any case; nil for anything else.
    public init?(_ text: String) {
        let trimmed = text.cleanText.uppercased()
        guard let first = trimmed.first, let kind = DocumentKind(rawValue: String(first)),
            let dash = trimmed.lastIndex(of: "-"), let position = Int(trimmed[trimmed.index(after: dash)...]),
            position > 0
        else { return nil }
        let till = trimmed[trimmed.index(after: trimmed.startIndex)..<dash]
        guard Till.isName(till.lowercased()) else { return nil }
        self.init(series: NumberSeries(kind, till: till.lowercased()), position: position)
    }
}

/// The name of a till.
public enum Till {
    /// The till of a program that was told no other.
    public static let standard = "1"
    /// What the kiosks of a shop are together.
    public static let kiosk = "kiosk"

    /// The chains of the journal that belong to no till.
    public static let api = "api"
    public static let shell = "shell"

    /// The chain of the journal that has the training sales of a till: no till's name, so that nothing else is in it.
    public static func trainingChain(of till: String) -> String { "training-\(till)" }

    /// 1…20 lower-case letters and digits, but neither `api` nor `shell`.
    public static func isName(_ text: String) -> Bool {
        text != api && text != shell && (1...20).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0.isDigit || (0x61...0x7A).contains($0) }
    }
}
