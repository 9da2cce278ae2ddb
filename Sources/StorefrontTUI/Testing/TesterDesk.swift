import StorefrontCore
import TerminalKit

/// What comes after a session that a tester has left.
public enum QAWish: Hashable, Sendable {
    /// So many steps of its tape are done anew.
    case goBack(step: Int)
    case stage(String)
    case report
}

/// What a runtime keeps for a tester: where the last step began, and what is shown of it.
struct TesterDesk {
    /// The state before what was done last.
    private(set) var before: AppState?
    /// What that has ordered, in its order.
    private(set) var ordered: [String] = []
    private var showsState = false
    /// Which part of the state shows, or shows next; and how many there are.
    private var page = 0
    private var pages = 1
    private(set) var wish: QAWish?
    /// An event that is being handled: the state before it, and how many steps the tape had.
    private var begun: (state: AppState, steps: Int, isDeed: Bool)?
    /// What the event that is being handled has ordered so far.
    private var ordering: [String] = []
    /// How many steps the tape had before each thing that was done.
    private var deeds: [Int] = []
    /// The same where a tester's menu was opened last, and where the last mark is.
    private var opened = 0
    private var mark = 0
    /// Where the list of commands was opened that is open: choosing from it is one thing that is done.
    private var palette: (state: AppState, steps: Int)?
    /// The event that is being handled does what only a tester does.
    private var isNoted = false

    /// An event comes.
    ///
    /// - Parameter width: of the screen: what covers all of it is gone with the next event.
    mutating func begin(_ event: TerminalEvent, _ state: AppState, steps: Int, width: Int) {
        if width < StatePane.columnsBeside, showsState {
            showsState = false
            page = (page + 1) % pages
        }
        begun = (state, steps, event.isInput)
        isNoted = false
        if !state.isOpenForTester, !state.showsPalette { opened = steps }
    }

    /// The event was handled.
    mutating func end(_ state: AppState) {
        guard let begun else { return }
        let ordering = self.ordering
        (self.begun, self.ordering) = (nil, [])
        let start = palette ?? (begun.state, begun.steps)
        if state.showsPalette {
            palette = start
            return
        }
        palette = nil
        guard begun.isDeed, !isNoted, !begun.state.isOpenForTester, !state.isOpenForTester else { return }
        before = start.state
        ordered = ordering
        deeds.append(start.steps)
    }

    mutating func order(_ effects: [Effect]) {
        if begun == nil {
            ordered += effects.map(\.reportText)
        } else {
            ordering += effects.map(\.reportText)
        }
    }

    mutating func note(_ note: QANote) {
        isNoted = true
        switch note {
        case .mark: mark = opened
        case .pane: turnPage()
        case .leave(.stepBack): wish = .goBack(step: deeds.last ?? 0)
        case .leave(.toMark): wish = .goBack(step: mark)
        case .leave(.stage(let name)): wish = .stage(name)
        case .leave(.report): wish = .report
        case .check, .look, .fault: break
        }
    }

    /// Shows the state, then the next part of it, and after the last nothing.
    private mutating func turnPage() {
        if showsState { page = (page + 1) % pages }
        showsState = !showsState || page > 0
    }

    /// The picture with what is shown of the state.
    mutating func drawn(_ surface: Surface, _ state: AppState, _ context: RenderContext) -> Surface {
        guard showsState, !state.isLocked else { return surface }
        var shown = surface
        let place = StatePane.place(on: surface.size, beside: surface.size.width)
        if shown.cursor.map({ place.contains($0) }) == true { shown.cursor = nil }
        let pane = StatePane(StateReport(before: before, after: state, ordered: ordered), context)
        pages = pane.pages(in: place)
        pane.draw(on: &shown, in: place, title: "State", page: page)
        return shown
    }
}

extension AppState {
    /// The list of commands is in front.
    fileprivate var showsPalette: Bool {
        if case .picker(let picker)? = overlays.last { picker.purpose == .commands } else { false }
    }
}
