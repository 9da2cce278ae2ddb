import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<Confirm> {
    mutating func draw(in body: Rect) {
        let question = state
        let places = frame.surface.drawDialog(
            title: question.title, body: [question.text], buttons: [question.yes, question.no],
            focus: question.choosesYes ? 0 : 1, in: body, context: context.render)
        for (index, place) in places.buttons.enumerated() { target(place, .row(index)) }
    }
}
