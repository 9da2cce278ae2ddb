import StoreDomain

extension Report: WireNamed {
    public static var wireName: StaticString { "report" }
    public static var wirePlural: StaticString { "reports" }

    public init(_ json: WireReader) throws(WireProblem) {
        let kind: ReportKind = try json.member("kind").word()
        let compared = try json.optional("compared")?.reportSpan()
        self.init(
            kind: kind, span: try json.reportSpan(), compared: compared, currency: json.currency,
            rows: try json.member("rows").list(Report.row), total: try json.member("total").salesFigures(),
            totalBefore: try json.optional("total_before")?.salesFigures(),
            cells: try json.optional("cells")?.list(Report.cell) ?? [])
    }

    private static func row(_ json: WireReader) throws(WireProblem) -> Row {
        Row(
            key: try json.member("key").text(), title: try json.member("title").text(),
            figures: try json.member("figures").salesFigures(),
            before: try json.optional("before")?.salesFigures())
    }

    private static func cell(_ json: WireReader) throws(WireProblem) -> Cell {
        Cell(
            weekday: try json.member("weekday").word(), hour: try json.member("hour").int(in: 0...23),
            turnover: try json.member("turnover").money().minorUnits)
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("kind", kind.rawValue)
            json.member("from", span.from.text)
            json.member("to", span.to.text)
            json.name("compared")
            if let compared {
                json.object {
                    $0.member("from", compared.from.text)
                    $0.member("to", compared.to.text)
                }
            } else {
                json.null()
            }
            json.name("rows")
            json.list(rows) { json, row in
                json.object {
                    $0.member("key", row.key)
                    $0.member("title", row.title)
                    $0.member("figures", WireFigures(row.figures, kind, currency))
                    $0.member("before", row.before.map { WireFigures($0, kind, currency) })
                }
            }
            json.member("total", WireFigures(total, kind, currency))
            json.member("total_before", totalBefore.map { WireFigures($0, kind, currency) })
            json.name("cells")
            json.list(cells) { json, cell in
                json.object {
                    $0.member("weekday", cell.weekday.rawValue)
                    $0.member("hour", cell.hour)
                    $0.member("turnover", money(cell.turnover))
                }
            }
        }
    }
}

/// Figures with the currency that they are in. What follows from others is written for who reads, and not read.
private struct WireFigures: WireWritable {
    private let figures: SalesFigures
    private let kind: ReportKind
    private let currency: Currency

    init(_ figures: SalesFigures, _ kind: ReportKind, _ currency: Currency) {
        self.figures = figures
        self.kind = kind
        self.currency = currency
    }

    func write(to json: inout JSONWriter) {
        func money(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: currency) }
        json.object {
            $0.member("sales", figures.sales)
            $0.member("pieces", figures.pieces)
            $0.member("gross", money(figures.gross))
            $0.member("line_discounts", money(figures.lineDiscounts))
            $0.member("order_discounts", money(figures.orderDiscounts))
            $0.member("net", money(figures.net))
            $0.member("tax", money(figures.tax))
            $0.member("refunds", figures.refunds)
            $0.member("pieces_back", figures.piecesBack)
            $0.member("net_back", money(figures.netBack))
            $0.member("tax_back", money(figures.taxBack))
            $0.member("voids", figures.voids)
            $0.member("voided", money(figures.voided))
            $0.member("rounding", money(figures.rounding))
            $0.member("gift_cards", money(figures.giftCards))
            $0.member("turnover", money(figures.turnover))
            guard kind.tellsCost else { return }
            guard kind.hasPeriod else {
                $0.member("stock", figures.stock)
                $0.member("stock_costed", figures.stockCosted)
                $0.member("stock_uncosted", figures.stockUncosted)
                $0.member("stock_value", figures.knownStockValue.map(money))
                $0.member("average_cost", figures.averageCost.map(money))
                return
            }
            $0.member("costed", money(figures.costed))
            $0.member("cost", figures.isCostUnknown ? nil : money(figures.cost))
            $0.member("costed_back", money(figures.costedBack))
            $0.member("cost_back", figures.isCostUnknown ? nil : money(figures.costBack))
            $0.member("uncosted", money(figures.uncosted))
            $0.member("margin", figures.knownMargin.map(money))
            $0.member("margin_per_mille", figures.marginPerMille)
        }
    }
}

extension WireReader {
    fileprivate func salesFigures() throws(WireProblem) -> SalesFigures {
        var figures = SalesFigures()
        let counts: Set<String> = [
            "sales", "pieces", "refunds", "pieces_back", "voids", "stock", "stock_costed", "stock_uncosted",
        ]
        // Only some reports say what goods cost.
        let ofCost = Set((SalesFigures.costColumns + SalesFigures.stockColumns).map(\.name))
        for column in SalesFigures.columns + SalesFigures.stockColumns {
            guard let json = try ofCost.contains(column.name) ? optional(column.name) : member(column.name)
            else { continue }
            figures[keyPath: column.path] =
                counts.contains(column.name) ? try json.integer() : try json.money().minorUnits
        }
        return figures
    }

    fileprivate func reportSpan() throws(WireProblem) -> ReportSpan {
        guard let from = ShopDay(try member("from").text()), let to = ShopDay(try member("to").text()),
            let span = ReportSpan(from: from, to: to)
        else { throw problem("must have a first and a last day, as in 2026-11-22") }
        return span
    }
}
