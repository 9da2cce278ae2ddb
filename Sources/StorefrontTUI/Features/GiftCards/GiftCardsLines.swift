import StoreDomain
import StorefrontCore

extension Teller<GiftCardsState> {
    var place: PlainPlace { PlainPlace(sheet) }

    private var sheet: PlainSheet {
        if let history = state.history { return sheet(history) }
        guard let cards = state.cards else {
            guard let error = state.error else { return PlainSheet(title: "Gift cards. Loading.") }
            return PlainSheet(
                title: "Gift cards. They could not be loaded.",
                lines: [PlainLine("\(error.message.asSentence) Type reload to try again.", isProblem: true)])
        }
        let what = state.sought.map { ", found by \u{201C}\($0)\u{201D}" } ?? ""
        guard !cards.isEmpty else { return PlainSheet(title: "Gift cards\(what). There are none.") }
        return PlainSheet(
            title: "Gift cards\(what): \(cards.count.grouped).",
            lines: cards.enumerated().map { PlainLine(row($0.element), number: $0.offset + 1) },
            hint: "Type its number for a card; find and a code, its last characters or a name for others.")
    }

    private func row(_ card: GiftCard) -> String {
        [
            card.title, card.lastFour == nil ? "" : card.name ?? "", card.balance.displayText,
            "of \(timeText(card.createdAt))", card.expiresAt.map { "expires \(timeText($0))" } ?? "",
        ].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private func sheet(_ history: GiftCardHistory) -> PlainSheet {
        PlainSheet(
            title: "\(row(history.card)).",
            lines: history.movements.map { movement in
                let facts = [
                    timeText(movement.at), movement.kind.word, movement.number?.text,
                    movement.amount.displayText, "\(movement.left.displayText) left", movement.reason,
                ].compactMap(\.self)
                return PlainLine("\(facts.joined(separator: ", ")).")
            }, hint: "Type back for the gift cards.")
    }
}
