import StoreDomain

/// The query of a request's target, decoded. Of values with one name the first counts.
struct Query: Sendable {
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

    private static func decode(_ text: some StringProtocol) throws(StoreError) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard rest.count >= 2, let value = hex(rest.removeFirst(), rest.removeFirst()) else {
                    throw notDecodable
                }
                bytes.append(value)
            default: bytes.append(byte)
            }
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else { throw notDecodable }
        return decoded
    }

    private static func hex(_ high: UInt8, _ low: UInt8) -> UInt8? {
        func digit(_ byte: UInt8) -> UInt8? {
            switch byte {
            case 0x30...0x39: byte - 0x30
            case 0x41...0x46: byte - 0x41 + 10
            case 0x61...0x66: byte - 0x61 + 10
            default: nil
            }
        }
        guard let high = digit(high), let low = digit(low) else { return nil }
        return high << 4 | low
    }

    private static let notDecodable = StoreError.invalid([
        FieldProblem("query", "must be percent-encoded UTF-8")
    ])
}
