import Hummingbird
import StoreDomain
import StoreWire

/// What was sold.
struct ReportController: Sendable {
    let counter: Counter

    func report(_ request: APIRequest) async throws -> Response {
        let kind = try kind(request)
        let query = ReportQuery(
            kind, try period(request.query), comparison: try request.query.word("compare") ?? .none,
            limit: try request.query.number("limit", default: 200))
        guard let reports = try counter.services().reports else { throw StoreError.unsupported("reports") }
        return .json(One(try await reports.report(query, as: request.principal)))
    }

    private func kind(_ request: APIRequest) throws(StoreError) -> ReportKind {
        guard let kind = ReportKind(rawValue: request.parameter ?? "") else {
            let all = ReportKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid([FieldProblem("kind", "must be one of \(all)")])
        }
        return kind
    }

    /// A word, or days; this month without either.
    private func period(_ query: Query) throws(StoreError) -> ReportPeriod {
        guard query.text("from") != nil || query.text("to") != nil else {
            let word: ReportPeriodWord? = try query.word("period")
            return (word ?? .month).period
        }
        let from = try day(query, "from")
        let to = try query.text("to") == nil ? from : day(query, "to")
        guard let span = ReportSpan(from: from, to: to) else {
            throw .invalid([FieldProblem("to", "must not be before the first day")])
        }
        return .span(span)
    }

    private func day(_ query: Query, _ name: String) throws(StoreError) -> ShopDay {
        guard let day = query.text(name).flatMap({ ShopDay($0) }) else {
            throw .invalid([FieldProblem(name, "must be a date, as in 2026-11-22")])
        }
        return day
    }
}
