import Hummingbird
import StoreDomain
import StoreWire

struct OrderController: Sendable {
    let orders: any OrderService
    let answering: any AnsweringService
    let ids: any IDSource

    static let maximumPerPage = 500

    func list(_ request: APIRequest) async throws -> Response {
        let scope: OrderScope = try request.query.word("scope") ?? .own
        let query = OrderQuery(
            status: try request.query.word("status"),
            isReturnable: request.query.text("returnable") == "true", everybody: scope == .all,
            finding: try OrderFinding(request.query),
            before: try request.query.text("before") == nil
                ? nil : Int64(request.query.number("before", default: 1)),
            page: try request.query.number("page", default: 1),
            perPage: min(try request.query.number("per_page", default: 100), Self.maximumPerPage))
        let page = try await orders.orders(query, as: request.principal)
        return .json(OrderPageBody(orders: page.orders, count: page.total))
    }

    func order(_ request: APIRequest) async throws -> Response {
        .json(OrderBody(order: try await orders.order(id(request), as: request.principal)))
    }

    /// The order that was placed under a key.
    func orderByKey(_ request: APIRequest) async throws -> Response {
        guard let key = request.parameter.flatMap(IdempotencyKey.init),
            let order = try await orders.order(placedUnder: key, as: request.principal)
        else { throw StoreError.notFound(.order(0)) }
        return .json(OrderBody(order: order))
    }

    func place(_ request: APIRequest) async throws -> Response {
        let body = try OrderDraftBody(request.body)
        var lines: [OrderDraft.Line] = []
        for item in body.items {
            lines.append(
                try OrderDraft.Line(
                    productID: item.productID, quantity: item.quantity, label: item.label))
        }
        let answer = try await answering.place(
            OrderDraft(lines: lines, discountCode: body.discountCode, agreement: body.agreement),
            key: request.idempotencyKey() ?? ids.idempotencyKey(), as: request.principal
        ) { order, problem in
            OrderBody(order: order, discountProblem: problem).wireBytes
        }
        return .kept(answer, status: .created)
    }

    func cancel(_ request: APIRequest) async throws -> Response {
        .json(OrderBody(order: try await orders.cancel(id(request), as: request.principal)))
    }

    func dailySales(_ request: APIRequest) async throws -> Response {
        let days = try request.query.number("days", default: 30)
        return .json(Many(try await orders.dailySales(days: days, as: request.principal)))
    }

    /// The order that the path names.
    private func id(_ request: APIRequest) throws(StoreError) -> Int64 {
        guard let id = request.id else { throw .notFound(.order(0)) }
        return id
    }
}

extension OrderFinding {
    /// What the query of `GET /api/orders` looks for; nil where it looks for nothing.
    ///
    /// - Throws: `invalid` for a number that is none, and for more than one of them.
    fileprivate init?(_ query: Query) throws(StoreError) {
        var found: [OrderFinding] = []
        if let text = query.text("number") {
            guard let number = DocumentNumber(text) else {
                throw .invalid([FieldProblem("number", "must be a document's, such as R1-000118")])
            }
            found.append(.number(number))
        }
        if query.text("product") != nil {
            found.append(.product(Int64(try query.number("product", default: 1))))
        }
        if let words = query.text("customer") { found.append(.customer(words)) }
        guard found.count <= 1 else {
            throw .invalid([FieldProblem("query", "must have only one of number, product and customer")])
        }
        guard let first = found.first else { return nil }
        self = first
    }
}

/// Whose orders a list has.
private enum OrderScope: String, CaseIterable { case own, all }

extension Response {
    /// An answer that is the same to the byte each time it is given.
    static func kept(_ answer: KeptAnswer, status: HTTPResponse.Status) -> Response {
        .json(
            bytes: answer.bytes, status: status,
            headers: answer.isReplay ? [.idempotencyReplayed: "true"] : [:])
    }
}
