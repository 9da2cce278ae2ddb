import StoreDomain

/// Where a shop is kept: SQLite, PostgreSQL, or memory in tests. It knows nothing of selling; it loads facts
/// and stores changes.
public protocol StoreEngine: Sendable {
    /// Nothing can be written.
    var isReadOnly: Bool { get }

    /// Runs `body` on one consistent state. Errors of the engine leave it as `StoreError.storage`.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any StoreTransaction) throws -> Value)
        async throws(StoreError) -> Value

    /// Runs `body` in one transaction that is on disk when this returns and undone when `body` throws. What
    /// `body` loads stays as it is until then.
    func write<Value: Sendable>(_ body: @escaping @Sendable (any StoreTransaction) throws -> Value)
        async throws(StoreError) -> Value
}

extension StoreEngine {
    public var isReadOnly: Bool { false }
}

/// Everything that a use case loads and stores. The number of statements behind a call depends on neither the
/// lines of an order nor the size of the shop.
public typealias StoreTransaction = CatalogTransaction & PeopleTransaction & SellingTransaction
    & StaffTransaction & TillTransaction & VisitorTransaction & CardTransaction & SalesTransaction
    & PriceTransaction & CustomerTransaction & CostTransaction

/// The shop itself, and what everybody on it shares.
public protocol ShopTransaction {
    func shop() throws -> ShopIdentity
    /// The policy in force.
    func policy() throws -> PolicyVersion
    /// Every version, the latest first.
    func policyHistory() throws -> [PolicyVersion]
    func insert(_ version: PolicyVersion) throws

    /// The chain that this transaction writes for `name`. An engine on which many write at once keeps several
    /// for a server, whose names begin with `name`.
    func writtenChain(for name: String) throws -> String
    /// Where a chain stands; nil for one without records.
    func journalHead(of chain: String) throws -> JournalHead?
    func append(_ records: [JournalRecord]) throws
    /// Records of a chain from a number on, at most `limit`.
    func journal(of chain: String, from number: Int, limit: Int) throws -> [JournalRecord]
    /// Every chain that has records, by name.
    func journalChains() throws -> [String]
}

extension ShopTransaction {
    /// The one chain of that name.
    public func writtenChain(for name: String) -> String { name }
}

/// Who a shop is.
public struct ShopIdentity: Hashable, Sendable {
    /// Tells this shop from every other.
    public let uuid: String
    public let currency: Currency
    public let isDemo: Bool

    public init(uuid: String, currency: Currency, isDemo: Bool) {
        self.uuid = uuid
        self.currency = currency
        self.isDemo = isDemo
    }
}

/// Accounts, roles, sign-ins.
public protocol PeopleTransaction: ShopTransaction {
    func hasAccounts() throws -> Bool
    func account(_ id: Int64) throws -> User?
    func credentials(emailKey: String) throws -> StoredCredentials?
    /// By e-mail.
    func accounts() throws -> [User]
    /// Accounts whose name or e-mail has each of the words, or whose number it is; by name, at most `limit`.
    func accounts(finding words: CustomerWords, limit: Int) throws -> [User]
    /// When each account was last seen, by its id.
    func lastSeen() throws -> [Int64: Timestamp]
    func lastSeen(_ id: Int64) throws -> Timestamp?
    func noteSeen(_ id: Int64, at now: Timestamp) throws
    /// How many accounts have this role.
    func accounts(with role: String) throws -> Int
    /// - Throws: `emailTaken`.
    func insertAccount(_ registration: Registration, passwordHash: String, role: Role, at now: Timestamp)
        throws -> User
    func setPasswordHash(_ hash: String, of id: Int64, at now: Timestamp) throws
    func setRole(_ role: String, of id: Int64, at now: Timestamp) throws

    /// By name.
    func roles() throws -> [Role]
    /// Stores a role, new or changed.
    func save(_ role: Role) throws

    func signInFailures(emailKey: String) throws -> StoredFailures?
    /// nil forgets them; older ones than `cutoff` are forgotten too.
    func save(_ failures: StoredFailures?, emailKey: String, forgettingBefore cutoff: Timestamp) throws

    /// The account that a token is for; nil when there is none, or the token was signed out.
    func account(_ id: Int64, unlessRevoked token: StoredToken) throws -> User?
    /// Remembers a token until `expiry`; forgets those that had run out by `now`.
    func revoke(tokenID: String, until expiry: Timestamp, now: Timestamp) throws
    /// Remembers that no sign-in of an account counts from before `now`, over a server or at a terminal; forgets as
    /// `revoke` does.
    func endSignIns(of account: Int64, now: Timestamp) throws
    /// Has what `endSignIns` remembers of an account say nothing of sign-ins from `now` on: it does where a clock was ahead
    /// when it was called.
    func limitEnd(ofSignInsOf account: Int64, to now: Timestamp) throws
}

