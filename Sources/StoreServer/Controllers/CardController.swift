import Hummingbird
import StoreDomain
import StoreWire

/// Gift cards, store credit, and goods that come back without a receipt.
struct CardController: Sendable {
    let counter: Counter
    let ids: any IDSource

    private static let maximumPerPage = 500

    // MARK: - Returns without a receipt

    func priceReturn(_ request: APIRequest) async throws -> Response {
        let body = try LooseLinesBody(request.body)
        return .json(
            One(try await counter.services().looseReturns.figures(body.lines, as: request.principal)))
    }

    func takeReturn(_ request: APIRequest) async throws -> Response {
        let taken = try await counter.services().looseReturns.take(
            LooseReturnDraft(request: request.body), key: request.idempotencyKey() ?? ids.idempotencyKey(),
            as: request.principal)
        return .json(One(taken), status: .created)
    }

    func findReturn(_ request: APIRequest) async throws -> Response {
        let text = request.parameter ?? ""
        guard let number = DocumentNumber(text) else { throw StoreError.notFound(.looseReturn(text)) }
        return .json(One(try await counter.services().looseReturns.find(number, as: request.principal)))
    }

    // MARK: - Cards

    func list(_ request: APIRequest) async throws -> Response {
        let query = GiftCardQuery(
            withBalance: request.query.text("with_balance") == "true", text: request.query.text("text"),
            limit: min(try request.query.number("limit", default: 100), Self.maximumPerPage))
        return .json(Many(try await counter.services().cards.cards(query, as: request.principal)))
    }

    func history(_ request: APIRequest) async throws -> Response {
        .json(
            One(try await counter.services().cards.history(of: request.id ?? 0, as: request.principal)))
    }

    func balance(_ request: APIRequest) async throws -> Response {
        let body = try CardCodeBody(request.body)
        return .json(One(try await counter.services().cards.card(code: body.code, as: request.principal)))
    }

    func credit(_ request: APIRequest) async throws -> Response {
        .json(
            Perhaps(try await counter.services().cards.credit(of: request.id ?? 0, as: request.principal)))
    }

    func issue(_ request: APIRequest) async throws -> Response {
        let card = try await counter.services().cards.issue(
            GiftCardIssue(request: request.body), as: request.principal)
        return .json(One(card), status: .created)
    }

    func expire(_ request: APIRequest) async throws -> Response {
        let body = try CardExpiryBody(request.body)
        return .json(
            Many(
                try await counter.services().cards.expire(
                    body.cardID, reason: body.reason, as: request.principal)))
    }
}
