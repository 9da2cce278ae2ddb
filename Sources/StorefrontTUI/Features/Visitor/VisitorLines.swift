import StoreDomain
import StorefrontCore

extension Teller<VisitorState> {
    var place: PlainPlace { PlainPlace(sheet) }

    private var sheet: PlainSheet {
        guard state.keys != nil else {
            guard let error = state.error else { return PlainSheet(title: "Your account. Loading.") }
            return PlainSheet(
                title: "Your account. Its keys could not be loaded.",
                lines: [PlainLine("\(error.message.asSentence) Type reload to try again.", isProblem: true)])
        }
        let told = state.code.map {
            [PlainLine("Code \($0.shown). \($0.howToUse(until: timeText($0.goodUntil)))")]
        }
        return PlainSheet(
            title: "Your account. Whoever comes with one of its keys is you.",
            lines: (told ?? [])
                + state.rows(desk).enumerated().map { offset, row in
                    PlainLine(
                        "\(row.label), \(row.detail(own: desk.context.visitor?.key, in: zone))",
                        number: offset + 1)
                },
            hint: "Type a number to choose; a key's takes it out.")
    }
}
