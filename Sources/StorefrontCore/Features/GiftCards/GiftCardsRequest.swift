import StoreDomain

public enum GiftCardsRequest: Hashable, Codable, Sendable {
    /// The latest, or those whose code ends so or whose name begins so.
    case list(String?)
    case history(Int64)
    case find(GiftCardCode)

    var terms: Terms {
        switch self {
        case .list:
            Terms(
                slot: "giftCards", title: "Loading the gift cards", screen: .giftCards, keepsBack: .onScreen)
        case .history, .find:
            Terms(slot: "giftCard", title: "Loading the gift card", screen: .giftCards, keepsBack: .onScreen)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> GiftCardsAction {
        guard let cards = outside.services.counter?.cards else {
            return .list(.failure(.unsupported("gift cards")))
        }
        return switch self {
        case .list(let text):
            .list(
                await .of { () throws(StoreError) in
                    try await cards.cards(GiftCardQuery(text: text, limit: 500), as: principal)
                })
        case .history(let id):
            .history(
                await .of { () throws(StoreError) in try await cards.history(of: id, as: principal) })
        case .find(let code):
            .history(
                await .of { () throws(StoreError) in
                    let card = try await cards.card(code: code, as: principal)
                    return try await cards.history(of: card.id, as: principal)
                })
        }
    }
}

public enum GiftCardsAction: Hashable, Codable, Sendable {
    case list(Answer<[GiftCard]>)
    case history(Answer<GiftCardHistory>)

    var failure: StoreError? {
        switch self {
        case .list(let answer): answer.failure
        case .history(let answer): answer.failure
        }
    }
}
