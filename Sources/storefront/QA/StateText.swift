import ProgramKit
import StorefrontTUI
import StorefrontTape

/// What the last step of a film changed, and what holds after it, for those who read lines.
struct StateText {
    private let film: Film
    private let report: StateReport

    init(_ film: Film) {
        self.film = film
        report = StateReport(before: film.stateBefore, after: film.state, ordered: film.effectsOfStep)
    }

    func text(asJSON: Bool) -> String {
        guard !asJSON else { return json + "\n" }
        let title = "Step \(film.step) of \(film.steps)" + (film.lastStep.map { ": \($0)" } ?? "") + "\n"
        return title
            + report.lines.map { line in
                switch line.kind {
                case .heading: "\(line.text)\n"
                case .text: "  \(line.text)\n"
                case .refused: "  not \(line.text)\n"
                }
            }.joined()
    }

    private var json: String {
        OutputJSON.object([
            ("step", .int(film.step)), ("screen", .string("\(report.screen)")),
            (
                "changes",
                .array(
                    report.changes.map {
                        .object([("path", .string($0.path)), ("old", .text($0.old)), ("new", .text($0.new))])
                    })
            ),
            ("ordered", .array(report.ordered.map { .string($0) })),
            ("waiting", .array(report.waiting.map { .string($0) })),
            ("undo", .int(report.undoDepth)), ("redo", .int(report.redoDepth)),
            ("last_request", .int(report.lastRequest)),
            (
                "commands",
                .array(
                    report.commands.map {
                        .object([
                            ("command", .string($0.command.rawValue)), ("reason", .text($0.reason)),
                        ])
                    })
            ),
        ]).text
    }
}
