import Hummingbird
import StoreDomain
import StoreWire

/// Shifts of tills and the cash in their drawers.
struct ShiftController: Sendable {
    let counter: Counter

    static let maximumPerPage = 500

    func list(_ request: APIRequest) async throws -> Response {
        let limit = min(try request.query.number("limit", default: 100), Self.maximumPerPage)
        let before =
            request.query.text("before") == nil ? nil : try request.query.number("before", default: 1)
        return .json(
            Many(
                try await counter.services().shifts.shifts(
                    till: till(request), before: before.map(Int64.init), limit: limit,
                    as: request.principal)))
    }

    func current(_ request: APIRequest) async throws -> Response {
        .json(
            Perhaps(
                try await counter.services().shifts.current(till: till(request), as: request.principal)))
    }

    func open(_ request: APIRequest) async throws -> Response {
        let body = try ShiftOpeningBody(request.body)
        let shift = try await counter.services().shifts.open(
            till: body.till, float: body.float, as: request.principal)
        return .json(One(shift), status: .created)
    }

    func moveCash(_ request: APIRequest) async throws -> Response {
        let body = try CashMovementBody(request.body)
        let movement = try await counter.services().shifts.move(
            body.kind, body.amount, reason: body.reason, till: body.till, as: request.principal)
        return .json(One(movement), status: .created)
    }

    func count(_ request: APIRequest) async throws -> Response {
        let body = try CountBody(request.body)
        return .json(
            One(
                try await counter.services().shifts.count(
                    body.drawer, till: body.till, as: request.principal)), status: .created)
    }

    func close(_ request: APIRequest) async throws -> Response {
        let body = try ShiftClosingBody(request.body)
        return .json(
            One(
                try await counter.services().shifts.close(
                    till: body.till, counted: body.counted, nextFloat: body.nextFloat, reason: body.reason,
                    as: request.principal)))
    }

    func report(_ request: APIRequest) async throws -> Response {
        .json(One(try await counter.services().shifts.report(request.id ?? 0, as: request.principal)))
    }

    func issue(_ request: APIRequest) async throws -> Response {
        try await issue(.closing(request.id ?? 0), request)
    }

    /// Of the sale, of its invoice, or of one of its refunds.
    func issueReceipt(_ request: APIRequest) async throws -> Response {
        let orderID = request.id ?? 0
        if request.query.text("invoice") == "true" {
            return try await issue(.invoice(order: orderID), request)
        }
        guard request.query.text("refund") != nil else { return try await issue(.sale(orderID), request) }
        let refundID = try request.query.number("refund", default: 0)
        return try await issue(.refund(Int64(refundID), order: orderID), request)
    }

    private func issue(_ document: IssuedDocument, _ request: APIRequest) async throws -> Response {
        .json(
            IssueBody(
                copy: try await counter.services().shifts.issue(
                    document, till: request.query.text("till"), as: request.principal)))
    }

    func note(_ request: APIRequest) async throws -> Response {
        let body = try HappeningBody(request.body)
        try await counter.services().shifts.note(body.happening, till: body.till, as: request.principal)
        return Response(status: .noContent)
    }

    func tills(_ request: APIRequest) async throws -> Response {
        .json(Many(try await counter.services().shifts.tills(as: request.principal)))
    }

    func suggestedFloat(_ request: APIRequest) async throws -> Response {
        .json(
            FloatBody(
                try await counter.services().shifts.suggestedFloat(
                    till: till(request), as: request.principal)))
    }

    /// The till that the query names.
    private func till(_ request: APIRequest) -> String { request.query.text("till") ?? Till.standard }
}
