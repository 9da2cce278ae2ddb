import StoreDomain

extension InvoiceParty: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        let name = try json.member("name").text()
        let address = try json.optional("address")?.list { line throws(WireProblem) in try line.text() } ?? []
        let taxNumber = try json.optionalText("tax_number")
        self = try json.checked { () throws(StoreError) in
            try InvoiceParty(name: name, address: address, taxNumber: taxNumber)
        }
    }

    public func write(to json: inout JSONWriter) { json.object { writeMembers(to: &$0) } }

    fileprivate func writeMembers(to json: inout JSONWriter) {
        json.member("name", name)
        json.name("address")
        json.list(address) { json, line in json.value(line) }
        json.member("tax_number", taxNumber)
    }
}

extension Invoice: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        let number = try json.member("number")
        guard let read = DocumentNumber(try number.text()), read.series.kind == .invoice else {
            throw number.problem("must be an invoice's, such as I1-000001")
        }
        self.init(
            number: read, party: try InvoiceParty(json),
            madeBy: try json.optional("made_by")?.integer(in: 1 ... .max), at: try json.member("at").time())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("number", number.text)
            party.writeMembers(to: &$0)
            $0.member("made_by", madeBy)
            $0.member("at", at)
        }
    }
}

/// What POST /api/orders/{id}/invoice asks for.
public struct InvoiceBody: WireWritable, WireReadable, Sendable {
    public let till: String
    public let party: InvoiceParty

    public init(till: String, party: InvoiceParty) {
        self.till = till
        self.party = party
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["till", "name"])
        till = try json.member("till").text()
        party = try InvoiceParty(json)
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("till", till)
            party.writeMembers(to: &$0)
        }
    }
}

/// What POST /api/auth/badge asks for.
public struct BadgeBody: WireWritable, WireReadable, Sendable {
    public let badge: Badge

    public init(badge: Badge) { self.badge = badge }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["badge"])
        let member = try json.member("badge")
        let text = try member.text()
        badge = try member.checked { () throws(StoreError) in try Badge(text) }
    }

    public func write(to json: inout JSONWriter) { json.object { $0.member("badge", badge.code) } }
}

/// Its answer: whose badge it is; null for nobody's.
public struct BadgeNameBody: WireWritable, WireReadable, Sendable {
    public let name: String?

    public init(name: String?) { self.name = name }

    public init(_ json: WireReader) throws(WireProblem) { name = try json.optionalText("name") }

    public func write(to json: inout JSONWriter) { json.object { $0.member("name", name) } }
}

/// What POST /api/accounts/badge asks for: a badge, or null to take it away.
public struct AccountBadgeBody: WireWritable, WireReadable, Sendable {
    public let email: String
    public let badge: Badge?

    public init(email: String, badge: Badge?) {
        self.email = email
        self.badge = badge
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["email"])
        email = try json.member("email").text()
        badge = try json.badge()
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("email", email)
            $0.member("badge", badge?.code)
        }
    }
}

extension WireReader {
    /// The badge in `badge`; nil where there is none.
    func badge() throws(WireProblem) -> Badge? {
        guard let text = try optionalText("badge") else { return nil }
        return try checked { () throws(StoreError) in try Badge(text) }
    }
}
