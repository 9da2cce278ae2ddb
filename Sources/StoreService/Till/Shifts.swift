import StoreDomain

/// Shifts of a till and the cash in its drawer.
public struct Shifts: ShiftService {
    let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func open(till: String, float: Money, as principal: Principal) async throws(StoreError) -> Shift {
        try await core.write(as: principal, needing: .openShift, doing: .opening(till: till, float: float)) {
            work in
            let user = try work.user()
            try work.check(till)
            try work.check(float, "float")
            if let open = try work.tx.openShift(of: till) {
                throw StoreError.shiftOpen(till: till, since: open.openedAt)
            }
            let shift = try work.tx.insertShift(
                till: till, openedBy: user.id, float: float, at: work.now)
            try work.record(
                .shiftOpened,
                ["shift": .integer(shift.id), "on": .text(till), "float": .minor(float)])
            return shift
        }
    }

    public func tills(as principal: Principal) async throws(StoreError) -> [TillStanding] {
        try await core.read(as: principal, needing: .sell) { work in
            try work.tx.tills().map { TillStanding(till: $0, shift: try work.tx.openShift(of: $0)) }
        }
    }

    public func suggestedFloat(till: String, as principal: Principal) async throws(StoreError) -> Money? {
        try await core.read(as: principal, needing: .openShift) { work in
            try work.tx.shifts(of: till, limit: 1).first.map { $0.closing?.nextFloat ?? $0.float }
        }
    }

    public func current(till: String, as principal: Principal) async throws(StoreError) -> Shift? {
        try await core.read(as: principal, needing: .sell) { work in try work.tx.openShift(of: till) }
    }

    public func shifts(till: String, before: Int64?, limit: Int, as principal: Principal)
        async throws(StoreError) -> [Shift]
    {
        try await core.read(as: principal, needing: .sell) { work in
            let seesAll = work.principal.allows(.seeReports)
            let person = seesAll ? nil : work.principal.userID
            guard seesAll || person != nil else { return [] }
            return try work.tx.shifts(
                of: till, before: before, closedBy: person, limit: max(0, min(limit, 500)))
        }
    }

    public func move(
        _ kind: CashMovementKind, _ amount: Money, reason: String, till: String, as principal: Principal
    )
        async throws(StoreError) -> CashMovement
    {
        try await core.write(
            as: principal, needing: .moveCash, doing: .cash(kind, amount, reason: reason, till: till)
        ) { work in
            let user = try work.user()
            try work.principal.require(.moveCash, amount: amount)
            let shift = try work.openShift(of: till)
            guard shift.stage == .open else { throw StoreError.shiftCounting(till: till) }
            try work.check(amount, "amount")
            let movement = try CashMovement(
                kind: kind, amount: amount, reason: reason, by: user.id, at: work.now)
            try work.tx.insert(movement, shiftID: shift.id)
            try work.record(
                .cashMoved,
                [
                    "shift": .integer(shift.id), "kind": .text(kind.rawValue), "amount": .minor(amount),
                    "reason": .text(movement.reason),
                ])
            return movement
        }
    }

    public func report(_ shiftID: Int64, as principal: Principal) async throws(StoreError) -> ShiftReport {
        try await core.read(as: principal) { work in
            let report = try work.report(of: work.visibleShift(shiftID))
            let isTold = !report.shift.isOpen || work.principal.allows(.seeExpected)
            return isTold ? report : report.withoutExpected
        }
    }

    public func count(_ drawer: DrawerCount, till: String, as principal: Principal)
        async throws(StoreError) -> CountOutcome
    {
        try await core.write(as: principal, needing: .closeShift) { work in
            let shift = try work.count(drawer, in: work.openShift(of: till), by: work.user())
            let drawer = try work.standing(of: shift)
            return CountOutcome(
                shift: shift, isOff: drawer.isOff, expected: work.isTold(shift) ? drawer.expected : nil)
        }
    }

