import Hummingbird
import StoreDomain
import StoreWire

/// Stock that is booked by hand.
struct StockController: Sendable {
    let counter: Counter

    static let maximumPerPage = 1_000

    func adjust(_ request: APIRequest) async throws -> Response {
        let adjustment = try StockAdjustment(request: request.body)
        return .json(One(try await counter.services().stock.adjust(adjustment, as: request.principal)))
    }

    func toCount(_ request: APIRequest) async throws -> Response {
        .json(Many(try await counter.services().stock.toCount(as: request.principal)))
    }

    func book(_ request: APIRequest) async throws -> Response {
        let bookings = try StockBookings(request: request.body)
        return .json(
            Many(try await counter.services().stock.book(bookings.adjustments, as: request.principal)))
    }

    func low(_ request: APIRequest) async throws -> Response {
        let limit = min(try request.query.number("limit", default: 100), 500)
        return .json(Many(try await counter.services().stock.low(limit: limit, as: request.principal)))
    }

    func explanation(_ request: APIRequest) async throws -> Response {
        let limit = min(try request.query.number("limit", default: 100), Self.maximumPerPage)
        return .json(
            One(
                try await counter.services().stock.explanation(
                    of: request.id ?? 0, limit: limit, as: request.principal)))
    }

    func cost(_ request: APIRequest) async throws -> Response {
        .json(One(try await counter.services().stock.cost(of: request.id ?? 0, as: request.principal)))
    }

    func movements(_ request: APIRequest) async throws -> Response {
        let limit = min(try request.query.number("limit", default: 100), Self.maximumPerPage)
        return .json(
            Many(
                try await counter.services().stock.movements(
                    of: request.id ?? 0, limit: limit, as: request.principal)))
    }
}
