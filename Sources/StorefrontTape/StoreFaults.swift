import StoreDomain
import Synchronization

/// Services on top of those of a throw-away shop, whose calls go wrong as they are told to; and the shop's clock.
public final class StoreFaults: StoreClock {
    /// How long an answer is kept back.
    enum Wait: Hashable {
        case steps(Int)
        case untilAllIsWell

        /// The longer of two.
        static func longer(_ one: Wait?, _ other: Wait) -> Wait {
            switch (one, other) {
            case (.untilAllIsWell, _), (_, .untilAllIsWell): .untilAllIsWell
            case (.steps(let old), .steps(let new)): .steps(max(old, new))
            case (nil, _): other
            }
        }
    }

    fileprivate struct State {
        /// What is to happen, in the order in which it was chosen.
        var armed: [TapedFault] = []
        /// The program has died within the request that is being carried out.
        var isDead = false
        /// How long the answer to the request that is being carried out is kept back.
        var wait: Wait?
        var runs = false
        var time: Timestamp
        /// Answers that are kept back in a session, by the order in which they were.
        var kept: [Int: Kept] = [:]
        var nextKept = 0
    }

    fileprivate struct Kept {
        var wait: Wait
        let goOn: CheckedContinuation<Void, Never>
    }

    /// What becomes of one call.
    fileprivate struct Plan {
        /// Why it is not carried out.
        var before: StoreError?
        /// What is said instead of its answer.
        var after: StoreError?
        var diesAfter = false
        /// How long its answer is kept back.
        var wait: Wait?
    }

    /// How long the answer to one request of a session is kept back.
    private final class RequestWait: Sendable {
        private let wait = Mutex<Wait?>(nil)

        var value: Wait? { wait.withLock { $0 } }
        func add(_ other: Wait) { wait.withLock { $0 = .longer($0, other) } }
    }

    /// Of the request that is being carried out; nil in a proof, where one is at a time.
    @TaskLocal private static var ofRequest: RequestWait?

    private let state: Mutex<State>
    private let zone: ShopZone

    /// - Parameter zone: of the machine, whose summer time begins and ends.
    public init(clock: Timestamp, zone: ShopZone) {
        state = Mutex(State(time: clock))
        self.zone = zone
    }

    public func now() -> Timestamp { state.withLock(\.time) }

    /// Whether nothing can be reached.
    var isOffline: Bool { state.withLock { $0.net == .offline } }

    /// What is still to go wrong, as a tape spells it: what has struck the one call that it was for is over.
    public var standing: [String] { state.withLock { $0.armed.map(\.text) } }

    /// Takes what concerns calls, the store beneath them, the way to it and its clock; everything else is for
    /// whoever plays the tape.
    public func arm(_ fault: TapedFault) {
        let freed = state.withLock { state -> [Kept] in
            switch fault {
            case .call: state.armed.append(fault)
            case .signedOut, .store, .net, .process(.before), .process(.after):
                // The one takes the place of the other.
                state.armed.removeAll { $0.isInPlace(of: fault) }
                state.armed.append(fault)
            case .clock(.moves(let seconds)): state.move(by: seconds)
            case .clock(.changesTime): state.time = zone.secondBeforeChange(after: state.time)
            case .clock(.runs): state.runs = true
            case .clock(.stops): state.runs = false
            case .over:
                let kept = state.kept
                state = State(time: state.time, nextKept: state.nextKept)
                return kept.sorted { $0.key < $1.key }.map(\.value)
            case .terminal(.slow): if !state.armed.contains(fault) { state.armed.append(fault) }
            case .process(.now), .others, .terminal, .hands, .answers: break
            }
            return []
        }
        for kept in freed { kept.goOn.resume() }
    }

    /// So much time has passed on the tape.
    public func pass(milliseconds: Int) {
        guard milliseconds > 0 else { return }
        state.withLock { $0.time = Timestamp(milliseconds: $0.time.milliseconds + Int64(milliseconds)) }
    }

    /// A step is over.
    func passStep() { state.withLock { if $0.runs { $0.move(by: 1) } } }

    /// Somebody has signed in anew, or out.
    func forgetLostSignIn() { state.withLock { $0.armed.removeAll { $0 == .signedOut } } }

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

    /// - Parameter principal: who calls; nil where nobody needs to be signed in.
    func run<Value: Sendable>(
        _ call: TapedFault.Call, as principal: Principal? = nil,
        _ body: () async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let ofRequest = Self.ofRequest
        let plan = state.withLock { state in
            let plan = state.plan(for: call, as: principal)
            if ofRequest == nil, let wait = plan.wait { state.wait = .longer(state.wait, wait) }
            return plan
        }
        if let wait = plan.wait { ofRequest?.add(wait) }
        if let error = plan.before { throw error }
        let value = try await body()
        if plan.diesAfter { state.withLock { $0.isDead = true } }
        if let error = plan.after { throw error }
        if call == .signIn { forgetLostSignIn() }
        return value
    }

    // MARK: - In a session

    /// Carries a request out, and keeps its answer back as long as it is to be.
    public func heldBack<Value: Sendable>(_ body: @Sendable () async -> Value) async -> Value {
        let ofRequest = RequestWait()
        let value = await Self.$ofRequest.withValue(ofRequest) { await body() }
        if let wait = ofRequest.value { await keepBack(wait) }
        return value
    }

