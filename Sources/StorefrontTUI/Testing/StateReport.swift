import StoreDomain
import StorefrontCore
import TerminalKit

/// What a step has changed, and what holds after it: for whoever tests.
public struct StateReport: Hashable, Sendable {
    /// A field, or all fields below one that came or went.
    public struct Change: Hashable, Sendable {
        public let path: String
        /// nil for what was not there.
        public let old: String?
        /// nil for what is no longer there.
        public let new: String?

        public var text: String { "\(old ?? "nothing") -> \(new ?? "nothing")" }
    }

    /// A command of the screen.
    public struct CommandLine: Hashable, Sendable {
        public let command: Command
        /// Why it cannot be carried out; nil where it can.
        public let reason: String?
    }

    public let screen: ScreenKind
    public let changes: [Change]
    /// What the step has ordered, in its order.
    public let ordered: [String]
    /// Requests without an answer, by number and name.
    public let waiting: [String]
    public let undoDepth: Int
    public let redoDepth: Int
    /// The number of the last request; 0 before the first.
    public let lastRequest: Int
    /// Those of this screen, in the order in which they are described.
    public let commands: [CommandLine]

    /// - Parameter before: the state before the step; nil where there was none.
    public init(before: AppState?, after: AppState, ordered: [String]) {
        screen = after.kind
        changes = before.map { Self.changes(from: $0, to: after) } ?? []
        self.ordered = ordered
        waiting = after.desk.requests.open.map(\.reportText)
        undoDepth = after.desk.basket.cart.undoSteps.count
        redoDepth = after.desk.basket.cart.redoSteps.count
        lastRequest = after.desk.requests.lastNumber
        commands = CommandSpec.all.filter { $0.place.includes(after.kind) }.compactMap { spec in
            switch after.availability(of: spec.command) {
            case .enabled: CommandLine(command: spec.command, reason: nil)
            case .disabled(let reason): CommandLine(command: spec.command, reason: reason)
            case .absent: nil
            }
        }
    }

    /// What differs, what came, and what went, in the order in which states are written.
    static func changes(from old: AppState, to new: AppState) -> [Change] {
        let (old, new) = (leaves(of: old), leaves(of: new))
        let (before, after) = (Values(old), Values(new))
        var changes = new.compactMap { leaf -> Change? in
            guard let was = before.texts[leaf.path], was != leaf.text else { return nil }
            return Change(path: leaf.name, old: was, new: leaf.text)
        }
        changes += before.missing(in: new).map { Change(path: $0.path, old: nil, new: $0.text) }
        changes += after.missing(in: old).map { Change(path: $0.path, old: $0.text, new: nil) }
        return changes
    }

    /// Requests are told by what was ordered and what waits.
    private static func leaves(of state: AppState) -> [StateLeaves.Leaf] {
        StateLeaves(of: state).all.filter { !$0.path.starts(with: ["desk", "requests"]) }
    }

    /// The fields of a state by their paths, and every path on the way to one.
    private struct Values {
        var texts: [[String]: String] = [:]
        private var ways: Set<[String]> = []

        init(_ leaves: [StateLeaves.Leaf]) {
            for leaf in leaves {
                texts[leaf.path] = leaf.text
                for count in 0...leaf.path.count { ways.insert(Array(leaf.path.prefix(count))) }
            }
        }

        /// Leaves that are not here; those below one place that is not here as one.
        func missing(in leaves: [StateLeaves.Leaf]) -> [(path: String, text: String)] {
            var places: [[String]] = []
            var found: [[String]: [StateLeaves.Leaf]] = [:]
            for leaf in leaves where texts[leaf.path] == nil {
                let known = (0...leaf.path.count).last { ways.contains(Array(leaf.path.prefix($0))) } ?? 0
                let place = Array(leaf.path.prefix(known + 1))
                if found[place] == nil { places.append(place) }
                found[place, default: []].append(leaf)
            }
            return places.map { place in
                let leaves = found[place] ?? []
                let words = leaves.map { leaf in
                    let rest = StateLeaves.Leaf(
                        path: Array(leaf.path.dropFirst(place.count)), text: leaf.text)
                    return rest.path.isEmpty ? rest.text : "\(rest.name) \(rest.text)"
                }
                return (StateLeaves.Leaf(path: place, text: "").name, words.joined(separator: ", "))
            }
        }
    }
}

extension Request {
    /// Its number and what it asks for.
    fileprivate var reportText: String { "\(id.number) \(ask.name)" }
}

extension Effect {
    /// What it is, for a report; a request with its number.
    var reportText: String {
        switch self {
        case .ask(let request): request.reportText
        case .beep: "beep"
        case .redraw: "redraw"
        case .suspend: "suspend"
        case .copy: "copy"
        case .saveScreen(let form): "saveScreen \(form.rawValue)"
        case .note: "note"
        }
    }
}

// MARK: - As lines

extension StateReport {
    /// One line of the report, and whether it is a heading.
    public struct Line: Hashable, Sendable {
        public enum Kind: Hashable, Sendable { case heading, text, refused }

        public let kind: Kind
        public let text: String
    }

    /// What a page of products holds, nobody reads.
    private static let longestChange = 200

    public var lines: [Line] {
        func part(_ title: String, _ texts: [String]) -> [Line] {
            [Line(kind: .heading, text: title)]
                + (texts.isEmpty ? ["nothing"] : texts).map { Line(kind: .text, text: $0) }
        }
        return part(
            "Changed",
            changes.map { TextWidth.truncate("\($0.path): \($0.text)", to: Self.longestChange) })
            + part("Ordered", ordered)
            + part("Without an answer", waiting)
            + part(
                "Counts",
                ["undo \(undoDepth), redo \(redoDepth), last request \(lastRequest)"])
            + [Line(kind: .heading, text: "Commands of \(screen)")]
            + commands.map { line in
                line.reason.map { Line(kind: .refused, text: "\(line.command.title): \($0)") }
                    ?? Line(kind: .text, text: line.command.title)
            }
    }
}
