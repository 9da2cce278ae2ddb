import StoreDomain

/// A screen's state and what it makes of what happens. The state travels on the way: leaving the screen frees
/// it. Each method may change the state and the desk, and returns what else is to be done.
public protocol Feature: Hashable, Codable, Sendable {
    static var kind: ScreenKind { get }
    /// The commands that are described with this screen.
    static var commands: [CommandSpec] { get }
    /// As the header names it.
    var title: String { get }

    /// The keys for the footer, in the order in which a person needs them.
    func hints(_ desk: Desk) -> [Hint]
    /// The text field that has the keys; nil when letters are commands.
    var field: TextInput? { get }
    /// The selected row of the list, counted from 0; nil without one.
    func selectedRow(_ desk: Desk) -> Int?
    /// Whether a number before a command means something.
    var takesNumbers: Bool { get }
    /// Whether a scanned code sells its product.
    var takesCodes: Bool { get }
    /// Whether a sale is done here, so that the next one begins with a scan, Enter or a search.
    var isAfterSale: Bool { get }
    /// Whether there are panes or fields to go to and fro between.
    var hasPanes: Bool { get }
    /// Whether letters typed into the field mean the same before and after what the screen loads has come.
    var typesAhead: Bool { get }
    /// Whether going back means something else once what the screen loads has come.
    var backWaits: Bool { get }
    /// Whether it shows what others can change.
    var showsTheShop: Bool { get }
    /// Whether some of its commands look at the cart's price, or at what has changed in the shop since.
    var showsPrice: Bool { get }
    /// The first line to show of a text that can be scrolled; nil without one.
    var scroll: Int? { get set }
    /// What lies before and behind the page that shows; nil for a screen without pages.
    var pageEnds: PageEnds? { get }
    /// What copying takes from here; nil for nothing.
    func copied(_ desk: Desk) -> Copied?
    /// How many rows of its list are marked, in words; nil for none.
    func markedText(_ desk: Desk) -> String?
    /// Whether what the screen is for could not be loaded.
    func hasError(_ desk: Desk) -> Bool
    var canReload: Bool { get }
    /// Whether it is loaded anew when one comes back to it.
    var isLoadedOnReturn: Bool { get }
    /// Why most commands have to wait; nil when they need not.
    var busyReason: String? { get }
    /// Whether leaving asks first, by `back`.
    var guardsLeaving: Bool { get }
    /// What leaving the program would lose, as a sentence.
    var lossOnQuit: String? { get }

    /// Called when the screen is gone to.
    mutating func enter(_ desk: inout Desk) -> [Step]
    /// Whether the movement means something.
    func takesWalk(_ walk: Walk, _ desk: Desk) -> Bool
    mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step]
    func openAvailability(_ desk: Desk) -> Availability
    mutating func open(count: Int?, _ desk: inout Desk) -> [Step]
    func submitAvailability(_ desk: Desk) -> Availability
    mutating func submit(_ desk: inout Desk) -> [Step]
    mutating func moveFocus(forward: Bool, _ desk: inout Desk) -> [Step]
    mutating func back(_ desk: inout Desk) -> [Step]
    mutating func reload(_ desk: inout Desk) -> [Step]
    mutating func edit(_ edit: TextEdit, _ desk: inout Desk) -> [Step]
    /// Takes the quantity out of the screen's own field that was typed there for what is scanned next; nil for none.
    mutating func takeQuantity() -> Int?
    /// Selects the row; false when there is none, or when it only can be selected.
    mutating func click(row: Int, _ desk: inout Desk) -> Bool
    /// Whether a click on that row is one on the selected row.
    func opens(row: Int) -> Bool
    /// Takes what a scanner read; nil where a code sells its product.
    ///
    /// - Parameter count: the number that was typed before it, else 1.
    mutating func scanned(_ code: String, count: Int, _ desk: inout Desk) -> [Step]?
    /// Takes what a picker was opened for.
    mutating func choose(_ choice: Choice, _ desk: inout Desk) -> [Step]
    /// Takes what a prompt was opened for.
    mutating func enterText(_ text: String, for purpose: Prompt.Purpose, _ desk: inout Desk) -> [Step]
    /// Takes the answer to a question of this screen.
    mutating func answer(_ question: Question, yes: Bool, _ desk: inout Desk) -> [Step]
    /// Hears how far a request of this screen has come. Reports may come late and out of order.
    mutating func progressed(done: Int, of total: Int)
    /// Takes the answer to a request of this screen.
    mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step]
    mutating func hear(_ news: News, _ desk: inout Desk) -> [Step]
}

