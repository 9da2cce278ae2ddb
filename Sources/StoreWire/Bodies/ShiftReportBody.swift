import StoreDomain

extension ShiftReport: WireNamed {
    public static var wireName: StaticString { "report" }
    public static var wirePlural: StaticString { "reports" }

    // The sums are those of the parts.
    public init(_ json: WireReader) throws(WireProblem) {
        var names: [Int64: String] = [:]
        for (id, name) in try json.member("names").list(Self.name) { names[id] = name }
        self.init(
            shift: try json.value("shift"), receipts: try json.optionalValue("receipts"),
            people: try json.values("people"), rates: try json.values("rates"),
            tenders: try json.values("tenders"),
            movements: try json.values("movements"), names: names,
            giftCards: try json.optionalMoney("gift_cards"), beside: try Beside(flat: json),
            showsExpected: try json.optional("expected") != nil)
        if let json = try json.optional("training") {
            training = TrainingSum(
                sales: try json.member("sales").int(in: 0 ... .max),
                totalMinor: try json.member("total").money().minorUnits)
        }
    }

    private static func name(_ json: WireReader) throws(WireProblem) -> (Int64, String) {
        (try json.member("id").integer(), try json.member("name").text())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("shift", shift)
            $0.member("receipts", receipts)
            $0.member("sales", sales)
            $0.member("sales_total", salesTotal)
            $0.member("gross", gross)
            $0.member("line_discounts", lineDiscounts)
            $0.member("order_discounts", orderDiscounts)
            $0.member("overrides", overrides)
            $0.member("refunds", refunds)
            $0.member("refunds_total", refundsTotal)
            $0.member("voids", voids)
            $0.member("voids_total", voidsTotal)
            $0.member("net", net)
            $0.member("gift_cards", giftCards)
            $0.member("rounding", rounding)
            $0.member("tax", tax)
            $0.member("people", people)
            $0.member("rates", rates)
            $0.member("tenders", tenders)
            $0.member("movements", movements)
            $0.name("names")
            $0.list(names.sorted { $0.key < $1.key }) { json, name in
                json.object {
                    $0.member("id", name.key)
                    $0.member("name", name.value)
                }
            }
            $0.member("no_sales", noSales)
            beside.write(flat: &$0)
            $0.member("expected", expected)
            $0.name("training")
            $0.object { json in
                json.member("sales", training.sales)
                json.member(
                    "total", Money(minorUnits: training.totalMinor, currency: shift.float.currency))
            }
        }
    }
}

// Among the figures of the report. What an older server does not count is 0.
extension ShiftReport.Beside {
    fileprivate init(flat json: WireReader) throws(WireProblem) {
        func count(_ name: String) throws(WireProblem) -> Int {
            try json.optional(name)?.int(in: 0 ... .max) ?? 0
        }
        var numbers: [DocumentNumber] = []
        for text in try json.optional("void_numbers")?.list({ (json) throws(WireProblem) in try json.text() })
            ?? []
        {
            guard let number = DocumentNumber(text) else {
                throw json.problem("must have the numbers of its voids")
            }
            numbers.append(number)
        }
        self.init(
            exchanges: try count("exchanges"), voidNumbers: numbers, abandoned: try count("abandoned"),
            abandonedTotal: try json.optionalMoney("abandoned_total") ?? .zero(json.currency),
            tendersTakenBack: try count("tenders_taken_back"), slips: try count("slips"),
            copies: try count("copies"), approvals: try count("approvals"))
    }

    fileprivate func write(flat json: inout JSONWriter) {
        json.member("exchanges", exchanges)
        json.name("void_numbers")
        json.list(voidNumbers) { $0.value($1.text) }
        json.member("abandoned", abandoned)
        json.member("abandoned_total", abandonedTotal)
        json.member("tenders_taken_back", tendersTakenBack)
        json.member("slips", slips)
        json.member("copies", copies)
        json.member("approvals", approvals)
    }
}

extension ShiftReport.ReceiptSpan: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        guard let first = try json.documentNumber("first"), let last = try json.documentNumber("last") else {
            throw json.problem("must have the first and the last receipt's number")
        }
        self.init(first: first, last: last)
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("first", first.text)
            $0.member("last", last.text)
        }
    }
}

extension ShiftReport.PersonSum: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            id: try json.optional("id")?.integer(), sales: try json.member("sales").int(in: 0 ... .max),
            salesTotal: try json.member("sales_total").money(),
            lineDiscounts: try json.member("line_discounts").money(),
            orderDiscounts: try json.member("order_discounts").money(),
            overrides: try json.member("overrides").int(in: 0 ... .max),
            refunds: try json.member("refunds").int(in: 0 ... .max),
            refundsTotal: try json.member("refunds_total").money(),
            rounding: try json.member("rounding").money(), tax: try json.member("tax").money(),
            voids: try json.optional("voids")?.int(in: 0 ... .max) ?? 0,
            voidsTotal: try json.optionalMoney("voids_total"),
            noSales: try json.optional("no_sales")?.int(in: 0 ... .max) ?? 0)
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("sales", sales)
            $0.member("sales_total", salesTotal)
            $0.member("line_discounts", lineDiscounts)
            $0.member("order_discounts", orderDiscounts)
            $0.member("overrides", overrides)
            $0.member("refunds", refunds)
            $0.member("refunds_total", refundsTotal)
            $0.member("rounding", rounding)
            $0.member("tax", tax)
            $0.member("voids", voids)
            $0.member("voids_total", voidsTotal)
            $0.member("no_sales", noSales)
        }
    }
}

extension ShiftReport.RateSum: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            rate: try json.optionalRate("rate"), salesNet: try json.member("sales_net").money(),
            salesTax: try json.member("sales_tax").money(),
            refundsNet: try json.member("refunds_net").money(),
            refundsTax: try json.member("refunds_tax").money())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("rate", rate)
            $0.member("sales_net", salesNet)
            $0.member("sales_tax", salesTax)
            $0.member("refunds_net", refundsNet)
            $0.member("refunds_tax", refundsTax)
        }
    }
}

extension ShiftReport.TenderSum: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            methodID: try json.member("method").text(), name: try json.member("name").text(),
            kind: try json.member("kind").word(), count: try json.member("count").int(in: 0 ... .max),
            taken: try json.member("taken").money(), change: try json.member("change").money(),
            refunded: try json.member("refunded").money())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("method", methodID)
            $0.member("name", name)
            $0.member("kind", kind.rawValue)
            $0.member("count", count)
            $0.member("taken", taken)
            $0.member("change", change)
            $0.member("refunded", refunded)
        }
    }
}
