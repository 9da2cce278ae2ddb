import StoreDomain
import StorefrontCore

/// One row of a report, whatever shows it: a screen, paper, or sentences.
enum ReportRow: Hashable {
    case heading(String)
    case pair(String, String)
    /// A sum that counts.
    case total(String, String)
    /// Belongs to the row above.
    case note(String)
    case rule
}

/// An X or Z report as rows: every figure that it has, and none that nothing feeds.
struct ReportRows {
    let report: ShiftReport
    let zone: ShopZone
    let issue: PaperIssue

    private var shift: Shift { report.shift }

    func rows(shopName: String, header: [String], isDemo: Bool) -> [ReportRow] {
        var rows = ([shopName] + header).map { ReportRow.heading($0) }
        if isDemo { rows.append(.heading("DEMO - not a real sale")) }
        rows.append(.heading(shift.number.map { "Z REPORT \($0.text)" } ?? "X REPORT - not a closing"))
        if let heading = issue.heading { rows.append(.heading(heading)) }
        return rows + times + [.rule] + sold + [.rule] + rates + tenders + [.rule] + drawer + persons + beside
            + training + end
    }

    private var times: [ReportRow] {
        var rows: [ReportRow] = [
            .pair("Till", shift.till),
            .pair("Opened by \(report.name(of: shift.openedBy))", zone.minuteText(shift.openedAt)),
        ]
        if let closing = shift.closing {
            rows.append(
                .pair("Closed by \(report.name(of: closing.closedBy))", zone.minuteText(closing.closedAt)))
        }
        if let receipts = report.receipts {
            rows += [
                .pair("First receipt", receipts.first.text), .pair("Last receipt", receipts.last.text),
            ]
        }
        return rows
    }

    private var sold: [ReportRow] {
        var rows: [ReportRow] = [.pair("Gross, \(report.sales.counted("sale"))", text(report.gross))]
        if !report.lineDiscounts.isZero { rows.append(.pair("Line discounts", less(report.lineDiscounts))) }
        if !report.orderDiscounts.isZero {
            rows.append(.pair("Sale discounts", less(report.orderDiscounts)))
        }
        if report.refunds > 0 {
            rows.append(.pair("\(report.refunds.counted("refund"))", less(report.refundsTotal)))
        }
        rows.append(.total("NET SALES", text(report.net)))
        if !report.giftCards.isZero { rows.append(.pair("Gift cards sold", text(report.giftCards))) }
        return rows
    }

    /// Sales and refunds apart.
    private var rates: [ReportRow] {
        guard !report.rates.isEmpty else { return [] }
        return report.rates.flatMap { sum -> [ReportRow] in
            let name = sum.rate?.percentText ?? "no rate"
            var rows: [ReportRow] = [
                .pair("Tax \(name) on \(text(sum.salesNet))", text(sum.salesTax))
            ]
            if !sum.refundsNet.isZero || !sum.refundsTax.isZero {
                rows.append(
                    .pair("  refunds, on \(less(sum.refundsNet))", less(sum.refundsTax)))
            }
            return rows
        } + [.rule]
    }

    private var tenders: [ReportRow] {
        report.tenders.flatMap { tender -> [ReportRow] in
            var rows: [ReportRow] = [.pair("\(tender.name), \(tender.count)", text(tender.net))]
            if !tender.refunded.isZero || !tender.change.isZero {
                rows.append(.pair("  taken", text(tender.taken)))
            }
            if !tender.refunded.isZero { rows.append(.pair("  refunds", less(tender.refunded))) }
            if !tender.change.isZero { rows.append(.pair("  change given", text(tender.change))) }
            return rows
        } + (report.rounding.isZero ? [] : [.pair("Rounding in it", text(report.rounding))])
            + [.total("ALL TENDERS", text(report.tendered))]
    }

