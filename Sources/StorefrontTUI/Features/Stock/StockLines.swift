import StoreDomain
import StorefrontCore

extension Teller<StockState> {
    var place: PlainPlace {
        switch state.stage {
        case .low: PlainPlace(low)
        case .sheet(let sheet): PlainPlace(self.sheet(sheet, isReviewed: false))
        case .costing(let sheet, let form), .naming(let sheet, let form):
            PlainPlace(self.sheet(sheet, isReviewed: false), prompt: .field(form.focused))
        case .refused(_, let file, let problems):
            PlainPlace(
                PlainSheet(
                    title: "\(file) cannot be taken; the delivery is as it was.",
                    lines: problems.map { PlainLine($0.asSentence, isProblem: true) },
                    hint: "Type against for another file, back for the delivery."))
        case .review(let sheet, let form):
            PlainPlace(self.sheet(sheet, isReviewed: true), prompt: .field(form.focused))
        case .explained(let explanation):
            PlainPlace(
                PlainSheet(
                    title: "\(explanation.product.name). \(StockWords.stock(explanation).asSentence)",
                    lines: StockWords.lines(explanation, zone).map { PlainLine($0.asSentence) },
                    hint: "Type correct or loss to book one, back for the list."))
        case .adjusting(let explanation, let kind, let form):
            PlainPlace(
                PlainSheet(
                    title: "\(kind == .loss ? "Loss" : "Correction") of \(explanation.product.name).",
                    lines: problems(form)), prompt: .field(form.focused))
        }
    }

    private func problems(_ form: Form) -> [PlainLine] {
        form.fields.compactMap { field in
            field.problem.map { PlainLine("Error: \(field.label) \($0.asSentence)", isProblem: true) }
        }
    }

    private var low: PlainSheet {
        guard let low = state.low else {
            guard let error = state.error else { return PlainSheet(title: "Stock. Loading.") }
            return PlainSheet(
                title: "Stock. It could not be loaded.",
                lines: [PlainLine("\(error.message.asSentence) Type reload to try again.", isProblem: true)])
        }
        guard !low.isEmpty else { return PlainSheet(title: "Stock. There is enough of everything.") }
        let mark = desk.policy.lowStock
        return PlainSheet(
            title: "Stock. \(StockWords.low(low, desk.policy)).",
            lines: low.enumerated().map { index, line in
                PlainLine(
                    "\(line.product.name), \(line.product.stock.count?.grouped ?? "none") left, "
                        + "\(line.sold.grouped) sold in 30 days, order \(line.proposal(low: mark).grouped)",
                    number: index + 1)
            }, hint: "Type a number to see why, receive, count or count blind to scan.")
    }

    private func sheet(_ sheet: StockSheet, isReviewed: Bool) -> PlainSheet {
        let shows = isReviewed || sheet.kind != .count(isBlind: true)
        return PlainSheet(
            title: ([StockWords.sheet(sheet)] + [StockWords.list(sheet)].compactMap(\.self))
                .map(\.asSentence).joined(separator: " "),
            lines: sheet.lines.enumerated().map { index, line in
                let books =
                    shows
                    ? ", books \(line.expected.grouped), booked \(StockWords.signed(sheet.difference(of: line)))"
                    : ""
                let cost = line.shownCost.map { ", at \($0.displayText) each" } ?? ""
                let list =
                    sheet.delivery(of: line).map { difference in
                        let announced = difference.announced.map { " of \($0.grouped) on the list" } ?? ""
                        return announced + (difference.words.map { ", \($0)" } ?? "")
                    } ?? ""
                return PlainLine(
                    "\(line.product.name): \(line.quantity.grouped)\(list)\(cost)\(books)", number: index + 1)
            },
            hint: isReviewed
                ? "The reason books it; :back goes on scanning."
                : sheet.kind == .receiving
                    ? "Scan codes, cost says what one piece of the last one cost, against and a file hold it against a supplier's list, then book; back leaves it."
                    : "Scan codes, then book; back leaves it.")
    }
}
