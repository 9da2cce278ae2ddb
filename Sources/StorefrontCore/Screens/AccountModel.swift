import StoreDomain

/// The behaviour of the first start, of signing in and out, and of registering.
enum AccountModel {
    static func carryOut(_ command: Command, _ state: inout AppState) -> [Effect] {
        switch state.screen {
        case .welcome: welcome(command, &state)
        case .signIn: signIn(command, &state)
        case .register: register(command, &state)
        default: []
        }
    }

    static func edit(_ edit: TextEdit, _ state: inout AppState) -> [Effect] {
        if state.screen == .signIn {
            guard !state.signIn.isBusy else { return [] }
            if state.signIn.focus == .email {
                state.signIn.email.apply(edit)
            } else {
                state.signIn.password.apply(edit)
            }
            state.signIn.error = nil
        } else {
            guard !state.register.isBusy else { return [] }
            state.register[state.register.focus].apply(edit)
            state.register.problems[state.register.focus] = nil
            state.register.error = nil
        }
        return []
    }

    // MARK: - First start

    private static func welcome(_ command: Command, _ state: inout AppState) -> [Effect] {
        guard state.welcome.progress == nil else { return [] }
        let choices = WelcomeState.Choice.allCases
        let index = state.welcome.selection.rawValue
        switch command {
        case .up, .previousField: state.welcome.selection = choices[max(0, index - 1)]
        case .down, .nextField: state.welcome.selection = choices[min(choices.count - 1, index + 1)]
        case .makeAdmin: makeAdmin(&state)
        case .loadDemoData: return loadDemo(&state)
        case .connect: askForServer(&state)
        case .submit, .open:
            switch state.welcome.selection {
            case .makeAdmin: makeAdmin(&state)
            case .loadDemoData: return loadDemo(&state)
            case .connect: askForServer(&state)
            case .lookAround: state.screens = [.shop]
            }
        default: break
        }
        return []
    }

    private static func makeAdmin(_ state: inout AppState) {
        state.register = RegisterState()
        state.register.makesAdmin = true
        state.push(.register)
    }

    private static func loadDemo(_ state: inout AppState) -> [Effect] {
        state.welcome.progress = WelcomeState.Progress(done: 0, total: 240)
        state.welcome.error = nil
        return [.loadDemoData]
    }

    private static func askForServer(_ state: inout AppState) {
        state.overlays.append(.connect(ConnectPrompt()))
    }

    /// Asks for the shop at the address that was typed.
    static func connect(_ prompt: inout ConnectPrompt, _ state: inout AppState) -> [Effect] {
        guard !prompt.isBusy else { return [] }
        guard !prompt.input.text.trimmedText.isEmpty else {
            prompt.problem = "Enter the address of a server"
            return []
        }
        let request = state.newRequest()
        prompt.request = request
        prompt.problem = nil
        return [.connect(prompt.input.text, request)]
    }

    private static func connected(
        _ request: RequestID, _ result: Result<String, StoreError>, _ state: inout AppState
    ) -> [Effect] {
        // Whoever has closed it or typed on no longer wants it.
        let index = state.overlays.firstIndex {
            if case .connect(let prompt) = $0 { prompt.request == request } else { false }
        }
        guard let index, case .connect(var prompt) = state.overlays[index] else { return [] }
        switch result {
        case .success(let address):
            state.destination = address
            return AppModel.end(&state)
        case .failure(let error):
            prompt.request = nil
            if case .invalid(let problems) = error {
                prompt.problem = "The address " + problems.map(\.reason).joined(separator: ", ")
            } else {
                prompt.problem = error.screenText
            }
            state.overlays[index] = .connect(prompt)
            return []
        }
    }

    // MARK: - Sign in and out

