/// Something that not everyone may do. A service asks for one permission at its door; a role grants them.
public enum Permission: String, Hashable, Sendable, Codable, CaseIterable,
    CodingKeyRepresentable
{
    // Buying and selling
    case placeOrders, seeAllOrders, takePayment
    case sell, discountLines, discountOrders, overridePrices, exemptTax, park
    case sellBelowZero, issueGiftCards
    case refund, refundOtherwise, refundWithoutReceipt, voidSales
    // The drawer
    case openShift, moveCash, closeShift, closeOverTolerance, seeExpected, xReport, seeReports, reprint
    case noSale
    // Goods
    case manageProducts, adjustStock, seeCost
    // The shop
    case manageDiscounts, manageAccounts, manageRights, changePolicy, readJournal

    /// Completes "Your account may not …".
    public var verb: String {
        switch self {
        case .placeOrders: "place orders"
        case .seeAllOrders: "see other people's orders"
        case .takePayment: "take payments"
        case .sell: "sell at a till"
        case .discountLines: "discount a line by hand"
        case .discountOrders: "discount a sale by hand"
        case .overridePrices: "change a price at the till"
        case .exemptTax: "sell without tax"
        case .park: "park sales"
        case .sellBelowZero: "sell more than there is on the books"
        case .issueGiftCards: "sell gift cards"
        case .refund: "refund sales"
        case .refundOtherwise: "refund to another tender than the sale's"
        case .refundWithoutReceipt: "take goods back without a receipt"
        case .voidSales: "void sales"
        case .openShift: "open a shift"
        case .moveCash: "put cash in or take it out"
        case .closeShift: "close a shift"
        case .closeOverTolerance: "close a shift whose count is off"
        case .seeExpected: "see what should be in a drawer"
        case .xReport: "see what a shift comes to before it is closed"
        case .seeReports: "see what was sold"
        case .reprint: "print a Z report once more"
        case .noSale: "open the drawer without a sale"
        case .manageProducts: "change products"
        case .adjustStock: "correct stock"
        case .seeCost: "see what goods cost"
        case .manageDiscounts: "change discounts"
        case .manageAccounts: "change accounts"
        case .manageRights: "change what roles may do"
        case .changePolicy: "change the shop's policy"
        case .readJournal: "read the journal"
        }
    }

    /// What a limit of this permission counts; nil for a permission that has no limit.
    public var limitKind: LimitKind? {
        switch self {
        case .discountLines, .discountOrders, .overridePrices: .percent
        case .refund, .moveCash: .amount
        case .placeOrders, .seeAllOrders, .takePayment, .sell, .exemptTax, .park,
            .sellBelowZero, .issueGiftCards, .refundOtherwise, .refundWithoutReceipt, .noSale, .openShift,
            .closeShift, .closeOverTolerance, .seeExpected, .xReport,
            .seeReports, .reprint, .manageProducts, .adjustStock, .seeCost, .manageDiscounts, .manageAccounts,
            .manageRights, .changePolicy, .readJournal, .voidSales:
            nil
        }
    }

    /// What a limit is given in.
    public enum LimitKind: Hashable, Sendable { case percent, amount }
}
