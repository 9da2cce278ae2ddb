/// ESC/POS, the language of receipt printers, as bytes that grow by what is to be printed. Text becomes the bytes of
/// its code page, none of which is a command; only this type's own methods give commands.
public struct EscPos: Hashable, Sendable {
    public private(set) var bytes: [UInt8] = []
    private let page: CodePage

    /// Begins with the printer as it is after power-on, and with its characters chosen.
    public init(page: CodePage) {
        self.page = page
        bytes = [Self.esc, 0x40]
        if let number = page.number {
            // Printers for Chinese take two bytes beyond ASCII for one character, until they are told not to.
            bytes += [Self.fs, 0x2E, Self.esc, 0x74, number]
        } else {
            bytes += [Self.fs, 0x28, 0x43, 0x02, 0x00, 0x30, 0x32]
        }
    }

    private init() { page = .pc437 }

    /// Opens the drawer that is plugged into the printer, and does nothing else.
    public static var kick: EscPos {
        var kick = EscPos()
        // Pin 2, for 50 ms, and not again for half a second.
        kick.bytes = [esc, 0x70, 0x00, 0x19, 0xFA]
        return kick
    }

    // MARK: - What is printed

    /// A line of text. What counts is bold and twice as high, not wider: columns stay where they are.
    public mutating func line(_ text: String, isStrong: Bool = false) {
        if isStrong { bytes += [Self.esc, 0x45, 0x01, Self.gs, 0x21, 0x01] }
        bytes += page.bytes(text)
        bytes.append(Self.lineFeed)
        if isStrong { bytes += [Self.gs, 0x21, 0x00, Self.esc, 0x45, 0x00] }
    }

    /// A QR code in the middle; nothing for a text that is not plain ASCII, which no code of a shop is.
    public mutating func qrCode(_ text: String) {
        guard let data = Self.plain(text, atMost: 250) else { return }
        inTheMiddle { writer in
            // Model 2, six dots a module, 15 % of it may be spoilt.
            writer.symbol([0x31, 0x41, 0x32, 0x00])
            writer.symbol([0x31, 0x43, 0x06])
            writer.symbol([0x31, 0x45, 0x31])
            writer.symbol([0x31, 0x50, 0x30] + data)
            writer.symbol([0x31, 0x51, 0x30])
        }
    }

    /// A bar code, Code 128, in the middle with its text below; nothing for a text that is not plain ASCII.
    public mutating func barcode(_ text: String) {
        guard let data = Self.plain(text, atMost: 60) else { return }
        // The curly bracket is Code 128's own sign in the command.
        let spelled: [UInt8] =
            [0x7B, 0x42] + data.flatMap { (byte) -> [UInt8] in byte == 0x7B ? [byte, byte] : [byte] }
        inTheMiddle { writer in
            writer.bytes += [Self.gs, 0x68, 0x50, Self.gs, 0x77, 0x02, Self.gs, 0x48, 0x02]
            writer.bytes += [Self.gs, 0x6B, 0x49, UInt8(spelled.count)] + spelled
            writer.bytes.append(Self.lineFeed)
        }
    }

    /// Feeds the paper to the knife and cuts it; a printer without a knife only feeds.
    public mutating func cut() { bytes += [Self.gs, 0x56, 0x42, 0x00] }

    // MARK: - How

    private static let lineFeed: UInt8 = 0x0A
    private static let esc: UInt8 = 0x1B
    private static let fs: UInt8 = 0x1C
    private static let gs: UInt8 = 0x1D

    private mutating func inTheMiddle(_ body: (inout EscPos) -> Void) {
        bytes += [Self.esc, 0x61, 0x01]
        body(&self)
        bytes += [Self.esc, 0x61, 0x00]
    }

    /// A function of two-dimensional codes, with the length of what follows.
    private mutating func symbol(_ parameters: [UInt8]) {
        bytes += [Self.gs, 0x28, 0x6B, UInt8(parameters.count & 0xFF), UInt8(parameters.count >> 8)]
        bytes += parameters
    }

    private static func plain(_ text: String, atMost limit: Int) -> [UInt8]? {
        let data = Array(text.utf8)
        guard (1...limit).contains(data.count), data.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            return nil
        }
        return data
    }
}
