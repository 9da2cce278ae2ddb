import Foundation

/// Writes and reads values of a tape. Secrets are written as dots, as everywhere.
enum TapeCoder {
    /// - Parameter isForPeople: on many lines.
    static func text(of value: some Encodable, isForPeople: Bool = false) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isForPeople { encoder.outputFormatting.insert(.prettyPrinted) }
        // All that is written here is made of texts, numbers and lists.
        guard let data = try? encoder.encode(value) else { return "null" }
        return String(decoding: data, as: UTF8.self)
    }

    static func value<Value: Decodable>(_ type: Value.Type, of text: some StringProtocol) -> Value? {
        try? JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
