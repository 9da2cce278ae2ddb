import StoreDomain

/// The answer of GET /api/customers.
extension CustomerPage: WireWritable, WireReadable {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            customers: try json.values("customers"), next: try json.optional("next")?.integer(in: 1 ... .max))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("customers", customers)
            $0.member("next", next)
        }
    }
}

extension CustomerFigures: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            orders: try json.member("orders").int(in: 0 ... .max),
            paid: try json.member("paid").int(in: 0 ... .max), spent: try json.member("spent").money(),
            lastAt: try json.optionalTime("last_at"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("orders", Int64(orders))
            $0.member("paid", Int64(paid))
            $0.member("spent", spent)
            $0.member("last_at", lastAt)
        }
    }
}

extension CustomerRecord: WireNamed {
    public static var wireName: StaticString { "customer" }
    public static var wirePlural: StaticString { "customers" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            user: try json.value("account"), figures: try json.value("figures"),
            orders: try json.values("orders"), credit: try json.optionalValue("credit"),
            cards: try json.values("gift_cards"), returns: try json.values("returns"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("account", user)
            $0.member("figures", figures)
            $0.member("orders", orders)
            $0.member("credit", credit)
            $0.member("gift_cards", cards)
            $0.member("returns", returns)
        }
    }
}

extension CustomerExport: WireNamed {
    public static var wireName: StaticString { "export" }
    public static var wirePlural: StaticString { "exports" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            user: try json.value("account"), orders: try json.values("orders"),
            refunds: try json.values("refunds"), returns: try json.values("returns"),
            credit: try json.optionalValue("credit"), cards: try json.values("gift_cards"),
            keys: try json.values("keys"), journal: try json.values("journal"),
            lastSeenAt: try json.optionalTime("last_seen_at"), at: try json.member("at").time())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("account", user)
            $0.member("orders", orders)
            $0.member("refunds", refunds)
            $0.member("returns", returns)
            $0.member("credit", credit)
            $0.member("gift_cards", cards)
            $0.member("keys", keys)
            $0.member("journal", journal)
            $0.member("last_seen_at", lastSeenAt)
            $0.member("at", at)
        }
    }
}

extension VisitorKey: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        let text = try json.member("fingerprint")
        guard let fingerprint = KeyFingerprint(try text.text()) else {
            throw text.problem("must be the fingerprint of a key")
        }
        self.init(
            fingerprint: fingerprint, addedAt: try json.member("added_at").time(),
            seenAt: try json.member("seen_at").time())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("fingerprint", fingerprint.text)
            $0.member("added_at", addedAt)
            $0.member("seen_at", seenAt)
        }
    }
}

/// What POST /api/customers/{id}/merge asks for.
public struct MergeBody: WireWritable, Sendable {
    /// Who keeps everything.
    public let into: Int64

    public init(into: Int64) { self.into = into }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["into"])
        into = try json.member("into").integer(in: 1 ... .max)
    }

    public func write(to json: inout JSONWriter) {
        json.object { $0.member("into", into) }
    }
}