    public func close(
        till: String, counted: DrawerCount?, nextFloat: Money?, reason: String?, as principal: Principal
    ) async throws(StoreError) -> ShiftReport {
        let deed = Deed.closing(till: till, nextFloat: nextFloat, reason: reason)
        let closing = try await core.write(as: principal, needing: .closeShift, doing: deed) { work in
            try work.close(
                till: till, counted: counted, nextFloat: nextFloat,
                reason: try reason.map { try Reason.checked($0) })
        }
        switch closing {
        case .closed(let report): return report
        case .refused(let refusal): throw refusal
        }
    }
}

/// What became of a closing: a count is on disk before closing is refused, so that it is kept.
private enum ClosingOutcome: Sendable {
    case closed(ShiftReport)
    case refused(StoreError)
}

extension Work {
    /// The open shift that what happens at the till now belongs to; nil without one.
    ///
    /// - Throws: `shiftCounting`: what is sold then would be missing in the count.
    func sellingShift(of till: String) throws -> Shift? {
        let shift = try tx.openShift(of: till)
        if let shift, shift.stage == .counting { throw StoreError.shiftCounting(till: till) }
        return shift
    }

    /// - Throws: `notFound`, `notAllowed` for who may see neither what was sold nor, while the shift is open, what
    ///   it comes to.
    func visibleShift(_ id: Int64) throws -> Shift {
        try requireSignIn()
        guard let shift = try tx.shift(id) else { throw StoreError.notFound(.shift(id)) }
        let closedBy = shift.closing?.closedBy
        if shift.isOpen {
            try principal.require(.xReport)
        } else if closedBy == nil || closedBy != principal.userID {
            try principal.require(.seeReports)
        }
        return shift
    }

    /// Keeps a count.
    fileprivate func count(_ drawer: DrawerCount, in shift: Shift, by user: User) throws -> Shift {
        try check(drawer.total, "counted")
        guard shift.mayBeCounted else {
            throw StoreError.invalid([
                FieldProblem("counted", "was given \(Shift.maximumCounts) times already: close the shift")
            ])
        }
        let counted = shift.counted(Shift.Count(drawer, by: user.id, at: now))
        try tx.setCounts(counted.counts, of: shift.id)
        try record(
            .shiftCounted,
            [
                "shift": .integer(shift.id), "count": .integer(Int64(counted.counts.count)),
                "counted": .minor(drawer.total),
                "pieces": .array(
                    drawer.pieces.map {
                        .array([.integer($0.denomination), .integer(Int64($0.count))])
                    }),
            ])
        return counted
    }

    /// What should be in a drawer, and whether the last count is off by more than is tolerated.
    fileprivate func standing(of shift: Shift) throws -> (report: ShiftReport, expected: Money, isOff: Bool) {
        let report = try report(of: shift)
        guard let expected = report.expected else { fatalError("a store leaves out what is expected") }
        guard let count = shift.counts.last else { return (report, expected, false) }
        let variance = count.drawer.total - expected
        let tolerance = try tx.policy().policy.shiftTolerance
        return (report, expected, variance.minorUnits.magnitude > tolerance.minorUnits.magnitude)
    }

    /// Whether who counts may know what should be in the drawer: always with the right to see it, else when no
    /// count is left.
    fileprivate func isTold(_ shift: Shift) -> Bool {
        principal.allows(.seeExpected) || !shift.mayBeCounted
    }

