/// One event of `/api/events`: where a client looks again. It never says what is there now.
public enum ShopEvent: Hashable, Sendable {
    /// Products came, went or were edited, or the shop's rules are others.
    case catalogue
    /// The stock of these products is another; nil for any.
    case stock([Int64]?)
    /// These orders are new or are not as they were; nil for any.
    case orders([Int64]?)
    /// Discount codes came, were changed or were used.
    case discounts
    /// These accounts are new or are not as they were, or may do something else; nil for any.
    case accounts([Int64]?)
    /// These shifts were opened or closed, or money went into or out of their drawers; nil for any.
    case shifts([Int64]?)
    /// Sales were put aside or taken up.
    case parked
    /// Somebody asked for an approval, or one was answered or is over.
    case approvals
    /// Anything may be another: events before this one were lost.
    case reload

    public var name: String {
        switch self {
        case .catalogue: "catalogue"
        case .stock: "stock"
        case .orders: "orders"
        case .discounts: "discounts"
        case .accounts: "accounts"
        case .shifts: "shifts"
        case .parked: "parked"
        case .approvals: "approvals"
        case .reload: "reload"
        }
    }

    /// The JSON of `data:`, one line.
    public var data: [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                guard let (member, ids) = named else { return }
                json.name(member)
                json.list(ids) { $0.value($1) }
            }
        }
    }

    /// The ids that it names, and what they are called in its data; nil where it is about any.
    private var named: (member: String, ids: [Int64])? {
        switch self {
        case .catalogue, .discounts, .parked, .approvals, .reload: nil
        case .stock(let ids): ids.map { ("products", $0) }
        case .orders(let ids), .accounts(let ids), .shifts(let ids): ids.map { (name, $0) }
        }
    }

    /// - Returns: nil for an event of a name that is not known, which a later server may send.
    public init?(name: String, data: [UInt8]) {
        switch name {
        case "catalogue": self = .catalogue
        case "stock": self = .stock(Self.ids("products", in: data))
        case "orders": self = .orders(Self.ids("orders", in: data))
        case "discounts": self = .discounts
        case "accounts": self = .accounts(Self.ids("accounts", in: data))
        case "shifts": self = .shifts(Self.ids("shifts", in: data))
        case "parked": self = .parked
        case "approvals": self = .approvals
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
