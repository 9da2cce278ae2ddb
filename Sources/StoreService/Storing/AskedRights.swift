/// What a migration gives to the roles that every store has, where they do not have it yet: permissions by themselves,
/// and those that a role may only ask for. Frozen: a later change of roles is another migration's.
public enum AskedRights {
    /// By the role's name: each permission's name with its limit as stores keep it.
    public static let byRole: [(role: String, rights: [(permission: String, limit: String)])] = [
        ("cashier", granted("issueGiftCards") + asked(byCashiers)),
        (
            "senior",
            granted("issueGiftCards", "exemptTax", "sellBelowZero", "noSale")
                + asked(["refundOtherwise", "refundWithoutReceipt"])
        ), ("staff", granted("issueGiftCards") + asked(["discountLines"] + byCashiers)),
        ("manager", granted("issueGiftCards", "sellBelowZero", "noSale", "refundWithoutReceipt")),
        ("admin", granted("issueGiftCards", "sellBelowZero", "noSale", "refundWithoutReceipt")),
    ]

    private static let byCashiers = [
        "discountOrders", "overridePrices", "exemptTax", "sellBelowZero", "refund", "voidSales", "moveCash",
        "noSale",
    ]

    private static func granted(_ permissions: String...) -> [(permission: String, limit: String)] {
        permissions.map { ($0, #"{"unlimited":{}}"#) }
    }

    private static func asked(_ permissions: [String]) -> [(permission: String, limit: String)] {
        permissions.map { ($0, #"{"ask":{}}"#) }
    }
}
