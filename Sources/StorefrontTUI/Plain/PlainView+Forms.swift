import StoreDomain
import StorefrontCore

extension PlainView {
    var welcome: PlainSheet {
        var lines = WelcomeState.Choice.allCases.map {
            PlainLine("\($0.title). \($0.explanation)", number: $0.rawValue + 1)
        }
        if let error = state.welcome.error {
            lines.append(PlainLine("Error: \(error.message.asSentence)", isProblem: true))
        }
        return PlainSheet(
            title: "Welcome to \(policy.shopName). This store is new and empty. What shall it start with? "
                + "Type a number.",
            lines: lines)
    }

    var signIn: PlainSheet {
        var lines: [PlainLine] = []
        if state.context.isDemo {
            let accounts = AppContext.demoAccounts.joined(separator: ", ")
            lines.append(
                PlainLine("Demo accounts, password \(AppContext.demoPassword): \(accounts)."))
        }
        if let error = state.signIn.problem {
            lines.append(
                PlainLine("Error: \(error.asSentence) :previous asks for the e-mail again.", isProblem: true))
        }
        return PlainSheet(
            title: "Sign in to \(policy.shopName.asSentence)", lines: lines,
            hint:
                "Each line answers the question before it. A colon makes it a command: :browse looks around "
                + "without an account, :register makes one, :back leaves, :help tells more.")
    }

    var register: PlainSheet {
        let form = state.register
        let rules = form.rules.map(\.rule).joined(separator: "; ")
        var lines = [PlainLine("Of the password: \(rules).")]
        lines += RegisterState.Field.allCases.compactMap { field in
            form.problems[field].map { PlainLine("Error: \(field.label) \($0.asSentence)", isProblem: true) }
        }
        if let error = form.error { lines.append(PlainLine("Error: \(error.asSentence)", isProblem: true)) }
        return PlainSheet(
            title: form.makesAdmin ? "The first account: the shop's admin." : "Make an account.",
            lines: lines,
            hint:
                "Each line answers the question before it; an empty one keeps what is there. A colon makes it "
                + "a command: :back leaves.")
    }
}

extension RegisterState.Field {
    var label: String {
        switch self {
        case .name: "Name"
        case .email: "E-mail"
        case .password: "Password"
        case .again: "Again"
        }
    }
}
