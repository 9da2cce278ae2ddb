import StoreDomain
import Synchronization

/// Services on top of those of a throw-away shop, whose calls go wrong as they are told to; and the shop's clock.
public final class StoreFaults: StoreClock {
    /// How long an answer is kept back.
    enum Wait: Hashable {
        case steps(Int)
        case untilAllIsWell
    }

    fileprivate struct State {
        /// What is to happen to the next calls of a kind, in this order.
        var calls: [TapedFault.Call: [TapedFault.OfCall]] = [:]
        var store: TapedFault.OfStore?
        var net: TapedFault.OfNet?
        /// Where the program dies.
        var death: TapedFault.OfProcess?
        /// The program has died within the request that is being carried out.
        var isDead = false
        /// How long the answer to the request that is being carried out is kept back.
        var wait: Wait?
        var runs = false
        var time: Timestamp
    }

    /// What becomes of one call.
    fileprivate struct Plan {
        /// Why it is not carried out.
        var before: StoreError?
        /// What is said instead of its answer.
        var after: StoreError?
        var diesAfter = false
    }

    private let state: Mutex<State>

    public init(clock: Timestamp) { state = Mutex(State(time: clock)) }

    public func now() -> Timestamp { state.withLock(\.time) }

    /// Whether nothing can be reached.
    var isOffline: Bool { state.withLock { $0.net == .offline } }

    /// Takes what concerns calls, the store beneath them, the way to it and its clock; everything else is for
    /// whoever plays the tape.
    public func arm(_ fault: TapedFault) {
        state.withLock { state in
            switch fault {
            case .call(let call, let how): state.calls[call, default: []].append(how)
            case .store(let store): state.store = store
            case .net(let net): state.net = net
            case .clock(.moves(let seconds)): state.move(by: seconds)
            case .clock(.runs): state.runs = true
            case .clock(.stops): state.runs = false
            case .process(let death): state.death = death == .now ? nil : death
            case .over: state = State(time: state.time)
            case .clock(.changesTime), .others, .terminal, .hands, .answers: break
            }
        }
    }

    /// Puts the clock to a moment.
    func set(_ time: Timestamp) { state.withLock { $0.time = time } }

    /// A step is over.
    func passStep() { state.withLock { if $0.runs { $0.move(by: 1) } } }

    /// How long the answer to the request that was just carried out is kept back; nil where it is not.
    func takeWait() -> Wait? {
        state.withLock { state in
            defer { state.wait = nil }
            return state.wait
        }
    }

    /// Whether the program has died within the request that was just carried out.
    func takeDeath() -> Bool {
        state.withLock { state in
            defer { state.isDead = false }
            return state.isDead
        }
    }

    func run<Value: Sendable>(
        _ call: TapedFault.Call, _ body: () async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let plan = state.withLock { $0.plan(for: call) }
        if let error = plan.before { throw error }
        let value = try await body()
        if plan.diesAfter { state.withLock { $0.isDead = true } }
        if let error = plan.after { throw error }
        return value
    }
}

extension StoreFaults.State {
    fileprivate mutating func move(by seconds: Int) {
        time = Timestamp(milliseconds: time.milliseconds + Int64(seconds) * 1_000)
    }

    fileprivate mutating func plan(for call: TapedFault.Call) -> StoreFaults.Plan {
        var plan = StoreFaults.Plan()
        // Whoever is dead asks for nothing more.
        if isDead { return StoreFaults.Plan(before: .outcomeUnknown) }
        if death == .before(call) {
            (death, isDead) = (nil, true)
            return StoreFaults.Plan(before: .outcomeUnknown)
        }
        if death == .after(call) {
            (death, plan.diesAfter, plan.after) = (nil, true, .outcomeUnknown)
        }
        switch net {
        case .offline: plan.before = .unreachable("nothing can be reached, on purpose")
        case .cut:
            plan.after = call.changes ? .outcomeUnknown : .unreachable("the answer is cut off, on purpose")
        case .slow(let steps): keepBack(.steps(steps))
        case nil: break
        }
        if let store, call.changes, plan.before == nil { plan.before = store.error }
        guard let how = calls[call]?.first else { return plan }
        calls[call]?.removeFirst()
        switch how {
        case .fails: plan.before = .unreachable("it fails on purpose")
        case .errs:
            plan.before = .storage(
                StorageFault(.other, path: "shop", sentence: "The shop is broken, on purpose; try again"))
        case .signsOut: plan.before = .signInRequired
        case .loses: plan.after = .outcomeUnknown
        case .slow(let steps): keepBack(.steps(steps))
        case .never: keepBack(.untilAllIsWell)
        }
        return plan
    }

    /// The longer of two counts.
    private mutating func keepBack(_ longer: StoreFaults.Wait) {
        switch (wait, longer) {
        case (.untilAllIsWell, _): break
        case (.steps(let old), .steps(let new)): wait = .steps(max(old, new))
        case (_, .untilAllIsWell), (nil, _): wait = longer
        }
    }
}

extension TapedFault.OfStore {
    fileprivate var error: StoreError {
        switch self {
        case .full:
            .storage(
                StorageFault(
                    .full, path: "shop", sentence: "The disk of the shop is full, on purpose; make room on it"
                ))
        case .readOnly:
            .storage(
                StorageFault(
                    .readOnly, path: "shop",
                    sentence: "The shop can only be read, on purpose; let the program write to it"))
        case .busy:
            .storage(
                StorageFault(
                    .busy, path: "shop",
                    sentence: "Another program holds the shop, on purpose; try again in a moment"))
        }
    }
}

extension StoreFaults {
    /// The same services, which go wrong as they are told to.
    public func wrap(_ services: StoreServices) -> StoreServices {
        StoreServices(
            auth: FaultyAuth(base: services.auth, faults: self),
            accounts: FaultyAccount(base: services.accounts, faults: self),
            catalog: FaultyCatalog(base: services.catalog, faults: self),
            orders: FaultyOrder(base: services.orders, faults: self),
            payments: FaultyPayment(base: services.payments, faults: self),
            discounts: FaultyDiscount(base: services.discounts, faults: self),
            cart: FaultyCart(base: services.cart, faults: self),
            policy: FaultyPolicy(base: services.policy, faults: self),
            counter: services.counter.map(wrap), changes: services.changes, visitor: services.visitor)
    }

    private func wrap(_ counter: CounterServices) -> CounterServices {
        CounterServices(
            till: FaultyTill(base: counter.till, faults: self),
            refunds: FaultyRefund(base: counter.refunds, faults: self),
            looseReturns: FaultyLooseReturn(base: counter.looseReturns, faults: self),
            cards: FaultyGiftCard(base: counter.cards, faults: self),
            customers: FaultyCustomer(base: counter.customers, faults: self),
            shifts: FaultyShift(base: counter.shifts, faults: self),
            parking: FaultyParking(base: counter.parking, faults: self),
            stock: FaultyStock(base: counter.stock, faults: self),
            products: FaultyProduct(base: counter.products, faults: self),
            journal: FaultyJournal(base: counter.journal, faults: self),
            transfer: FaultyTransfer(base: counter.transfer, faults: self),
            pins: counter.pins.map { FaultyPIN(base: $0, faults: self) },
            approvals: counter.approvals.map { FaultyApproval(base: $0, faults: self) },
            reports: counter.reports.map { FaultyReport(base: $0, faults: self) })
    }
}
