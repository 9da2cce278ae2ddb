import StoreDomain

/// A screen with a list whose rows can be marked, so that one command acts on several.
public protocol Marking: Feature {
    associatedtype Item: Identifiable & Hashable & Codable & Sendable

    /// What one row is called: "order", "line".
    static var rowNoun: String { get }
    var list: List { get set }
    var marks: Marks<Item> { get set }
    /// The rows that show.
    func rows(_ desk: Desk) -> [Item]
    /// Those marked items that there still are.
    func markedItems(_ desk: Desk) -> [Item]
    /// What a row is called in a sentence.
    func name(of item: Item) -> String
}

extension Marking {
    public func markedItems(_ desk: Desk) -> [Item] { marks.items }

    public func markedText(_ desk: Desk) -> String? {
        let count = markedItems(desk).count
        return count == 0 ? nil : "\(count.counted(Self.rowNoun)) marked"
    }

    /// Takes the marks away first.
    public mutating func back(_ desk: inout Desk) -> [Step] {
        guard markedText(desk) != nil else {
            marks.clear()
            return [.pop]
        }
        clearMarks(&desk)
        return []
    }

    /// Marks the selected row, or takes its mark away, and moves on within what shows.
    mutating func toggleMark(_ desk: inout Desk) {
        let rows = rows(desk)
        guard let row = list.row(of: rows.count) else { return }
        let isMarked = marks.toggle(rows[row])
        list.move(by: 1, of: rows.count)
        let name = name(of: rows[row])
        desk.say(.info, "\(name) \(isMarked ? "marked" : "no longer marked"); \(total(desk))")
    }

    /// Marks all rows that show, or none of them where all are marked.
    mutating func toggleAllMarks(_ desk: inout Desk) {
        let rows = rows(desk)
        let isMarked = marks.toggleAll(rows)
        let all = "All \(rows.count.counted(Self.rowNoun)) here"
        desk.say(.info, "\(all) \(isMarked ? "marked" : "no longer marked"); \(total(desk))")
    }

    mutating func clearMarks(_ desk: inout Desk) {
        marks.clear()
        desk.say(.info, "Nothing is marked now")
    }

    private func total(_ desk: Desk) -> String { "\(markedItems(desk).count) in all" }
}

/// The keys of marks, the same in all lists that have them.
enum MarkCommands {
    static let all: [CommandSpec] = [
        CommandSpec(
            .mark, "Mark",
            "Mark the row, or take its mark away, and move on; commands act on all that are marked",
            in: places, keys: ["Space"],
            spoken: Spoken(
                argument: .row,
                help: "Mark a row, or take its mark away; commands act on all that are marked"),
            available: hasRows
        ) { feature, desk, _ in
            change(&feature) { $0.toggleMark(&desk) }
        },
        CommandSpec(
            .markAll, "Mark all", "Mark all rows that show, or none of them where all are marked", in: places,
            keys: ["*"], available: hasRows
        ) { feature, desk, _ in
            change(&feature) { $0.toggleAllMarks(&desk) }
        },
        CommandSpec(
            .unmark, "Unmark", "Take all marks away, as Esc does", in: places,
            available: { feature, desk in
                feature.markedText(desk) == nil ? .disabled("Nothing is marked") : .enabled
            }
        ) { feature, desk, _ in
            change(&feature) { $0.clearMarks(&desk) }
        },
    ]

    private static let places = CommandPlace.screens([.cart, .orders])

    @Sendable private static func hasRows(_ feature: any Feature, _ desk: Desk) -> Availability {
        feature.selectedRow(desk) != nil && (feature as? any Marking)?.hasRows(desk) == true
            ? .enabled : .disabled("There is nothing to mark")
    }

    private static func change(
        _ feature: inout any Feature, _ body: (inout any Marking) -> Void
    ) -> [Step] {
        guard var list = feature as? any Marking else { return [] }
        body(&list)
        feature = list
        return []
    }
}

extension Marking {
    fileprivate func hasRows(_ desk: Desk) -> Bool { !rows(desk).isEmpty }
}

extension Command {
    public static let mark = Command("mark")
    public static let markAll = Command("markAll")
    public static let unmark = Command("unmark")
}
