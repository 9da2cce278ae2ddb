/// One event of `/api/events`: where a client looks again. It never says what is there now.
public enum ShopEvent: Hashable, Sendable {
    /// Products came, went or were edited, or the shop's rules are others.
    case catalogue
    /// The stock of these products is another; nil for any.
    case stock([Int64]?)
    /// These orders are new or are not as they were; nil for any.
    case orders([Int64]?)
    /// Anything may be another: events before this one were lost.
    case reload

    public var name: String {
        switch self {
        case .catalogue: "catalogue"
        case .stock: "stock"
        case .orders: "orders"
        case .reload: "reload"
        }
    }

    /// The JSON of `data:`, one line.
    public var data: [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                switch self {
                case .catalogue, .reload, .stock(nil), .orders(nil): break
                case .stock(let ids?):
                    json.name("products")
                    json.list(ids) { $0.value($1) }
                case .orders(let ids?):
                    json.name("orders")
                    json.list(ids) { $0.value($1) }
                }
            }
        }
    }

    /// - Returns: nil for an event of a name that is not known, which a later server may send.
    public init?(name: String, data: [UInt8]) {
        switch name {
        case "catalogue": self = .catalogue
        case "stock": self = .stock(Self.ids("products", in: data))
        case "orders": self = .orders(Self.ids("orders", in: data))
        case "reload": self = .reload
        default: return nil
        }
    }

    /// What cannot be read is any.
    private static func ids(_ member: String, in data: [UInt8]) -> [Int64]? {
        guard case .object(let members)? = try? JSONParser.parse(data),
            case .array(let elements)? = members.last(where: { $0.name == member })?.value
        else { return nil }
        let ids = elements.compactMap { element -> Int64? in
            if case .number(let text) = element { Int64(text) } else { nil }
        }
        return ids.count == elements.count ? ids : nil
    }
}
