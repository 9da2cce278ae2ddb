/// How a file writes its characters.
public enum TextEncoding: String, Hashable, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case windows1252 = "Windows-1252"
}

/// Turns a file's bytes into UTF-8 as they come in, whatever its encoding.
///
/// A byte order mark tells, and so does a zero byte beside the first character. Else the first byte beyond
/// ASCII decides between UTF-8 and Windows-1252, once for all of the file.
struct TextDecoder {
    /// Why a file is no text that can be read.
    enum Fault: Hashable { case spreadsheet, utf32, cutUTF16, unknownEncoding }

    private enum State {
        case start
        /// ASCII so far.
        case undecided
        case utf8, windows1252
        case utf16(isLittle: Bool)
    }

    private var state = State.start
    /// What came in and is not yet whole.
    private var held: [UInt8] = []
    private var highSurrogate: UInt16?
    /// How many letters beyond ASCII follow each other; many do in no language of Windows-1252.
    private var run = 0
    private(set) var fault: Fault?

    var encoding: TextEncoding {
        switch state {
        case .start, .undecided, .utf8: .utf8
        case .windows1252: .windows1252
        case .utf16(let isLittle): isLittle ? .utf16LittleEndian : .utf16BigEndian
        }
    }

    mutating func decode(_ bytes: some Sequence<UInt8>, into text: inout [UInt8]) {
        for byte in bytes where fault == nil { take(byte, &text) }
    }

    /// What is left when the file ends.
    mutating func finish(into text: inout [UInt8]) {
        guard fault == nil else { return }
        switch state {
        case .start: begin(&text)
        case .undecided where !held.isEmpty: decide(&text)
        case .utf16 where !held.isEmpty || highSurrogate != nil: fault = .cutUTF16
        case .undecided, .utf8, .windows1252, .utf16: break
        }
    }

    private mutating func take(_ byte: UInt8, _ text: inout [UInt8]) {
        switch state {
        case .start:
            held.append(byte)
            if held.count == 4 { begin(&text) }
        case .undecided:
            guard byte >= 0x80 || !held.isEmpty else { return text.append(byte) }
            held.append(byte)
            if held.count >= Self.sequenceLength(held[0]) || byte & 0xC0 != 0x80 && held.count > 1 {
                decide(&text)
            }
        case .utf8: text.append(byte)
        case .windows1252: takeWestern(byte, &text)
        case .utf16(let isLittle):
            held.append(byte)
            guard held.count == 2 else { return }
            let unit = UInt16(held[isLittle ? 1 : 0]) << 8 | UInt16(held[isLittle ? 0 : 1])
            held.removeAll(keepingCapacity: true)
            takeUnit(unit, &text)
        }
    }

    /// Looks at the first bytes.
    private mutating func begin(_ text: inout [UInt8]) {
        let first = held
        held = []
        func has(_ mark: [UInt8]) -> Bool { first.starts(with: mark) }
        var markLength = 0
        if has([0x50, 0x4B, 0x03, 0x04]) || has([0xD0, 0xCF, 0x11, 0xE0]) {
            fault = .spreadsheet
        } else if has([0xFF, 0xFE, 0, 0]) || has([0, 0, 0xFE, 0xFF]) {
            fault = .utf32
        } else if has([0xEF, 0xBB, 0xBF]) {
            (state, markLength) = (.utf8, 3)
        } else if has([0xFF, 0xFE]) {
            (state, markLength) = (.utf16(isLittle: true), 2)
        } else if has([0xFE, 0xFF]) {
            (state, markLength) = (.utf16(isLittle: false), 2)
        } else if first.count >= 2, first[0] != 0, first[1] == 0 {
            state = .utf16(isLittle: true)
        } else if first.count >= 2, first[0] == 0, first[1] != 0 {
            state = .utf16(isLittle: false)
        } else {
            state = .undecided
        }
        for byte in first.dropFirst(markLength) where fault == nil { take(byte, &text) }
    }

    /// The first bytes beyond ASCII show which of two encodings it is.
    private mutating func decide(_ text: inout [UInt8]) {
        let bytes = held
        held = []
        let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
        state = isUTF8 ? .utf8 : .windows1252
        for byte in bytes { take(byte, &text) }
    }

    private static func sequenceLength(_ lead: UInt8) -> Int {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    private mutating func takeUnit(_ unit: UInt16, _ text: inout [UInt8]) {
        if let high = highSurrogate {
            highSurrogate = nil
            guard UTF16.isTrailSurrogate(unit) else { return fault = .cutUTF16 }
            let value = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
            append(Unicode.Scalar(value), &text)
        } else if UTF16.isLeadSurrogate(unit) {
            highSurrogate = unit
        } else {
            append(Unicode.Scalar(unit), &text)
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar?, _ text: inout [UInt8]) {
        guard let scalar else { return fault = .cutUTF16 }
        text.append(contentsOf: String(scalar).utf8)
    }

    private mutating func takeWestern(_ byte: UInt8, _ text: inout [UInt8]) {
        guard byte >= 0x80 else {
            run = 0
            return text.append(byte)
        }
        run = byte >= 0xC0 ? run + 1 : 0
        guard run < 4, byte >= 0xA0 || Self.upper[Int(byte) - 0x80] != 0 else {
            return fault = .unknownEncoding
        }
        let value = byte >= 0xA0 ? UInt16(byte) : Self.upper[Int(byte) - 0x80]
        append(Unicode.Scalar(value), &text)
    }

    /// 0x80–0x9F of Windows-1252. Zero for what it does not have, and for `ƒ`, which shops never write but
    /// which half of all Japanese texts have when they are taken for Western ones.
    private static let upper: [UInt16] = [
        0x20AC, 0, 0x201A, 0, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
        0x017D,
        0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153,
        0,
        0x017E, 0x0178,
    ]
}