    private static func signIn(_ command: Command, _ state: inout AppState) -> [Effect] {
        switch command {
        case .nextField, .previousField, .up, .down:
            state.signIn.focus = state.signIn.focus == .email ? .password : .email
        case .reveal: state.signIn.isRevealed.toggle()
        case .register:
            state.register = RegisterState()
            state.push(.register)
        case .browseAsGuest:
            let effects = state.signIn.renews == nil ? [] : signOut(&state)
            state.go(to: .shop)
            return effects
        case .submit, .open:
            guard !state.signIn.isBusy else { return [] }
            if state.signIn.focus == .email, state.signIn.password.isEmpty {
                state.signIn.focus = .password
                return []
            }
            guard !state.signIn.email.isEmpty, !state.signIn.password.isEmpty else {
                let lacksEmail = state.signIn.email.isEmpty
                state.signIn.focus = lacksEmail ? .email : .password
                state.signIn.error = lacksEmail ? "Enter your e-mail" : "Enter your password"
                return []
            }
            let request = state.newRequest()
            state.signIn.request = request
            state.signIn.error = nil
            return [
                .signIn(email: state.signIn.email.text, password: Secret(state.signIn.password.text), request)
            ]
        default: break
        }
        return []
    }

    /// Signs in, or asks whether to sign out.
    static func toggle(_ state: inout AppState) -> [Effect] {
        guard let user = state.user else {
            if state.screen != .signIn {
                state.signIn = SignInState()
                state.push(.signIn)
            }
            return []
        }
        state.overlays.append(
            .confirm(
                Confirmation(
                    .signOut, title: "Sign out?",
                    text: "Signed in as \(user.name). The cart is kept for you.",
                    yes: "Sign out", no: "Stay")))
        return []
    }

    /// The session has ended: asks for the password over whatever is under way, which stays as it is.
    static func askAgain(_ state: inout AppState) {
        guard let user = state.user, state.screen != .signIn else { return }
        state.signIn = SignInState()
        state.signIn.renews = user
        state.signIn.email.set(user.email)
        state.signIn.focus = .password
        state.overlays = []
        state.say(.warning, "Your session has ended. Enter your password to go on where you were.")
        state.push(.signIn)
    }

    /// Back in the middle of what was under way.
    private static func goOn(_ session: Session, _ state: inout AppState) -> [Effect] {
        state.principal = .user(session)
        state.signIn = SignInState()
        if state.screen == .signIn, state.screens.count > 1 { state.screens.removeLast() }
        state.say(.success, "Welcome back, \(session.user.name)")
        return OrdersModel.reload(&state) + CartModel.quote(&state) + CheckoutModel.goOnSignedIn(&state)
    }

    static func signOut(_ state: inout AppState) -> [Effect] {
        guard case .user(let session) = state.principal else { return [] }
        // A theme that was only being looked at goes with its picker.
        let looks = state.overlays.compactMap { overlay -> Effect? in
            if case .themes(_, let previous) = overlay { .previewTheme(previous) } else { nil }
        }
        state.principal = .guest
        state.cart = CartState()
        state.checkout = nil
        state.receipt = nil
        state.orders = OrdersState()
        state.order = OrderState()
        state.signIn = SignInState(isStart: true)
        state.overlays = []
        state.screens = [.signIn]
        state.say(.info, "Signed out")
        return looks + [.signOut(session), .loadCart(.guest)]
    }

    static func signOutIdle(_ state: inout AppState) -> [Effect] {
        guard state.user != nil, state.checkout?.isBusy != true else { return [] }
        let effects = signOut(&state)
        state.say(.info, "Signed out after \(state.context.idleMinutes) minutes")
        return effects
    }

    // MARK: - Register

    private static func register(_ command: Command, _ state: inout AppState) -> [Effect] {
        let fields = RegisterState.Field.allCases
        let index = state.register.focus.rawValue
        switch command {
        case .nextField, .down: state.register.focus = fields[(index + 1) % fields.count]
        case .previousField, .up: state.register.focus = fields[(index + fields.count - 1) % fields.count]
        case .reveal: state.register.isRevealed.toggle()
        case .submit, .open:
            guard !state.register.isBusy else { return [] }
            if index + 1 < fields.count, state.register[fields[index + 1]].isEmpty {
                state.register.focus = fields[index + 1]
                return []
            }
            return submit(&state)
        default: break
        }
        return []
    }

