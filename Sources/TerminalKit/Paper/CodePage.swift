/// The characters of a receipt printer, and the bytes it knows them by.
public enum CodePage: String, Hashable, Codable, Sendable, CaseIterable {
    /// The one every receipt printer begins with: Western Europe without the euro.
    case pc437 = "437"
    /// Western Europe with the euro.
    case pc858 = "858"
    /// Western Europe as Windows has it.
    case windows1252 = "1252"
    /// For printers that take every character.
    case utf8 = "utf-8"

    /// A text of one line in these bytes. It takes as many cells as the text does; what the page lacks becomes its
    /// nearest likeness. No byte is below 0x20, and none is 0x7F.
    public func bytes(_ text: String) -> [UInt8] {
        guard let table else { return Array(Sanitizer.harmless(text).utf8) }
        var bytes: [UInt8] = []
        var reader = GlyphReader(text)
        while let piece = reader.next() {
            let whole = piece.glyph.text
            if let character = whole.first, let byte = table[character] {
                bytes.append(byte)
            } else {
                bytes += Spelling.spell(whole, in: .ascii).utf8
            }
        }
        return bytes
    }

    /// The number by which ESC t chooses it; nil where another command does.
    var number: UInt8? {
        switch self {
        case .pc437: 0
        case .pc858: 19
        case .windows1252: 16
        case .utf8: nil
        }
    }

    /// What the page has beyond ASCII; nil for all there is.
    private var table: [Character: UInt8]? {
        switch self {
        case .pc437: Self.table437
        case .pc858: Self.table858
        case .windows1252: Self.table1252
        case .utf8: nil
        }
    }

    private static let table437 = table(of: pc437Upper)
    private static let table858 = table(of: pc858Upper)
    private static let table1252 = table(of: windows1252Upper)

    /// - Parameter characters: those from 0x80 on; a blank for what is nothing to print.
    private static func table(of characters: String) -> [Character: UInt8] {
        var table: [Character: UInt8] = [:]
        for (offset, character) in characters.enumerated() where character != " " {
            table[character] = UInt8(0x80 + offset)
        }
        return table
    }

    private static let pc437Upper =
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
        + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ "
    private static let pc858Upper =
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐"
        + "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´ ±‗¾¶§÷¸°¨·¹³²■ "
    private static let windows1252Upper =
        "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ ¡¢£¤¥¦§¨©ª«¬ ®¯°±²³´µ¶·¸¹º»¼½¾¿"
        + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ"
}
