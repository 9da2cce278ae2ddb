import StoreDomain
import StorefrontCore

extension Teller<ImportState> {
    var place: PlainPlace {
        PlainPlace(
            PlainSheet(
                title: "Import of \(state.file).",
                lines: ImportText.lines(of: state).map {
                    PlainLine($0.text.withCapitalStart.asSentence, isProblem: $0.kind == .problem)
                }, hint: hint),
            prompt: .command(state.title))
    }

    private var hint: String {
        switch state.stage {
        case .shown(let preview):
            (preview.isImportable ? "Type confirm to import it, " : "Type ")
                + "unpublished to take drafts or leave them out, stock 5 for a stock where the file says none, "
                + "back to leave it."
        case .done: "Type shop to see the products."
        case .failed: "Type reload to look again, back to leave it."
        case .looking, .importing: ""
        }
    }
}

/// What a screen and lines alike say of an import.
enum ImportText {
    enum Kind { case figure, caution, note, problem }

    struct Line {
        let kind: Kind
        let text: String
    }

    static func lines(of state: ImportState) -> [Line] {
        switch state.stage {
        case .looking: [Line(kind: .note, text: "Reading the file")]
        case .failed(let error): [Line(kind: .problem, text: error.screenText)]
        case .importing(let preview, let done):
            [Line(kind: .note, text: "Importing: \(done.grouped) of \(preview.products.grouped) products")]
        case .done(let preview):
            [Line(kind: .figure, text: "Imported: \(preview.changeText)")] + preview.remarks
        case .shown(let preview): preview.outlook(state.choices) + preview.remarks
        }
    }
}

extension ImportPreview {
    fileprivate func outlook(_ choices: ImportChoices) -> [ImportText.Line] {
        let figure: ImportText.Line =
            if !refused.isEmpty {
                ImportText.Line(
                    kind: .problem,
                    text:
                        "Nothing can be imported: \(refusedCount.grouped) \(refusedCount == 1 ? "place has" : "places have") to be put right in the file"
                )
            } else if isNothingToDo {
                ImportText.Line(
                    kind: .figure,
                    text: "Nothing to do: the shop has all \(unchanged.grouped) products as they are")
            } else {
                ImportText.Line(
                    kind: .figure,
                    text:
                        "\(added.grouped) to add, \(updated.grouped) to update, \(unchanged.grouped) unchanged"
                )
            }
        let unpublished =
            choices.includesUnpublished
            ? "Drafts and what its shop does not show come in, too"
            : "Drafts and what its shop does not show stay out"
        let stock =
            choices.untrackedStock.map { "New products whose stock the file does not say get \($0.grouped)" }
            ?? "New products whose stock the file does not say sell without counting"
        return [figure] + [unpublished, stock].map { ImportText.Line(kind: .note, text: $0) }
    }

    fileprivate var remarks: [ImportText.Line] {
        let more = refusedCount - refused.count
        return [caution].compactMap(\.self).map { ImportText.Line(kind: .caution, text: $0) }
            + refused.map { ImportText.Line(kind: .problem, text: $0) }
            + (more > 0 ? [ImportText.Line(kind: .problem, text: "And \(more.grouped) more")] : [])
            + notes.map { ImportText.Line(kind: .note, text: $0) }
    }
}
