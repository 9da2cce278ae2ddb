import StoreDomain

/// Everything the program knows at one moment. Changed by `AppModel.update` alone; the picture is a function
/// of it.
public struct AppState: Hashable, Codable, Sendable {
    public internal(set) var desk: Desk
    /// The way that led here; the last one is on the screen. Never empty.
    public internal(set) var way: [Screen]
    /// What lies over the screen, the topmost last.
    public internal(set) var overlays: [Overlay] = []
    public internal(set) var ending = Ending.no
    /// The address of the server whose shop is to be opened after the end; nil where the program ends.
    public internal(set) var destination: String?
    /// What a person waits for, with the milliseconds it has taken so far, once that is long enough to show.
    public internal(set) var slowWork: SlowWork?
    /// Who stands before a kiosk.
    public internal(set) var visit = Visit()
    /// Where a person was whom idleness signed out, for nobody else.
    var resting: RestingPlace?
    /// What was entered last, while its answer is waited for.
    var enteredLast: Entered?
    /// What others may have changed and was not looked at yet.
    var unseen = ShopChanges()

    /// How far leaving has come.
    public enum Ending: Hashable, Codable, Sendable {
        case no
        /// Something must be finished first.
        case waiting
        case ended
    }

    /// - Parameters:
    ///   - session: kept from an earlier run; whether it is still good shows with the first request.
    ///   - awaitsVisitor: nobody is there yet, in a kiosk.
    public init(
        context: AppContext, start: StartScreen, session: Session? = nil, awaitsVisitor: Bool = false
    ) {
        if awaitsVisitor { visit.presence = .away(shown: 0) }
        desk = Desk(context: context)
        if let session { desk.principal = .user(session) }
        switch start {
        case .welcome:
            desk.isFresh = true
            way = [.welcome(WelcomeState())]
        case .signIn: way = [.signIn(SignInState(desk, isStart: true))]
        case .shop: way = [.shop(ShopState())]
        }
    }

    public var screen: Screen {
        get { way[way.count - 1] }
        set { way[way.count - 1] = newValue }
    }

    public var kind: ScreenKind { screen.kind }

    /// The wait before signing in is heard again; nil without one.
    public var signInWait: SignInWait? {
        for case .signIn(let signIn) in way { return signIn.wait }
        return nil
    }

    public var user: User? { desk.user }
    public var isEnding: Bool { ending == .ended }

    /// The theme that shows: the one being looked at in its picker, else the one that was chosen.
    public var shownTheme: String {
        for case .picker(let picker) in overlays where picker.purpose == .themes {
            if case .theme(let name)? = picker.chosen?.choice { return name }
        }
        return desk.context.theme
    }

    /// The text field that has the keys; nil when letters are commands.
    public var focusedField: TextInput? {
        if let overlay = overlays.last { return overlay.field }
        return screen.feature.field
    }

    /// Whether what is typed goes into a text field: letters are no commands then.
    public var takesText: Bool { focusedField?.takesLetters ?? false }

    /// The action of pasting: what goes into a field that must not be seen is a secret.
    public func pasting(_ text: String) -> AppAction {
        focusedField?.isSecret == true ? .edit(.insertSecret(Secret(text))) : .pasted(text)
    }

    /// Where a number before a command means something.
    public var takesNumbers: Bool { screen.feature.takesNumbers }

    /// Where a scanned code sells its product.
    public var takesCodes: Bool { overlays.isEmpty && screen.feature.takesCodes }

    /// Whether keys that came as fast as a scanner's are typing all the same, in the field that has the keys.
    public func isTyping(_ burst: String) -> Bool { focusedField?.takesAsTyping(burst) ?? false }

    /// Whether a command can be carried out just now, and why not. Footer, palette and keys all ask here.
    public func availability(of command: Command) -> Availability {
        guard let spec = CommandSpec[command] else { return .absent }
        let feature = screen.feature
        if isLocked, QACommands.showShop.contains(command), desk.context.qa != nil {
            return .disabled("The screen is locked, and this would show what is under it")
        }
        // What edits a text field does not move a list meanwhile.
        if let field = focusedField, field.takesLetters || !field.isEmpty, command.walk?.isHalf == true {
            return .absent
        }
        if let overlay = overlays.last, !spec.traits.contains(.overOverlays) {
            return overlay.takes(command) ? .enabled : .absent
        }
        if case .screens = spec.place {
            if !spec.place.includes(kind) { return .absent }
        }
        if let permission = spec.permission, !desk.principal.mayTry(permission) { return .absent }
        if overlays.isEmpty, let reason = feature.busyReason, !spec.traits.contains(.whileBusy) {
            return .disabled(reason)
        }
        return spec.available(feature, desk)
    }
}

/// Where the program can begin.
public enum StartScreen: Hashable, Codable, Sendable, CaseIterable { case welcome, signIn, shop }

/// Something a person has been waiting for.
public struct SlowWork: Hashable, Codable, Sendable {
    public let title: String
    public let milliseconds: Int

    public init(title: String, milliseconds: Int) {
        self.title = title
        self.milliseconds = milliseconds
    }
}
