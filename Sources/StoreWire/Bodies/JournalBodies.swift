import StoreDomain

extension JournalRecord: WireNamed {
    public static var wireName: StaticString { "record" }
    public static var wirePlural: StaticString { "records" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            chain: try json.member("chain").text(), number: try json.member("number").int(in: 1 ... .max),
            at: try json.member("at").time(), by: try json.optional("by")?.integer(),
            kind: try json.member("kind").word(), text: try json.member("text").text(),
            hash: try json.member("hash").text())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("chain", chain)
            $0.member("number", number)
            $0.member("at", at)
            $0.member("by", by)
            $0.member("kind", kind.rawValue)
            $0.member("text", text)
            $0.member("hash", hash)
        }
    }
}

extension JournalBreak: WireNamed {
    public static var wireName: StaticString { "break" }
    public static var wirePlural: StaticString { "breaks" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            chain: try json.member("chain").text(), number: try json.member("number").int(in: 1 ... .max))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("chain", chain)
            $0.member("number", number)
        }
    }
}

/// The answer of GET /api/journal.
public struct ChainsBody: WireWritable, WireReadable, Sendable {
    public let chains: [String]

    public init(_ chains: [String]) { self.chains = chains }

    public init(_ json: WireReader) throws(WireProblem) {
        chains = try json.member("chains").list { (json) throws(WireProblem) in try json.text() }
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.name("chains")
            json.list(chains) { $0.value($1) }
        }
    }
}
