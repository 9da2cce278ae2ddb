import StoreDomain

/// The shift of this till: opened with a float, cash put in and taken out, counted, closed; and earlier ones.
public struct ShiftState: Feature {
    public enum Stage: Hashable, Codable, Sendable {
        case looking
        case failed(StoreError)
        /// No shift is open: its float is asked for.
        case opening(Form)
        /// - Parameter report: what it comes to, for who may see that.
        case open(Shift, report: ShiftReport?)
        case moving(Shift, CashMovementKind, Form)
        /// Coins and notes, one field each.
        case counting(Shift, Form)
        /// Counted, so that it takes no money any more.
        ///
        /// - Parameter outcome: what the count says; nil where it was made before this screen was opened.
        case closing(Shift, outcome: CountOutcome?, Form)
        /// - Parameters:
        ///   - isExplained: how each figure comes about is shown instead.
        ///   - isEarlier: it was picked from the list.
        case report(ShiftReport, isExplained: Bool, isEarlier: Bool)
        case earlier(EarlierShifts)
    }

    public static let kind = ScreenKind.shift

    public internal(set) var stage = Stage.looking
    private var firstLine = 0
    /// The list from which the report was picked that shows.
    var picked: EarlierShifts?

    public init() {}

    public var title: String {
        switch stage {
        case .looking, .failed, .opening, .open, .moving: Self.kind.title
        case .counting: "Count"
        case .closing: "Close"
        case .report(let report, _, _): report.shift.number?.text ?? "X report"
        case .earlier: "Z reports"
        }
    }

    /// The form that has the keys; nil where letters are commands.
    public var form: Form? {
        get {
            switch stage {
            case .opening(let form), .moving(_, _, let form), .counting(_, let form),
                .closing(_, _, let form):
                form
            case .looking, .failed, .open, .report, .earlier: nil
            }
        }
        set {
            guard let newValue else { return }
            switch stage {
            case .opening: stage = .opening(newValue)
            case .moving(let shift, let kind, _): stage = .moving(shift, kind, newValue)
            case .counting(let shift, _): stage = .counting(shift, newValue)
            case .closing(let shift, let outcome, _):
                stage = .closing(shift, outcome: outcome, newValue)
            case .looking, .failed, .open, .report, .earlier: break
            }
        }
    }

    public var field: TextInput? { form?.focused.input }
    public var hasPanes: Bool { form != nil }
    public func hasError(_ desk: Desk) -> Bool { if case .failed = stage { true } else { false } }

    public var canReload: Bool {
        switch stage {
        case .open, .failed: true
        case .looking, .opening, .moving, .counting, .closing, .report, .earlier: false
        }
    }

    public var scroll: Int? {
        get { if case .report = stage { firstLine } else { nil } }
        set { firstLine = newValue ?? 0 }
    }

    public func selectedRow(_ desk: Desk) -> Int? {
        if case .earlier(let earlier) = stage { earlier.row } else { nil }
    }

    /// A count that was begun is kept when this is left; what is typed about cash is not.
    public var guardsLeaving: Bool {
        if case .moving(_, _, let form) = stage { form.isTouched } else { false }
    }

    public var lossOnQuit: String? {
        switch stage {
        case .moving(_, _, let form): form.isTouched ? "What you typed here is lost." : nil
        case .counting(_, let form): form.hasCount ? "The count that you began is lost." : nil
        case .looking, .failed, .opening, .open, .closing, .report, .earlier: nil
        }
    }

    public func hints(_ desk: Desk) -> [Hint] {
        switch stage {
        case .looking: [Hint(.back)]
        case .failed: [Hint(.retry), Hint(.back)]
        case .opening: [Hint(.submit, "open the shift"), Hint(.earlierShifts), Hint(.back)]
        case .open:
            [
                Hint(.xReport, "report"), Hint(.paidIn), Hint(.paidOut), Hint(.cashDrop), Hint(.countDrawer),
                Hint(.earlierShifts), Hint(.back),
            ]
        case .moving: [Hint(.submit, "book it"), Hint(.nextField, "next field"), Hint(.back)]
        case .counting:
            [Hint(.submit, "next"), Hint(.previousField, "one back"), Hint(.back, "go on later")]
        case .closing(let shift, _, _):
            [Hint(.submit, "close the shift"), Hint(.nextField, "next field")]
                + (shift.mayBeCounted ? [Hint(.recount)] : []) + [Hint(.back)]
        case .report: [Hint(.printReport), Hint(.saveReport), Hint(.explainReport), Hint(.back)]
        case .earlier(let earlier):
            [Hint(.open, "show")] + (earlier.hasMore ? [Hint(.moreShifts, "earlier ones")] : []) + [
                Hint(.back)
            ]
        }
    }

