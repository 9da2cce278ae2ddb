import StoreDomain

public enum ReportsRequest: Hashable, Codable, Sendable {
    case load(ReportQuery)
    /// Writes it to a new file.
    case save(Report, ReportForm)

    var terms: Terms {
        switch self {
        case .load:
            Terms(slot: "report", title: "Adding up", screen: .reports, keepsBack: .onScreen)
        case .save: Terms(mustFinish: true, screen: .reports)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> ReportsAction {
        switch self {
        case .load(let query):
            .loaded(
                await .of { () throws(StoreError) in
                    guard let reports = outside.services.counter?.reports else {
                        throw .unsupported("reports")
                    }
                    return try await reports.report(query, as: principal)
                })
        case .save(let report, let form):
            .saved(
                await .of { () throws(StoreError) in
                    let text = try await form.text(of: report, outside, principal)
                    return try await outside.ports.saveReport(
                        text,
                        named:
                            "report-\(report.kind.rawValue)-\(report.span.from.text)-\(report.span.to.text)",
                        ending: form.ending)
                })
        }
    }
}

/// How a report is written to a file.
public enum ReportForm: String, Hashable, Codable, Sendable, CaseIterable {
    case csv, text
    /// The days as entries of a bookkeeper.
    case hledger

    var ending: String {
        switch self {
        case .csv: "csv"
        case .text: "txt"
        case .hledger: "journal"
        }
    }

    fileprivate func text(of report: Report, _ outside: Outside, _ principal: Principal)
        async throws(StoreError) -> String
    {
        switch self {
        case .csv: return report.csv
        case .text: return outside.reportText(report)
        case .hledger:
            guard let reports = outside.services.counter?.reports else { throw .unsupported("reports") }
            return try await reports.ledger(report.span, as: principal)
        }
    }
}

public enum ReportsAction: Hashable, Codable, Sendable {
    case loaded(Answer<Report>)
    /// The path of the file.
    case saved(Answer<String>)

    var failure: StoreError? {
        switch self {
        case .loaded(let answer): answer.failure
        case .saved(let answer): answer.failure
        }
    }
}
