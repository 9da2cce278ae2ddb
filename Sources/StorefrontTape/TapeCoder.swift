import Foundation

/// Writes and reads values of a tape. Secrets are written as dots, as everywhere.
enum TapeCoder {
    static func text(of value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // All that is written here is made of texts, numbers and lists.
        guard let data = try? encoder.encode(value) else { return "null" }
        return String(decoding: data, as: UTF8.self)
    }

    static func value<Value: Decodable>(_ type: Value.Type, of text: some StringProtocol) -> Value? {
        try? JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
