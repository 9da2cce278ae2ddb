import StoreDomain

extension ShiftState {
    public static let commands: [CommandSpec] = [
        CommandSpec(
            .xReport, "X report", "What the shift comes to so far", on: ShiftState.self, keys: ["x"],
            spoken: Spoken(["x"]), permission: .xReport, available: { state, _ in state.whileOpen }
        ) { state, _, _ in state.shift.map { [.ask(.shift(.report($0.id)))] } ?? [] },
        moving(.paidIn, .paidIn, "Put cash into the drawer, with a reason", key: "i"),
        moving(.paidOut, .paidOut, "Take cash out of the drawer for something, with a reason", key: "o"),
        moving(.cashDrop, .drop, "Take cash to the safe or the bank, with a reason", key: "d"),
        CommandSpec(
            .countDrawer, "Count", "Count the drawer by coins and notes, to close the shift",
            on: ShiftState.self, keys: ["c"], permission: .closeShift,
            available: { state, desk in desk.writing(state.whileOpen) }
        ) { state, desk, _ in
            state.startCount(desk)
            return []
        },
        CommandSpec(
            .recount, "Recount", "Count the drawer once more; both counts are kept", on: ShiftState.self,
            keys: ["F6"], permission: .closeShift, traits: [.inForms],
            available: { state, desk in
                guard case .closing(let shift, _, _) = state.stage else { return .absent }
                return shift.mayBeCounted
                    ? desk.writing(.enabled) : .disabled("The drawer was counted twice: close the shift")
            }
        ) { state, desk, _ in
            state.startCount(desk)
            return []
        },
        CommandSpec(
            .earlierShifts, "Z reports", "The closed shifts of this till, to look at and print again",
            on: ShiftState.self, keys: ["z", "Alt-z"], permission: .sell, traits: [.inForms],
            available: { state, _ in
                switch state.stage {
                case .open, .opening: .enabled
                case .looking, .failed, .moving, .counting, .closing, .report, .earlier: .absent
                }
            }
        ) { _, desk, _ in [.ask(.shift(.list(till: desk.context.till, before: nil)))] },
        CommandSpec(
            .moreShifts, "Earlier ones", "Load the closed shifts before those of the list",
            on: ShiftState.self,
            keys: ["m"], spoken: Spoken(["more"]),
            available: { state, _ in
                guard case .earlier(let earlier) = state.stage else { return .absent }
                return earlier.hasMore ? .enabled : .disabled("These are all closed shifts of this till")
            }
        ) { state, desk, _ in state.loadMore(desk) },
        CommandSpec(
            .explainReport, "Explain", "How each figure of the report comes about", on: ShiftState.self,
            keys: ["e"], spoken: Spoken(tells: .place), available: { state, _ in state.whileReporting }
        ) { state, _, _ in
            guard case .report(let report, let isExplained, let isEarlier) = state.stage else { return [] }
            state.stage = .report(report, isExplained: !isExplained, isEarlier: isEarlier)
            state.scroll = 0
            return []
        },
        CommandSpec(
            .printReport, "Print", "Send the report to the printer; a Z report's second time is a copy",
            on: ShiftState.self, keys: ["p"],
            available: { state, desk in
                guard state.whileReporting.isEnabled, !desk.context.hasPrinter else {
                    return state.whileReporting
                }
                return .disabled("Set printer.command to print reports")
            }
        ) { state, desk, _ in
            guard case .report(let report, _, _) = state.stage else { return [] }
            return [.ask(.shift(.print(report, ReceiptStyle(desk))))]
        },
        CommandSpec(
            .saveReport, "Save", "Write the report to a file; a Z report's second time is a copy",
            on: ShiftState.self, keys: ["s"], traits: [.ofHost],
            available: { state, desk in
                guard state.whileReporting.isEnabled, desk.context.isThrowAway else {
                    return state.whileReporting
                }
                return .disabled("This is a throw-away shop: nothing is kept")
            }
        ) { state, desk, _ in
            guard case .report(let report, _, _) = state.stage else { return [] }
            return [.ask(.shift(.save(report, ReceiptStyle(desk))))]
        },
    ]

    /// Goes to the till's shift, from anywhere.
    static let command = CommandSpec(
        .openShift, "Shift", "Open, count and close the till's shift", keys: ["F7"],
        spoken: Spoken(["shift"]), permission: .sell, traits: [.goesAhead],
        available: { feature, desk in
            // The key fills in a round amount where cash is asked for, and looks around where a person signs in.
            let fillsIn = (feature as? CheckoutState)?.roundAmounts(desk).isEmpty == false
            return fillsIn || feature is SignInState ? .absent : .enabled
        }
    ) { feature, desk, _ in
        ProgramCommands.leave(&feature, &desk) { _ in [.to(.shift(ShiftState()))] }
    }

    private static func moving(_ command: Command, _ kind: CashMovementKind, _ help: String, key: String)
        -> CommandSpec
    {
        CommandSpec(
            command, kind.title, help, on: ShiftState.self, keys: [key], permission: .moveCash,
            available: { state, desk in desk.writing(state.whileOpen) }
        ) { state, _, _ in
            if let shift = state.shift { state.stage = .moving(shift, kind, DrawerForms.movement()) }
            return []
        }
    }

    /// The open or counted shift.
    private var shift: Shift? {
        switch stage {
        case .open(let shift, _), .moving(let shift, _, _), .counting(let shift, _),
            .closing(let shift, _, _):
            shift
        case .looking, .failed, .opening, .report, .earlier: nil
        }
    }

    private mutating func startCount(_ desk: Desk) {
        guard let shift else { return }
        let draft = desk.drawer.flatMap { $0.shiftID == shift.id ? $0.texts : nil }
        stage = .counting(shift, DrawerForms.count(desk.currency, kept: draft))
    }

    private var whileOpen: Availability { if case .open = stage { .enabled } else { .absent } }
    private var whileReporting: Availability { if case .report = stage { .enabled } else { .absent } }
}

extension Desk {
    /// The availability of what writes.
    func writing(_ availability: Availability) -> Availability {
        availability.isEnabled && context.isReadOnly ? Desk.readOnly : availability
    }
}

extension Command {
    public static let openShift = Command("openShift")
    public static let xReport = Command("xReport")
    public static let paidIn = Command("paidIn")
    public static let paidOut = Command("paidOut")
    public static let cashDrop = Command("cashDrop")
    public static let countDrawer = Command("countDrawer")
    public static let recount = Command("recount")
    public static let earlierShifts = Command("earlierShifts")
    public static let moreShifts = Command("moreShifts")
    public static let explainReport = Command("explainReport")
    public static let printReport = Command("printReport")
    public static let saveReport = Command("saveReport")
}