    fileprivate func close(till: String, counted: DrawerCount?, nextFloat: Money?, reason: String?) throws
        -> ClosingOutcome
    {
        let user = try user()
        var shift = try openShift(of: till)
        if let counted { shift = try count(counted, in: shift, by: user) }
        guard let total = shift.counts.last?.drawer.total else {
            throw StoreError.invalid([FieldProblem("counted", "is missing: count the drawer first")])
        }
        if let nextFloat {
            try check(nextFloat, "next_float")
            guard nextFloat <= total else {
                throw StoreError.invalid([FieldProblem("next_float", "must be at most what was counted")])
            }
        }
        let standing = try standing(of: shift)
        // A count that is right has nothing to explain.
        let reason = standing.isOff ? reason : nil
        if standing.isOff {
            guard reason != nil else {
                return .refused(.countIsOff(variance: isTold(shift) ? total - standing.expected : nil))
            }
            // What is handed over now is kept even where closing is refused.
            if counted == nil {
                try principal.require(.closeOverTolerance)
            } else if !principal.allows(.closeOverTolerance) {
                return .refused(.notAllowed(.closeOverTolerance))
            }
        }
        let series = NumberSeries(.closing, till: till)
        let position = (try tx.lastPositions([series])[series] ?? 0) + 1
        let number = DocumentNumber(series: series, position: position)
        let perpetual = try perpetualTotals(with: standing.report)
        try tx.setLastPosition(position, of: series)
        try record(
            .shiftClosed,
            [
                "shift": .integer(shift.id), "number": .text(number.text),
                "expected": .minor(standing.expected), "counted": .minor(total), "reason": .optional(reason),
                "next_float": .optional(nextFloat?.minorUnits), "sales": .minor(standing.report.salesTotal),
                "refunds": .minor(standing.report.refundsTotal), "perpetual_sales": .minor(perpetual.sales),
                "perpetual_refunds": .minor(perpetual.refunds),
            ])
        let closing = Shift.Closing(
            closedBy: user.id, closedAt: now, expected: standing.expected, counted: total, reason: reason,
            nextFloat: nextFloat, perpetual: perpetual,
            journalHash: try tx.journalHead(of: tx.writtenChain(for: core.chain))?.hash)
        try tx.close(shift.id, number: number, closing: closing)
        return .closed(try report(of: shift.closed(closing, number: number)))
    }

    /// What a shift comes to, and apart from it what was sold in training meanwhile.
    fileprivate func report(of shift: Shift) throws -> ShiftReport {
        var report = try tx.report(of: shift)
        report.training = try tx.trainingSales(
            in: Till.trainingChain(of: shift.till), from: shift.openedAt,
            until: shift.closing?.closedAt ?? Timestamp(milliseconds: .max))
        return report
    }

    /// What the till has sold and given back in its closed shifts and this one. Closings of a program from before
    /// there were such totals have none: theirs are summed here.
    private func perpetualTotals(with report: ShiftReport) throws -> PerpetualTotals {
        var (sales, refunds) = (report.salesTotal, report.refundsTotal)
        // The open one and the one before it, which as a rule tells of all before.
        let latest = try tx.shifts(of: report.shift.till, limit: 2).filter { !$0.isOpen }
        let isTold = latest.isEmpty || latest.contains { $0.closing?.perpetual != nil }
        let closed = isTold ? latest : try tx.shifts(of: report.shift.till, limit: .max).filter { !$0.isOpen }
        for shift in closed {
            if let before = shift.closing?.perpetual {
                (sales, refunds) = (sales + before.sales, refunds + before.refunds)
                break
            }
            let missed = try tx.report(of: shift)
            (sales, refunds) = (sales + missed.salesTotal, refunds + missed.refundsTotal)
        }
        return PerpetualTotals(sales: sales, refunds: refunds)
    }
}

extension Work {
    /// - Throws: `noShift` where the till has none open.
    func openShift(of till: String) throws -> Shift {
        try check(till)
        guard let shift = try tx.openShift(of: till) else { throw StoreError.noShift(till: till) }
        return shift
    }

    /// - Throws: `invalid` for what names no till.
    func check(_ till: String) throws(StoreError) {
        guard Till.isName(till) else {
            throw .invalid([FieldProblem("till", "must be 1 to 20 lower-case letters or digits")])
        }
    }

    /// An amount of cash: 0 or more, in the shop's currency, no more than a drawer can hold.
    func check(_ cash: Money, _ field: String) throws {
        let currency = try tx.shop().currency
        guard cash.currency == currency, (0...100 * Product.maximumPriceMinor).contains(cash.minorUnits)
        else {
            throw StoreError.invalid([FieldProblem(field, "must be 0.00 or more, in \(currency.code)")])
        }
    }
}
