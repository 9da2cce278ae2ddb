import StoreDomain

extension Shift: WireNamed {
    public static var wireName: StaticString { "shift" }
    public static var wirePlural: StaticString { "shifts" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            id: try json.member("id").integer(in: 1 ... .max), till: try json.member("till").text(),
            number: try json.documentNumber("number"), openedBy: try json.member("opened_by").integer(),
            openedAt: try json.member("opened_at").time(), float: try json.member("float").amount(),
            closing: try json.optionalValue("closing"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("till", till)
            $0.member("number", number?.text)
            $0.member("opened_by", openedBy)
            $0.member("opened_at", openedAt)
            $0.member("float", float)
            $0.member("closing", closing)
        }
    }
}

extension Shift.Closing: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            closedBy: try json.member("closed_by").integer(), closedAt: try json.member("closed_at").time(),
            expected: try json.member("expected").money(), counted: try json.member("counted").money(),
            reason: try json.optionalText("reason"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("closed_by", closedBy)
            $0.member("closed_at", closedAt)
            $0.member("expected", expected)
            $0.member("counted", counted)
            $0.member("variance", variance)
            $0.member("reason", reason)
        }
    }
}

extension CashMovement: WireNamed {
    public static var wireName: StaticString { "movement" }
    public static var wirePlural: StaticString { "movements" }

    public init(_ json: WireReader) throws(WireProblem) {
        let kind: CashMovementKind = try json.member("kind").word()
        let (amount, reason) = (try json.member("amount").money(), try json.member("reason").text())
        let (by, at) = (try json.member("by").integer(), try json.member("at").time())
        self = try json.checked { () throws(StoreError) in
            try CashMovement(kind: kind, amount: amount, reason: reason, by: by, at: at)
        }
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("kind", kind.rawValue)
            $0.member("amount", amount)
            $0.member("reason", reason)
            $0.member("by", by)
            $0.member("at", at)
        }
    }
}

extension ShiftReport: WireNamed {
    public static var wireName: StaticString { "report" }
    public static var wirePlural: StaticString { "reports" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            shift: try json.value("shift"), sales: try json.member("sales").int(in: 0 ... .max),
            salesTotal: try json.member("sales_total").money(),
            refunds: try json.member("refunds").int(in: 0 ... .max),
            refundsTotal: try json.member("refunds_total").money(),
            rounding: try json.member("rounding").money(), tax: try json.member("tax").money(),
            tenders: try json.values("tenders"), movements: try json.values("movements"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("shift", shift)
            $0.member("sales", sales)
            $0.member("sales_total", salesTotal)
            $0.member("refunds", refunds)
            $0.member("refunds_total", refundsTotal)
            $0.member("rounding", rounding)
            $0.member("tax", tax)
            $0.member("tenders", tenders)
            $0.member("movements", movements)
            $0.member("expected", expected)
        }
    }
}

extension ShiftReport.TenderSum: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            methodID: try json.member("method").text(), kind: try json.member("kind").word(),
            count: try json.member("count").int(in: 0 ... .max), taken: try json.member("taken").money(),
            refunded: try json.member("refunded").money())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("method", methodID)
            $0.member("kind", kind.rawValue)
            $0.member("count", count)
            $0.member("taken", taken)
            $0.member("refunded", refunded)
        }
    }
}

/// What POST /api/shifts asks for.
public struct ShiftOpeningBody: WireWritable, WireReadable, Sendable {
    public let till: String
    public let float: Money

    public init(till: String, float: Money) {
        self.till = till
        self.float = float
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["till", "float"])
        till = try json.member("till").text()
        float = try json.member("float").money()
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("till", till)
            $0.member("float", float)
        }
    }
}

/// What POST /api/shifts/cash asks for.
public struct CashMovementBody: WireWritable, WireReadable, Sendable {
    public let till: String
    public let kind: CashMovementKind
    public let amount: Money
    public let reason: String

    public init(till: String, kind: CashMovementKind, amount: Money, reason: String) {
        self.till = till
        self.kind = kind
        self.amount = amount
        self.reason = reason
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["till", "kind", "amount", "reason"])
        till = try json.member("till").text()
        kind = try json.member("kind").word()
        amount = try json.member("amount").money()
        reason = try json.member("reason").text()
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("till", till)
            $0.member("kind", kind.rawValue)
            $0.member("amount", amount)
            $0.member("reason", reason)
        }
    }
}

/// What POST /api/shifts/close asks for.
public struct ShiftClosingBody: WireWritable, WireReadable, Sendable {
    public let till: String
    public let counted: Money
    public let reason: String?

    public init(till: String, counted: Money, reason: String?) {
        self.till = till
        self.counted = counted
        self.reason = reason
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["till", "counted"])
        till = try json.member("till").text()
        counted = try json.member("counted").money()
        reason = try json.optionalText("reason")
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("till", till)
            $0.member("counted", counted)
            if let reason { $0.member("reason", reason) }
        }
    }
}
