import StoreDomain

/// The names in the first row and where they stand.
struct CSVHeader {
    let names: [String]
    private let positions: [String: [Int]]

    init(_ names: [String]) {
        self.names = names.map(\.trimmedText)
        positions = Dictionary(grouping: self.names.indices) { [names] in Self.key(names[$0]) }
    }

    init(_ row: CSVRow) { self.init((0..<row.cellCount).map { row.text($0) ?? "" }) }

    /// A column that a format reads: where it stands, and what it is called in messages.
    struct Column: Hashable, Sendable {
        let index: Int
        let name: String
    }

    /// The first of `names`, in any case, that the header has.
    func column(_ names: String...) -> Column? { column(anyOf: names) }

    func column(anyOf names: [String]) -> Column? {
        for name in names {
            if let index = positions[Self.key(name)]?.first { return column(at: index) }
        }
        return nil
    }

    /// Every column whose name `isWanted`, by its key.
    func columns(where isWanted: (String) -> Bool) -> [Column] {
        names.indices.filter { isWanted(Self.key(names[$0])) }.map(column(at:))
    }

    func has(_ names: String...) -> Bool { names.allSatisfy { positions[Self.key($0)] != nil } }

    /// Whether the column's name stands in the header more than once.
    func isAmbiguous(_ column: Column) -> Bool { (positions[Self.key(column.name)]?.count ?? 0) > 1 }

    /// How many columns there are up to the last that has a name.
    var width: Int { (names.lastIndex { !$0.isEmpty } ?? -1) + 1 }

    /// What a person calls the cell at `index`: its column's name, or its number.
    func label(_ index: Int) -> String {
        names.indices.contains(index) && !names[index].isEmpty ? "\"\(names[index])\"" : "\(index + 1)"
    }

    /// A name without what one writer puts otherwise than the next: case, `_` for a blank, kinds of blanks, a
    /// blank before a question mark, kinds of apostrophes.
    static func key(_ name: String) -> String {
        let words = name.lowercased().replacing("’", with: "'").split { $0.isWhitespace || $0 == "_" }
        return words.joined(separator: " ").replacing(" ?", with: "?")
    }

    private func column(at index: Int) -> Column { Column(index: index, name: names[index]) }
}
