import StoreDomain

extension DaySales: WireNamed {
    public static var wireName: StaticString { "day" }
    public static var wirePlural: StaticString { "days" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            start: try json.member("start").time(), orders: try json.member("orders").int(in: 0 ... .max),
            total: try json.member("total").money())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("start", start)
            $0.member("orders", orders)
            $0.member("total", total)
        }
    }
}