    // MARK: - Keys

    public mutating func enter(_ desk: inout Desk) -> [Step] {
        switch stage {
        // What was typed or is being read stays.
        case .moving, .counting, .closing, .report, .earlier: []
        case .looking, .failed, .opening, .open: look(desk)
        }
    }

    public mutating func reload(_ desk: inout Desk) -> [Step] { look(desk) }

    mutating func look(_ desk: Desk) -> [Step] {
        stage = .looking
        firstLine = 0
        return [.ask(.shift(.look(till: desk.context.till)))]
    }

    /// Looks again without taking away what is in sight.
    func refresh(_ desk: Desk) -> [Step] { [.ask(.shift(.look(till: desk.context.till)))] }

    public func takesWalk(_ walk: Walk, _ desk: Desk) -> Bool {
        if form != nil { return walk == .up || walk == .down }
        return selectedRow(desk) != nil || scroll != nil
    }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        if case .earlier(var earlier) = stage {
            earlier.list.walk(walk, of: earlier.shifts.count)
            stage = .earlier(earlier)
            return earlier.isAtEnd ? loadMore(desk) : []
        } else if walk == .up || walk == .down {
            return moveFocus(forward: walk == .down, &desk)
        }
        return []
    }

    public mutating func moveFocus(forward: Bool, _ desk: inout Desk) -> [Step] {
        form?.move(forward: forward)
        if let name = form?.focused.name { form?.select(name) }
        keepCount(&desk)
        return []
    }

    public mutating func edit(_ edit: TextEdit, _ desk: inout Desk) -> [Step] {
        form?.edit(edit)
        keepCount(&desk)
        return []
    }

    /// A count that was begun is there again after another screen.
    private func keepCount(_ desk: inout Desk) {
        guard case .counting(let shift, let form) = stage else { return }
        desk.drawer = DrawerDraft(shiftID: shift.id, texts: form.fields.map(\.input.text))
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        if case .earlier(var earlier) = stage {
            guard row < earlier.shifts.count else { return false }
            earlier.list.select(row, of: earlier.shifts.count)
            stage = .earlier(earlier)
            return true
        }
        guard let name = form?.fields.indices.contains(row) == true ? form?.fields[row].name : nil else {
            return false
        }
        form?.focus(on: name)
        form?.select(name)
        return false
    }

    public func opens(row: Int) -> Bool {
        if case .earlier(let earlier) = stage { earlier.row == row } else { false }
    }

    public mutating func back(_ desk: inout Desk) -> [Step] {
        switch stage {
        case .looking, .failed, .opening, .open, .closing: return [.pop]
        case .moving(_, _, let form): return form.isTouched ? [.open(.confirm(Self.leaving))] : look(desk)
        case .counting(_, let form):
            if form.hasCount { desk.say(.info, "What you counted is kept: counting goes on with it") }
            return look(desk)
        case .report(_, true, let isEarlier):
            guard case .report(let report, _, _) = stage else { return [] }
            stage = .report(report, isExplained: false, isEarlier: isEarlier)
            firstLine = 0
            return []
        case .report(_, false, true):
            guard let picked else { return [.ask(.shift(.list(till: desk.context.till, before: nil)))] }
            stage = .earlier(picked)
            firstLine = 0
            return []
        case .report(_, false, false), .earlier: return look(desk)
        }
    }

    /// Loads the shifts before those of the list.
    func loadMore(_ desk: Desk) -> [Step] {
        guard case .earlier(let earlier) = stage, earlier.hasMore,
            !desk.requests.isWaiting(forSlot: ShiftRequest.slot)
        else { return [] }
        return [.ask(.shift(.list(till: desk.context.till, before: earlier.end)))]
    }

    private static let leaving = Confirm(
        .leaveForm, title: "Leave the form?", text: "What you typed here is lost.", yes: "Leave", no: "Stay",
        choosesYes: false)
}

extension Form {
    /// Something is counted.
    var hasCount: Bool { fields.contains { !["", "0"].contains($0.input.text.trimmedText) } }
}
