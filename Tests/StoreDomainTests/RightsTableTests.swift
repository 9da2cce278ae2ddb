import StoreDomain
import Testing

/// The table of rights: what each role of the till does by itself, asks for, and may not at all.
@Suite struct RightsTableTests {
    /// A cell of the table.
    enum Cell: Hashable {
        case yes, no, ask
        /// By itself up to so many percent, and beyond with somebody's approval.
        case percent(Int64)
        /// The same in minor units.
        case amount(Int64)
    }

    /// Cashier, senior, manager.
    static let table: [Permission: [Cell]] = [
        .placeOrders: [.yes, .yes, .yes], .takePayment: [.yes, .yes, .yes],
        .seeAllOrders: [.no, .yes, .yes],
        .sell: [.yes, .yes, .yes], .park: [.yes, .yes, .yes],
        .discountLines: [.percent(10), .percent(20), .yes],
        .discountOrders: [.ask, .percent(20), .yes], .overridePrices: [.ask, .percent(20), .yes],
        .sellBelowZero: [.ask, .yes, .yes], .voidSales: [.ask, .yes, .yes],
        .refund: [.ask, .amount(10_000), .yes], .refundOtherwise: [.no, .ask, .yes],
        .refundWithoutReceipt: [.no, .ask, .yes], .exemptTax: [.ask, .yes, .yes],
        .noSale: [.ask, .yes, .yes], .moveCash: [.ask, .amount(5_000), .yes],
        .openShift: [.yes, .yes, .yes], .closeShift: [.yes, .yes, .yes],
        .seeExpected: [.no, .no, .yes], .xReport: [.no, .yes, .yes],
        .closeOverTolerance: [.no, .no, .yes], .reprint: [.yes, .yes, .yes],
        .issueGiftCards: [.yes, .yes, .yes], .seeReports: [.no, .yes, .yes],
        .manageProducts: [.no, .no, .yes], .adjustStock: [.no, .no, .yes],
        .readJournal: [.no, .no, .yes], .seeCost: [.no, .no, .yes],
        .manageDiscounts: [.no, .no, .no], .manageAccounts: [.no, .no, .no],
        .manageRights: [.no, .no, .no], .changePolicy: [.no, .no, .no],
    ]

    @Test func everyPermissionIsInTheTable() {
        #expect(Set(Self.table.keys) == Set(Permission.allCases))
    }

    @Test(arguments: Permission.allCases) func eachRoleDoesWhatTheTableSays(_ permission: Permission) throws {
        let cells = try #require(Self.table[permission])
        for (role, cell) in zip([Role.cashier, .senior, .manager], cells) {
            try check(role, permission, cell)
        }
        try check(.admin, permission, .yes)
        try check(.customer, permission, permission == .placeOrders ? .yes : .no)
    }

    private func check(_ role: Role, _ permission: Permission, _ cell: Cell) throws {
        let note = "\(role.name) \(permission.rawValue)" as Comment
        switch cell {
        case .yes:
            #expect(ask(role, permission) == .yes, note)
            #expect(ask(role, permission, share: 1_000, amount: .max) == .yes, note)
        case .no: #expect(ask(role, permission, share: 1, amount: 1) == .no, note)
        case .ask: #expect(ask(role, permission, share: 1, amount: 1) == .ask, note)
        case .percent(let limit):
            #expect(ask(role, permission, share: limit) == .yes, note)
            #expect(ask(role, permission, share: limit + 1) == .ask, note)
        case .amount(let limit):
            #expect(ask(role, permission, amount: limit) == .yes, note)
            #expect(ask(role, permission, amount: limit + 1) == .ask, note)
        }
    }

    /// What becomes of asking a service at its door.
    private func ask(_ role: Role, _ permission: Permission, share: Int64? = nil, amount: Int64? = nil)
        -> Cell
    {
        let user = User(
            id: 1, email: "a@b.co", name: "A", role: role, createdAt: Timestamp(seconds: 0),
            updatedAt: Timestamp(seconds: 0))
        do throws(StoreError) {
            try Principal.user(Session(user: user)).require(
                permission, share: share.flatMap { Rate(numerator: $0, denominator: 100) },
                amount: amount.map { Money(minorUnits: $0) })
            return .yes
        } catch {
            if case .approvalNeeded = error { return .ask }
            return .no
        }
    }

    @Test func whoIsBehindSomebodyHoldsTheRightToThatExtent() throws {
        let user = User(
            id: 1, email: "a@b.co", name: "A", role: .cashier, createdAt: Timestamp(seconds: 0),
            updatedAt: Timestamp(seconds: 0))
        func may(_ percent: Int64, _ approving: Session.Approving?) -> Bool {
            let who = Principal.user(Session(user: user)).approving(approving)
            let share = Rate(numerator: percent, denominator: 100)
            return (try? who.require(.discountLines, share: share)) != nil
        }
        #expect(may(10, nil) && !may(15, nil))
        #expect(may(15, .by([.senior])) && !may(25, .by([.senior])) && may(25, .by([.senior, .manager])))
        #expect(may(99, .assumed))
        // Nobody gives what may not be asked for.
        #expect(throws: StoreError.notAllowed(.refundOtherwise)) {
            try Principal.user(Session(user: user, approving: .by([.admin]))).require(.refundOtherwise)
        }
    }

    @Test(arguments: ["0000", "1234", "12345678"]) func fourToEightDigitsAreAPIN(_ text: String) throws {
        #expect(try PIN(Secret(text)).digits.revealed == text)
        #expect(!"\(try PIN(Secret(text)))".contains(text))
    }

    @Test(arguments: ["", "123", "123456789", "12 34", "-1234", "١٢٣٤", "１２３４"])
    func anythingElseIsNone(_ text: String) {
        #expect(throws: StoreError.self) { try PIN(Secret(text)) }
    }
}
