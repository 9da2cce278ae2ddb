import StoreDomain
import StoreWire

/// The query of a request's target, decoded. Of values with one name the first counts.
struct Query: Hashable, Sendable {
    private var values: [String: String] = [:]

    /// - Parameter text: what follows the `?`.
    /// - Throws: `invalid` for what is not percent-encoded UTF-8.
    init(_ text: some StringProtocol) throws(StoreError) {
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Query.decode(parts[0])
            let value = try parts.count == 2 ? Query.decode(parts[1]) : ""
            if values[name] == nil { values[name] = value }
        }
    }

    /// What its names and values take.
    var bytes: Int { values.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count } }

    /// The value, trimmed; nil when it is blank or missing.
    func text(_ name: String) -> String? {
        guard let value = values[name]?.trimmedText, !value.isEmpty else { return nil }
        return value
    }

    /// A whole number of 1 or more.
    ///
    /// - Throws: `invalid` naming the parameter.
    func number(_ name: String, default fallback: Int) throws(StoreError) -> Int {
        guard let text = text(name) else { return fallback }
        guard let number = Int(text), number >= 1 else {
            throw .invalid([FieldProblem(name, "must be a whole number of 1 or more")])
        }
        return number
    }

    /// Whole numbers separated by commas; nil when there are none.
    ///
    /// - Throws: `invalid` naming the parameter, also for more than `limit` of them.
    func numbers(_ name: String, limit: Int) throws(StoreError) -> [Int64]? {
        guard let text = text(name) else { return nil }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int64($0.trimmedText) }
        guard numbers.count == parts.count, numbers.count <= limit else {
            throw .invalid([FieldProblem(name, "must be at most \(limit) whole numbers, as in 1,2,3")])
        }
        return numbers
    }

    /// One of an enum's words; nil when there is none.
    ///
    /// - Throws: `invalid` naming the parameter.
    func word<Word: RawRepresentable & CaseIterable>(_ name: String) throws(StoreError) -> Word?
    where Word.RawValue == String {
        guard let text = text(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            let all = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid([FieldProblem(name, "must be one of \(all)")])
        }
        return word
    }

    private static func decode(_ text: some StringProtocol) throws(StoreError) -> String {
        // In queries a plus stands for a blank.
        let blanks = String(text.map { $0 == "+" ? " " : $0 })
        guard let decoded = PercentCoding.decode(blanks) else { throw notDecodable }
        return decoded
    }

    private static let notDecodable = StoreError.invalid([
        FieldProblem("query", "must be percent-encoded UTF-8")
    ])
}
