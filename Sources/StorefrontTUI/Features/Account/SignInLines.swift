import StoreDomain
import StorefrontCore

extension Teller<SignInState> {
    var place: PlainPlace { PlainPlace(sheet, prompt: .field(state.form.focused)) }

    private var sheet: PlainSheet {
        var lines: [PlainLine] = []
        if desk.context.isDemo {
            let accounts = AppContext.demoAccounts.joined(separator: ", ")
            lines.append(
                PlainLine("Demo accounts, password \(AppContext.demoPassword): \(accounts)."))
        }
        if let error = state.problem {
            lines.append(
                PlainLine("Error: \(error.asSentence) :previous asks for the e-mail again.", isProblem: true))
        }
        return PlainSheet(
            title: "Sign in to \(desk.policy.shopName.asSentence)", lines: lines,
            hint:
                "Each line answers the question before it. A colon makes it a command: :browse looks around "
                + "without an account, :register makes one, :back leaves, :help tells more.")
    }
}