    private var drawer: [ReportRow] {
        var rows: [ReportRow] = [.pair("Float", text(shift.float))]
        if !report.cashSales.isZero { rows.append(.pair("Cash sales", text(report.cashSales))) }
        if !report.cashRefunds.isZero { rows.append(.pair("Cash refunds", less(report.cashRefunds))) }
        for movement in report.movements {
            let amount = movement.kind == .paidIn ? text(movement.amount) : less(movement.amount)
            rows += [
                .pair(movement.kind.title, amount),
                .note("\(movement.reason), \(report.name(of: movement.by))"),
            ]
        }
        // In a closed shift nothing is kept from anybody.
        if let expected = shift.closing?.expected ?? report.expected {
            rows.append(.total("EXPECTED", text(expected)))
        }
        for (index, count) in shift.counts.enumerated() {
            let title = index == 0 ? "Counted by" : "Counted again by"
            rows.append(.pair("\(title) \(report.name(of: count.by))", text(count.drawer.total)))
            rows += count.drawer.pieces.map { piece in
                let value = Money(minorUnits: piece.denomination, currency: count.drawer.total.currency)
                return .pair("  \(piece.count) x \(text(value))", text(value * piece.count))
            }
        }
        return rows + closing
    }

    private var closing: [ReportRow] {
        guard let closing = shift.closing else { return [] }
        var rows: [ReportRow] = []
        if shift.counts.isEmpty { rows.append(.pair("Counted", text(closing.counted))) }
        rows.append(.total("VARIANCE", text(closing.variance)))
        if let reason = closing.reason { rows.append(.note(reason)) }
        if let next = closing.nextFloat { rows.append(.pair("Next float", text(next))) }
        if let banked = closing.banked { rows.append(.pair("Banked", text(banked))) }
        return rows
    }

    /// Apart, and in none of the sums.
    private var training: [ReportRow] {
        guard report.training.sales > 0 else { return [] }
        let total = Money(minorUnits: report.training.totalMinor, currency: shift.float.currency)
        return [
            .rule, .pair("Training, \(report.training.sales.counted("sale")), not sold", text(total)),
        ]
    }

    private var persons: [ReportRow] {
        guard !report.people.isEmpty else { return [] }
        return [.rule]
            + report.people.flatMap { sum -> [ReportRow] in
                var rows: [ReportRow] = [
                    .pair(
                        "\(report.name(of: sum.id)), \(sum.sales.counted("sale"))", text(sum.salesTotal))
                ]
                if sum.refunds > 0 {
                    rows.append(.pair("  \(sum.refunds.counted("refund"))", less(sum.refundsTotal)))
                }
                if sum.voids > 0 {
                    rows.append(.pair("  of that \(sum.voids.counted("void"))", less(sum.voidsTotal)))
                }
                let discounts = sum.lineDiscounts + sum.orderDiscounts
                if !discounts.isZero { rows.append(.pair("  discounts given", text(discounts))) }
                if sum.overrides > 0 { rows.append(.pair("  prices changed", String(sum.overrides))) }
                if sum.noSales > 0 { rows.append(.pair("  drawer without sale", String(sum.noSales))) }
                return rows
            }
    }

    /// What happened beside sales and refunds: a row each that happened.
    private var beside: [ReportRow] {
        let beside = report.beside
        let counts: [(String, Int)] = [
            ("Exchanges", beside.exchanges), ("Prices changed", report.overrides),
            ("Drawer without sale", report.noSales),
            ("Payments taken back", beside.tendersTakenBack), ("Slips before payment", beside.slips),
            ("Copies of receipts", beside.copies), ("Approved by others", beside.approvals),
        ]
        var rows = counts.filter { $0.1 > 0 }.map { ReportRow.pair($0.0, String($0.1)) }
        if beside.abandoned > 0 {
            rows.append(
                .pair("Abandoned, \(beside.abandoned.counted("sale"))", text(beside.abandonedTotal)))
        }
        if report.voids > 0 {
            rows.append(.pair(report.voids.counted("void"), less(report.voidsTotal)))
            rows.append(.note(beside.voidNumbers.map(\.text).joined(separator: ", ")))
        }
        return rows.isEmpty ? [] : [.rule] + rows
    }

