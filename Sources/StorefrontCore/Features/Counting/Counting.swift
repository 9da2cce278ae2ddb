import StoreDomain

/// Products of which more was sold than the books had, and counting them: by scans, or by a number. What is counted is
/// compared with what the books said when counting began, and booked once somebody has seen the differences.
public struct CountingState: Feature {
    public static let kind = ScreenKind.counting

    /// A product that was counted and is not booked yet.
    public struct Count: Hashable, Codable, Sendable {
        public let product: Product
        /// What the books said when it was counted first: what is sold meanwhile is no difference.
        public let expected: Int
        public internal(set) var counted: Int

        public var difference: Int { counted - expected }
    }

    /// A row of the list.
    public struct Row: Hashable, Sendable {
        public let product: Product
        /// Since when it is to be counted; nil for one that somebody counts all the same.
        public let since: Timestamp?
        public let count: Count?
    }

    /// nil until they are loaded.
    public internal(set) var due: [DueCount]?
    /// In the order in which they were counted first.
    public internal(set) var counts: [Count] = []
    public internal(set) var error: StoreError?
    public internal(set) var isBooking = false
    var list = List()

    public init() {}

    /// What is to be counted, and behind it what was counted besides.
    public var rows: [Row] {
        let due = due ?? []
        let flagged = due.map { due in
            Row(product: due.product, since: due.since, count: count(of: due.product.id))
        }
        let known = Set(due.map(\.product.id))
        return flagged
            + counts.filter { !known.contains($0.product.id) }.map {
                Row(product: $0.product, since: nil, count: $0)
            }
    }

    public var selection: Int { list.row(of: rows.count) ?? 0 }
    public var selected: Row? {
        let rows = rows
        return list.row(of: rows.count).map { rows[$0] }
    }

    func count(of productID: Int64) -> Count? { counts.first { $0.product.id == productID } }

    // MARK: - As a screen

    public func selectedRow(_ desk: Desk) -> Int? { list.row(of: rows.count) }
    public func hasError(_ desk: Desk) -> Bool { error != nil }
    public var canReload: Bool { true }
    public var takesNumbers: Bool { true }
    public var showsTheShop: Bool { true }
    public var busyReason: String? { isBooking ? "One moment: the counts are being booked" : nil }
    public var lossOnQuit: String? {
        if isBooking { return "The counts are being booked." }
        return counts.isEmpty ? nil : "What you counted and did not book is lost."
    }
    public var guardsLeaving: Bool { !counts.isEmpty }

    public func hints(_ desk: Desk) -> [Hint] {
        (counts.isEmpty ? [] : [Hint(.bookCounts, "book")])
            + [Hint(.countMore, "one more"), Hint(.countLess, "one less")]
            + (selected?.count == nil ? [] : [Hint(.forgetCount, "forget")]) + [Hint(.back)]
    }

    public mutating func enter(_ desk: inout Desk) -> [Step] {
        list.remember(selected?.product.id)
        return [.ask(.counting(.list))]
    }

