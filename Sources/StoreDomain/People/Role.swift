/// A name with the permissions and limits it grants. Roles are kept in the store; a shop changes them and
/// adds its own.
public struct Role: Hashable, Sendable, Codable {
    /// 1…40 lower-case letters, digits and `-`, unique in the store.
    public let name: String
    /// What the role may do. A permission that is missing is not granted.
    public let grants: [Permission: Limit]

    /// How far a permission goes.
    public enum Limit: Hashable, Sendable, Codable {
        /// Not by itself: only what somebody else approves.
        case ask
        case unlimited
        /// At most this share of the price, as for discounts and changed prices.
        case percent(Rate)
        /// At most this many minor units of the store's currency, as for refunds.
        case amount(Int64)
    }

    /// - Throws: `invalid` for a name that breaks the rule, or for a limit of a kind that its permission does
    ///   not have.
    public init(name: String, grants: [Permission: Limit]) throws(StoreError) {
        var problems: [FieldProblem] = []
        let allowed = name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0.isDigit || $0 == 0x2D }
        if !(1...40).contains(name.utf8.count) || !allowed {
            problems.append(FieldProblem("name", "must be 1 to 40 lower-case letters, digits or -"))
        }
        for (permission, limit) in grants where !limit.suits(permission) {
            problems.append(FieldProblem(permission.rawValue, "cannot have this limit"))
        }
        guard problems.isEmpty else {
            throw .invalid(problems.sorted { $0.field < $1.field })
        }
        self.init(known: name, grants: grants)
    }

    private init(known name: String, grants: [Permission: Limit]) {
        self.name = name
        self.grants = grants
    }

    /// Whether the role may do it to this extent.
    ///
    /// - Parameters:
    ///   - share: of the price, for a permission with a limit in percent.
    ///   - amount: for a permission with a limit in money; its sign does not matter.
    public func allows(_ permission: Permission, share: Rate? = nil, amount: Money? = nil) -> Bool {
        switch grants[permission] {
        case nil, .ask: false
        case .unlimited: true
        case .percent(let limit): share.map { $0 <= limit } ?? true
        case .amount(let limit): amount.map { $0.minorUnits.magnitude <= limit.magnitude } ?? true
        }
    }

    /// Whether somebody else may approve what the role does not allow by itself: all of a permission that it may
    /// only ask for, and what goes beyond a limit.
    public func mayAsk(for permission: Permission) -> Bool {
        switch grants[permission] {
        case nil, .unlimited: false
        case .ask, .percent, .amount: true
        }
    }
}

extension Role.Limit? {
    /// "yes", "ask", "to 10 %", "to 50.00"; nil for no.
    public func words(_ currency: Currency) -> String? {
        switch self {
        case nil: nil
        case .ask: "ask"
        case .unlimited: "yes"
        case .percent(let rate): "to \(rate.percentDigits) %"
        case .amount(let minor): "to \(Money(minorUnits: minor, currency: currency).decimalText)"
        }
    }
}

extension Role.Limit {
    fileprivate func suits(_ permission: Permission) -> Bool {
        switch self {
        case .ask, .unlimited: true
        case .percent(let rate): permission.limitKind == .percent && rate.numerator <= rate.denominator
        case .amount(let minor): permission.limitKind == .amount && minor >= 0
        }
    }
}

/// What a role may do, as stores keep it. A permission of a later version is passed over, so that servers of two
/// versions work on one store.
public struct StoredGrants: Decodable, Sendable {
    public let grants: [Permission: Role.Limit]

    public init(from decoder: any Decoder) throws {
        let stored = try [String: Role.Limit](from: decoder)
        grants = Dictionary(
            stored.compactMap { name, limit in Permission(rawValue: name).map { ($0, limit) } },
            uniquingKeysWith: { first, _ in first })
    }
}

// MARK: - The roles of a new store

extension Role {
    public static let customer = Role(known: "customer", grants: [.placeOrders: .unlimited])
    public static let cashier = Role(
        known: "cashier",
        grants: [
            .placeOrders: .unlimited, .takePayment: .unlimited, .sell: .unlimited, .park: .unlimited,
            .discountLines: .percent(Rate(numerator: 1, denominator: 10) ?? .zero),
            .openShift: .unlimited, .closeShift: .unlimited, .reprint: .unlimited,
            .issueGiftCards: .unlimited,
        ].merging(asking(askedByCashiers)) { own, _ in own })
    public static let senior = Role(
        known: "senior",
        grants: cashier.grants.merging([
            .seeAllOrders: .unlimited, .seeReports: .unlimited, .xReport: .unlimited,
            .discountLines: .percent(Rate(numerator: 1, denominator: 5) ?? .zero),
            .discountOrders: .percent(Rate(numerator: 1, denominator: 5) ?? .zero),
            .overridePrices: .percent(Rate(numerator: 1, denominator: 5) ?? .zero),
            .refund: .amount(10_000), .voidSales: .unlimited, .moveCash: .amount(5_000),
            .exemptTax: .unlimited, .sellBelowZero: .unlimited, .noSale: .unlimited,
            .refundOtherwise: .ask, .refundWithoutReceipt: .ask,
        ]) { _, senior in senior })
    public static let manager = Role(
        known: "manager",
        grants: granting([
            .placeOrders, .seeAllOrders, .takePayment, .sell, .discountLines, .discountOrders,
            .overridePrices, .exemptTax, .park, .refund, .refundOtherwise, .refundWithoutReceipt,
            .sellBelowZero, .issueGiftCards,
            .noSale, .openShift, .moveCash, .closeShift,
            .closeOverTolerance, .seeExpected, .xReport, .seeReports, .reprint, .manageProducts, .adjustStock,
            .seeCost, .readJournal, .voidSales,
        ]))
    /// Whoever works in the shop without a till of their own: sells, takes payments, changes products.
    public static let staff = Role(
        known: "staff",
        grants: granting([
            .placeOrders, .seeAllOrders, .takePayment, .sell, .park, .openShift, .closeShift, .xReport,
            .seeReports, .reprint, .manageProducts, .adjustStock, .issueGiftCards,
        ]).merging(asking(askedByCashiers)) { own, _ in own })
    public static let admin = Role(known: "admin", grants: granting(Permission.allCases))

    /// The roles of a new store, by what they may do.
    public static let standard = [customer, cashier, senior, staff, manager, admin]

    /// The standard role of this name; nil when there is none.
    public static func standard(named name: String) -> Role? { standard.first { $0.name == name } }

    /// What a cashier needs somebody else for.
    private static let askedByCashiers: [Permission] = [
        .discountLines, .discountOrders, .overridePrices, .exemptTax, .sellBelowZero, .refund, .voidSales,
        .moveCash,
        .noSale,
    ]

    private static func asking(_ permissions: [Permission]) -> [Permission: Limit] {
        Dictionary(uniqueKeysWithValues: permissions.map { ($0, .ask) })
    }

    private static func granting(_ permissions: [Permission]) -> [Permission: Limit] {
        Dictionary(uniqueKeysWithValues: permissions.map { ($0, .unlimited) })
    }
}
