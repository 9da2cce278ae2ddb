import Hummingbird
import StoreDomain
import StoreWire

/// Those who buy, as whoever keeps the shop sees them.
struct CustomerController: Sendable {
    let counter: Counter

    func list(_ request: APIRequest) async throws -> Response {
        let query = CustomerQuery(
            words: try request.query.text("find").map { (text) throws(StoreError) in
                try CustomerWords(text)
            },
            after: try request.query.text("after").map { _ throws(StoreError) in
                Int64(try request.query.number("after", default: 1))
            },
            limit: min(
                try request.query.number("limit", default: 100), CustomerQuery.limits.upperBound))
        return .json(try await counter.services().customers.customers(query, as: request.principal))
    }

    func customer(_ request: APIRequest) async throws -> Response {
        .json(
            One(try await counter.services().customers.customer(request.id ?? 0, as: request.principal)))
    }

    func merge(_ request: APIRequest) async throws -> Response {
        let body = try MergeBody(request.body)
        return .json(
            One(
                try await counter.services().customers.merge(
                    request.id ?? 0, into: body.into, as: request.principal)))
    }

    func export(_ request: APIRequest) async throws -> Response {
        .json(One(try await counter.services().customers.export(request.id ?? 0, as: request.principal)))
    }

    func erase(_ request: APIRequest) async throws -> Response {
        .json(One(try await counter.services().customers.erase(request.id ?? 0, as: request.principal)))
    }
}
