import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import StoreDomain
import StoreWire

/// Everything the routes stand on.
public struct ServerParts: Sendable {
    public let services: StoreServices
    public let tokens: any TokenService
    public let answering: any AnsweringService
    public let authority: TokenAuthority
    public let ids: any IDSource
    public let currency: Currency
    /// What `/api/events` tells of; nil tells of nothing.
    public let changes: (any ChangeFeed)?
    /// The store's version: a larger number after each change, whichever program made it. Nil where it cannot be told at
    /// once.
    public let version: @Sendable () -> Int?

    public init(
        services: StoreServices, tokens: any TokenService, answering: any AnsweringService,
        authority: TokenAuthority, ids: any IDSource, currency: Currency,
        changes: (any ChangeFeed)? = nil, version: @escaping @Sendable () -> Int? = { nil }
    ) {
        self.services = services
        self.tokens = tokens
        self.answering = answering
        self.authority = authority
        self.ids = ids
        self.currency = currency
        self.changes = changes
        self.version = version
    }
}

/// Where and how to serve.
public struct ServerOptions: Sendable {
    public var host = "127.0.0.1"
    /// 0 takes a free one.
    public var port = 5000
    public var origins = AllowedOrigins.none
    public var limits = RequestLimits()
    public var events = EventPauses()

    public init() {}
}

/// Puts the REST API together.
///
/// - Parameters:
///   - transport: puts TLS round HTTP, or leaves it as it is.
///   - started: is told the port once connections are taken.
public func buildApplication(
    _ parts: ServerParts, _ options: ServerOptions, logger: Logger,
    transport: (HTTPServerBuilder) throws -> HTTPServerBuilder = { $0 },
    started: @escaping @Sendable (Int) async -> Void = { _ in }
) rethrows -> some ApplicationProtocol {
    let gate = PasswordGate(limit: options.limits.passwords)
    let metrics = ServerMetrics(passwordGate: gate)
    let services = parts.services
    let gatekeeper = Gatekeeper(authority: parts.authority, tokens: parts.tokens)
    var eventLimits = EventLog.Limits()
    eventLimits.kept = options.limits.events
    eventLimits.listeners = options.limits.listeners
    let log = EventLog(name: parts.ids.idempotencyKey().text, limits: eventLimits)
    parts.changes?.observe { [weak log] in log?.append($0) }
    let document = OpenAPIDocument(currency: parts.currency, limits: options.limits)
    let routes = Routes(
        auth: AuthController(
            auth: services.auth, authority: parts.authority, tokens: parts.tokens, gate: gate),
        products: ProductController(
            catalog: services.catalog, counter: Counter(services.counter), currency: parts.currency,
            answers: CatalogAnswers(version: parts.version)),
        orders: OrderController(orders: services.orders, answering: parts.answering, ids: parts.ids),
        payments: PaymentController(
            payments: services.payments, catalog: services.catalog, answering: parts.answering,
            ids: parts.ids),
        till: TillController(counter: Counter(services.counter), ids: parts.ids),
        cards: CardController(counter: Counter(services.counter), ids: parts.ids),
        customers: CustomerController(counter: Counter(services.counter)),
        shifts: ShiftController(counter: Counter(services.counter)),
        staff: StaffController(
            counter: Counter(services.counter), authority: parts.authority, gate: gate),
        stock: StockController(counter: Counter(services.counter)),
        shop: ShopController(policies: services.policy, codes: services.discounts),
        accounts: AccountController(accounts: services.accounts, gate: gate),
        journal: JournalController(counter: Counter(services.counter)),
        reports: ReportController(counter: Counter(services.counter)),
        transfer: TransferController(counter: Counter(services.counter), orders: services.orders),
        events: EventController(log: log, gatekeeper: gatekeeper, pauses: options.events),
        system: SystemController(
            auth: services.auth, metrics: metrics, openAPI: document.json, docs: document.page),
        gatekeeper: gatekeeper,
        bodies: RequestBodyReading(limits: options.limits, currency: parts.currency))

    let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: ObservingMiddleware(metrics: metrics, logger: logger))
    router.add(middleware: OriginMiddleware(origins: options.origins))
    router.add(middleware: RefusingMiddleware())
    routes.add(to: router)

    let limits = options.limits
    let http = HTTPServerBuilder.http1(
        configuration: .init(
            additionalChannelHandlers: [RequestLimitHandler(limit: limits.receiving)],
            idleTimeout: limits.idle,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes)))
    // Hummingbird's own lines say nothing that ours do not.
    var hushed = logger
    hushed.logLevel = max(logger.logLevel, .warning)
    return Application(
        router: router, server: try transport(http),
        configuration: ApplicationConfiguration(
            address: .hostname(options.host, port: options.port), serverName: nil),
        onServerRunning: { channel in await started(channel.localAddress?.port ?? options.port) },
        logger: hushed)
}
