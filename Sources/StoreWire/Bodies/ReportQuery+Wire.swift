import StoreDomain

/// The words of a report's query.
public enum ReportPeriodWord: String, Hashable, Sendable, CaseIterable {
    case today, week, month, year

    public var period: ReportPeriod {
        switch self {
        case .today: .today
        case .week: .week
        case .month: .month
        case .year: .year
        }
    }
}

extension ReportQuery {
    /// What stands behind the path.
    public var wireQuery: [(name: String, value: String)] {
        let days: [(name: String, value: String)] =
            switch period {
            case .today: [("period", ReportPeriodWord.today.rawValue)]
            case .week: [("period", ReportPeriodWord.week.rawValue)]
            case .month: [("period", ReportPeriodWord.month.rawValue)]
            case .year: [("period", ReportPeriodWord.year.rawValue)]
            case .span(let span): [("from", span.from.text), ("to", span.to.text)]
            }
        return days + [("compare", comparison.rawValue), ("limit", String(limit))]
    }
}
