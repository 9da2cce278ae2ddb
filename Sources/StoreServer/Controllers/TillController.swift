import Hummingbird
import StoreDomain
import StoreWire

/// Selling at a till, goods that come back, sales put aside.
struct TillController: Sendable {
    let counter: Counter
    let ids: any IDSource

    func price(_ request: APIRequest) async throws -> Response {
        let draft = try SaleDraft(request: request.body)
        return .json(One(try await counter.services().till.price(draft, as: request.principal)))
    }

    func sell(_ request: APIRequest) async throws -> Response {
        let order = try await counter.services().till.sell(
            SaleDraft(request: request.body), key: request.idempotencyKey() ?? ids.idempotencyKey(),
            as: request.principal)
        return .json(OrderBody(order: order), status: .created)
    }

    func customer(_ request: APIRequest) async throws -> Response {
        .json(
            One(
                try await counter.services().till.customer(
                    email: request.query.text("email") ?? "", as: request.principal)))
    }

    func customers(_ request: APIRequest) async throws -> Response {
        .json(
            Many(
                try await counter.services().till.customers(
                    finding: request.query.text("find") ?? "", as: request.principal)))
    }

    func addCustomer(_ request: APIRequest) async throws -> Response {
        let body = try NewCustomerBody(request.body)
        let customer = try await counter.services().till.addCustomer(
            name: body.name, email: body.email, as: request.principal)
        return .json(One(customer), status: .created)
    }

    func refund(_ request: APIRequest) async throws -> Response {
        let body = try RefundDraftBody(request.body)
        let refund = try await counter.services().refunds.refund(
            body.draft, till: body.till, key: request.idempotencyKey() ?? ids.idempotencyKey(),
            as: request.principal)
        return .json(One(refund), status: .created)
    }

    func void(_ request: APIRequest) async throws -> Response {
        let body = try VoidDraftBody(request.body)
        let refund = try await counter.services().refunds.void(
            body.draft, till: body.till, key: request.idempotencyKey() ?? ids.idempotencyKey(),
            as: request.principal)
        return .json(One(refund), status: .created)
    }

    func refunds(_ request: APIRequest) async throws -> Response {
        .json(
            Many(
                try await counter.services().refunds.refunds(of: request.id ?? 0, as: request.principal)))
    }

    func makeInvoice(_ request: APIRequest) async throws -> Response {
        let body = try InvoiceBody(request.body)
        let order = try await counter.services().till.makeInvoice(
            of: request.id ?? 0, to: body.party, till: body.till, as: request.principal)
        return .json(OrderBody(order: order))
    }

    func parked(_ request: APIRequest) async throws -> Response {
        .json(Many(try await counter.services().parking.parked(as: request.principal)))
    }

    func park(_ request: APIRequest) async throws -> Response {
        let body = try ParkingBody(request.body)
        let parked = try await counter.services().parking.park(
            body.basket, label: body.label, till: body.till,
            key: request.idempotencyKey() ?? ids.idempotencyKey(), as: request.principal)
        return .json(One(parked), status: .created)
    }

    func resume(_ request: APIRequest) async throws -> Response {
        .json(
            One(
                try await counter.services().parking.resume(
                    request.parameter ?? "", key: request.idempotencyKey() ?? ids.idempotencyKey(),
                    as: request.principal)))
    }
}

/// The services of a till and a back office, which a shop may not have.
struct Counter: Sendable {
    private let found: CounterServices?

    init(_ services: CounterServices?) { found = services }

    /// - Throws: `unsupported` where there are none.
    func services() throws(StoreError) -> CounterServices {
        guard let found else { throw .unsupported("a counter") }
        return found
    }
}