/// Whether there is a page before, and one behind.
public struct PageEnds: Hashable, Sendable {
    public let hasPrevious: Bool
    public let hasNext: Bool
}

/// A command and how the footer calls it.
public struct Hint: Hashable, Sendable {
    public let command: Command
    public let label: String

    /// - Parameter label: the command's title in small letters where nil.
    public init(_ command: Command, _ label: String? = nil) {
        self.command = command
        self.label = label ?? command.title.lowercased()
    }
}

extension Feature {
    public static var commands: [CommandSpec] { [] }
    public var title: String { Self.kind.title }
    public func hints(_ desk: Desk) -> [Hint] { [] }
    public var field: TextInput? { nil }
    public func selectedRow(_ desk: Desk) -> Int? { nil }
    public var takesNumbers: Bool { false }
    public var takesCodes: Bool { takesNumbers }
    public var isAfterSale: Bool { false }
    public var hasPanes: Bool { false }
    public var typesAhead: Bool { false }
    public var backWaits: Bool { false }
    public var showsTheShop: Bool { false }
    public var showsPrice: Bool { false }
    public var scroll: Int? {
        get { nil }
        set {}
    }
    public var pageEnds: PageEnds? { nil }
    public func copied(_ desk: Desk) -> Copied? { nil }
    public func markedText(_ desk: Desk) -> String? { nil }
    public func hasError(_ desk: Desk) -> Bool { false }
    public var canReload: Bool { false }
    public var isLoadedOnReturn: Bool { false }
    public var busyReason: String? { nil }
    public var guardsLeaving: Bool { false }
    public var lossOnQuit: String? { nil }
    public mutating func enter(_ desk: inout Desk) -> [Step] { [] }
    public func takesWalk(_ walk: Walk, _ desk: Desk) -> Bool { selectedRow(desk) != nil || scroll != nil }
    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] { [] }
    public func openAvailability(_ desk: Desk) -> Availability { .enabled }
    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] { [] }
    public func submitAvailability(_ desk: Desk) -> Availability { .enabled }
    public mutating func submit(_ desk: inout Desk) -> [Step] { open(count: nil, &desk) }
    public mutating func moveFocus(forward: Bool, _ desk: inout Desk) -> [Step] { [] }
    public mutating func back(_ desk: inout Desk) -> [Step] { [.pop] }
    public mutating func reload(_ desk: inout Desk) -> [Step] { [] }
    public mutating func edit(_ edit: TextEdit, _ desk: inout Desk) -> [Step] { [] }
    public mutating func takeQuantity() -> Int? { nil }
    public mutating func click(row: Int, _ desk: inout Desk) -> Bool { false }
    public func opens(row: Int) -> Bool { false }
    public mutating func scanned(_ code: String, count: Int, _ desk: inout Desk) -> [Step]? { nil }
    public mutating func choose(_ choice: Choice, _ desk: inout Desk) -> [Step] { [] }
    public mutating func enterText(_ text: String, for purpose: Prompt.Purpose, _ desk: inout Desk)
        -> [Step]
    { [] }
    public mutating func answer(_ question: Question, yes: Bool, _ desk: inout Desk) -> [Step] { [] }
    public mutating func progressed(done: Int, of total: Int) {}
    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] { [] }
    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] { [] }
}
