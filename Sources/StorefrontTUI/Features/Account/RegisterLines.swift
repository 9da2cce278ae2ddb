import StoreDomain
import StorefrontCore

extension Teller<RegisterState> {
    var place: PlainPlace { PlainPlace(sheet, prompt: .field(state.form.focused)) }

    private var sheet: PlainSheet {
        let form = state
        let rules = form.form.rules.map(\.rule.text).joined(separator: "; ")
        var lines = [PlainLine("Of the password: \(rules).")]
        lines += form.form.fields.compactMap { field in
            field.problem.map { PlainLine("Error: \(field.label) \($0.asSentence)", isProblem: true) }
        }
        if let error = form.error { lines.append(PlainLine("Error: \(error.asSentence)", isProblem: true)) }
        return PlainSheet(
            title: "\(form.heading).",
            lines: lines,
            hint:
                "Each line answers the question before it; an empty one keeps what is there. A colon makes it "
                + "a command: :back leaves.")
    }
}
