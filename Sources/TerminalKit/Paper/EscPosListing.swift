/// ESC/POS as a person reads it: each command by its name, each line of text on its own. A printer that did the
/// commands would print the text, and nothing else.
public struct EscPosListing: Hashable, Sendable {
    /// One thing that a printer is told.
    public enum Piece: Hashable, Sendable {
        case command(String)
        /// Text with its line end taken off.
        case text([UInt8])
        /// A byte that neither is text nor begins a command that is known here.
        case stray(UInt8)
    }

    public private(set) var pieces: [Piece] = []

    public init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        var text: [UInt8] = []
        while let byte = rest.first {
            if byte >= 0x20, byte != 0x7F {
                text.append(byte)
                rest.removeFirst()
                continue
            }
            if byte == 0x0A {
                pieces.append(.text(text))
                text = []
                rest.removeFirst()
                continue
            }
            if !text.isEmpty { pieces.append(.text(text)) }
            text = []
            if let (name, length) = Self.command(rest) {
                pieces.append(.command(name))
                rest = rest.dropFirst(length)
            } else {
                pieces.append(.stray(byte))
                rest.removeFirst()
            }
        }
        if !text.isEmpty { pieces.append(.text(text)) }
    }

    /// A line a piece: commands and bytes beyond ASCII in brackets.
    public var lines: [String] {
        pieces.map { piece in
            switch piece {
            case .command(let name): "[\(name)]"
            case .stray(let byte): "[stray \(Self.hexadecimal(byte))]"
            case .text(let bytes):
                bytes.reduce(into: "") { text, byte in
                    text +=
                        byte < 0x7F
                        ? String(Unicode.Scalar(byte)) : "[\(Self.hexadecimal(byte))]"
                }
            }
        }
    }

    /// The name of the command at the beginning, and how many bytes it takes; nil for none that is known.
    private static func command(_ bytes: ArraySlice<UInt8>) -> (String, Int)? {
        let bytes = Array(bytes.prefix(512))
        for known in known where bytes.starts(with: known.prefix) {
            let length: Int
            switch known.parameters {
            case .fixed(let count): length = known.prefix.count + count
            case .counted(let place) where place < bytes.count:
                length = place + 1 + Int(bytes[place])
            case .countedLong(let place) where place + 1 < bytes.count:
                length = place + 2 + Int(bytes[place]) + Int(bytes[place + 1]) << 8
            case .counted, .countedLong: return nil
            }
            guard length <= bytes.count else { return nil }
            let parameters = bytes[known.prefix.count..<length]
            let isData = parameters.count > 6
            let words = parameters.map { byte in
                isData && (0x20...0x7E).contains(byte) ? String(Unicode.Scalar(byte)) : hexadecimal(byte)
            }
            let text = words.joined(separator: isData ? "" : " ")
            return ("\(known.name)\(text.isEmpty ? "" : " \(text)")", length)
        }
        return nil
    }

    private enum Parameters {
        /// So many bytes.
        case fixed(Int)
        /// As many as the byte at that place says, behind it.
        case counted(at: Int)
        /// As many as two bytes from that place on say, the lower one first.
        case countedLong(at: Int)
    }

    private static let known: [(prefix: [UInt8], name: String, parameters: Parameters)] = [
        ([0x1B, 0x40], "ESC @", .fixed(0)), ([0x1B, 0x74], "ESC t", .fixed(1)),
        ([0x1B, 0x45], "ESC E", .fixed(1)), ([0x1B, 0x61], "ESC a", .fixed(1)),
        ([0x1B, 0x70], "ESC p", .fixed(3)), ([0x1C, 0x2E], "FS .", .fixed(0)),
        ([0x1C, 0x28, 0x43], "FS ( C", .countedLong(at: 3)), ([0x1D, 0x21], "GS !", .fixed(1)),
        ([0x1D, 0x56, 0x42], "GS V B", .fixed(1)), ([0x1D, 0x68], "GS h", .fixed(1)),
        ([0x1D, 0x77], "GS w", .fixed(1)), ([0x1D, 0x48], "GS H", .fixed(1)),
        ([0x1D, 0x6B, 0x49], "GS k I", .counted(at: 3)), ([0x1D, 0x28, 0x6B], "GS ( k", .countedLong(at: 3)),
    ]

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
