import StoreDomain
import StorefrontCore

extension Teller<LooseReturnsState> {
    var place: PlainPlace { PlainPlace(sheet) }

    private var sheet: PlainSheet {
        switch state.stage {
        case .choosing(let goods), .giving(let goods): choosing(goods)
        case .done(let taken): done(taken)
        }
    }

    private func choosing(_ goods: LooseGoods) -> PlainSheet {
        let hint =
            "Type product and a code for what comes back, loss 1 for goods that cannot be sold again, customer and an "
            + "e-mail for store credit, money for another way, give to take them back."
        guard !goods.lines.isEmpty else {
            return PlainSheet(title: "Return without a receipt. Nothing comes back yet.", hint: hint)
        }
        let lines = goods.lines.enumerated().map { row, line in
            let amount = goods.figures?.lines.first { $0.productID == line.id }?.amount.displayText
            return PlainLine(
                ["\(line.name), \(line.quantity) back", line.isLoss ? "as a loss" : "on the shelf", amount]
                    .compactMap(\.self).joined(separator: ", "), number: row + 1)
        }
        let worth = goods.figures.map { [PlainLine("Given for it: \($0.amount.displayText).")] } ?? []
        return PlainSheet(
            title: "Return without a receipt.",
            lines: lines + worth + [PlainLine("\(state.destination(goods)).")], hint: hint)
    }

    private func done(_ taken: LooseReturn) -> PlainSheet {
        let lines = taken.lines.map { line in
            let goes = line.restocks ? "" : ", not for sale again"
            return PlainLine("\(line.name), \(line.quantity) back\(goes), \(line.amount.displayText).")
        }
        let card = taken.card.map { [PlainLine("\($0.title), now \($0.balance.displayText).")] } ?? []
        let code = taken.code.map { [PlainLine("Its code is \($0.printed).")] } ?? []
        return PlainSheet(
            title: "Return \(taken.number.text), of \(taken.name), \(timeText(taken.at)).",
            lines: lines + [PlainLine("Given for it: \(taken.given.displayText).")] + card + code
                + [PlainLine("Reason: \(taken.reason).".asSentence)],
            hint: "Type print for paper, back to leave.")
    }
}
