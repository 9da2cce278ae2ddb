import StoreCrypto
import StoreDomain
import StorePostgres
import StoreSQLite
import StoreService

/// One till of several on a store: it sells goods and gift cards, takes cash and gift cards, takes back, exchanges, voids,
/// makes invoices, prints, and opens and closes its shift. It says what it is about to do and what was acknowledged, a line each:
///
///     sold KEY ORDER · exchanged KEY ORDER · issued KEY ORDER · invoiced KEY ORDER · refunded KEY ORDER · voided KEY ORDER · opened SHIFT · closed SHIFT
///
/// Arguments: the store's path or the URI of its database, the till's name, a seed, and how much to do.
struct TillStorm {
    private let close: () throws -> Void
    private let counter: CounterServices
    private let orders: any OrderService
    private let who: Principal
    private let till: String
    private var random: StormRandom
    /// What this till has sold and may still have back.
    private var sold: [Order] = []
    /// The gift cards that this till has sold.
    private var cards: [GiftCardCode] = []

    static func main(_ arguments: [String]) async throws {
        guard let seed = UInt64(arguments[3]), let tries = Int(arguments[4]) else {
            throw StoreError.unsupported("these arguments")
        }
        var storm = try await TillStorm(path: arguments[1], till: arguments[2], seed: seed)
        StormMain.say("ready")
        _ = readLine()
        for number in 0..<tries { try await storm.run("\(seed)-\(number)") }
        try storm.close()
    }

    private init(path: String, till: String, seed: UInt64) async throws {
        let clock = StandingClock()
        let services: StoreServices
        let cart = SQLiteCartService(state: try .inMemory(), store: "", clock: clock)
        if path.hasPrefix("postgresql:") {
            let store = try await PostgresStore(
                PostgresAddress(uri: path), connections: 1, seed: nil, purpose: .till(till), clock: clock,
                zones: OnlyUTC(), cart: cart, hasher: PasswordHasher(cost: 4))
            close = store.close
            services = store.services.services
        } else {
            let database = try StoreDatabase.open(
                at: path, mode: .existing,
                createdAs: StoreSeed(policy: ShopPolicy(), uuid: "", now: clock.now()))
            close = database.close
            services =
                EngineServices(
                    core: StoreCore(
                        engine: try SQLiteEngine(database), clock: clock, zones: OnlyUTC(), chain: till,
                        digest: Fingerprint.hex),
                    hasher: PasswordHasher(cost: 4), cart: cart, offer: .till(till),
                    firstAccountIsAdmin: false
                ).services
        }
        guard let counter = services.counter else { throw StoreError.unsupported("a till") }
        (self.counter, orders) = (counter, services.orders)
        who = .user(
            try await services.auth.signIn(email: "admin@example.com", password: Secret("storefront-demo")))
        self.till = till
        random = StormRandom(seed)
    }

    private mutating func run(_ key: String) async throws {
        do throws(StoreError) {
            try await act("\(till)-\(key)")
        } catch {
            switch error {
            // Refused as it should be.
            case .insufficientStock, .wrongStatus, .notReturnable, .otherShift, .shiftOpen, .noShift,
                .shiftCounting, .paymentRefused:
                break
            case .invalid, .notFound, .emailTaken, .wrongCredentials, .signInMustWait, .signInRequired,
                .notAllowed, .emptyOrder, .priceChanged, .keyReused, .keyBusy, .taken, .paymentStranded,
                .countIsOff, .storage, .device, .unreachable, .outcomeUnknown, .perhapsPlaced,
                .approvalNeeded, .wrongPIN, .pinLocked, .pinTaken, .changedMeanwhile, .unsupported:
                throw error
            }
        }
    }

