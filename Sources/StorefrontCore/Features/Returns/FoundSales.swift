import StoreDomain

/// Sales to choose the one from of which something comes back.
public struct FoundSales: Hashable, Codable, Sendable {
    /// What they were found by; nil for the latest sales.
    public internal(set) var sought: String?
    /// nil until they are loaded.
    public internal(set) var page: OrderPage?
    var list = List()
    /// Somebody looks for one sale, and the only one that is found opens by itself.
    var opensOnly = false

    public init() {}

    public var orders: [Order] { page?.orders ?? [] }
    public var selection: Int { list.row(of: orders.count) ?? 0 }
    public var selected: Order? { list.row(of: orders.count).map { orders[$0] } }
    var number: Int { page?.number ?? 1 }
    var pages: Int { page?.pages ?? 1 }
}

extension ReturnsState {
    /// Looks for sales by what was typed or scanned; the latest ones for nothing.
    mutating func find(_ text: String?, _ desk: inout Desk) -> [Step] {
        let text = text?.cleanText
        found.sought = text?.isEmpty == false ? text : nil
        found.list = List()
        found.opensOnly = found.sought != nil
        return load(page: 1, desk)
    }

    mutating func findNext(_ desk: inout Desk) -> [Step] {
        stage = .finding
        kept = nil
        return find(nil, &desk)
    }

    mutating func load(page: Int, _ desk: Desk) -> [Step] {
        [
            .ask(
                .returns(
                    .find(
                        found.sought, everybody: desk.principal.allows(.seeAllOrders), page: page,
                        perPage: max(1, min(500, desk.viewport.orderRows)))))
        ]
    }

    public mutating func enterText(_ text: String, for purpose: Prompt.Purpose, _ desk: inout Desk)
        -> [Step]
    {
        switch purpose {
        case .findSale:
            stage = .finding
            return find(text, &desk)
        case .returnReason:
            do throws(StoreError) { return reason(try Reason.checked(text), &desk) } catch {
                desk.say(error)
                return []
            }
        case .approvalCode:
            guard case .choosing(var returning) = stage else { return [] }
            returning.approvalCode = text.cleanText
            stage = .choosing(returning)
            return give(&desk)
        case .discount, .findLine, .findOrder, .server, .catalogFile, .priceReason, .customer,
            .visitorCode, .noSaleReason, .pin, .unlock, .approverPIN, .newPIN, .pinPassword,
            .pinOwner, .badgeOwner, .badgeFor, .invoice, .pinFor, .newCustomer, .check, .returnProduct,
            .returnName, .findGiftCard,
            .mailReceipt, .office, .macroName, .macroKey, .reportDays, .findProducts, .customers:
            return []
        }
    }
}

extension Order {
    /// What its goods and gift cards that did not come back yet cost, before cash rounding; 0 for an order of which
    /// nothing can come back.
    public var leftToReturn: Money {
        guard status.isReturnable else { return .zero(total.currency) }
        let cards = giftCards.map { $0.amount - $0.returned }
        return total - refunded + .sum(cards, currency: total.currency)
    }
}
