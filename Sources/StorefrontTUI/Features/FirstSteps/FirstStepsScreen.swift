import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<FirstStepsState> {
    mutating func draw(in body: Rect) {
        guard let standing = state.standing else {
            if let error = state.error {
                return notice(
                    "This could not be loaded", [error.message, "\(keyName(.retry)) tries again"], in: body,
                    .error)
            }
            return notice("Loading\(glyphs.ellipsis)", [], in: body, .textMuted)
        }
        let steps = FirstStepsState.steps
        let done = steps.count { standing.isDone($0) }
        let (top, rest) = body.splitTop(1)
        write(
            done == steps.count ? "All of it is done" : "\(done) of \(steps.count) done", top.x + 2, top.y,
            .textMuted, width: top.width - 4)
        let notes = TextWidth.wrap(state.selected.note, width: max(1, rest.width - 4))
            .prefix(max(0, rest.height - steps.count - 2))
        let height = rest.height - (notes.isEmpty ? 0 : notes.count + 1)
        let (context, glyphs) = (context, glyphs)
        table(
            [
                TableColumn("", minWidth: 1, priority: 9),
                TableColumn("Step", minWidth: 18, priority: 9),
                TableColumn("Now", minWidth: 8, idealWidth: 30, priority: 8, grows: true),
            ], count: steps.count, selection: state.selection,
            in: Rect(x: rest.x, y: rest.y, width: rest.width, height: height)
        ) { row, column in
            let step = steps[row]
            let isDone = standing.isDone(step)
            switch column {
            case 0: return [TextRun(isDone ? glyphs.check : " ", context.style(.success))]
            case 1: return [TextRun(step.title, context.style(isDone ? .text : .textStrong))]
            default: return [TextRun(standing.words(step), context.style(.textMuted))]
            }
        }
        for (offset, line) in notes.enumerated() {
            write(line, rest.x + 2, rest.y + height + 1 + offset, .textMuted, width: rest.width - 4)
        }
    }
}
