import StoreDomain
import StorefrontCore

extension Teller<WelcomeState> {
    var place: PlainPlace { PlainPlace(sheet) }

    private var sheet: PlainSheet {
        var lines = WelcomeState.Choice.allCases.map {
            PlainLine("\($0.title). \($0.explanation)", number: $0.rawValue + 1)
        }
        if let error = state.error {
            lines.append(PlainLine("Error: \(error.message.asSentence)", isProblem: true))
        }
        return PlainSheet(
            title:
                "Welcome to \(desk.policy.shopName). This store is new and empty. What shall it start with? "
                + "Type a number.",
            lines: lines)
    }
}
