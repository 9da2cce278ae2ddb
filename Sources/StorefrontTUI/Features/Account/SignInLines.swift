import StoreDomain
import StorefrontCore

extension Teller<SignInState> {
    var place: PlainPlace { PlainPlace(sheet, prompt: .field(state.form.focused)) }

    private var sheet: PlainSheet {
        var lines: [PlainLine] = []
        if desk.context.isDemo {
            let accounts = AppContext.demoAccounts.joined(separator: ", ")
            let pins = DemoAccount.allCases.compactMap { account in
                account.pin.map { "\($0) for \(account.email)" }
            }.joined(separator: ", ")
            lines.append(
                PlainLine(
                    "Demo accounts, password \(AppContext.demoPassword): \(accounts). :customer, :staff, "
                        + ":admin, :cashier and :senior sign in with them. At the till their PINs are \(pins)."
                ))
        }
        if desk.context.visitor?.key != nil, state.renews == nil {
            lines.append(
                PlainLine(
                    "You came with a key: :key signs in by it, :code and a code adds it to an account of yours."
                ))
        }
        if let known = state.renews?.email ?? desk.context.lastEmail, state.form.fields[0].input.text == known
        {
            lines.append(PlainLine("E-mail \(known). :previous asks for another."))
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
