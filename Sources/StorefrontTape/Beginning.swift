import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// Where a random hand begins: in what kind of program, at which stage, and as whom.
struct Beginning: Hashable, Sendable {
    /// What the program is to whoever uses it.
    enum Program: Hashable, Sendable {
        /// Nothing outlives it.
        case throwAway
        /// A store of one's own: it keeps what is left behind, and takes files.
        case ownStore
        /// The first start of such a store.
        case firstStart
        /// A kiosk whose visitor is known by a key.
        case kiosk
    }

    let program: Program
    let stage: Stage
    /// Who signs in where the stage has nobody; nil for nobody.
    let account: DemoAccount?
    /// What leads on to a screen that nobody has been on yet, the last of it last; empty for anywhere.
    let doors: [Command]
    /// That screen; nil for anywhere.
    let goal: ScreenKind?

    /// Near a screen that nobody has been on yet, and anywhere once there is none.
    init(leastOf known: Coverage, hasFaults: Bool, using random: inout SeededRandom) {
        let missing = known.screens.isEmpty ? [] : known.missingScreens
        let screen = (missing.isEmpty ? ScreenKind.allCases : missing).randomElement(using: &random)
        goal = missing.isEmpty ? nil : screen
        doors = goal.map(Self.doors) ?? []
        program =
            switch screen {
            case .welcome: .firstStart
            case .baskets, .importing: .ownStore
            case .visitor: .kiosk
            // A kind is a name, and names are open: any other screen is in any shop.
            default: Int.random(in: 0..<4, using: &random) == 0 ? .ownStore : .throwAway
            }
        let nearest = Stage.nearest(to: screen?.description ?? "")
        let stages = Stage.allCases.filter { hasFaults || $0 != .offline }
        let anywhere = stages.randomElement(using: &random) ?? .empty
        // Most of the program is for whoever may do everything.
        let account = (DemoAccount.allCases + [.admin, .admin]).randomElement(using: &random)
        switch program {
        case .throwAway, .ownStore:
            stage = goal == nil ? anywhere : nearest
            self.account = stage == .empty && goal != .signIn && goal != .register ? account : nil
        case .firstStart, .kiosk: (stage, self.account) = (.empty, nil)
        }
    }

    private static func doors(to screen: ScreenKind) -> [Command] {
        switch screen {
        case .baskets: return [.openBaskets]
        case .importing: return [.importProducts]
        case .visitor: return [.account]
        // A kind is a name, and names are open: there is no tour to one that is none of ours.
        default:
            return (ScreenTour(to: screen)?.actions ?? []).compactMap {
                if case .command(let command) = $0 { command } else { nil }
            }
        }
    }

    /// What is done first.
    var lines: [TapeLine] {
        let signIn: [Key]
        switch (program, account) {
        case (.kiosk, _): signIn = keys(.account) + keys(.useKey)
        case (_, let account?): signIn = keys(.account) + keys(account.command)
        case (_, nil): signIn = []
        }
        return signIn.map { .event(.key($0, isAlone: true)) }
            + stage.earlier.compactMap { earlier in
                switch earlier {
                case .event(let event, let isAlone):
                    TapedEvent(event, isAlone: isAlone).map { .event($0) }
                case .fault(let text): TapedFault(text).map { .fault($0) }
                }
            }
    }

    private func keys(_ command: Command) -> [Key] { Array(KeyMap.standard.keys(of: command).prefix(1)) }
}

extension Beginning.Program {
    /// What such a program begins with.
    func state(_ header: TapeHeader) -> AppState {
        let throwAway = header.freshState
        var context = throwAway.desk.context
        switch self {
        case .throwAway: return throwAway
        case .ownStore:
            context.isThrowAway = false
            return AppState(context: context, start: .shop)
        case .firstStart:
            context.isThrowAway = false
            context.hasProducts = true
            return AppState(context: context, start: .welcome)
        case .kiosk:
            context.hasTill = false
            context.kiosk = KioskRules(idle: 120)
            context.visitor = VisitorStanding(key: Self.key)
            return AppState(context: context, start: .shop)
        }
    }

    /// Of a visitor whom nobody knows yet.
    private static let key = KeyFingerprint("SHA256:" + String(repeating: "A", count: 43))
}