    /// Whether an answer is kept back now.
    var keepsBack: Bool { state.withLock { !$0.kept.isEmpty } }

    /// Somebody has done something: answers come that were to come so many steps later.
    ///
    /// - Parameter waits: it waits for an answer itself: nothing more is done until that has come.
    public func passEvent(waits: Bool = false) {
        let freed = state.withLock { state in
            for (number, kept) in state.kept {
                if case .steps(let left) = kept.wait {
                    state.kept[number]?.wait = .steps(waits ? 0 : left - 1)
                }
            }
            let due = state.kept.filter { if case .steps(...0) = $0.value.wait { true } else { false } }
            for number in due.keys { state.kept[number] = nil }
            return due.sorted { $0.key < $1.key }.map(\.value)
        }
        for kept in freed { kept.goOn.resume() }
    }

    /// Until its time has come, all is well, or nobody wants the answer any longer.
    private func keepBack(_ wait: Wait) async {
        let number = state.withLock { state in
            state.nextKept += 1
            return state.nextKept
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { goOn in
                let isKept = state.withLock { state in
                    guard !Task.isCancelled else { return false }
                    state.kept[number] = Kept(wait: wait, goOn: goOn)
                    return true
                }
                if !isKept { goOn.resume() }
            }
        } onCancel: {
            state.withLock { $0.kept.removeValue(forKey: number) }?.goOn.resume()
        }
    }
}

extension StoreFaults.State {
    var store: TapedFault.OfStore? {
        for case .store(let store) in armed { return store }
        return nil
    }

    var net: TapedFault.OfNet? {
        for case .net(let net) in armed { return net }
        return nil
    }

    fileprivate mutating func move(by seconds: Int) {
        time = Timestamp(milliseconds: time.milliseconds + Int64(seconds) * 1_000)
    }

    /// Whether that was to happen; it does so once.
    private mutating func strikes(_ fault: TapedFault) -> Bool {
        guard let index = armed.firstIndex(of: fault) else { return false }
        armed.remove(at: index)
        return true
    }

    fileprivate mutating func plan(for call: TapedFault.Call, as principal: Principal?) -> StoreFaults.Plan {
        var plan = StoreFaults.Plan()
        // Whoever is dead asks for nothing more.
        if isDead { return StoreFaults.Plan(before: .outcomeUnknown) }
        if strikes(.process(.before(call))) {
            isDead = true
            return StoreFaults.Plan(before: .outcomeUnknown)
        }
        if strikes(.process(.after(call))) { (plan.diesAfter, plan.after) = (true, .outcomeUnknown) }
        switch net {
        case .offline: plan.before = .unreachable("nothing can be reached, on purpose")
        case .cut:
            plan.after = call.changes ? .outcomeUnknown : .unreachable("the answer is cut off, on purpose")
        case .slow(let steps): plan.wait = .longer(plan.wait, .steps(steps))
        case nil: break
        }
        if let store, call.changes, plan.before == nil { plan.before = store.error }
        if case .user = principal, call != .signIn, armed.contains(.signedOut), plan.before == nil {
            plan.before = .signInRequired
        }
        let index = armed.firstIndex { if case .call(call, _) = $0 { true } else { false } }
        guard let index, case .call(_, let how) = armed.remove(at: index) else { return plan }
        switch how {
        case .fails: plan.before = .unreachable("it fails on purpose")
        case .errs:
            plan.before = .storage(
                StorageFault(.other, path: "shop", sentence: "The shop is broken, on purpose; try again"))
        case .signsOut: plan.before = .signInRequired
        case .loses: plan.after = .outcomeUnknown
        case .slow(let steps): plan.wait = .longer(plan.wait, .steps(steps))
        case .never: plan.wait = .untilAllIsWell
        }
        return plan
    }
}

extension TapedFault {
    /// Whether only one of the two can be.
    fileprivate func isInPlace(of other: TapedFault) -> Bool {
        switch (self, other) {
        case (.store, .store), (.net, .net), (.process, .process), (.signedOut, .signedOut): true
        case (.call, _), (.store, _), (.others, _), (.net, _), (.clock, _), (.terminal, _), (.hands, _),
            (.process, _), (.answers, _), (.signedOut, _), (.over, _):
            false
        }
    }
}

extension ShopZone {
    /// A second before the zone's clocks are changed; the same moment where they never are.
    fileprivate func secondBeforeChange(after moment: Timestamp) -> Timestamp {
        func offset(_ moment: Timestamp) -> Int {
            let (here, utc) = (reading(moment), CivilTime(utc: moment))
            return ((here.hour - utc.hour) * 60 + here.minute - utc.minute + 1_440) % 1_440
        }
        let hour: Int64 = 3_600
        let first = moment.milliseconds / 3_600_000 + 1
        let change = (first..<first + 366 * 24).first {
            offset(Timestamp(seconds: $0 * hour)) != offset(Timestamp(seconds: ($0 - 1) * hour))
        }
        return change.map { Timestamp(seconds: $0 * hour - 1) } ?? moment
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