    private mutating func act(_ key: String) async throws(StoreError) {
        guard let name = IdempotencyKey(key) else { return }
        switch random.next(14) {
        case 0...4:
            // A card that has nothing left is refused; one that holds too little leaves the rest to cash.
            let card = cards.isEmpty || random.next(2) == 0 ? nil : cards[random.next(UInt64(cards.count))]
            let cardTender = card.map { PaymentRequest(methodID: "gift-card", cardCode: $0) }
            let order = try await counter.till.sell(
                SaleDraft(
                    till: till, lines: [try line()], tenders: [cardTender, cash].compactMap { $0 }),
                key: name, as: who)
            StormMain.say("sold \(key) \(order.id)")
            sold.append(order)
        case 12:
            let code = GiftCardCode(number: random.whole())
            let order = try await counter.till.sell(
                SaleDraft(
                    till: till, lines: random.next(2) == 0 ? [] : [try line()], tenders: [cash],
                    giftCards: [GiftCardSale(amountMinor: Int64(100 + random.next(900)), code: code)]),
                key: name, as: who)
            StormMain.say("issued \(key) \(order.id)")
            sold.append(order)
            cards.append(code)
        case 13:
            guard let order = try await earlier() else { return }
            _ = try await counter.till.makeInvoice(
                of: order.id, to: InvoiceParty(name: "Somebody"), till: till, as: who)
            StormMain.say("invoiced \(key) \(order.id)")
        case 5, 6:
            guard let order = try await earlier() else { return }
            let back = order.allReturnable.filter { _ in random.next(2) == 0 }
            guard !back.isEmpty else { return }
            let draft = try RefundDraft(
                orderID: order.id, lines: back, reason: "another one", approvalCode: "A1")
            // Cash is given only where something is left to pay, which this till finds out by trying.
            let lines = [try line()]
            let order2: Order
            do throws(StoreError) {
                order2 = try await counter.till.sell(
                    SaleDraft(till: till, lines: lines, tenders: [cash], back: draft), key: name, as: who)
            } catch {
                guard case .paymentRefused = error else { throw error }
                order2 = try await counter.till.sell(
                    SaleDraft(till: till, lines: lines, back: draft), key: name, as: who)
            }
            StormMain.say("exchanged \(key) \(order2.id)")
            sold.append(order2)
        case 7:
            guard let order = try await earlier(), let item = order.items.first(where: { $0.returnable > 0 })
            else { return }
            _ = try await counter.refunds.refund(
                RefundDraft(
                    orderID: order.id,
                    lines: [RefundDraft.Line(itemID: item.id, quantity: 1, restocks: random.next(2) == 0)],
                    reason: "no", approvalCode: "A1"), till: till, key: name, as: who)
            StormMain.say("refunded \(key) \(order.id)")
        case 8:
            guard let order = try await earlier() else { return }
            _ = try await counter.refunds.void(
                VoidDraft(orderID: order.id, reason: "wrong", approvalCode: "A1"), till: till, key: name,
                as: who)
            StormMain.say("voided \(key) \(order.id)")
        case 9:
            guard let order = try await earlier() else { return }
            _ = try await counter.shifts.issue(.sale(order.id), till: till, as: who)
            try await counter.shifts.note(
                .abandoned(pieces: 1, amount: Money(minorUnits: 100)), till: till, as: who)
        case 10:
            let shift = try await counter.shifts.open(till: till, float: Money(minorUnits: 10_000), as: who)
            StormMain.say("opened \(shift.id)")
        default:
            guard let shift = try await counter.shifts.current(till: till, as: who) else { return }
            let expected = try await counter.shifts.report(shift.id, as: who).expected ?? .zero()
            _ = try await counter.shifts.close(
                till: till, counted: DrawerCount(total: max(.zero(), expected)), nextFloat: nil,
                reason: "below zero", as: who)
            StormMain.say("closed \(shift.id)")
        }
    }

    private var cash: PaymentRequest { PaymentRequest(methodID: "cash", tenderedMinor: 1_000_000) }

    private mutating func line() throws(StoreError) -> SaleDraft.Line {
        try SaleDraft.Line(productID: Int64(1 + random.next(3)), quantity: 1 + random.next(3))
    }

    /// One of its own sales, as it stands now.
    private mutating func earlier() async throws(StoreError) -> Order? {
        guard !sold.isEmpty else { return nil }
        return try await orders.order(sold[random.next(UInt64(sold.count))].id, as: who)
    }
}
