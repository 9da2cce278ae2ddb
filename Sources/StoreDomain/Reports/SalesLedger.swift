/// One day's sales as a bookkeeper's entry: what came in by each tender, and what it is for. Both sides come to the same
/// amount, as Σ tenders = turnover + gift cards sold + rounding.
public struct LedgerDay: Hashable, Sendable {
    public let day: ShopDay
    /// The sum of the day.
    public let figures: SalesFigures
    /// By a method of payment's id.
    public let tenders: [Report.Row]
    /// By rate of tax.
    public let rates: [Report.Row]
    public let currency: Currency

    public init(
        day: ShopDay, figures: SalesFigures, tenders: [Report.Row], rates: [Report.Row], currency: Currency
    ) {
        self.day = day
        self.figures = figures
        self.tenders = tenders
        self.rates = rates
        self.currency = currency
    }

    /// The entry in the form that hledger and ledger read.
    public var text: String {
        var postings = tenders.map { (Self.account(ofTender: $0.key), $0.figures.turnover) }
        postings.append(("income:sales", -figures.turnoverNet))
        postings += rates.map { ("liabilities:tax:\(Self.plain($0.title))", -$0.figures.taxDue) }
        postings.append(("liabilities:gift cards", -figures.giftCards))
        postings.append(("income:rounding", -figures.rounding))
        let shown = postings.filter { $0.1 != 0 }
        guard !shown.isEmpty else { return "" }
        let width = shown.map { $0.0.count }.max() ?? 0
        let lines = shown.map { account, minorUnits in
            let amount = Money(minorUnits: minorUnits, currency: currency).decimalText
            let gap = String(repeating: " ", count: width - account.count)
            return "    \(account)\(gap)  \(amount) \(currency.code)\n"
        }
        return "\(day.text) Sales\n\(lines.joined())\n"
    }

    /// What pays from the shop's own ledger is money that the shop owed.
    private static func account(ofTender id: String) -> String {
        switch id {
        case PaymentMethod.giftCard.id: "liabilities:gift cards"
        case PaymentMethod.storeCredit.id: "liabilities:store credit"
        default: "assets:\(plain(id))"
        }
    }

    /// An account's name has neither two blanks in a row nor a mark that begins a comment.
    private static func plain(_ name: String) -> String {
        name.split(whereSeparator: { " ;:\t".contains($0) }).joined(separator: " ")
    }
}

extension ReportService {
    /// A span's sales as entries for hledger, one a day on which something was sold or came back.
    ///
    /// - Throws: as `report`.
    public func ledger(_ span: ReportSpan, as principal: Principal) async throws(StoreError) -> String {
        var text = ""
        var from = span.from
        while from <= span.to {
            // Up to so many days have a row each.
            let to = min(span.to, from.advanced(by: 30))
            guard let part = ReportSpan(from: from, to: to) else { break }
            let sales = try await report(ReportQuery(.sales, .span(part)), as: principal)
            for row in sales.rows where !row.figures.isZero {
                guard let day = ShopDay(row.key) else { continue }
                let period = ReportPeriod.span(ReportSpan(day))
                let tenders = try await report(ReportQuery(.tenders, period), as: principal)
                let rates = try await report(ReportQuery(.tax, period), as: principal)
                text +=
                    LedgerDay(
                        day: day, figures: row.figures, tenders: tenders.rows, rates: rates.rows,
                        currency: sales.currency
                    ).text
            }
            from = to.advanced(by: 1)
        }
        return text
    }
}
