import StoreDomain
import StoreWire

/// A server of the contract as a store: every service but the cart, which is the terminal's own. What a server
/// does not have, its services refuse with `unsupported`.
public struct RemoteStore: Sendable {
    public let services: StoreServices
    public let health: ConnectionHealth
    public let address: ServerAddress
    private let client: APIClient

    /// Nothing is sent before a service is asked for something.
    ///
    /// - Parameters:
    ///   - tokenDirectory: where sessions and orders of unknown outcome are kept; nil keeps them in memory.
    ///   - cart: kept here, by the server's address.
    ///   - policy: the program's settings, for a server that has no policy; their currency reads its amounts.
    public init(
        address: ServerAddress, transport: any HTTPTransport, tokenDirectory: String?, cart: any CartService,
        policy: ShopPolicy, clock: any StoreClock, isReadOnly: Bool = false, surroundings: RemoteSurroundings,
        retries: RetryPolicy = RetryPolicy()
    ) {
        self.address = address
        health = ConnectionHealth(clock: clock)
        client = APIClient(
            address: address, transport: transport,
            tokens: TokenStore(directory: tokenDirectory, server: address, isReadOnly: isReadOnly),
            health: health,
            policy: retries, surroundings: surroundings, clock: clock, currency: policy.currency,
            isReadOnly: isReadOnly)
        services = Self.services(
            client, cart: cart, policy: KnownPolicy(settings: policy), clock: clock,
            attempts: OrderAttempts(directory: isReadOnly ? nil : tokenDirectory, server: address))
    }

    private static func services(
        _ client: APIClient, cart: any CartService, policy: KnownPolicy, clock: any StoreClock,
        attempts: OrderAttempts
    ) -> StoreServices {
        let capabilities = Capabilities(client: client)
        let catalog = RemoteCatalogService(client: client, capabilities: capabilities)
        let payments = RemotePaymentService(
            client: client, capabilities: capabilities, policy: policy, clock: clock)
        return StoreServices(
            auth: RemoteAuthService(client: client), accounts: RemoteAccountService(client: client),
            catalog: catalog,
            orders: RemoteOrderService(
                client: client, capabilities: capabilities, attempts: attempts, catalog: catalog,
                payments: payments, clock: clock),
            payments: payments, discounts: RemoteDiscountService(client: client), cart: cart,
            policy: RemotePolicyService(client: client, known: policy),
            counter: CounterServices(
                till: RemoteTillService(client: client), refunds: RemoteRefundService(client: client),
                looseReturns: RemoteLooseReturnService(client: client),
                cards: RemoteGiftCardService(client: client),
                customers: RemoteCustomerService(client: client), shifts: RemoteShiftService(client: client),
                parking: RemoteParkingService(client: client),
                stock: RemoteStockService(client: client),
                products: RemoteProducts(client: client), journal: RemoteJournalService(client: client),
                transfer: RemoteTransfer(client: client),
                pins: RemotePINService(client: client), approvals: RemoteApprovalService(client: client),
                reports: RemoteReportService(client: client)),
            changes: RemoteChangeService(client: client))
    }

    /// Who is signed in there, as far as is known without asking.
    public var session: Session? { client.tokens.session }

    /// Asks for one product of the shop, as its first screen will ask for more.
    ///
    /// - Throws: `unreachable` when no shop answers.
    public func check() async throws(StoreError) {
        _ = try await services.catalog.page(ProductQuery(), at: .first, perPage: 1)
    }

    /// Waits a little, longer after more attempts, and asks once whether the server is there.
    ///
    /// - Parameter attempt: counted from 1.
    public func reconnect(attempt: Int) async -> Bool {
        let pause = Duration.seconds(min(30, 1 << min(attempt, 5)))
        do { try await client.surroundings.sleep(pause) } catch { return false }
        do throws(StoreError) {
            try await client.answer(APICall(.health, isRepeatable: false)) { _ in }
            return true
        } catch {
            // Any answer will do.
            if case .offline = health.current { return false }
            return true
        }
    }
}
