import StoreDomain
import StoreWire

/// Gift cards and store credit over the API.
struct RemoteGiftCardService: GiftCardService {
    let client: APIClient

    func card(code: GiftCardCode, as principal: Principal) async throws(StoreError) -> GiftCard {
        try await client.one(
            APICall(
                .giftCardBalance, body: CardCodeBody(code: code), session: try principal.session(),
                isRepeatable: true))
    }

    func credit(of customerID: Int64, as principal: Principal) async throws(StoreError) -> GiftCard? {
        let call = APICall(.storeCredit, id: customerID, session: try principal.session())
        return try await client.call(call, Perhaps<GiftCard>.init).value
    }

    func cards(_ query: GiftCardQuery, as principal: Principal) async throws(StoreError) -> [GiftCard] {
        var terms: [(name: String, value: String)] = [("limit", String(query.limit))]
        if query.withBalance { terms.append(("with_balance", "true")) }
        if let text = query.text { terms.append(("text", text)) }
        return try await client.many(APICall(.giftCards, query: terms, session: try principal.session()))
    }

    func history(of cardID: Int64, as principal: Principal) async throws(StoreError) -> GiftCardHistory {
        try await client.one(APICall(.giftCard, id: cardID, session: try principal.session()))
    }

    func issue(_ issue: GiftCardIssue, as principal: Principal) async throws(StoreError) -> GiftCard {
        // Its code makes a repetition harmless.
        try await client.one(
            APICall(.issueGiftCard, body: issue, session: try principal.session(), isRepeatable: true))
    }

    func expire(_ cardID: Int64?, reason: String, as principal: Principal) async throws(StoreError)
        -> [GiftCard]
    {
        try await client.many(
            APICall(
                .expireGiftCards, body: CardExpiryBody(cardID: cardID, reason: reason),
                session: try principal.session()))
    }
}

/// Returns without a receipt over the API.
struct RemoteLooseReturnService: LooseReturnService {
    let client: APIClient

    func figures(_ lines: [LooseReturnDraft.Line], as principal: Principal) async throws(StoreError)
        -> LooseReturnFigures
    {
        try LooseReturnDraft.check(lines)
        return try await client.one(
            APICall(
                .priceReturn, body: LooseLinesBody(lines: lines), session: try principal.session(),
                isRepeatable: true))
    }

    func take(_ draft: LooseReturnDraft, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> LooseReturn
    {
        try await client.one(
            APICall(.takeReturn, body: draft, key: key, session: try principal.session()))
    }

    func find(_ number: DocumentNumber, as principal: Principal) async throws(StoreError) -> LooseReturn {
        try await client.one(APICall(.findReturn, number.text, session: try principal.session()))
    }
}
