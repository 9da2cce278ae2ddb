import StoreDomain

/// Writes JSON as bytes, exactly as it is put together and without a tree in between.
///
/// Closures nest objects and lists, so what is written is well formed as long as an object has members only
/// and a list has values only.
public struct JSONWriter {
    /// The text so far, in UTF-8.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    public init(reservingBytes count: Int = 256) { bytes.reserveCapacity(count) }

    /// The UTF-8 of one body.
    public static func bytes(reserving count: Int = 256, _ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(reservingBytes: count)
        body(&writer)
        return writer.bytes
    }

    // MARK: Nesting

    public mutating func object(_ members: (inout JSONWriter) -> Void) {
        open(UInt8(ascii: "{"))
        members(&self)
        close(UInt8(ascii: "}"))
    }

    public mutating func list<Element>(
        _ elements: some Sequence<Element>, _ value: (inout JSONWriter, Element) -> Void
    ) {
        open(UInt8(ascii: "["))
        for element in elements { value(&self, element) }
        close(UInt8(ascii: "]"))
    }

    /// The name of the member whose value comes next.
    public mutating func name(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// A name that is not known before the program runs.
    public mutating func name(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
    }

    // MARK: Values

    public mutating func value(_ text: String) {
        separate()
        quote(text)
        needsComma = true
    }

    public mutating func value(_ number: Int64) {
        separate()
        digits(number)
        needsComma = true
    }

    public mutating func value(_ flag: Bool) { literal(flag ? "true" : "false") }
    public mutating func null() { literal("null") }

    /// With as many decimals as the currency has.
    public mutating func value(_ money: Money) {
        separate()
        if money.isNegative { bytes.append(UInt8(ascii: "-")) }
        let unit = UInt64(money.currency.minorPerMajor)
        let (whole, fraction) = money.minorUnits.magnitude.quotientAndRemainder(dividingBy: unit)
        digits(whole)
        if money.currency.decimals > 0 {
            bytes.append(UInt8(ascii: "."))
            digits(fraction, width: money.currency.decimals)
        }
        needsComma = true
    }

    /// RFC 3339 in UTC.
    public mutating func value(_ time: Timestamp) {
        separate()
        let civil = CivilTime(utc: time)
        bytes.append(UInt8(ascii: "\""))
        for (number, width, end) in [
            (civil.year, 4, "-"), (civil.month, 2, "-"), (civil.day, 2, "T"), (civil.hour, 2, ":"),
            (civil.minute, 2, ":"),
        ] as [(Int, Int, Unicode.Scalar)] {
            digits(number.magnitude, width: width)
            bytes.append(UInt8(ascii: end))
        }
        digits(civil.second.magnitude, width: 2)
        if civil.millisecond > 0 {
            bytes.append(UInt8(ascii: "."))
            digits(civil.millisecond.magnitude, width: 3)
        }
        bytes.append(contentsOf: [UInt8(ascii: "Z"), UInt8(ascii: "\"")])
        needsComma = true
    }

    /// A value that was read or put together before.
    public mutating func value(_ json: JSON) {
        switch json {
        case .string(let text): value(text)
        case .number(let digits):
            separate()
            bytes.append(contentsOf: digits.utf8)
            needsComma = true
        case .bool(let flag): value(flag)
        case .null: null()
        case .array(let elements): list(elements) { $0.value($1) }
        case .object(let members):
            object { json in
                for member in members {
                    json.name(member.name)
                    json.value(member.value)
                }
            }
        }
    }

    // MARK: Parts

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
    }

    private mutating func literal(_ word: StaticString) {
        separate()
        word.withUTF8Buffer { bytes.append(contentsOf: $0) }
        needsComma = true
    }

    private mutating func digits(_ number: Int64) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        digits(number.magnitude)
    }

    private mutating func digits(_ number: some BinaryInteger, width: Int = 1) {
        let start = bytes.count
        var rest = UInt64(number)
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0 || bytes.count - start < width
        bytes[start...].reverse()
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            guard utf8.contains(where: JSONWriter.needsEscape) else {
                bytes.append(contentsOf: utf8)
                return
            }
            for byte in utf8 { escape(byte) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case 0x22, 0x5C: bytes.append(contentsOf: [0x5C, byte])
        case 0x0A: bytes.append(contentsOf: [0x5C, UInt8(ascii: "n")])
        case 0x0D: bytes.append(contentsOf: [0x5C, UInt8(ascii: "r")])
        case 0x09: bytes.append(contentsOf: [0x5C, UInt8(ascii: "t")])
        case _ where JSONWriter.needsEscape(byte):
            let hex = String(byte, radix: 16)
            bytes.append(contentsOf: "\\u00\(hex.utf8.count == 1 ? "0" : "")\(hex)".utf8)
        default: bytes.append(byte)
        }
    }
}

// MARK: - Members

extension JSONWriter {
    public mutating func member(_ name: StaticString, _ text: String) {
        self.name(name)
        value(text)
    }

    /// null when there is none.
    public mutating func member(_ name: StaticString, _ text: String?) {
        self.name(name)
        if let text { value(text) } else { null() }
    }

    public mutating func member(_ name: StaticString, _ number: Int64) {
        self.name(name)
        value(number)
    }

    public mutating func member(_ name: StaticString, _ number: Int) {
        self.name(name)
        value(Int64(number))
    }

    public mutating func member(_ name: StaticString, _ money: Money) {
        self.name(name)
        value(money)
    }

    public mutating func member(_ name: StaticString, _ time: Timestamp) {
        self.name(name)
        value(time)
    }

    public mutating func member(_ name: StaticString, _ flag: Bool) {
        self.name(name)
        value(flag)
    }

    public mutating func member(_ name: StaticString, _ value: some WireWritable) {
        self.name(name)
        value.write(to: &self)
    }

    public mutating func member(_ name: StaticString, _ values: [some WireWritable]) {
        self.name(name)
        list(values) { $1.write(to: &$0) }
    }
}

/// Something that the contract has a JSON form for.
public protocol WireWritable {
    func write(to json: inout JSONWriter)
}

extension WireWritable {
    /// The JSON in UTF-8.
    public var wireBytes: [UInt8] { JSONWriter.bytes { write(to: &$0) } }
}
