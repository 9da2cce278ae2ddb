import StoreDomain
import StorefrontCore

extension Teller<WelcomeState> {
    var place: PlainPlace { PlainPlace(sheet) }

    private var sheet: PlainSheet {
        var lines = WelcomeState.choices(desk).enumerated().map { index, choice in
            PlainLine("\(choice.title). \(choice.explanation(desk))", number: index + 1)
        }
        if let error = state.error {
            lines.append(PlainLine("Error: \(error.message.asSentence)", isProblem: true))
        }
        return PlainSheet(
            title: "Welcome to \(desk.policy.shopName). \(WelcomeState.opening(desk)) Type a number.",
            lines: lines)
    }
}
