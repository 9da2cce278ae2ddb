/// The names in the first row and where they stand.
struct CSVHeader {
    let names: [String]
    private let positions: [String: [Int]]

    init(_ names: [String]) {
        self.names = names.map(\.trimmedText)
        positions = Dictionary(grouping: self.names.indices) { [names] in names[$0].trimmedText.lowercased() }
    }

    /// A column that a format reads: where it stands, and what it is called in messages.
    struct Column: Hashable, Sendable {
        let index: Int
        let name: String
    }

    /// The first of `names`, in any case, that the header has.
    func column(_ names: String...) -> Column? {
        for name in names {
            if let index = positions[name.lowercased()]?.first {
                return Column(index: index, name: self.names[index])
            }
        }
        return nil
    }

    func has(_ names: String...) -> Bool { names.allSatisfy { positions[$0.lowercased()] != nil } }

    /// Whether the column's name stands in the header more than once.
    func isAmbiguous(_ column: Column) -> Bool { (positions[column.name.lowercased()]?.count ?? 0) > 1 }

    /// What a person calls the cell at `index`: its column's name, or its number.
    func label(_ index: Int) -> String {
        names.indices.contains(index) && !names[index].isEmpty ? "\"\(names[index])\"" : "\(index + 1)"
    }
}
