import StoreDomain

/// What others may do only once somebody has approved it: each with all of what is to be done.
public struct ApprovalsState: Feature {
    public static let kind = ScreenKind.approvals

    private var list = List()

    public init() {}

    public func selectedRow(_ desk: Desk) -> Int? { list.row(of: desk.approvals.count) }

    public func selected(_ desk: Desk) -> Approval? { selectedRow(desk).map { desk.approvals[$0] } }

    public var showsTheShop: Bool { true }
    public var canReload: Bool { true }

    public func hints(_ desk: Desk) -> [Hint] {
        [Hint(.grantApproval), Hint(.refuseApproval), Hint(.openShop), Hint(.back)]
    }

    public mutating func enter(_ desk: inout Desk) -> [Step] { [.ask(.staff(.approvals))] }
    public mutating func reload(_ desk: inout Desk) -> [Step] { enter(&desk) }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        list.walk(walk, of: desk.approvals.count)
        return []
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        guard row < desk.approvals.count else { return false }
        list.select(row, of: desk.approvals.count)
        return true
    }

    public func openAvailability(_ desk: Desk) -> Availability { .absent }

    private static func whileAsked(_ state: ApprovalsState, _ desk: Desk) -> Availability {
        state.selected(desk) == nil ? .disabled("Nobody asks for anything just now") : .enabled
    }

    public static let commands: [CommandSpec] = [
        CommandSpec(
            .grantApproval, "Approve", "Say yes to what is asked; it is done once, as it stands there",
            on: ApprovalsState.self, keys: ["y"], spoken: Spoken(["approve"], argument: .row),
            available: whileAsked
        ) { state, desk, _ in state.selected(desk).map { [.ask(.staff(.grant($0.id)))] } ?? [] },
        CommandSpec(
            .refuseApproval, "Refuse", "Say no to what is asked", on: ApprovalsState.self, keys: ["n"],
            spoken: Spoken(["refuse"], argument: .row), available: whileAsked
        ) { state, desk, _ in state.selected(desk).map { [.ask(.staff(.refuse($0.id)))] } ?? [] },
    ]
}

/// The commands of who stands at the till, wherever one is.
enum StaffCommands {
    static let all: [CommandSpec] = [
        CommandSpec(
            .openApprovals, "Approvals", "What others ask, for your yes or no", keys: ["Alt-a"],
            spoken: Spoken(["approvals"]), traits: [.goesAhead],
            available: { feature, desk in
                desk.isStaffed && !(feature is ApprovalsState) ? .enabled : .absent
            }
        ) { feature, desk, _ in
            ProgramCommands.leave(&feature, &desk) { _ in [.to(.approvals(ApprovalsState()))] }
        },
        CommandSpec(
            .switchCashier, "Another cashier", "Sign in somebody else by their PIN; the sale stays",
            spoken: Spoken(["pin"]),
            available: { feature, desk in desk.sellsAtTill ? desk.maySwitch(on: feature) : .absent }
        ) { _, _, _ in [.open(.prompt(Prompt(.pin, limit: Badge.length.upperBound)))] },
        CommandSpec(
            .lockScreen, "Lock", "Lock the screen until a PIN or the password is typed; the sale stays",
            keys: ["Alt-l"], spoken: Spoken(["lock"]), traits: [.whileBusy, .overOverlays, .goesAhead],
            available: { _, desk in desk.sellsAtTill && desk.context.kiosk == nil ? .enabled : .absent }
        ) { _, _, _ in [.lock] },
        CommandSpec(
            .setOwnPIN, "Set my PIN", "Give yourself a PIN of 4 to 8 digits for the till",
            spoken: Spoken(["set pin"]),
            available: { _, desk in desk.isStaffed && !desk.context.isReadOnly ? .enabled : .absent }
        ) { _, _, _ in [.open(.prompt(Prompt(.newPIN, limit: PIN.length.upperBound)))] },
        CommandSpec(
            .setPINOf, "Set somebody's PIN", "Give an account a PIN for the till",
            permission: .manageAccounts,
            available: { _, desk in desk.isStaffed && !desk.context.isReadOnly ? .enabled : .absent }
        ) { _, _, _ in [.open(.prompt(Prompt(.pinOwner, limit: 254)))] },
        CommandSpec(
            .setBadgeOf, "Give a badge",
            "Give an account a badge to scan before its PIN; what a scanner reads from it is its code",
            permission: .manageAccounts,
            available: { _, desk in desk.isStaffed && !desk.context.isReadOnly ? .enabled : .absent }
        ) { _, _, _ in [.open(.prompt(Prompt(.badgeOwner, limit: 254)))] },
        CommandSpec(
            .signOut, "Sign out", "Leave the till to nobody; the cart is kept for you",
            spoken: Spoken(["sign out"]),
            available: { feature, desk in
                desk.user != nil && SignInState.asksForPIN(feature, desk) ? .enabled : .absent
            }
        ) { _, desk, _ in SignInState.asksToSignOut(desk) },
    ]
}

extension Desk {
    /// Whether somebody who works here is signed in, at a program of one's own.
    var isStaffed: Bool {
        context.hasTill && context.kiosk == nil
            && [.sell, .seeReports, .manageAccounts].contains(where: principal.allows)
    }

    /// A sale that may have been made stays with who sold it.
    func maySwitch(on feature: any Feature) -> Availability {
        guard let till = feature as? TillState, till.pending != nil || till.isBusy else { return .enabled }
        return .disabled("First the store must say what became of the sale")
    }
}

extension Command {
    public static let openApprovals = Command("openApprovals")
    public static let grantApproval = Command("grantApproval")
    public static let refuseApproval = Command("refuseApproval")
    public static let switchCashier = Command("switchCashier")
    public static let lockScreen = Command("lockScreen")
    public static let setOwnPIN = Command("setOwnPIN")
    public static let setPINOf = Command("setPINOf")
    public static let setBadgeOf = Command("setBadgeOf")
    public static let signOut = Command("signOut")
}
