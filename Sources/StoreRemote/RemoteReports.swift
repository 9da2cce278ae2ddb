import StoreDomain
import StoreWire

/// Reports over the API.
struct RemoteReportService: ReportService {
    let client: APIClient

    func report(_ query: ReportQuery, as principal: Principal) async throws(StoreError) -> Report {
        try await client.one(
            APICall(
                .report, query.kind.rawValue, query: query.wireQuery, session: try principal.session()))
    }
}
