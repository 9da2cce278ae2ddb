import StoreDomain

/// A value as an argument of a statement: text, or bytes in PostgreSQL's own form.
enum PostgresValue {
    case null
    case text(String)
    case bytes([UInt8])
}

/// What can be an argument of a statement.
protocol PostgresWritable {
    var postgresValue: PostgresValue { get }
}

extension PostgresValue: PostgresWritable {
    var postgresValue: PostgresValue { self }

    /// For `int[]`.
    static func list(_ numbers: some Sequence<Int64>) -> PostgresValue {
        .text("{" + numbers.map(String.init).joined(separator: ",") + "}")
    }

    /// For `text[]`.
    static func list(_ texts: some Sequence<String>) -> PostgresValue {
        let quoted = texts.map { text -> String in
            let escaped = text.withoutNUL.unicodeScalars.reduce(into: "") { result, scalar in
                if scalar == "\\" || scalar == "\"" { result += "\\" }
                result.unicodeScalars.append(scalar)
            }
            return "\"\(escaped)\""
        }
        return .text("{" + quoted.joined(separator: ",") + "}")
    }

    /// For `json`: rows, each an array of its columns.
    static func rows(_ rows: [[CanonicalJSON]]) -> PostgresValue {
        .text(CanonicalJSON.array(rows.map { .array($0) }).text.replacingEscapedNUL)
    }
}

extension Int64: PostgresWritable {
    var postgresValue: PostgresValue { .text(String(self)) }
}

extension Int: PostgresWritable {
    var postgresValue: PostgresValue { .text(String(self)) }
}

extension Bool: PostgresWritable {
    var postgresValue: PostgresValue { .text(self ? "t" : "f") }
}

extension String: PostgresWritable {
    var postgresValue: PostgresValue { .text(withoutNUL) }
}

extension Money: PostgresWritable {
    /// As decimal text for `numeric`.
    var postgresValue: PostgresValue { .text(minorUnits.decimalText) }
}

extension Timestamp: PostgresWritable {
    /// Microseconds since 2000, which PostgreSQL's `timestamp` is; the ends of time are its infinities.
    var postgresValue: PostgresValue {
        let (sinceEpoch, early) = milliseconds.subtractingReportingOverflow(Timestamp.epoch2000)
        let (micros, late) = sinceEpoch.multipliedReportingOverflow(by: 1000)
        let value: Int64 = early || late ? (milliseconds < 0 ? .min : .max) : micros
        return .bytes(withUnsafeBytes(of: value.bigEndian) { Array($0) })
    }

    /// 2000-01-01T00:00:00Z
    static let epoch2000: Int64 = 946_684_800_000
}

extension Int64 {
    /// Hundredths as decimal text: 2999 is `29.99`.
    var decimalText: String {
        let (whole, part) = magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(self < 0 ? "-" : "")\(whole).\(part < 10 ? "0" : "")\(part)"
    }
}

extension CanonicalJSON {
    static func number(_ value: Int) -> CanonicalJSON { .integer(Int64(value)) }
    /// An amount as `->>` gives it for `numeric`.
    static func amount(_ amount: Money?) -> CanonicalJSON { .optional(amount?.minorUnits.decimalText) }
    /// An instant as `->>` gives it for `storefront_time`.
    static func time(_ time: Timestamp?) -> CanonicalJSON { .optional(time?.milliseconds) }
}

extension String {
    /// PostgreSQL's text has no NUL.
    var withoutNUL: String {
        utf8.contains(0) ? String(String.UnicodeScalarView(unicodeScalars.filter { $0.value != 0 })) : self
    }

    /// Takes the escape for NUL out of a JSON text, but not an escaped backslash before `u0000`.
    fileprivate var replacingEscapedNUL: String {
        let escape = Array("\\u0000".utf8)
        let bytes = Array(utf8)
        guard bytes.count >= escape.count else { return self }
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == 0x5C else {
                kept.append(bytes[index])
                index += 1
                continue
            }
            if bytes[index...].starts(with: escape) {
                index += escape.count
            } else {
                kept += bytes[index..<Swift.min(index + 2, bytes.count)]
                index += 2
            }
        }
        return kept.count == bytes.count ? self : String(decoding: kept, as: UTF8.self)
    }
}