    private static func submit(_ state: inout AppState) -> [Effect] {
        let form = state.register
        state.register.problems = [:]
        if form.password.text != form.again.text { state.register.problems[.again] = "is not the same" }
        do {
            let registration = try Registration(
                email: form.email.text, name: form.name.text, password: Secret(form.password.text))
            guard state.register.problems.isEmpty else {
                state.register.focus = .again
                return []
            }
            let request = state.newRequest()
            state.register.request = request
            state.register.error = nil
            return [.register(registration, request)]
        } catch {
            show(error, &state)
            return []
        }
    }

    private static func show(_ error: StoreError, _ state: inout AppState) {
        guard case .invalid(let problems) = error else {
            state.register.error = error.screenText
            if error == .emailTaken { state.register.focus = .email }
            return
        }
        for field in RegisterState.Field.allCases where field != .again {
            let reasons = problems.filter { $0.field == field.contractName }.map(\.reason)
            if !reasons.isEmpty { state.register.problems[field] = reasons.joined(separator: ", ") }
        }
        if let first = RegisterState.Field.allCases.first(where: { state.register.problems[$0] != nil }) {
            state.register.focus = first
        }
    }

    // MARK: - Answers

    static func receive(_ action: AppAction, _ state: inout AppState) -> [Effect] {
        switch action {
        case .signedIn(let request, let result): return signedIn(request, result, &state)
        case .signedOut(.failure(let error)): state.say(error)
        case .signInWaited(let request, let left):
            guard state.signIn.wait?.request == request else { return [] }
            if left > 0 {
                state.signIn.wait?.seconds = left
            } else {
                state.signIn.wait = nil
                state.say(.info, "You can try to sign in again")
            }
        case .demoDataProgress(let done, let total):
            // Reports may come late and out of order.
            guard let progress = state.welcome.progress, done >= progress.done else { return [] }
            state.welcome.progress = WelcomeState.Progress(done: done, total: total)
        case .demoDataLoaded(.success):
            state.welcome.progress = nil
            state.context.isDemo = true
            state.isFresh = false
            state.signIn = SignInState(isStart: true)
            state.screens = [.signIn]
            state.say(.success, "The demo shop is ready. Sign in with one of its accounts, or look around.")
            return ShopModel.refresh(&state)
        case .demoDataLoaded(.failure(let error)):
            state.welcome.progress = nil
            state.welcome.error = error
        case .connected(let request, let result): return connected(request, result, &state)
        default: break
        }
        return []
    }

    private static func signedIn(
        _ request: RequestID, _ result: Result<Session, StoreError>, _ state: inout AppState
    ) -> [Effect] {
        guard state.signIn.request == request || state.register.request == request else { return [] }
        // Whoever has gone elsewhere meanwhile no longer wants it.
        guard state.screens.contains(.signIn) || state.screens.contains(.register) else { return [] }
        let registered = state.register.request == request
        switch result {
        case .success(let session):
            let next = state.signIn
            if let user = next.renews {
                if user.id == session.user.id { return goOn(session, &state) }
                // Somebody else: what was under way is not theirs.
                state.cart = CartState()
                state.checkout = nil
                state.orders = OrdersState()
                state.order = OrderState()
            }
            state.principal = .user(session)
            state.isFresh = false
            state.signIn = SignInState()
            state.register = RegisterState()
            state.say(.success, "Welcome, \(session.user.name)")
            // The cart of the guest comes along; what was about to be done goes on.
            let adopt: [Effect] = [.adoptGuestCart(userID: session.user.id)]
            if next.thenCheckout {
                state.screens = [.shop, .cart]
                state.cart.goesOnToCheckout = true
                return adopt
            }
            if next.thenOrders { return adopt + OrdersModel.open(&state) }
            state.screens = [.shop]
            return adopt
        case .failure(let error):
            if registered {
                state.register.request = nil
                show(error, &state)
            } else {
                state.signIn.request = nil
                state.signIn.focus = .password
                if case .signInMustWait(let seconds) = error {
                    // The password was not looked at, so it stays.
                    state.signIn.wait = SignInWait(
                        email: state.signIn.email.text, seconds: max(1, seconds), request: request)
                    return []
                }
                state.signIn.wait = nil
                state.signIn.error = error.screenText
                state.signIn.password.set("")
            }
        }
        return []
    }
}
