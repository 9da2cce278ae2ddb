import StoreDomain
import StorefrontCore
import TerminalKit

/// What checks look at.
public struct CheckedScene: Sendable {
    public let state: AppState
    public let surface: Surface
    /// What stands on the screen; all that was printed of a session in lines.
    public let text: String
    /// How often each request was made.
    public let ordered: [String: Int]
    /// nil where there is no shop, as in a film.
    public let shop: CheckedShop?
    /// Where what lies over the screen is; nil where nothing does.
    var dialog: Rect?
    /// How the theme draws what it means; nil for a session in lines.
    var style: (@Sendable (ThemeRole) -> Style)?
    /// How long what was done last took when it was recorded; nil where the tape does not tell.
    var milliseconds: Int?
    /// How the program ended; nil where it did not.
    var exit: Int?
}

/// The shop as checks ask it: by its services, as its operator.
public struct CheckedShop: Sendable {
    public let services: StoreServices
    /// Everything that is wrong with the store, a sentence each.
    public let verify: @Sendable () async throws(StoreError) -> [String]

    public init(
        _ services: StoreServices, verify: @escaping @Sendable () async throws(StoreError) -> [String]
    ) {
        self.services = services
        self.verify = verify
    }
}

extension CheckedScene {
    private struct Row {
        let y: Int
        let cells: [Cell]

        var text: String {
            var text = ""
            for cell in cells { cell.content.forEachScalar { text.unicodeScalars.append($0) } }
            while text.last == " " { text.removeLast() }
            return text
        }
    }

    /// The texts of a region's rows; nil where it is not there.
    func rows(of region: Check.Region) -> [String]? {
        let height = surface.size.height
        switch region {
        case .row(let number): return number <= height ? [surface.text(ofRow: number - 1)] : nil
        case .header: return [surface.text(ofRow: 0)]
        case .status: return [surface.text(ofRow: height - 2)]
        case .footer: return [surface.text(ofRow: height - 1)]
        case .list:
            return bodyRows.map { y in
                let covered = dialog.flatMap { y >= $0.y && y < $0.maxY ? $0 : nil }
                let cells = surface.row(y).enumerated().filter { x, _ in
                    covered.map { x < $0.x || x >= $0.maxX } ?? true
                }
                return Row(y: y, cells: cells.map(\.element)).text
            }
        case .dialog:
            return dialog.map { dialog in
                (dialog.y..<dialog.maxY).map { y in
                    Row(y: y, cells: Array(surface.row(y).dropFirst(dialog.x).prefix(dialog.width))).text
                }
            }
        }
    }

    private var bodyRows: Range<Int> { 1..<max(1, surface.size.height - 2) }

    func contains(_ point: Point, in region: Check.Region) -> Bool {
        let isOnDialog = dialog?.contains(point) == true
        return switch region {
        case .row(let number): point.y == number - 1
        case .header: point.y == 0 && !isOnDialog
        case .status: point.y == surface.size.height - 2 && !isOnDialog
        case .footer: point.y == surface.size.height - 1 && !isOnDialog
        case .list: bodyRows.contains(point.y) && !isOnDialog
        case .dialog: isOnDialog
        }
    }

    /// Every place at which the text stands, with all its cells.
    func places(of text: String) -> [[Cell]] {
        let wanted = text.map(String.init)
        guard !wanted.isEmpty else { return [] }
        return (0..<surface.size.height).flatMap { y -> [[Cell]] in
            // Halves of wide characters have no glyph of their own.
            let cells = surface.row(y).filter { $0.width > 0 }
            let glyphs = cells.map(\.glyph)
            guard glyphs.count >= wanted.count else { return [] }
            return (0...glyphs.count - wanted.count).filter {
                Array(glyphs[$0..<$0 + wanted.count]) == wanted
            }.map { Array(cells[$0..<$0 + wanted.count]) }
        }
    }

    /// The picture's rows without its header, which counts steps, and without what is masked.
    func rows(of text: String, without regions: [Check.Region]) -> [String] {
        var rows = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (y, row) in rows.enumerated() {
            var isMasked = y == 0
            for region in regions {
                switch region {
                case .dialog:
                    guard let dialog, y >= dialog.y, y < dialog.maxY else { continue }
                    rows[y] = row.blanked(from: dialog.x, to: dialog.maxX)
                case .row, .list, .header, .status, .footer:
                    isMasked = isMasked || contains(Point(x: -1, y: y), in: region)
                }
            }
            if isMasked { rows[y] = "" }
            while rows[y].last == " " { rows[y].removeLast() }
        }
        return rows
    }
}

extension String {
    /// With blanks in those columns.
    fileprivate func blanked(from start: Int, to end: Int) -> String {
        let head = TextWidth.prefix(of: self, width: start)
        let covered = TextWidth.prefix(of: self, width: end)
        guard covered.count > head.count else { return self }
        return head + String(repeating: " ", count: max(0, end - start)) + dropFirst(covered.count)
    }
}
