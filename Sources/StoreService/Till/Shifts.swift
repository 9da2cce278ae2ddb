import StoreDomain

/// Shifts of a till and the cash in its drawer.
public struct Shifts: ShiftService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func open(till: String, float: Money, as principal: Principal) async throws(StoreError) -> Shift {
        try await core.write(as: principal, needing: .openShift) { work in
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

    public func current(till: String, as principal: Principal) async throws(StoreError) -> Shift? {
        try await core.read(as: principal, needing: .sell) { work in try work.tx.openShift(of: till) }
    }

    public func shifts(till: String, limit: Int, as principal: Principal) async throws(StoreError) -> [Shift]
    {
        try await core.read(as: principal, needing: .seeReports) { work in
            try work.tx.shifts(of: till, limit: max(0, min(limit, 500)))
        }
    }

    public func move(
        _ kind: CashMovementKind, _ amount: Money, reason: String, till: String, as principal: Principal
    )
        async throws(StoreError) -> CashMovement
    {
        try await core.write(as: principal, needing: .moveCash) { work in
            let user = try work.user()
            try work.principal.require(.moveCash, amount: amount)
            let shift = try work.openShift(of: till)
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
        try await core.read(as: principal, needing: .seeReports) { work in
            guard let shift = try work.tx.shift(shiftID) else {
                throw StoreError.notFound(.shift(shiftID))
            }
            return try work.tx.report(of: shift)
        }
    }

    public func close(till: String, counted: Money, reason: String?, as principal: Principal)
        async throws(StoreError) -> ShiftReport
    {
        try await core.write(as: principal, needing: .closeShift) { work in
            let user = try work.user()
            let shift = try work.openShift(of: till)
            try work.check(counted, "counted")
            let expected = try work.tx.report(of: shift).expected
            let variance = counted - expected
            let tolerance = try work.tx.policy().policy.shiftTolerance
            if variance.minorUnits.magnitude > tolerance.minorUnits.magnitude {
                guard let reason else { throw StoreError.countIsOff(variance: variance) }
                _ = try Reason.checked(reason)
                try work.principal.require(.closeOverTolerance)
            }
            let series = NumberSeries(.closing, till: till)
            let position = (try work.tx.lastPositions([series])[series] ?? 0) + 1
            try work.tx.setLastPosition(position, of: series)
            let closing = Shift.Closing(
                closedBy: user.id, closedAt: work.now, expected: expected, counted: counted,
                reason: reason?.trimmedText)
            let number = DocumentNumber(series: series, position: position)
            try work.tx.close(shift.id, number: number, closing: closing)
            try work.record(
                .shiftClosed,
                [
                    "shift": .integer(shift.id), "number": .text(number.text), "expected": .minor(expected),
                    "counted": .minor(counted), "reason": .optional(closing.reason),
                ])
            guard let closed = try work.tx.shift(shift.id) else {
                throw StoreError.notFound(.shift(shift.id))
            }
            return try work.tx.report(of: closed)
        }
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
