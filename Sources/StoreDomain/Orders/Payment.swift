/// What kind of payment a method is, and with it what a payment must name.
public enum PaymentKind: String, Hashable, Sendable, CaseIterable, Codable {
    /// Needs the tender, gives change.
    case cash
    /// A card terminal beside the till; needs the approval code it printed.
    case externalCard = "external-card"
    /// A card that is not one: demo stores only.
    case simulatedCard = "simulated-card"
    /// Over the REST API, whose contract has no field for how: whoever runs the shop settles it outside. Only
    /// a server offers it.
    case online
}

/// A way to pay, kept as data.
public struct PaymentMethod: Hashable, Sendable, Identifiable, Codable {
    /// Short and stable, such as `cash`.
    public let id: String
    public let name: String
    public let kind: PaymentKind
    /// Who may take it: staff for cash and card terminals, anyone for the simulated card and online.
    public let minimumRole: Role

    public init(id: String, name: String, kind: PaymentKind, minimumRole: Role) {
        self.id = id
        self.name = name
        self.kind = kind
        self.minimumRole = minimumRole
    }

    public static let cash = PaymentMethod(id: "cash", name: "Cash", kind: .cash, minimumRole: .staff)
    public static let externalCard = PaymentMethod(
        id: "card", name: "Card terminal", kind: .externalCard, minimumRole: .staff)
    public static let simulatedCard = PaymentMethod(
        id: "demo-card", name: "Demo card", kind: .simulatedCard, minimumRole: .customer)
    public static let online = PaymentMethod(
        id: "online", name: "Online", kind: .online, minimumRole: .customer)
}


/// How somebody wants to pay an order.
public struct PaymentRequest: Hashable, Sendable, Codable {
    /// A `PaymentMethod.id`; nil lets the service decide, as the seed's contract has no field for it.
    public let methodID: String?
    /// Cash given, in minor units.
    public let tenderedMinor: Int64?
    /// What the card terminal printed, 1…32 letters, digits and `-`.
    public let approvalCode: String?

    public init(methodID: String?, tenderedMinor: Int64? = nil, approvalCode: String? = nil) {
        self.methodID = methodID
        self.tenderedMinor = tenderedMinor
        self.approvalCode = approvalCode
    }

    /// One text for one content of a payment of `orderID`.
    public func fingerprintText(orderID: Int64) -> String {
        "payment|\(orderID)|\(methodID ?? "")|\(tenderedMinor.map(String.init) ?? "")|\(approvalCode ?? "")"
    }

    /// The payment this makes of `total` by `method`.
    ///
    /// - Throws: `paymentRefused` saying what is missing: too little cash, no approval code.
    public func settle(total: Money, by method: PaymentMethod, at now: Timestamp) throws(StoreError)
        -> Payment
    {
        switch method.kind {
        case .cash:
            guard let tenderedMinor, tenderedMinor >= 0 else { throw .paymentRefused("Enter the cash given") }
            let tendered = Money(minorUnits: tenderedMinor, currency: total.currency)
            guard tendered >= total else {
                throw .paymentRefused("\((total - tendered).displayText) is missing")
            }
            guard tenderedMinor <= 100 * Product.maximumPriceMinor else {
                throw .paymentRefused("That is more cash than a till can take")
            }
            return Payment(
                method: method, amount: total, tendered: tendered, change: tendered - total, paidAt: now)
        case .externalCard:
            let code = approvalCode?.trimmedText ?? ""
            let allowed = code.utf8.allSatisfy {
                $0.isDigit || $0 == 0x2D || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
            }
            guard (1...32).contains(code.utf8.count), allowed else {
                throw .paymentRefused("Enter the approval code that the card terminal printed")
            }
            return Payment(method: method, amount: total, approvalCode: code, paidAt: now)
        case .simulatedCard, .online:
            return Payment(method: method, amount: total, paidAt: now)
        }
    }
}

/// A payment that was taken.
public struct Payment: Hashable, Sendable, Codable {
    public let method: PaymentMethod
    public let amount: Money
    /// Cash given and given back; nil for cards.
    public let tendered: Money?
    public let change: Money?
    public let approvalCode: String?
    public let paidAt: Timestamp

    public init(
        method: PaymentMethod, amount: Money, tendered: Money? = nil, change: Money? = nil,
        approvalCode: String? = nil, paidAt: Timestamp
    ) {
        self.method = method
        self.amount = amount
        self.tendered = tendered
        self.change = change
        self.approvalCode = approvalCode
        self.paidAt = paidAt
    }
}