/// A token that somebody shows.
public struct StoredToken: Hashable, Sendable {
    public let id: String
    /// When it runs out at the latest: what was signed out together is remembered until the last of it has.
    public let expiresAt: Timestamp

    /// What all of its kind are called in what is remembered of them.
    private let kind: String

    public init(id: String, issuedAt: Timestamp) {
        self.id = id
        kind = Self.tokens
        expiresAt = issuedAt.advanced(bySeconds: TokenLifetime.seconds)
    }

    /// What a terminal on the store itself shows: when somebody signed in there. It is signed out with all of its kind.
    public init(signedInAt since: Timestamp) {
        id = Self.terminals
        kind = Self.terminals
        expiresAt = since.advanced(bySeconds: Self.terminalSeconds)
    }

    private static let tokens = "account"
    private static let terminals = "terminals of account"
    /// Ten years: a terminal stays signed in for as long as it runs.
    private static let terminalSeconds: Int64 = 3_652 * 86_400

    /// Under what all of its kind of an account are remembered; no token has such an id.
    public func all(of account: Int64) -> String { "\(kind) \(account)" }

    /// What is remembered, and for how long, where every sign-in of an account from before `now` ends.
    public static func ended(of account: Int64, now: Timestamp) -> [(id: String, until: Timestamp)] {
        [StoredToken(id: "", issuedAt: now), StoredToken(signedInAt: now)].map {
            ($0.all(of: account), $0.expiresAt)
        }
    }
}

/// An account with the hash of its password.
public struct StoredCredentials: Sendable {
    public let user: User
    public let passwordHash: String

    public init(user: User, passwordHash: String) {
        self.user = user
        self.passwordHash = passwordHash
    }
}

/// How often in a row signing in with one e-mail failed, whether it has an account or not.
public struct StoredFailures: Hashable, Sendable {
    public let count: Int
    public let nextTryAt: Timestamp
    public let failedAt: Timestamp

    public init(count: Int, nextTryAt: Timestamp, failedAt: Timestamp) {
        self.count = count
        self.nextTryAt = nextTryAt
        self.failedAt = failedAt
    }
}

/// The catalogue: pages, search and counts are the engine's own.
public protocol CatalogTransaction: ShopTransaction {
    /// Arguments are in range.
    func page(_ query: ProductQuery, at position: PagePosition, perPage: Int) throws -> ProductPage
    /// Categories with products on sale, by name.
    func categories() throws -> [CategoryCount]
    /// Those of the ids that are on sale, in their order.
    func productsOnSale(_ ids: [Int64]) throws -> [Product]
    /// The product on sale with this code as its SKU or barcode, the latest first; failing that, the one that the
    /// code can be short for (`ProductCode.completions`), if there is exactly one.
    func productOnSale(code: String) throws -> Product?
    /// Archived or not.
    func product(_ id: Int64) throws -> Product?
    /// Archived or not, by a code as it is stored.
    func productID(_ identity: ProductIdentity) throws -> Int64?
    func insertProduct(_ draft: ProductDraft, handle: String?, at now: Timestamp) throws -> Int64
    /// Makes a product what `draft` says, counted or not included, the pieces on its books aside: movements
    /// change those. False when it was all that already.
    func updateProduct(_ old: Product, to draft: ProductDraft, isArchived: Bool, at now: Timestamp) throws
        -> Bool
    /// Products on sale behind `id`, by id, with the handle they were imported under.
    func export(after id: Int64, limit: Int) throws -> [(product: Product, handle: String?)]
    /// By time, the latest first.
    func movements(of productID: Int64, limit: Int) throws -> [StockMovement]
    /// Counted products of which more was sold than the books had and that nobody has counted since, the longest due
    /// first.
    func productsToCount(limit: Int) throws -> [DueCount]
}

