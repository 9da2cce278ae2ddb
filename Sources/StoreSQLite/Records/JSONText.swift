import Foundation
import GRDB
import StoreDomain

/// Values in columns of JSON, and lists as one statement argument, read by SQLite's `json_each`.
enum JSONText {
    /// With sorted keys: one text for one value.
    static func of(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// - Throws: `SQLITE_CORRUPT` for a text that is no such value.
    static func read<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
        do { return try JSONDecoder().decode(type, from: Data(text.utf8)) } catch {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no \(type)")
        }
    }

    static func list(_ numbers: some Sequence<Int64>) -> String {
        "[" + numbers.map(String.init).joined(separator: ",") + "]"
    }

    /// Rows, each an array of its columns.
    static func rows(_ rows: [[CanonicalJSON]]) -> String {
        CanonicalJSON.array(rows.map { .array($0) }).text
    }
}

extension CanonicalJSON {
    static func number(_ value: Int) -> CanonicalJSON { .integer(Int64(value)) }
    static func minor(_ amount: Money?) -> CanonicalJSON { .optional(amount?.minorUnits) }
}
