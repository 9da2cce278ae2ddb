import StoreDomain
import StoreService

/// Everything a shop holds, as plain values: what the engines are measured against.
struct MemoryStore: Sendable {
    var identity: ShopIdentity
    var policies: [PolicyVersion]
    var journal: [String: [JournalRecord]] = [:]

    var accounts: [Int64: StoredCredentials] = [:]
    var roles: [String: Role]
    var failures: [String: StoredFailures] = [:]
    var revoked: [String: Timestamp] = [:]
    var pinSetting: String?
    var pins: [Int64: StoredPIN] = [:]
    var lastSeen: [Int64: Timestamp] = [:]
    var approvals: [Int64: Approval] = [:]
    /// When a visitor made which account.
    var visitors: [Int64: Timestamp] = [:]
    var visitorKeys: [KeyFingerprint: StoredVisitorKey] = [:]
    var visitorCodes: [Int64: VisitorCode] = [:]

    var products: [Int64: StoredProduct] = [:]
    var movements: [StockMovement] = []
    /// The refund that each movement belongs to.
    var refundsOfMovements: [Int64?] = []
    var averages: [Int64: StockAverage] = [:]
    var priceChanges: [PriceChange] = []
    var priceBatches: [Int64: PriceBatch] = [:]
    var plannedPrices: [Int64: [PriceLine]] = [:]
    /// Since when a product has to be counted.
    var countDue: [Int64: Timestamp] = [:]

    var discounts: [String: Discount]
    var methods = PaymentMethod.standard
    var orders: [Int64: Order] = [:]
    var openedAt: [Int64: Timestamp] = [:]
    var shiftOfPayment: [Int64: Int64] = [:]
    var takerOfPayment: [Int64: Int64] = [:]
    var refunds: [Refund] = []
    var shiftOfRefund: [Int64: Int64] = [:]
    var looseReturns: [Int64: LooseReturn] = [:]
    var sums = SalesSums()
    var categoryChanges: Int64 = 0
    /// What is kept of categories.
    var categorySums: [SalesSum.Place: SalesFigures] = [:]
    var returnKeys: [ReturnKey: (content: String, id: Int64)] = [:]
    var cards: [Int64: StoredCard] = [:]
    var cardMovements: [StoredCardMovement] = []
    var stranded: [StrandedPayment] = []
    var keys: [KeyID: Kept] = [:]

    var shifts: [Int64: Shift] = [:]
    var cash: [Int64: [CashMovement]] = [:]
    /// How documents were printed, in the order of time.
    var issues: [DocumentIssue] = []
    var happenings: [(happening: TillHappening, shiftID: Int64?, by: Int64?)] = []
    var positions: [NumberSeries: Int] = [:]
    var parked: [Int64: ParkedSale] = [:]
    /// By account and key.
    var parkingKeys: [String: (content: String, sale: ParkedSale)] = [:]

    private var lastID: [IDKind: Int64] = [:]

    /// Each kind of row counts its own ids.
    enum IDKind: Hashable {
        case account, product, order, item, payment, refund, shift, parked, approval, card, movement
        case priceBatch
    }

    /// Names the try of a return without a receipt.
    struct ReturnKey: Hashable, Sendable {
        let key: IdempotencyKey
        let userID: Int64
    }

    struct StoredCard: Sendable {
        var card: GiftCard
        let code: GiftCardCode?
    }

    struct StoredCardMovement: Sendable {
        let movement: GiftCardMovement
        let cardID: Int64
        let refundID: Int64?
        let shiftID: Int64?
    }

    struct StoredProduct: Sendable {
        var product: Product
        var handle: String?
        /// What search compares.
        var words: ProductWords
    }

    struct KeyID: Hashable, Sendable {
        let operation: KeyedOperation
        let key: IdempotencyKey
        let userID: Int64
    }

    struct Kept: Sendable {
        let content: String
        let orderID: Int64
        let refundID: Int64?
        var answer: [UInt8]?
    }

    init(uuid: String, isDemo: Bool, policy: ShopPolicy, at now: Timestamp) throws {
        identity = ShopIdentity(uuid: uuid, currency: policy.currency, isDemo: isDemo)
        policies = [PolicyVersion(number: 1, policy: policy, at: now, by: nil)]
        roles = Dictionary(uniqueKeysWithValues: Role.standard.map { ($0.name, $0) })
        let seeds = try Discount.seeds(currency: policy.currency)
        discounts = Dictionary(uniqueKeysWithValues: seeds.map { (Discount.key($0.code), $0) })
    }

    mutating func newID(_ kind: IDKind) -> Int64 {
        lastID[kind, default: 0] += 1
        return lastID[kind, default: 1]
    }
}
