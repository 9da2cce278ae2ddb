import StoreDomain

/// One product in full.
public struct ProductState: Hashable, Sendable {
    public internal(set) var product: Product?
    public internal(set) var error: StoreError?
    public internal(set) var scroll = 0
    var request: RequestID?

    public var isLoading: Bool { request != nil }
}

/// The cart: what is in it, what it costs, and what has changed in the shop since.
public struct CartState: Hashable, Sendable {
    public internal(set) var cart = Cart()
    /// What it costs; nil before that is known.
    public internal(set) var quote: PriceBreakdown?
    /// Where the catalogue no longer says what the cart does.
    public internal(set) var differences: [CartDifference] = []
    public internal(set) var selection = 0
    public internal(set) var error: StoreError?
    /// What was last looked for among the lines.
    var search: ListSearch?
    /// The latest change sent to disk; older answers do not matter.
    var request: RequestID?
    var quoteRequest: RequestID?
    /// Signing in was a step on the way to checking out, which goes on once the cart has come along.
    var goesOnToCheckout = false
    /// A discount code was entered: what the next quote makes of it is said.
    var tellsCode = false

    public var selected: CartLine? {
        cart.lines.indices.contains(selection) ? cart.lines[selection] : nil
    }

    public func difference(of productID: Int64) -> CartDifference? {
        differences.first { $0.productID == productID }
    }
}

/// From cart to paid: review, payment, done.
public struct CheckoutState: Hashable, Sendable {
    public enum Step: Int, Hashable, Sendable, CaseIterable { case review, payment, done }

    public internal(set) var step = Step.review
    /// Lines of the review above the window.
    public internal(set) var scroll = 0
    /// What is stored of it; nil until the store has said so.
    public internal(set) var pending: PendingCheckout?
    public internal(set) var methods: [PaymentMethod]?
    public internal(set) var methodIndex = 0
    public internal(set) var tender = TextInput(limit: 16)
    public internal(set) var approval = TextInput(limit: 32)
    public internal(set) var problem: String?
    /// The order as far as it is known: placed, perhaps paid.
    public internal(set) var order: Order?
    /// Placing and paying is under way: no second Enter counts.
    public internal(set) var isBusy = false
    /// It is not known whether the last try had its effect; Enter asks again with the same keys.
    public internal(set) var isOutcomeUnknown = false
    /// Paying an order that was placed before, not the cart.
    public internal(set) var paysOldOrder = false

    /// What Enter would pay with; nil when the order is to be paid at the counter.
    public var method: PaymentMethod? {
        guard let methods, methods.indices.contains(methodIndex) else { return nil }
        return methods[methodIndex]
    }

    /// Its order may stand already, so that leaving asks first.
    var holdsOrder: Bool {
        step == .payment && !paysOldOrder && (order != nil || pending?.isConfirmed == true)
    }

    /// Nobody may take a payment here: the order waits for the counter.
    public var paysLater: Bool { methods?.isEmpty == true }
}

/// Orders, newest first.
public struct OrdersState: Hashable, Sendable {
    public internal(set) var status: OrderStatus?
    public internal(set) var page: OrderPage?
    public internal(set) var selection = 0
    public internal(set) var error: StoreError?
    /// The last days, today last; empty for those who may not see it and where nobody counts it.
    public internal(set) var sales: [DaySales] = []
    /// What was last looked for in the list.
    var search: ListSearch?
    var request: RequestID?
    var landing = Landing.row(0)

    /// Where the selection goes on a new page.
    enum Landing: Hashable, Sendable {
        case row(Int), bottom
        /// On the same order when it is there, else on a row.
        case order(Int64?, orRow: Int)
        /// On the next match, if need be on one of so many pages more.
        case match(forward: Bool, pages: Int)
    }

    public var isLoading: Bool { request != nil }

    public var selected: Order? {
        guard let orders = page?.orders, orders.indices.contains(selection) else { return nil }
        return orders[selection]
    }
}

/// One order in full.
public struct OrderState: Hashable, Sendable {
    public internal(set) var order: Order?
    public internal(set) var error: StoreError?
    public internal(set) var scroll = 0
    var request: RequestID?

    public var isLoading: Bool { request != nil }
}
