import StorefrontCore
import TerminalKit

/// What a printer understands, and so what bytes a page becomes for it.
public enum PrinterLanguage: Hashable, Sendable {
    /// Lines of text in UTF-8, as lp and its filters take them.
    case text
    /// A receipt printer's own commands, with the characters that it has.
    case escpos(CodePage, PrintedCode)

    public func bytes(_ page: PrintedPage) -> [UInt8] {
        switch self {
        case .text: return Array(page.text.utf8)
        case .escpos(let characters, let mark):
            var writer = EscPos(page: characters)
            var lines = page.text.split(separator: "\n", omittingEmptySubsequences: false)
            if lines.last?.isEmpty == true { lines.removeLast() }
            // Goods may be called as that line begins; they stand above it.
            let strong = page.strong.flatMap { strong in lines.lastIndex { $0.hasPrefix(strong) } }
            for (place, line) in lines.enumerated() {
                writer.line(String(line), isStrong: place == strong)
            }
            if let code = page.code {
                switch mark {
                case .none: break
                case .qr: writer.qrCode(code)
                case .barcode: writer.barcode(code)
                }
            }
            writer.cut()
            return writer.bytes
        }
    }

    /// What opens the drawer at the printer; nil for a printer that has no command for it.
    public var kick: [UInt8]? {
        switch self {
        case .text: nil
        case .escpos: EscPos.kick.bytes
        }
    }
}

/// What stands below a receipt for a scanner.
public enum PrintedCode: String, Hashable, Sendable, CaseIterable {
    case qr, barcode, none
}

extension PrintedPage {
    /// What shows whether a printer is set right: its width, its characters, its bold type, its codes and its knife.
    public static func test(width: ReceiptWidth, shop: String) -> PrintedPage {
        let paper = ReceiptPaper(width: width.rawValue)
        let ruler = (1...width.rawValue).map { String($0 % 10) }.joined()
        let lines =
            [paper.center(shop), paper.center("Test page"), paper.rule, ruler, paper.rule]
            + paper.wrap(
                "The line of figures fills the paper from edge to edge and is one line: that is the width "
                    + "\(width.rawValue). The next line has letters with accents, and signs of money.")
            + [
                paper.fit("ÄÖÜ äöü ß éèêë àâç îï ôœ ñ øå"), paper.fit("€ £ $ ¥"),
                paper.pair("to the left", "to the right"), "",
                paper.pair("TOTAL (bold)", "12.34"), "",
                paper.fit("A code for the scanner, and the cut:"),
            ]
        return PrintedPage(text: lines.map { $0 + "\n" }.joined(), strong: "TOTAL ", code: "R1-1")
    }
}