/// What the back office knows of products beyond what is sold: archived ones, their prices, how little is left.
public protocol PriceTransaction: ShopTransaction {
    /// Archived products whose name, SKU or barcode has the text in it, whatever its case, by name.
    func archivedProducts(finding text: String, limit: Int) throws -> [Product]
    func insert(_ change: PriceChange) throws
    /// By time, the latest first.
    func priceChanges(ofProduct id: Int64, limit: Int) throws -> [PriceChange]
    /// By product.
    func priceChanges(ofBatch id: Int64) throws -> [PriceChange]
    /// Stores a batch; its id is the engine's.
    func insert(_ batch: PriceBatch) throws -> Int64
    func priceBatch(_ id: Int64) throws -> PriceBatch?
    /// The latest first.
    func priceBatches(limit: Int) throws -> [PriceBatch]
    /// - Parameter kept: how many of its prices stayed, as they were others by then.
    func markTakenBack(_ id: Int64, kept: Int, by: Int64?, at now: Timestamp) throws
    /// Stores what a batch that begins later does then.
    func insert(_ lines: [PriceLine], ofBatch id: Int64) throws
    /// That, by product, whether it has begun or not; nothing for a batch that began when it was made.
    func agreedPrices(ofBatch id: Int64) throws -> [PriceLine]
    func markBegun(_ id: Int64, kept: Int, at now: Timestamp) throws
    /// Batches that wait although their time to begin has come, and those whose prices hold although it is over.
    func duePriceBatches(at now: Timestamp) throws -> [PriceBatch]
    /// When the next batch begins or ends, which may have been earlier; nil where none does.
    func nextPriceTurn() throws -> Timestamp?
    /// What batches have begin and end from now on at these products, by batch.
    func priceTurns(of ids: [Int64]) throws -> [PriceCalendar.Entry]
    /// Counted products on sale with `low` pieces or less, those with the least first, and what was sold of each since.
    func lowStock(atMost low: Int, since: Timestamp, limit: Int) throws -> [LowStock]
}

/// What finds one product.
public enum ProductIdentity: Hashable, Sendable {
    case sku(String)
    case barcode(String)
    case handle(String)
}

/// Orders, tenders, refunds.
public protocol SellingTransaction: ShopTransaction {
    /// What is known of those of the ids that are on sale, or of all of them.
    func offers(_ ids: [Int64], includingArchived: Bool) throws -> [Int64: Offer]
    /// The stock that orders hold, by order and product: what their movements took less what they gave back.
    func heldStock(of orderIDs: [Int64]) throws -> [Int64: [Int64: Int]]
    /// By code, whatever its case.
    func discount(_ code: String) throws -> Discount?
    func discounts() throws -> [Discount]
    /// - Throws: `taken`.
    func insert(_ discount: Discount, at now: Timestamp) throws
    /// Stores from when and until when a code counts, and whether it does.
    func update(_ discount: Discount) throws
    /// The ways to pay that the store takes, in its order.
    func paymentMethods() throws -> [PaymentMethod]

    func order(_ id: Int64) throws -> Order?
    func orders(_ query: OrderQuery, of userID: Int64?) throws -> OrderPage
    /// Pending orders that are due.
    func dueOrders(_ expiry: OrderExpiry) throws -> [Order]
    func hasDueOrders(_ expiry: OrderExpiry) throws -> Bool
    /// When the oldest pending order was placed; nil without one.
    func oldestPending() throws -> Timestamp?
    /// The order's refunds, in their order.
    func refunds(of orderID: Int64) throws -> [Refund]
    /// The shift in which an order was paid; nil where no shift was open then, or where it is not paid.
    func shiftOfPayment(orderID: Int64) throws -> Int64?
    /// Paid less refunded within each span, from an instant until just before the next.
    func sales(between instants: [Timestamp]) throws -> [DaySales]
    /// The latest first.
    func strandedPayments() throws -> [StrandedPayment]

    /// What stands under a key; `content` is compared.
    func kept(_ operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64, content: String) throws
        -> KeptKey?
    /// The order that a key of `operation` stands for, whatever its content.
    func orderID(_ operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64) throws -> Int64?
    func keep(answer: [UInt8], for operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64) throws

    /// Stores the invoice of an order that has none.
    func insert(_ invoice: Invoice, ofOrder id: Int64) throws

    /// Notes how the journal's record of an order's payment begins.
    func setJournalMark(_ mark: String, ofOrder id: Int64) throws
    /// Notes how the journal's record of a refund begins.
    func setJournalMark(_ mark: String, ofRefund id: Int64) throws

    /// Stores everything in `changes` but its journal.
    func apply(_ changes: Changes, at now: Timestamp, by: Int64?) throws -> Applied
}

/// The ids that an engine gave.
public struct Applied: Hashable, Sendable {
    /// The new order's.
    public let orderID: Int64?
    /// Those of the new order's lines, in their order.
    public let itemIDs: [Int64]
    /// Those of the payments, in their order.
    public let paymentIDs: [Int64]
    /// Also that of a return without a receipt.
    public let refundID: Int64?
    /// Those of the new cards, in their order.
    public let cardIDs: [Int64]
    /// How the journal's record of what was paid or given begins; set by what stores the journal.
    public var journalMark: String?

    public init(
        orderID: Int64?, itemIDs: [Int64], paymentIDs: [Int64], refundID: Int64?, cardIDs: [Int64] = []
    ) {
        self.orderID = orderID
        self.itemIDs = itemIDs
        self.paymentIDs = paymentIDs
        self.refundID = refundID
        self.cardIDs = cardIDs
    }
}

