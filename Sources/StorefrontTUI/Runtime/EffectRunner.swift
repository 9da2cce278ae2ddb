import StoreDomain
import StorefrontCore
import TerminalKit

/// What the runtime asks of the world beside the services and the terminal.
public protocol RuntimePorts: Sendable {
    /// Sends text to the printer of the settings.
    func printReceipt(_ text: String) async throws(StoreError)
    /// Writes text to a new file; returns its path.
    func saveReceipt(_ text: String, orderID: Int64) async throws(StoreError) -> String
    /// Fills an empty store; reports products made so far and in all.
    func loadDemoData(progress: @escaping @Sendable (Int, Int) -> Void) async throws(StoreError)
    /// Asks whether there is a shop to be had at an address, as it was typed; returns the address in its one
    /// spelling.
    ///
    /// - Throws: `invalid` when it is none.
    func findShop(at address: String) async throws(StoreError) -> String
    /// - Throws: a sentence that names the file and what is wrong with it.
    func theme(named name: String) throws(StoreError) -> Theme
    /// Remembers the theme for the next start.
    func keepTheme(named name: String) throws(StoreError)
    /// Every change in how the server is to be reached; nil for a local store.
    var connectionChanges: AsyncStream<ConnectionState>? { get }
    /// Waits a while and asks whether the server is there.
    ///
    /// - Parameter attempt: counted from 1; the more, the longer the wait.
    func reconnect(attempt: Int) async -> Bool
}

extension RuntimePorts {
    public var connectionChanges: AsyncStream<ConnectionState>? { nil }
    public func reconnect(attempt: Int) async -> Bool { true }

    /// Tells of every change in how the server is to be reached until the task is cancelled.
    func follow(
        on executor: (any TaskExecutor)?, _ heard: @escaping @Sendable (AppAction) async -> Void
    ) -> Task<Void, Never>? {
        connectionChanges.map { changes in
            Task(executorPreference: executor) {
                for await change in changes { await heard(.connectionChanged(change)) }
            }
        }
    }
}

/// Carries out effects on the services and turns their answers into actions.
struct EffectRunner: Sendable {
    let services: StoreServices
    let flow: CheckoutFlow
    let ports: any RuntimePorts
    let zone: ZoneOffset
    let receiptText: @Sendable (Order, _ isDemo: Bool) -> String

    init(
        services: StoreServices, ids: any IDSource, ports: any RuntimePorts, zone: @escaping ZoneOffset,
        shopName: String
    ) {
        self.services = services
        flow = CheckoutFlow(services: services, ids: ids)
        self.ports = ports
        self.zone = zone
        receiptText = { order, isDemo in
            let instant = order.paidAt ?? order.createdAt
            let time = CivilTime(instant, offsetSeconds: zone(instant)).minuteText
            return ReceiptText.lines(order, shopName: shopName, time: time, isDemo: isDemo)
                .map { $0 + "\n" }.joined()
        }
    }

    /// nil for effects that the runtime carries out itself.
    func run(
        _ effect: Effect, isDemo: Bool, report: @escaping @Sendable (AppAction) -> Void
    ) async -> AppAction? {
        switch effect {
        case .loadPage, .loadCategories, .loadProduct, .findCode: await catalog(effect)
        case .signIn, .register, .signOut: await account(effect)
        case .loadCart, .changeCart, .undoCart, .adoptGuestCart, .quote, .compareCart: await cart(effect)
        case .findCheckout, .beginCheckout, .loadMethods, .completeCheckout, .abandonCheckout, .payOrder:
            await checkout(effect)
        case .loadOrders, .loadOrder, .cancelOrder, .loadSales: await orders(effect)
        case .printReceipt(let order):
            .receiptPrinted(
                await result { () throws(StoreError) in
                    try await ports.printReceipt(receiptText(order, isDemo))
                })
        case .saveReceipt(let order):
            .receiptSaved(
                await result { () throws(StoreError) in
                    try await ports.saveReceipt(receiptText(order, isDemo), orderID: order.id)
                })
        case .loadDemoData:
            .demoDataLoaded(
                await result { () throws(StoreError) in
                    try await ports.loadDemoData { report(.demoDataProgress(done: $0, of: $1)) }
                })
        case .connect(let address, let request):
            .connected(
                request,
                await result { () throws(StoreError) in try await ports.findShop(at: address) })
        case .reconnect(let attempt):
            .reconnectTried(attempt: attempt, succeeded: await ports.reconnect(attempt: attempt))
        case .previewTheme, .keepTheme, .redraw, .suspend, .beep, .setMouseCapture, .quit: nil
        }
    }

    private func result<Value>(_ body: () async throws(StoreError) -> Value) async -> Result<
        Value, StoreError
    > {
        do { return .success(try await body()) } catch { return .failure(error) }
    }

