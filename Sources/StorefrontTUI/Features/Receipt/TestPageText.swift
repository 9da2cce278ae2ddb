import StorefrontCore
import TerminalKit

/// A page that shows how receipts look on the shop's paper, with the signs that names and prices need. It is no receipt, and
/// says so at both ends.
enum TestPageText {
    static func lines(_ style: ReceiptStyle) -> [String] {
        let paper = ReceiptPaper(width: style.width.rawValue)
        var lines = [paper.center(style.shopName)] + style.header.map(paper.center)
        if let number = style.taxNumber { lines.append(paper.center(number)) }
        lines += [paper.center(title), "", paper.rule]
        lines += [paper.fit("\(style.width.rawValue) columns"), ruler(style.width.rawValue)]
        for signs in ["ÄÖÜ äöü ß", "ÀÉÈÊ àéèê ç", "ÅØÆ åøæ", "€ £ $ %"] { lines.append(paper.fit(signs)) }
        return lines + [paper.rule] + style.footer.map(paper.center) + [paper.center(title)]
    }

    private static let title = "TEST PAGE, NOT A RECEIPT"

    /// Digits in all columns: what is cut or wrapped shows.
    private static func ruler(_ width: Int) -> String { (1...width).map { String($0 % 10) }.joined() }
}
