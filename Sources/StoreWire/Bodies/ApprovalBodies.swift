import StoreDomain

extension Approval: WireNamed {
    public static var wireName: StaticString { "approval" }
    public static var wirePlural: StaticString { "approvals" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            id: try json.member("id").integer(in: 1 ... .max), need: try ApprovalNeed(json),
            title: try json.member("title").text(),
            lines: try json.member("lines").list { (line) throws(WireProblem) in try line.text() },
            digest: try json.member("digest").text(), till: try json.optionalText("till"),
            shiftID: try json.optional("shift_id")?.integer(),
            asker: try Person(json.member("asker")), askedAt: try json.member("asked_at").time())
        stage = try json.member("stage").word()
        approver = try json.optional("approver").map { (person) throws(WireProblem) in try Person(person) }
        answeredAt = try json.optionalTime("answered_at")
        isByPIN = try json.member("by_pin").flag()
        candidates = try json.member("candidates").list { (name) throws(WireProblem) in try name.text() }
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            need.writeMembers(to: &json)
            json.member("title", title)
            json.name("lines")
            json.list(lines) { $0.value($1) }
            json.member("digest", digest)
            json.member("till", till)
            json.member("shift_id", shiftID)
            json.member("asker", asker)
            json.member("asked_at", askedAt)
            json.member("stage", stage.rawValue)
            json.member("approver", approver)
            json.member("answered_at", answeredAt)
            json.member("by_pin", isByPIN)
            json.name("candidates")
            json.list(candidates) { $0.value($1) }
        }
    }
}

extension Approval.Person: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(id: try json.member("id").integer(), name: try json.member("name").text())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("name", name)
        }
    }
}

extension ApprovalNeed {
    /// A share is two whole numbers: a price that is changed may be any share of the one before.
    func writeMembers(to json: inout JSONWriter) {
        json.member("permission", permission.rawValue)
        if let share {
            json.name("share")
            json.object {
                $0.member("part", share.numerator)
                $0.member("whole", share.denominator)
            }
        }
        if let amount { json.member("amount", amount) }
    }

    init(_ json: WireReader) throws(WireProblem) {
        var share: Rate?
        if let json = try json.optional("share") {
            share = Rate(
                numerator: try json.member("part").integer(), denominator: try json.member("whole").integer())
            if share == nil { throw json.problem("must be a share") }
        }
        self.init(
            try json.member("permission").word(), share: share, amount: try json.optionalMoney("amount"))
    }
}
