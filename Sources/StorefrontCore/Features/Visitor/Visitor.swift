import StoreDomain

/// A kiosk's visitor about himself: the keys that he is known by, a code for another one, a password, and the way to
/// be forgotten.
public struct VisitorState: Feature {
    public static let kind = ScreenKind.visitor

    /// Something to do, or a key.
    public enum Row: Hashable, Codable, Sendable {
        case addKey, makeCode, setPassword
        case key(VisitorKey)
        case forget, signOut
    }

    /// nil until they are loaded.
    public private(set) var keys: [VisitorKey]?
    public private(set) var error: StoreError?
    /// The last code that was asked for.
    public private(set) var code: VisitorCode?
    private var list = List()

    public init() {}

    public func rows(_ desk: Desk) -> [Row] {
        guard let keys else { return [] }
        let own = desk.context.visitor?.key
        let isKnown = own == nil || keys.contains { $0.fingerprint == own }
        let password: [Row] = desk.user?.hasNoAddress == true ? [.setPassword] : []
        return (isKnown ? [] : [.addKey]) + [.makeCode] + password + keys.map(Row.key) + [.forget, .signOut]
    }

    public func selectedRow(_ desk: Desk) -> Int? { list.row(of: rows(desk).count) }
    public func hasError(_ desk: Desk) -> Bool { error != nil }
    public var canReload: Bool { true }

    public func hints(_ desk: Desk) -> [Hint] {
        let verb =
            switch selected(desk) {
            case .addKey: "add it"
            case .makeCode: "make one"
            case .setPassword: "set it"
            case .key: "take it out"
            case .forget: "forget me"
            case .signOut: "sign out"
            case nil: "choose"
            }
        return [Hint(.open, verb), Hint(.openShop), Hint(.openCart), Hint(.back)]
    }

    // MARK: - Keys

    public mutating func enter(_ desk: inout Desk) -> [Step] { [.ask(.visitor(.keys))] }

    public mutating func reload(_ desk: inout Desk) -> [Step] { enter(&desk) }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        list.walk(walk, of: rows(desk).count)
        return []
    }

    public func openAvailability(_ desk: Desk) -> Availability {
        selected(desk) == nil ? .disabled("Nothing is selected") : .enabled
    }

    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        switch selected(desk) {
        case .addKey: [.ask(.visitor(.addKey))]
        case .makeCode: [.ask(.visitor(.makeCode))]
        case .setPassword: [.push(.register(RegisterState(setsPassword: true)))]
        case .key(let key): [.open(.confirm(asking(about: key, desk)))]
        case .forget:
            [
                .open(
                    .confirm(
                        Confirm(
                            .forgetVisitor, title: "Forget you?",
                            text: "Name, e-mail, password and keys go for good. Orders stay, without a name.",
                            yes: "Forget me", no: "Stay", choosesYes: false)))
            ]
        case .signOut: SignInState.asksToSignOut(desk)
        case nil: []
        }
    }

    private func asking(about key: VisitorKey, _ desk: Desk) -> Confirm {
        let isOwn = key.fingerprint == desk.context.visitor?.key
        let isLast = keys?.count == 1 && desk.user?.hasNoAddress == true
        return Confirm(
            .removeKey(key.fingerprint), title: "Take the key out?",
            text: isLast
                ? "Nothing else opens your account: nobody finds its orders any more."
                : isOwn
                    ? "It is the one that you came with: the next time you are a guest."
                    : "Whoever comes with \(key.fingerprint.short) is a guest from then on.",
            yes: "Take it out", no: "Keep it", choosesYes: false)
    }

    public mutating func answer(_ question: Question, yes: Bool, _ desk: inout Desk) -> [Step] {
        guard yes else { return [] }
        return switch question {
        case .removeKey(let key): [.ask(.visitor(.remove(key)))]
        case .forgetVisitor: [.ask(.visitor(.forget))]
        case .quit, .signOut, .leaveForm, .cancelOrder, .cancelOrders, .leaveCheckout, .resumeCheckout,
            .payNewPrice, .isThisOrder, .placeAnew, .takeCash, .takeApprovalCode, .keepCount,
            .closeShift, .setCountry, .signOutEverywhere, .bookCounts, .takePricesBack, .customers:
            []
        }
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        let count = rows(desk).count
        guard row < count else { return false }
        list.select(row, of: count)
        return true
    }

    public func opens(row: Int) -> Bool { list.selection == row }

    private func selected(_ desk: Desk) -> Row? {
        let rows = rows(desk)
        return list.row(of: rows.count).map { rows[$0] }
    }

    // MARK: - Answers

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .visitor(let action) = reply else { return [] }
        if let error = action.failure {
            if keys == nil { self.error = error }
            desk.say(error)
            return []
        }
        switch action {
        case .keys(.success(let keys)):
            tellChange(to: keys, &desk)
            self.keys = keys
            error = nil
        case .code(.success(let code)):
            self.code = code
            desk.say(.success, "Your code is \(code.shown)")
        case .forgotten(.success): return [.signOut, .toShop]
        case .keys(.failure), .code(.failure), .forgotten(.failure): break
        }
        return []
    }

    private func tellChange(to new: [VisitorKey], _ desk: inout Desk) {
        guard let keys, keys.count != new.count else { return }
        desk.say(.success, new.count > keys.count ? "You are known by this key now" : "The key is out")
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        case .reachable, .renewed: enter(&desk)
        case .changedElsewhere, .stockChanged, .orderChanged, .resized: []
        }
    }
}