    public mutating func reload(_ desk: inout Desk) -> [Step] { enter(&desk) }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        list.walk(walk, of: rows.count)
        return []
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        guard row < rows.count else { return false }
        list.select(row, of: rows.count)
        return true
    }

    public func openAvailability(_ desk: Desk) -> Availability {
        selected == nil ? .disabled("Scan what you count; nothing is flagged") : .enabled
    }

    /// So many of the selected product are there.
    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        guard let typed = desk.number else {
            desk.say(.info, "Scan the goods, or type how many there are and Enter; b books what is counted")
            return []
        }
        guard let row = selected else { return [] }
        guard let number = Int(typed), number <= Product.maximumStock else {
            desk.say(.warning, "A stock is at most 1,000,000,000")
            return []
        }
        return change(.set(number), of: row.product, &desk)
    }

    public mutating func scanned(_ code: String, count: Int, _ desk: inout Desk) -> [Step]? {
        isBooking ? [] : [.ask(.counting(.scanned(code, count: count)))]
    }

    public mutating func back(_ desk: inout Desk) -> [Step] {
        guard !counts.isEmpty else { return [.pop] }
        let counted = counts.count.counted("product")
        return [
            .open(
                .confirm(
                    Confirm(
                        .leaveForm, title: "Leave without booking?",
                        text: "You counted \(counted) and booked nothing of it; that is lost.", yes: "Leave",
                        no: "Stay", choosesYes: false)))
        ]
    }

    public mutating func answer(_ question: Question, yes: Bool, _ desk: inout Desk) -> [Step] {
        guard yes else { return [] }
        switch question {
        case .leaveForm:
            counts = []
            return [.pop]
        case .bookCounts:
            isBooking = true
            return [.ask(.counting(.book(counts)))]
        case .quit, .signOut, .cancelOrder, .cancelOrders, .leaveCheckout, .resumeCheckout, .payNewPrice,
            .isThisOrder, .placeAnew, .takeCash, .takeApprovalCode, .keepCount, .closeShift, .removeKey,
            .forgetVisitor, .setCountry, .signOutEverywhere, .takePricesBack, .customers:
            return []
        }
    }

    // MARK: - Counting

    /// Counts a product: from what is known of it, where counting it has begun, else from what the store says now.
    mutating func change(_ change: CountChange, of product: Product, _ desk: inout Desk) -> [Step] {
        guard let index = counts.firstIndex(where: { $0.product.id == product.id }) else {
            return [.ask(.counting(.begin(product.id, change)))]
        }
        counts[index].counted = change.applied(to: counts[index].counted)
        tell(counts[index], &desk)
        return []
    }

    /// A product as the store has it now is counted.
    private mutating func take(_ product: Product, _ change: CountChange, _ desk: inout Desk) {
        guard let books = product.stock.count else {
            desk.say(.warning, "\(product.name) sells without counting")
            return
        }
        let index: Int
        if let known = counts.firstIndex(where: { $0.product.id == product.id }) {
            index = known
        } else {
            counts.append(Count(product: product, expected: books, counted: 0))
            index = counts.count - 1
        }
        counts[index].counted = change.applied(to: counts[index].counted)
        if let row = rows.firstIndex(where: { $0.product.id == product.id }) {
            list.select(row, of: rows.count)
        }
        tell(counts[index], &desk)
    }

    private func tell(_ count: Count, _ desk: inout Desk) {
        desk.say(
            count.difference == 0 ? .success : .info,
            "\(count.product.name): \(count.counted) counted, \(count.words)")
    }

    mutating func forget(_ desk: inout Desk) {
        guard let row = selected, row.count != nil else { return }
        counts.removeAll { $0.product.id == row.product.id }
        desk.say(.info, "\(row.product.name) is not counted")
    }

    /// All differences, before anything is booked.
    func askToBook() -> [Step] {
        let told = counts.prefix(8).map { "\($0.product.name): \($0.counted) counted, \($0.words)" }
        let rest = counts.count > told.count ? ["and \(counts.count - told.count) more"] : []
        return [
            .open(
                .confirm(
                    Confirm(
                        .bookCounts, title: "Book \(counts.count.counted("count"))?",
                        text: (told + rest).joined(separator: "; ")
                            + ". It cannot be taken back, only counted anew.",
                        yes: "Book", no: "Count on")))
        ]
    }

    // MARK: - Answers

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .counting(let action) = reply else { return [] }
        switch action {
        case .listed(.success(let due)):
            error = nil
            self.due = due
            list.restore(in: rows.map(\.product.id), orRow: selection)
        case .listed(.failure(let error)):
            self.error = error
            desk.say(error)
        case .found(.success(let product), let change): take(product, change, &desk)
        case .found(.failure(let error), _): desk.say(error)
        case .booked(let outcomes): return booked(outcomes, &desk)
        }
        return []
    }

    private mutating func booked(_ outcomes: [BookedCount], _ desk: inout Desk) -> [Step] {
        isBooking = false
        var done = 0
        for outcome in outcomes {
            switch outcome.answer {
            case .success: done += 1
            case .failure(let error) where error.saysNothingHappened: continue
            // Booked twice it would be wrong: it is counted anew, from what the books say then.
            case .failure: break
            }
            counts.removeAll { $0.product.id == outcome.count.product.id }
        }
        let failed = outcomes.first { $0.answer.failure != nil }
        switch failed.map({ ($0.count.product.name, $0.answer.failure) }) {
        case (let name, let error?)?:
            desk.say(
                .failure,
                error.saysNothingHappened
                    ? "\(name): \(error.screenText)"
                    : "It is not known whether the count of \(name) is booked: count it anew. \(error.screenText)"
            )
        case (_, nil)?, nil: desk.say(.success, "\(done.counted("count")) booked")
        }
        return [.ask(.counting(.list)), .tell(.stockChanged)]
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        case .reachable, .renewed: return enter(&desk)
        case .changedElsewhere(let changes):
            return changes.catalogue || changes.stock != .none ? enter(&desk) : []
        case .stockChanged, .orderChanged, .resized: return []
        }
    }
}

/// What a scan or a key does to a count.
public enum CountChange: Hashable, Codable, Sendable {
    case add(Int)
    case set(Int)

    func applied(to count: Int) -> Int {
        switch self {
        case .add(let more): max(0, min(count + more, Product.maximumStock))
        case .set(let count): count
        }
    }
}

extension CountingState.Count {
    /// "5 more than the books", "as the books say"
    public var words: String {
        switch difference {
        case 0: "as the books say"
        case 1...: "\(difference) more than the books"
        default: "\(-difference) less than the books"
        }
    }
}
