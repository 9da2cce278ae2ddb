import StoreDomain
import StorefrontCore

/// What an action is called on a tape. An action without a code does not compile.
public enum ActionCode: String, CaseIterable, Sendable {
    case started, command, digit, scanned, edit, pasted, rowClicked, categoryClicked, chose, wentBack,
        scrolled
    case resized, answered, unknownKey, focused, shopChanged, idledTooLong, lockDue, noticed,
        connectionChanged, waited
    case walkedBack, signInWaited, paymentStillOpen, progress, replied, screenSaved, visit, themeFailed,
        tester

    public init(_ action: AppAction) {
        switch action {
        case .started: self = .started
        case .command: self = .command
        case .digit: self = .digit
        case .scanned: self = .scanned
        case .edit: self = .edit
        case .pasted: self = .pasted
        case .rowClicked: self = .rowClicked
        case .categoryClicked: self = .categoryClicked
        case .chose: self = .chose
        case .wentBack: self = .wentBack
        case .scrolled: self = .scrolled
        case .resized: self = .resized
        case .answered: self = .answered
        case .unknownKey: self = .unknownKey
        case .focused: self = .focused
        case .shopChanged: self = .shopChanged
        case .idledTooLong: self = .idledTooLong
        case .lockDue: self = .lockDue
        case .noticed: self = .noticed
        case .connectionChanged: self = .connectionChanged
        case .waited: self = .waited
        case .walkedBack: self = .walkedBack
        case .signInWaited: self = .signInWaited
        case .paymentStillOpen: self = .paymentStillOpen
        case .progress: self = .progress
        case .replied: self = .replied
        case .screenSaved: self = .screenSaved
        case .visit: self = .visit
        case .themeFailed: self = .themeFailed
        case .tester: self = .tester
        }
    }

    /// Says which actions, commands and screens a build knows: another one reads its tapes with care.
    public static let cases: String = {
        var hash = StableHash()
        for code in allCases { hash.add(code.rawValue) }
        for command in Command.allCases.map(\.rawValue).sorted() { hash.add(command) }
        for screen in ScreenKind.allCases.map(\.description).sorted() { hash.add(screen) }
        return hash.text
    }()
}

/// What a model orders, as a tape keeps it: what it is, its number, and the hash of what it asks.
public enum EffectCode {
    /// The line of what goes wrong follows.
    static let faultCode = "fault"

    public static func text(of effect: Effect) -> String {
        switch effect {
        case .ask(let request):
            "\(request.id.number) \(request.ask.name) \(StableHash(TapeCoder.text(of: request.ask)).text.prefix(8))"
        case .beep: "beep"
        case .redraw: "redraw"
        case .suspend: "suspend"
        case .copy: "copy"
        case .saveScreen(let form): "saveScreen \(form.rawValue)"
        case .note(.mark): "mark"
        case .note(.check): "check"
        case .note(.look): "look"
        case .note(.fault): faultCode
        case .note(.pane): "pane"
        case .note(.leave): "leave"
        }
    }
}
