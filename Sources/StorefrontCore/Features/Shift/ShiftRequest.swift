import StoreDomain

public enum ShiftRequest: Hashable, Codable, Sendable {
    /// Where the till stands.
    case look(till: String)
    case open(till: String, float: Money)
    case move(CashMovementKind, Money, reason: String, till: String)
    case count(DrawerCount, till: String)
    case close(till: String, nextFloat: Money, reason: String?)
    case report(Int64)
    /// Closed shifts: the latest, or those before the shift of an id.
    case list(till: String, before: Int64?)
    /// Sends a report to the printer; that of a closed shift is noted first.
    case print(ShiftReport, ReceiptStyle)
    case save(ShiftReport, ReceiptStyle)

    static let slot = "shift"

    var terms: Terms {
        switch self {
        case .look:
            Terms(slot: Self.slot, title: "Looking at the shift", screen: .shift, keepsBack: .onScreen)
        case .open: Terms(title: "Opening the shift", mustFinish: true, screen: .shift, keepsBack: .all)
        case .move: Terms(title: "Booking the cash", mustFinish: true, screen: .shift, keepsBack: .all)
        case .count: Terms(title: "Keeping the count", mustFinish: true, screen: .shift, keepsBack: .all)
        case .close: Terms(title: "Closing the shift", mustFinish: true, screen: .shift, keepsBack: .all)
        case .report, .list:
            Terms(slot: Self.slot, title: "Loading the report", screen: .shift, keepsBack: .onScreen)
        case .print: Terms(title: "Printing", mustFinish: true, screen: .shift, keepsBack: .onScreen)
        case .save: Terms(mustFinish: true, screen: .shift)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> ShiftAction {
        guard let shifts = outside.services.counter?.shifts else {
            return .looked(.failure(.unsupported("shifts")))
        }
        return switch self {
        case .look(let till):
            .looked(
                await .of { () throws(StoreError) in
                    try await ShiftLook(at: till, shifts, as: principal)
                })
        case .open(let till, let float):
            .opened(
                await .of { () throws(StoreError) in
                    try await shifts.open(till: till, float: float, as: principal)
                })
        case .move(let kind, let amount, let reason, let till):
            .moved(
                await .of { () throws(StoreError) in
                    try await shifts.move(kind, amount, reason: reason, till: till, as: principal)
                })
        case .count(let drawer, let till):
            .counted(
                await .of { () throws(StoreError) in
                    try await shifts.count(drawer, till: till, as: principal)
                })
        case .close(let till, let nextFloat, let reason):
            .closed(
                await .of { () throws(StoreError) in
                    try await shifts.close(
                        till: till, counted: nil, nextFloat: nextFloat, reason: reason, as: principal)
                })
        case .report(let id):
            .reported(
                await .of { () throws(StoreError) in try await shifts.report(id, as: principal) })
        case .list(let till, let before):
            .listed(
                before: before,
                await .of { () throws(StoreError) in
                    ShiftPage(
                        try await shifts.shifts(
                            till: till, before: before, limit: ShiftPage.size, as: principal))
                })
        case .print(let report, let style):
            .printed(
                await .of { () throws(StoreError) in
                    let issue = try await Self.issue(of: report, style, outside, principal)
                    try await outside.ports.printReceipt(
                        PrintedPage(text: outside.shiftText(report, style, issue)))
                    return issue
                })
        case .save(let report, let style):
            .saved(
                await .of { () throws(StoreError) in
                    let issue = try await Self.issue(of: report, style, outside, principal)
                    return try await outside.ports.saveReport(
                        outside.shiftText(report, style, issue), named: report.fileName, ending: "txt")
                })
        }
    }

    /// Of X reports there may be any number.
    private static func issue(
        of report: ShiftReport, _ style: ReceiptStyle, _ outside: Outside, _ principal: Principal
    ) async throws(StoreError) -> PaperIssue {
        guard !report.shift.isOpen, let counter = outside.services.counter else { return .original }
        return try await counter.issue(.closing(report.shift.id), till: style.till, as: principal)
    }
}

extension ShiftReport {
    /// Its Z number, or the till's X.
    fileprivate var fileName: String { shift.number?.text ?? "X\(shift.till)" }
}

public enum ShiftAction: Hashable, Codable, Sendable {
    case looked(Answer<ShiftLook>)
    case opened(Answer<Shift>)
    case moved(Answer<CashMovement>)
    case counted(Answer<CountOutcome>)
    case closed(Answer<ShiftReport>)
    case reported(Answer<ShiftReport>)
    case listed(before: Int64?, Answer<ShiftPage>)
    case printed(Answer<PaperIssue>)
    /// The path of the file.
    case saved(Answer<String>)

    var failure: StoreError? {
        switch self {
        case .looked(let answer): answer.failure
        case .opened(let answer): answer.failure
        case .moved(let answer): answer.failure
        case .counted(let answer): answer.failure
        case .closed(let answer), .reported(let answer): answer.failure
        case .listed(_, let answer): answer.failure
        case .printed(let answer): answer.failure
        case .saved(let answer): answer.failure
        }
    }
}

/// Where a till stands.
public struct ShiftLook: Hashable, Codable, Sendable {
    /// Its shift that is not closed.
    public let shift: Shift?
    /// What the last shift left in the drawer; nil where none did or a shift is open.
    public let suggested: Money?
    /// What the shift comes to, for who may see that.
    public let report: ShiftReport?

    public init(shift: Shift?, suggested: Money? = nil, report: ShiftReport? = nil) {
        self.shift = shift
        self.suggested = suggested
        self.report = report
    }

    fileprivate init(at till: String, _ shifts: any ShiftService, as principal: Principal)
        async throws(StoreError)
    {
        let shift = try await shifts.current(till: till, as: principal)
        var suggested: Money?
        var report: ShiftReport?
        if let shift {
            if principal.allows(.xReport) { report = try await shifts.report(shift.id, as: principal) }
        } else if principal.allows(.openShift) {
            suggested = try await shifts.suggestedFloat(till: till, as: principal)
        }
        self.init(shift: shift, suggested: suggested, report: report)
    }
}
