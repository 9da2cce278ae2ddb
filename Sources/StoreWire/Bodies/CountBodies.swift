import StoreDomain

extension DrawerCount {
    /// The count in the members `pieces` or `counted`; nil without either.
    init?(optional json: WireReader) throws(WireProblem) {
        if let list = try json.optional("pieces") {
            let pieces = try list.list { (json) throws(WireProblem) in
                Pieces(
                    denomination: try json.member("denomination").money().minorUnits,
                    count: try json.member("count").int())
            }
            guard !pieces.isEmpty else {
                throw list.problem("must name what was counted, if it is 0 of a coin")
            }
            let currency = json.currency
            self = try json.checked { () throws(StoreError) in
                try DrawerCount(pieces, currency: currency)
            }
        } else if let total = try json.optionalMoney("counted") {
            self.init(total: total)
        } else {
            return nil
        }
    }

    /// Writes `pieces`, or where there are none `counted`.
    func writeMembers(to json: inout JSONWriter) {
        guard !pieces.isEmpty else { return json.member("counted", total) }
        let currency = total.currency
        json.name("pieces")
        json.list(pieces) { json, piece in
            json.object {
                $0.member("denomination", Money(minorUnits: piece.denomination, currency: currency))
                $0.member("count", piece.count)
            }
        }
    }
}

extension Shift.Count: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        guard let drawer = try DrawerCount(optional: json) else {
            throw json.problem("must have pieces or what was counted")
        }
        self.init(drawer, by: try json.member("by").integer(), at: try json.member("at").time())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            drawer.writeMembers(to: &$0)
            $0.member("total", drawer.total)
            $0.member("by", by)
            $0.member("at", at)
        }
    }
}

extension CountOutcome: WireNamed {
    public static var wireName: StaticString { "outcome" }
    public static var wirePlural: StaticString { "outcomes" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            shift: try json.value("shift"), isOff: try json.member("off").flag(),
            expected: try json.optionalMoney("expected"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("shift", shift)
            $0.member("off", isOff)
            $0.member("expected", expected)
            $0.member("variance", variance)
        }
    }
}

extension TillStanding: WireNamed {
    public static var wireName: StaticString { "till" }
    public static var wirePlural: StaticString { "tills" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(till: try json.member("till").text(), shift: try json.optionalValue("shift"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("till", till)
            $0.member("shift", shift)
        }
    }
}

/// What POST /api/shifts/count asks for: the count by coins and notes, or as one sum.
public struct CountBody: WireWritable, WireReadable, Sendable {
    public let till: String
    public let drawer: DrawerCount

    public init(till: String, drawer: DrawerCount) {
        self.till = till
        self.drawer = drawer
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["till"])
        till = try json.member("till").text()
        guard let drawer = try DrawerCount(optional: json) else {
            throw .missing(["counted"], of: ["till", "counted"])
        }
        self.drawer = drawer
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("till", till)
            drawer.writeMembers(to: &$0)
        }
    }
}

/// The answer of GET /api/shifts/float.
public struct FloatBody: WireWritable, WireReadable, Sendable {
    /// nil before a till's first shift.
    public let float: Money?

    public init(_ float: Money?) { self.float = float }

    public init(_ json: WireReader) throws(WireProblem) { float = try json.optionalMoney("float") }

    public func write(to json: inout JSONWriter) { json.object { $0.member("float", float) } }
}

/// The answer of POST /api/shifts/{id}/print and /api/orders/{id}/print.
public struct IssueBody: WireWritable, WireReadable, Sendable {
    /// 0 for the original.
    public let copy: Int

    public init(copy: Int) { self.copy = copy }

    public init(_ json: WireReader) throws(WireProblem) { copy = try json.member("copy").int(in: 0 ... .max) }

    public func write(to json: inout JSONWriter) { json.object { $0.member("copy", copy) } }
}
