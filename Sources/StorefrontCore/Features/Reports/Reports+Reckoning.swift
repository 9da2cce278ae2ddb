import StoreDomain

// The equations are those of the documents (<doc:Domain>, under Reports), with the figures put in.
extension ReportsState: Reckoned {
    /// Of the selected row; of the whole period without one.
    public func reckoning(_ desk: Desk) -> Reckoning? {
        guard let report else { return nil }
        guard let row = selectedRow(desk) else {
            return Reckoning(
                title: "The whole period", rows: report.steps(of: report.sum, before: report.sumBefore))
        }
        let selected = report.rows[row]
        return Reckoning(
            title: selected.title, rows: report.steps(of: selected.figures, before: selected.before))
    }
}

extension Report {
    fileprivate func steps(of figures: SalesFigures, before: SalesFigures?) -> [Reckoning.Row] {
        var rows =
            switch kind {
            case .sales, .hours, .weekdays, .cashiers, .products, .categories: turnover(figures)
            case .tenders:
                [
                    row("Taken", figures.net, how: "\(Int(figures.sales).grouped) times"),
                    row("Given back", figures.netBack, how: "by \(Int(figures.refunds).counted("refund"))"),
                    row(
                        "Turnover", figures.turnover,
                        how: "\(text(figures.net)) \u{2212} \(text(figures.netBack))", isTotal: true),
                ]
            case .tax:
                [
                    row(
                        "Net", figures.turnoverNet,
                        how: "\(text(figures.net)) sold \u{2212} \(text(figures.netBack)) that came back"),
                    row(
                        "Tax", figures.taxDue,
                        how:
                            "\(text(figures.tax)) on what was sold \u{2212} \(text(figures.taxBack)) on what came back",
                        isTotal: true),
                ]
            case .discounts:
                [
                    row(
                        "Off single lines", figures.lineDiscounts,
                        how: "discounts and changed prices of lines"),
                    row("Off whole sales", figures.orderDiscounts, how: "codes and discounts of sales"),
                    row(
                        "Given", figures.discounts, how: "in \(Int(figures.sales).counted("sale"))",
                        isTotal: true),
                ]
            case .refunds:
                [
                    row("Net back", figures.netBack, how: "what the goods were without tax"),
                    row("Tax back", figures.taxBack, how: "the tax on them"),
                    row("Refunded", figures.refunded, how: refunds(figures), isTotal: true),
                ]
            case .margin, .marginCategories, .marginDays: margin(figures)
            case .stock: stock(figures)
            }
        if let before {
            let measure = kind.measure
            let difference: String? =
                if let now = measure.knownValue(of: figures), let then = measure.knownValue(of: before) {
                    "; \(text(now)) \u{2212} \(text(then)) = \(text(now - then))"
                } else {
                    nil
                }
            rows.append(
                Reckoning.Row(
                    "\(measure.title) before", text(measure, of: before),
                    how: "in the days it is compared with\(difference ?? "")"))
        }
        return rows
    }

    private func margin(_ figures: SalesFigures) -> [Reckoning.Row] {
        let net = row(
            "Net", figures.turnoverNet,
            how: "\(text(figures.net)) sold \u{2212} \(text(figures.netBack)) that came back")
        guard !figures.isCostUnknown else {
            return [
                net,
                Reckoning.Row(
                    "Margin", text(.margin, of: figures),
                    how: "nobody knows what any of these goods cost, until a delivery says so", isTotal: true),
            ]
        }
        let base = figures.costed - figures.costedBack
        return [
            net,
            row("Cost unknown", figures.uncosted, how: "the part of it whose goods nobody knows the cost of"),
            row(
                "Cost", figures.costOfGoods,
                how:
                    "\(text(figures.cost)) of what was sold \u{2212} \(text(figures.costBack)) of what came back"
            ),
            row(
                "Margin", figures.margin,
                how: """
                    \(text(figures.turnoverNet)) \u{2212} \(text(figures.uncosted)) \u{2212} \
                    \(text(figures.costOfGoods)): \(text(.marginPercent, of: figures)) of \(text(base))
                    """, isTotal: true),
        ]
    }

    private func stock(_ figures: SalesFigures) -> [Reckoning.Row] {
        let value =
            figures.knownStockValue == nil
            ? "nobody knows what any of these pieces cost, until a delivery says so"
            : """
            what the other \(Int(figures.stockCosted).counted("piece")) cost, \
            \(text(.averageCost, of: figures)) each by moving average
            """
        return [
            Reckoning.Row("In stock", Int(figures.stock).grouped, how: "on the books now"),
            Reckoning.Row(
                "Cost unknown", Int(figures.stockUncosted).grouped,
                how: "until a delivery says what such pieces cost"),
            Reckoning.Row("Value", text(.stockValue, of: figures), how: value, isTotal: true),
        ]
    }

    private func turnover(_ figures: SalesFigures) -> [Reckoning.Row] {
        [
            row(
                "Gross", figures.gross,
                how: """
                    \(text(figures.net)) net + \(text(figures.tax)) tax + \(text(figures.discounts)) discounts, of \
                    \(Int(figures.sales).counted("sale"))
                    """),
            row(
                "Discounts", figures.discounts,
                how: "\(text(figures.lineDiscounts)) off lines + \(text(figures.orderDiscounts)) off sales"),
            row("Refunded", figures.refunded, how: refunds(figures)),
            row(
                "Turnover", figures.turnover,
                how:
                    "\(text(figures.gross)) \u{2212} \(text(figures.discounts)) \u{2212} \(text(figures.refunded))",
                isTotal: true),
            row(
                "Tax", figures.taxDue,
                how: "\(text(figures.tax)) \u{2212} \(text(figures.taxBack)) on what came back"),
            row(
                "Net", figures.turnoverNet, how: "\(text(figures.turnover)) \u{2212} \(text(figures.taxDue))"),
        ]
    }

    private func refunds(_ figures: SalesFigures) -> String {
        let voids =
            figures.voids == 0
            ? "" : ", of them \(Int(figures.voids).counted("void")) of \(text(figures.voided))"
        return
            "\(text(figures.netBack)) net + \(text(figures.taxBack)) tax, by \(Int(figures.refunds).counted("refund"))\(voids)"
    }

    private func row(_ title: String, _ minorUnits: Int64, how: String, isTotal: Bool = false)
        -> Reckoning.Row
    {
        Reckoning.Row(title, money(minorUnits), how: how, isTotal: isTotal)
    }

    private func text(_ minorUnits: Int64) -> String { money(minorUnits).displayText }
}
