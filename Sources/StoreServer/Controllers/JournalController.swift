import Hummingbird
import StoreDomain
import StoreWire

/// The journal and its chains.
struct JournalController: Sendable {
    let counter: Counter

    static let maximumPerPage = 1_000

    func chains(_ request: APIRequest) async throws -> Response {
        .json(ChainsBody(try await counter.services().journal.chains(as: request.principal)))
    }

    func records(_ request: APIRequest) async throws -> Response {
        let limit = min(try request.query.number("limit", default: 100), Self.maximumPerPage)
        let isLast = request.query.text("last") == "true"
        return .json(
            Many(
                try await counter.services().journal.records(
                    of: request.parameter ?? "",
                    from: isLast ? nil : request.query.number("from", default: 1),
                    limit: limit, as: request.principal)))
    }

    func verify(_ request: APIRequest) async throws -> Response {
        .json(Many(try await counter.services().journal.firstBreaks(as: request.principal)))
    }
}