/// Gift cards and store credit, and goods that came back without a receipt. What a writing transaction loads of a
/// card stays as it is until its end.
public protocol CardTransaction: ShopTransaction {
    func giftCard(code: GiftCardCode) throws -> GiftCard?
    func giftCard(_ id: Int64) throws -> GiftCard?
    /// The store credit of an account.
    func credit(of accountID: Int64) throws -> GiftCard?
    /// The latest first.
    func giftCards(_ query: GiftCardQuery) throws -> [GiftCard]
    /// Those with something left that had expired by then, by id, at most `limit`.
    func expiredCards(by now: Timestamp, limit: Int) throws -> [GiftCard]
    /// In their order.
    func cardMovements(of cardID: Int64) throws -> [GiftCardMovement]

    /// The lowest price at which each product was listed when it was sold since then; none for those that were not.
    func lowestPrices(of productIDs: [Int64], since: Timestamp) throws -> [Int64: Money]
    func looseReturn(_ id: Int64) throws -> LooseReturn?
    func looseReturn(_ number: DocumentNumber) throws -> LooseReturn?
    /// What stands under the key of a return without a receipt; `content` is compared.
    func keptReturn(_ key: IdempotencyKey, userID: Int64, content: String) throws -> KeptReturn?
}

/// Shifts, drawers, parked sales, numbers.
public protocol TillTransaction: ShopTransaction {
    func openShift(of till: String) throws -> Shift?
    func shift(_ id: Int64) throws -> Shift?
    /// A till's shifts, the latest first.
    ///
    /// - Parameters:
    ///   - before: only those of a smaller id; nil for all.
    ///   - closedBy: only those that this account closed; nil for all.
    func shifts(of till: String, before: Int64?, closedBy: Int64?, limit: Int) throws -> [Shift]
    func insertShift(till: String, openedBy: Int64, float: Money, at now: Timestamp) throws -> Shift
    /// Every till that has a shift or gave a number, by name.
    func tills() throws -> [String]
    func setCounts(_ counts: [Shift.Count], of id: Int64) throws
    func close(_ id: Int64, number: DocumentNumber, closing: Shift.Closing) throws
    /// Notes that a document is printed, saved or sent.
    ///
    /// - Returns: how often that was done before.
    func note(_ issue: DocumentIssue) throws -> Int
    /// Keeps what happened at a till beside sales.
    func insert(
        _ happening: TillHappening, till: String, shiftID: Int64?, by: Int64?, at now: Timestamp) throws
    func insert(_ movement: CashMovement, shiftID: Int64) throws
    /// What the shift's documents come to, with what should be in its drawer.
    func report(of shift: Shift) throws -> ShiftReport
    /// The training sales in a chain of the journal from one instant until just before another.
    func trainingSales(in chain: String, from start: Timestamp, until end: Timestamp) throws
        -> ShiftReport.TrainingSum
    /// The last position given in each of the series; none was given in those that are missing.
    func lastPositions(_ series: Set<NumberSeries>) throws -> [NumberSeries: Int]
    func setLastPosition(_ position: Int, of series: NumberSeries) throws

    /// Every parked sale, the oldest first.
    func parkedSales() throws -> [ParkedSale]
    func insertParked(code: String, label: String, basket: Cart, till: String, by: Int64, at now: Timestamp)
        throws -> ParkedSale
    /// False when it was gone already.
    func deleteParked(_ id: Int64) throws -> Bool
    /// What was parked or taken up under a key; `content` is compared.
    func keptParking(_ key: IdempotencyKey, userID: Int64, content: String) throws -> KeptParking?
    /// Keeps what was parked or taken up under a key that is new; forgets what is older than `KeptParking.days`.
    func keep(
        _ sale: ParkedSale, under key: IdempotencyKey, userID: Int64, content: String, at now: Timestamp)
        throws
}

/// What stands under the key of parking or taking up.
public struct KeptParking: Hashable, Sendable {
    public let isSameContent: Bool
    public let sale: ParkedSale

    /// So long an answer that was lost can be asked for again.
    public static let days: Int64 = 90

    public init(isSameContent: Bool, sale: ParkedSale) {
        self.isSameContent = isSameContent
        self.sale = sale
    }

    /// What was kept before then is forgotten.
    public static func cutoff(at now: Timestamp) -> Timestamp { now.advanced(bySeconds: -86_400 * days) }
}

extension TillTransaction {
    /// A till's latest shifts, the last one first.
    func shifts(of till: String, limit: Int) throws -> [Shift] {
        try shifts(of: till, before: nil, closedBy: nil, limit: limit)
    }
}
