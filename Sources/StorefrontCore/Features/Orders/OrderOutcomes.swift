import StoreDomain

/// What became of each of several orders that the same was done to.
public struct OrderOutcomes: Hashable, Codable, Sendable {
    /// An order it could not be done to.
    public struct Failure: Hashable, Codable, Sendable {
        public let id: Int64
        public let error: StoreError

        public init(id: Int64, error: StoreError) {
            self.id = id
            self.error = error
        }
    }

    public let done: [Int64]
    public let failed: [Failure]
    /// Not begun, since what failed before would have failed for them, too.
    public let left: [Int64]

    public init(done: [Int64], failed: [Failure] = [], left: [Int64] = []) {
        self.done = done
        self.failed = failed
        self.left = left
    }

    /// Does it to one after the other. What an order itself refuses does not keep the next one from it; any other
    /// failure ends it.
    static func of(
        _ ids: [Int64], _ body: (Int64) async throws(StoreError) -> Void
    ) async -> OrderOutcomes {
        var done: [Int64] = []
        var failed: [Failure] = []
        for (index, id) in ids.enumerated() {
            do {
                try await body(id)
                done.append(id)
            } catch {
                failed.append(Failure(id: id, error: error))
                guard error.isOfOneOrder else {
                    return OrderOutcomes(done: done, failed: failed, left: Array(ids[(index + 1)...]))
                }
            }
        }
        return OrderOutcomes(done: done, failed: failed)
    }

    /// All of them were done.
    var isWhole: Bool { failed.isEmpty && left.isEmpty }

    /// Those for which trying again would change nothing.
    var settled: [Int64] { done + failed.filter(\.error.isOfOneOrder).map(\.id) }

    var kind: StatusMessage.Kind { isWhole ? .success : done.isEmpty ? .failure : .warning }

    /// "3 orders cancelled, 1 was paid already"
    func words(done word: String) -> String {
        var parts = ["\(done.count.counted("order")) \(word)"]
        for status in OrderStatus.allCases {
            let count = failed.count { $0.status == status }
            if count > 0 { parts.append("\(count) \(count == 1 ? "was" : "were") \(status.word) already") }
        }
        let others = failed.filter { $0.status == nil }
        if let first = others.first { parts.append("order \(first.id) not: \(first.error.screenText)") }
        if others.count > 1 { parts.append("nor \(others.count - 1) more") }
        if !left.isEmpty { parts.append("\(left.count) not tried") }
        return parts.joined(separator: ", ")
    }
}

extension OrderOutcomes.Failure {
    /// What the order was already; nil where something else failed.
    fileprivate var status: OrderStatus? {
        if case .wrongStatus(_, let status) = error { status } else { nil }
    }
}

extension StoreError {
    /// It says something about this one order, nothing about others.
    fileprivate var isOfOneOrder: Bool {
        switch self {
        case .wrongStatus, .notFound: true
        case .invalid, .emailTaken, .wrongCredentials, .signInMustWait, .signInRequired, .notAllowed,
            .insufficientStock, .emptyOrder, .priceChanged, .keyReused, .keyBusy, .taken, .paymentRefused,
            .paymentStranded, .notReturnable, .shiftOpen, .noShift, .shiftCounting, .countIsOff, .storage,
            .otherShift, .approvalNeeded, .wrongPIN, .pinLocked, .pinTaken, .changedMeanwhile,
            .device,
            .unreachable, .outcomeUnknown, .perhapsPlaced, .unsupported:
            false
        }
    }
}