    private func catalog(_ effect: Effect) async -> AppAction? {
        switch effect {
        case .loadPage(let query, let position, let perPage, let request):
            .pageLoaded(
                request,
                await result { () throws(StoreError) in
                    try await services.catalog.page(query, at: position, perPage: perPage)
                })
        case .loadCategories:
            .categoriesLoaded(
                await result { () throws(StoreError) in try await services.catalog.categories() })
        case .loadProduct(let id, let request):
            .productLoaded(
                request, await result { () throws(StoreError) in try await services.catalog.product(id) })
        case .findCode(let code, let count):
            .codeFound(
                code, count: count,
                await result { () throws(StoreError) in try await services.catalog.product(code: code) })
        default: nil
        }
    }

    private func account(_ effect: Effect) async -> AppAction? {
        switch effect {
        case .signIn(let email, let password, let request):
            .signedIn(
                request,
                await result { () throws(StoreError) in
                    try await services.auth.signIn(email: email, password: password)
                })
        case .register(let registration, let request):
            .signedIn(
                request,
                await result { () throws(StoreError) in try await services.auth.register(registration) })
        case .signOut(let session):
            .signedOut(await result { () throws(StoreError) in try await services.auth.signOut(session) })
        default: nil
        }
    }

    private func cart(_ effect: Effect) async -> AppAction? {
        switch effect {
        case .loadCart(let owner):
            .cartLoaded(
                owner, await result { () throws(StoreError) in try await services.cart.cart(of: owner) })
        case .changeCart(let change, let owner, let request):
            .cartChanged(
                request, owner,
                await result { () throws(StoreError) in
                    let (cart, notes) = try await services.cart.apply(change, to: owner)
                    return CartOutcome(cart: cart, notes: notes)
                })
        case .undoCart(let owner, let request):
            .cartChanged(
                request, owner,
                await result { () throws(StoreError) in CartOutcome(cart: try await services.cart.undo(owner))
                })
        case .adoptGuestCart(let userID):
            .cartAdopted(
                userID: userID,
                await result { () throws(StoreError) in
                    let (cart, notes) = try await services.cart.adopt(guestCartFor: userID)
                    return CartOutcome(cart: cart, notes: notes)
                })
        case .quote(let lines, let code, let principal, let request):
            .quoted(
                request,
                await result { () throws(StoreError) in
                    try await services.payments.quote(lines, discountCode: code, as: principal)
                })
        case .compareCart(let ids):
            .cartCompared(
                ids, await result { () throws(StoreError) in try await services.catalog.products(ids) })
        default: nil
        }
    }

    private func checkout(_ effect: Effect) async -> AppAction? {
        switch effect {
        case .findCheckout(let owner):
            return .checkoutFound(
                owner, await result { () throws(StoreError) in try await services.cart.checkout(of: owner) })
        case .beginCheckout(let draft, let owner, _):
            return .checkoutBegan(
                await result { () throws(StoreError) in try await flow.begin(draft, for: owner) })
        case .loadMethods(let principal):
            return .methodsLoaded(
                await result { () throws(StoreError) in try await services.payments.methods(as: principal) })
        case .completeCheckout(let pending, let payment, let owner, let principal):
            do {
                let (order, cart) = try await flow.complete(
                    pending, payment: payment, owner: owner, principal: principal)
                return .checkoutEnded(.done(order, cart))
            } catch {
                return .checkoutEnded(.failed(error.error, pending: error.pending, order: error.order))
            }
        case .abandonCheckout(let pending, let owner, let principal):
            return .checkoutAbandoned(
                await result { () throws(StoreError) in
                    try await flow.abandon(pending, owner: owner, principal: principal)
                })
        case .payOrder(let id, let request, let principal):
            return .orderPaid(
                await result { () throws(StoreError) in
                    try await flow.pay(id, request, principal: principal)
                })
        default: return nil
        }
    }

    private func orders(_ effect: Effect) async -> AppAction? {
        switch effect {
        case .loadOrders(let query, let principal, let request):
            .ordersLoaded(
                request,
                await result { () throws(StoreError) in try await services.orders.orders(query, as: principal)
                })
        case .loadOrder(let id, let principal, let request):
            .orderLoaded(
                request,
                await result { () throws(StoreError) in try await services.orders.order(id, as: principal) })
        case .loadSales(let days, let principal):
            .salesLoaded(
                await result { () throws(StoreError) in
                    try await services.orders.dailySales(days: days, in: zone, as: principal)
                })
        case .cancelOrder(let id, let principal):
            .orderCancelled(
                await result { () throws(StoreError) in try await services.orders.cancel(id, as: principal) })
        default: nil
        }
    }
}