    private var end: [ReportRow] {
        guard let closing = shift.closing else { return [] }
        var rows: [ReportRow] = []
        if let perpetual = closing.perpetual {
            rows += [
                .rule, .pair("This shift", text(report.net)),
                .pair("Sold in all shifts", text(perpetual.sales)),
                .pair("Refunded in all shifts", less(perpetual.refunds)),
                .total("ALL SHIFTS", text(perpetual.net)),
            ]
        }
        if let hash = closing.journalHash { rows.append(.pair("Journal", String(hash.prefix(8)))) }
        return rows
    }

    private func text(_ amount: Money) -> String { amount.displayText }
    private func less(_ amount: Money) -> String { (.zero(amount.currency) - amount).displayText }
}

/// How a figure of a report comes about.
struct ExplainedFigure: Hashable {
    let title: String
    let amount: Money
    let derivation: String
}

extension ShiftReport {
    /// Each figure with how it comes about, from what the documents store.
    var explained: [ExplainedFigure] {
        var figures = [
            ExplainedFigure(
                title: "Gross", amount: gross,
                derivation:
                    "\(salesTotal.displayText) of \(sales.counted("sale")), with the discounts that were taken off: "
                    + "\(lineDiscounts.displayText) of lines, \(orderDiscounts.displayText) of sales"),
            ExplainedFigure(
                title: "Net sales", amount: net,
                derivation: "\(salesTotal.displayText) of sales - \(refundsTotal.displayText) of refunds"),
            ExplainedFigure(
                title: "Tax", amount: tax,
                derivation: "as the lines of the sales store it, less that of the refunds"),
            ExplainedFigure(
                title: "All tenders", amount: tendered,
                derivation:
                    tenders.map { "\($0.net.displayText) \($0.name)" }.joined(separator: " + ")
                    + (beside.exchanges > 0 ? ", without what stayed here in exchanges" : "")
                    + (isBalanced ? "; that is" : "; that is not")
                    + (giftCards.isZero
                        ? " net sales with rounding, " : " net sales with gift cards sold and rounding, ")
                    + due.displayText),
        ]
        if let expected = shift.closing?.expected ?? expected {
            let parts = [
                "float \(shift.float.displayText)", "+ cash sales \(cashSales.displayText)",
                "- cash refunds \(cashRefunds.displayText)",
                "+ paid in \(moved(.paidIn).displayText)", "- paid out \(moved(.paidOut).displayText)",
                "- drops \(moved(.drop).displayText)",
            ]
            figures.append(
                ExplainedFigure(
                    title: "Expected", amount: expected, derivation: parts.joined(separator: " ")))
        }
        if voids > 0 {
            figures.append(
                ExplainedFigure(
                    title: "Voids", amount: voidsTotal,
                    derivation:
                        "a part of the refunds, on the figures of who sold: "
                        + beside.voidNumbers.map(\.text).joined(separator: ", ")))
        }
        if beside.abandoned > 0 {
            figures.append(
                ExplainedFigure(
                    title: "Abandoned", amount: beside.abandonedTotal,
                    derivation:
                        "what \(beside.abandoned.counted("sale")) would have come to when they were cleared; in no other figure"
                ))
        }
        guard let closing = shift.closing else { return figures }
        figures.append(
            ExplainedFigure(
                title: "Variance", amount: closing.variance,
                derivation:
                    "counted \(closing.counted.displayText) - expected \(closing.expected.displayText)"))
        if let next = closing.nextFloat, let banked = closing.banked {
            figures.append(
                ExplainedFigure(
                    title: "Banked", amount: banked,
                    derivation: "counted \(closing.counted.displayText) - next float \(next.displayText)"))
        }
        if let perpetual = closing.perpetual {
            figures.append(
                ExplainedFigure(
                    title: "All shifts", amount: perpetual.net,
                    derivation:
                        "the total of the till's shift before, and of this one: sold \(perpetual.sales.displayText), "
                        + "refunded \(perpetual.refunds.displayText)"))
        }
        return figures
    }
}
