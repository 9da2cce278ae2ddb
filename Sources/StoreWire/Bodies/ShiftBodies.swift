import StoreDomain

extension Shift: WireNamed {
    public static var wireName: StaticString { "shift" }
    public static var wirePlural: StaticString { "shifts" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            id: try json.member("id").integer(in: 1 ... .max), till: try json.member("till").text(),
            number: try json.documentNumber("number"), openedBy: try json.member("opened_by").integer(),
            openedAt: try json.member("opened_at").time(), float: try json.member("float").amount(),
            counts: try json.optional("counts") == nil ? [] : try json.values("counts"),
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
            $0.member("stage", stage.rawValue)
            $0.member("counts", counts)
            $0.member("closing", closing)
        }
    }
}

extension Shift.Closing: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            closedBy: try json.member("closed_by").integer(), closedAt: try json.member("closed_at").time(),
            expected: try json.member("expected").money(), counted: try json.member("counted").money(),
            reason: try json.optionalText("reason"), nextFloat: try json.optionalMoney("next_float"),
            perpetual: try json.optionalValue("perpetual"),
            journalHash: try json.optionalText("journal_hash"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("closed_by", closedBy)
            $0.member("closed_at", closedAt)
            $0.member("expected", expected)
            $0.member("counted", counted)
            $0.member("variance", variance)
            $0.member("reason", reason)
            $0.member("next_float", nextFloat)
            $0.member("banked", banked)
            $0.member("perpetual", perpetual)
            $0.member("journal_hash", journalHash)
        }
    }
}

extension PerpetualTotals: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(sales: try json.member("sales").money(), refunds: try json.member("refunds").money())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("sales", sales)
            $0.member("refunds", refunds)
            $0.member("net", net)
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
    /// nil where it was counted before.
    public let counted: DrawerCount?
    public let nextFloat: Money?
    public let reason: String?

    public init(till: String, counted: DrawerCount?, nextFloat: Money?, reason: String?) {
        self.till = till
        self.counted = counted
        self.nextFloat = nextFloat
        self.reason = reason
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["till"])
        till = try json.member("till").text()
        counted = try DrawerCount(optional: json)
        nextFloat = try json.optionalMoney("next_float")
        reason = try json.optionalText("reason")
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("till", till)
            counted?.writeMembers(to: &$0)
            if let nextFloat { $0.member("next_float", nextFloat) }
            if let reason { $0.member("reason", reason) }
        }
    }
}
