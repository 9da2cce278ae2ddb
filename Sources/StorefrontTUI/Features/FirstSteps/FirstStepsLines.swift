import StoreDomain
import StorefrontCore

extension Teller<FirstStepsState> {
    var place: PlainPlace { PlainPlace(sheet) }

    private var sheet: PlainSheet {
        let title = FirstStepsState.kind.title
        guard let standing = state.standing else {
            guard let error = state.error else { return PlainSheet(title: "\(title). Loading.") }
            return PlainSheet(
                title: "\(title). It could not be loaded.",
                lines: [PlainLine("\(error.message.asSentence) Type reload to try again.", isProblem: true)])
        }
        let done = FirstStepsState.steps.count { standing.isDone($0) }
        return PlainSheet(
            title: "\(title): \(done) of \(FirstStepsState.steps.count) done.",
            lines: FirstStepsState.steps.enumerated().map { index, step in
                PlainLine("\(step.title): \(standing.words(step)). \(step.note)", number: index + 1)
            },
            hint: "Type a number to go there; back leads here again.")
    }
}
