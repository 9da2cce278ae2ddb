import StoreDomain

/// Register: four fields with their rules shown while typing.
public struct RegisterState: Feature {
    public static let kind = ScreenKind.register

    public internal(set) var form = Form([
        Form.Field(Self.name, label: "Name", limit: 255),
        Form.Field(Self.email, label: "E-mail", placeholder: "name@example.com", limit: 254, content: .email),
        Form.Field(
            Self.password, label: "Password", kind: .secret, limit: 200,
            rules: [.password(.longEnough), .password(.fitsBcrypt)]),
        Form.Field(
            Self.again, label: "Repeat password", kind: .secret, limit: 200, rules: [.sameAs(Self.password)]),
    ])
    public private(set) var error: String?
    public private(set) var isBusy = false
    /// The first account of an empty store.
    public let makesAdmin: Bool
    /// Of an account that a key opens already, as it is signed in to.
    public let setsPassword: Bool
    let then: SignInState.Purpose
    let renews: User?

    // As the contract names them, but for the second password.
    static let name = "name"
    static let email = "email"
    static let password = "password"
    static let again = "again"

    init(
        makesAdmin: Bool = false, setsPassword: Bool = false, then: SignInState.Purpose = .shop,
        renews: User? = nil
    ) {
        self.setsPassword = setsPassword
        self.makesAdmin = makesAdmin
        self.then = then
        self.renews = renews
    }

    public var title: String {
        makesAdmin ? "First account" : setsPassword ? "Set a password" : Self.kind.title
    }
    public var field: TextInput? { form.focused.input }
    public var guardsLeaving: Bool { form.isTouched }
    public var lossOnQuit: String? { form.isTouched ? "What you typed here is lost." : nil }

    public var strength: PasswordStrength? {
        let password = form.text(Self.password)
        return password.isEmpty ? nil : PasswordStrength(of: Secret(password))
    }

    public func hints(_ desk: Desk) -> [Hint] {
        [
            Hint(.submit, setsPassword ? "set it" : "register"), Hint(.nextField, "next field"),
            Hint(.reveal), Hint(.back),
        ]
    }

    // MARK: - Keys

    public var hasPanes: Bool { true }

    public func takesWalk(_ walk: Walk, _ desk: Desk) -> Bool { walk == .up || walk == .down }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        switch walk {
        case .up: form.move(forward: false)
        case .down: form.move(forward: true)
        case .halfPageUp, .halfPageDown, .pageUp, .pageDown, .first, .last: break
        }
        return []
    }

    public mutating func moveFocus(forward: Bool, _ desk: inout Desk) -> [Step] {
        form.move(forward: forward)
        return []
    }

    public mutating func edit(_ edit: TextEdit, _ desk: inout Desk) -> [Step] {
        guard !isBusy else { return [] }
        form.edit(edit)
        error = nil
        return []
    }

    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        guard !isBusy, !form.advance() else { return [] }
        let isSame = form.text(Self.password) == form.text(Self.again)
        var problems = isSame ? [:] : [Self.again: "is not the same"]
        do {
            let registration = try Registration(
                email: form.text(Self.email), name: form.text(Self.name),
                password: Secret(form.text(Self.password)))
            form.show(problems)
            guard problems.isEmpty else { return [] }
            isBusy = true
            error = nil
            return [.ask(.account(setsPassword ? .setPassword(registration) : .register(registration)))]
        } catch {
            problems.merge(self.problems(error)) { own, _ in own }
            form.show(problems)
            return []
        }
    }

    public mutating func back(_ desk: inout Desk) -> [Step] {
        guard form.isTouched else { return [.pop] }
        return [
            .open(
                .confirm(
                    Confirm(
                        .leaveForm, title: "Leave the form?", text: "What you typed here is lost.",
                        yes: "Leave", no: "Stay", choosesYes: false)))
        ]
    }

    public mutating func answer(_ question: Question, yes: Bool, _ desk: inout Desk) -> [Step] {
        yes && question == .leaveForm ? [.pop] : []
    }

    // MARK: - Answers

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .account(.signedIn(let answer)) = reply else { return [] }
        isBusy = false
        switch answer {
        case .success(let session) where setsPassword:
            desk.say(.success, "You can sign in as \(session.user.email) now")
            return [.signedIn(session), .pop]
        case .success(let session):
            desk.say(.success, "Welcome, \(session.user.name)")
            let steps = SignInState.leaving(renews, &desk) + SignInState.steps(to: then, as: session, &desk)
            // Whoever makes a shop is led on from here.
            return makesAdmin ? steps + [.to(.firstSteps(FirstStepsState()))] : steps
        case .failure(let error):
            form.show(problems(error))
            return []
        }
    }

    /// By field; what belongs to none is shown below them.
    private mutating func problems(_ error: StoreError) -> [String: String] {
        guard case .invalid(let problems) = error else {
            self.error = error.screenText
            if error == .emailTaken { form.focus(on: Self.email) }
            return [:]
        }
        return Dictionary(grouping: problems, by: \.field).mapValues {
            $0.map(\.reason).joined(separator: ", ")
        }
    }
}
