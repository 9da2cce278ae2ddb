import CPostgres
import StoreDomain

/// The rows that a statement gave, in PostgreSQL's binary form.
final class PostgresResult {
    fileprivate let handle: OpaquePointer

    /// Takes `handle` over.
    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { PQclear(handle) }

    var count: Int { Int(PQntuples(handle)) }

    /// How many rows a statement changed.
    var changes: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

    func row(_ index: Int, currency: Currency = .usd) -> PostgresRow {
        PostgresRow(result: self, index: Int32(index), currency: currency)
    }
}

/// What a column can be read as.
protocol PostgresReadable {
    /// nil for bytes that are no such value.
    init?(postgres bytes: UnsafeRawBufferPointer)
}

/// Reads a row's columns one after another, in the order in which its statement lists them.
struct PostgresRow {
    private let result: PostgresResult
    private let index: Int32
    private let currency: Currency
    private var position: Int32 = 0

    fileprivate init(result: PostgresResult, index: Int32, currency: Currency) {
        self.result = result
        self.index = index
        self.currency = currency
    }

    mutating func optional<T: PostgresReadable>(_ type: T.Type = T.self) throws -> T? {
        defer { position += 1 }
        guard PQgetisnull(result.handle, index, position) == 0 else { return nil }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(result.handle, index, position),
            count: Int(PQgetlength(result.handle, index, position)))
        guard let value = T(postgres: bytes) else {
            throw PostgresFailure.corrupt("column \(position + 1) is no \(T.self)")
        }
        return value
    }

    mutating func next<T: PostgresReadable>(_ type: T.Type = T.self) throws -> T {
        guard let value = try optional(type) else {
            throw PostgresFailure.corrupt("column \(position) has no value")
        }
        return value
    }

    mutating func optionalMoney() throws -> Money? {
        try optional(MinorUnits.self).map { Money(minorUnits: $0.value, currency: currency) }
    }

    mutating func money() throws -> Money {
        Money(minorUnits: try next(MinorUnits.self).value, currency: currency)
    }

    /// A word that a CHECK of the schema keeps to the cases of `T`.
    mutating func word<T: RawRepresentable>() throws -> T where T.RawValue == String {
        try T.stored(next())
    }

    /// Kind, till and position, together or none of them.
    mutating func documentNumber() throws -> DocumentNumber? {
        let (kind, till, position) = try (optional(String.self), optional(String.self), optional(Int.self))
        guard let kind, let till, let position else { return nil }
        return DocumentNumber(series: NumberSeries(try .stored(kind), till: till), position: position)
    }

    /// Numerator and denominator, together or none of them.
    mutating func rate() throws -> Rate? {
        let (numerator, denominator) = try (optional(Int64.self), optional(Int64.self))
        guard let numerator, let denominator else { return nil }
        return Rate(numerator: numerator, denominator: denominator)
    }
}

extension RawRepresentable where RawValue == String {
    /// The case that a column holds.
    static func stored(_ word: String) throws -> Self {
        guard let value = Self(rawValue: word) else {
            throw PostgresFailure.corrupt("\(word) is no \(Self.self)")
        }
        return value
    }
}

// MARK: - Values

extension Int64: PostgresReadable {
    /// `int2`, `int4`, `int8`.
    init?(postgres bytes: UnsafeRawBufferPointer) {
        switch bytes.count {
        case 8: self = Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        case 4: self = Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
        case 2: self = Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
        default: return nil
        }
    }
}

extension Int: PostgresReadable {
    init?(postgres bytes: UnsafeRawBufferPointer) {
        guard let value = Int64(postgres: bytes) else { return nil }
        self.init(exactly: value)
    }
}

extension Bool: PostgresReadable {
    init?(postgres bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 1 else { return nil }
        self = bytes[0] != 0
    }
}

extension String: PostgresReadable {
    init?(postgres bytes: UnsafeRawBufferPointer) { self = String(decoding: bytes, as: UTF8.self) }
}

extension [UInt8]: PostgresReadable {
    init?(postgres bytes: UnsafeRawBufferPointer) { self = Array(bytes) }
}

extension Timestamp: PostgresReadable {
    /// `timestamp`: microseconds since 2000, cut to milliseconds.
    init?(postgres bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 8 else { return nil }
        let micros = Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        let (quotient, remainder) = micros.quotientAndRemainder(dividingBy: 1000)
        self.init(milliseconds: quotient - (remainder < 0 ? 1 : 0) + Timestamp.epoch2000)
    }
}

/// `numeric` in hundredths. What has more decimals, which no column of ours keeps, is no such value.
struct MinorUnits: PostgresReadable {
    let value: Int64

    /// Groups of four decimal digits, the first of weight 10,000^weight.
    init?(postgres bytes: UnsafeRawBufferPointer) {
        func word(_ index: Int) -> Int16 {
            Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 2, as: Int16.self))
        }
        guard bytes.count >= 8, bytes.count == 8 + 2 * Int(word(0)) else { return nil }
        let (count, weight, sign) = (Int(word(0)), Int(word(1)), UInt16(bitPattern: word(2)))
        guard sign == 0 || sign == 0x4000, weight < 4, count <= weight + 2 || count == 0 else { return nil }
        var total: Int64 = 0
        // The groups before the point, and the one behind it.
        for place in 0..<max(0, weight + 2) {
            let group = place < count ? Int64(word(4 + place)) : 0
            if place <= weight {
                total = total * 10_000 + group
            } else {
                guard group % 100 == 0 else { return nil }
                total = total * 100 + group / 100
            }
        }
        value = sign == 0 ? total : -total
    }
}
