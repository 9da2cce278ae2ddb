/// Selling at a till: placed and settled at once, so that nothing waits to expire. Needs `sell`.
public protocol TillService: Sendable {
    /// What the sale costs as it stands.
    ///
    /// - Throws: as `sell`, but for what concerns tenders.
    func price(_ draft: SaleDraft, as principal: Principal) async throws(StoreError) -> PricedSale

    /// Sells: takes the stock, settles the tenders and gives the receipt its number, all or nothing. The same
    /// key and content give the same sale. A draft in training is checked like any other and sells nothing: it gets a
    /// number of a series of its own and a record in a chain of its own.
    ///
    /// - Throws: `priceChanged`, `insufficientStock`, `paymentRefused`, `notAllowed` for a discount, a price or
    ///   an exemption that the seller may not give, `approvalNeeded` for one that somebody else must approve,
    ///   `notFound`, `keyReused`.
    func sell(_ draft: SaleDraft, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order

    /// Makes the invoice of a paid sale, whether it was sold here or elsewhere, and answers with the sale. Asking again
    /// for the same party makes no second one.
    ///
    /// - Throws: `notFound`; `wrongStatus` for an order that is not paid, or of which everything came back; `invalid` where
    ///   it is made out to somebody else already.
    func makeInvoice(of orderID: Int64, to party: InvoiceParty, till: String, as principal: Principal)
        async throws(StoreError) -> Order

    /// The customer whose account has this e-mail, whatever its case.
    ///
    /// - Throws: `notFound`.
    func customer(email: String, as principal: Principal) async throws(StoreError) -> SaleCustomer

    /// The customers that words mean, by name: words that begin a part of the name, a part of the e-mail, or the
    /// number of the account; at most `CustomerWords.mostFound`, and never all of them.
    ///
    /// - Throws: `invalid` for words too short to mean somebody.
    func customers(finding words: String, as principal: Principal) async throws(StoreError) -> [SaleCustomer]

    /// Makes an account for somebody at the counter, with which nobody signs in until it gets a password.
    ///
    /// - Throws: `invalid`, `emailTaken`.
    func addCustomer(name: String, email: String, as principal: Principal) async throws(StoreError)
        -> SaleCustomer
}

/// Goods that come back, and the money for them. Needs `refund`.
public protocol RefundService: Sendable {
    /// Books goods as returned and gives their money back, the newest tender first. The same key and content
    /// give the same refund. Where the draft says what was agreed to and the store comes to another amount, it
    /// throws `paymentRefused(.comesTo)`.
    ///
    /// - Throws: `notFound`, `notReturnable`, `wrongStatus` for an order that is not paid, `notAllowed` beyond
    ///   the limit of the role or for another tender, `paymentRefused`, `keyReused`.
    func refund(_ draft: RefundDraft, till: String, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Refund

    /// Takes a whole sale back in the shift in which it was sold; it counts on the figures of who sold it. Needs
    /// `voidSales`. The same key and content give the same refund.
    ///
    /// - Throws: `notFound`, `wrongStatus` for an order that is not paid or of which something came back,
    ///   `noShift`, `otherShift`, `notAllowed`, `paymentRefused`, `keyReused`.
    func void(_ draft: VoidDraft, till: String, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Refund

    /// The refunds of an order, in their order.
    func refunds(of orderID: Int64, as principal: Principal) async throws(StoreError) -> [Refund]
}

/// Shifts of a till and the cash in its drawer. A shift names a person who answers for the drawer, so the
/// store's operator, who has no account, acts as one of the accounts.
public protocol ShiftService: Sendable {
    /// The tills that have sold or opened a shift, by name, each with its open shift. Needs `sell`.
    func tills(as principal: Principal) async throws(StoreError) -> [TillStanding]

    /// Opens a shift with a float. Needs `openShift`.
    ///
    /// - Throws: `shiftOpen` while one is.
    func open(till: String, float: Money, as principal: Principal) async throws(StoreError) -> Shift

    /// The open shift of a till. Needs `sell`.
    func current(till: String, as principal: Principal) async throws(StoreError) -> Shift?

    /// What the last shift left in the drawer: its next float, or where nobody said, its own; nil before the
    /// first. Needs `openShift`.
    func suggestedFloat(till: String, as principal: Principal) async throws(StoreError) -> Money?

    /// The latest shifts of a till, the last one first, at most 500: all of them with `seeReports`, else the ones
    /// that one closed oneself. Needs `sell`.
    ///
    /// - Parameter before: only those opened before the shift of that id: where the list goes on.
    func shifts(till: String, before: Int64?, limit: Int, as principal: Principal)
        async throws(StoreError) -> [Shift]

    /// Puts cash into the drawer or takes it out, with a reason. Needs `moveCash`, up to its limit.
    ///
    /// - Throws: `noShift`, `shiftCounting`.
    func move(
        _ kind: CashMovementKind, _ amount: Money, reason: String, till: String, as principal: Principal
    ) async throws(StoreError) -> CashMovement

    /// What the documents of a shift come to: its X report while it is open, which needs `xReport`, its Z
    /// report afterwards, which needs `seeReports` unless one closed it oneself. What should be in an open
    /// drawer is left out for who may not see it (`seeExpected`).
    func report(_ shiftID: Int64, as principal: Principal) async throws(StoreError) -> ShiftReport

    /// Keeps what was counted. From the first count on the till sells nothing until its shift is closed; there
    /// is one recount. Needs `closeShift`.
    ///
    /// - Throws: `noShift`, `invalid` for a third count.
    func count(_ drawer: DrawerCount, till: String, as principal: Principal) async throws(StoreError)
        -> CountOutcome

    /// Closes the shift with what was counted last. Needs `closeShift`; a count that is off by more than the
    /// policy tolerates also a reason and `closeOverTolerance`.
    ///
    /// - Parameters:
    ///   - counted: a count to be kept first, as by `count`, even where closing is refused then; nil where it is
    ///     kept already.
    ///   - nextFloat: what stays in the drawer, 0…counted; nil to leave it open.
    /// - Throws: `noShift`, `invalid` without any count, `countIsOff` without a reason, `notAllowed`.
    func close(
        till: String, counted: DrawerCount?, nextFloat: Money?, reason: String?, as principal: Principal
    ) async throws(StoreError) -> ShiftReport

    /// Notes that a document is printed, saved or sent. Needs what seeing it does, and for a copy of another's
    /// document `reprint`.
    ///
    /// - Parameter till: where that happens; nil where no till is meant.
    /// - Returns: 0 for the original, n for its n-th copy.
    /// - Throws: `notFound`; `wrongStatus` for an order that is not paid; `invalid` for an open shift.
    func issue(_ document: IssuedDocument, till: String?, as principal: Principal) async throws(StoreError)
        -> Int

    /// Keeps what happened at a till beside sales. Needs `sell`, for opening the drawer `noSale`.
    ///
    /// - Throws: `invalid`, `notAllowed`.
    func note(_ happening: TillHappening, till: String, as principal: Principal) async throws(StoreError)
}

extension ShiftService {
    /// The latest shifts of a till, from the last one on.
    public func shifts(till: String, limit: Int, as principal: Principal) async throws(StoreError) -> [Shift]
    {
        try await shifts(till: till, before: nil, limit: limit, as: principal)
    }
}

/// Sales put aside, for any till on the store. Needs `park`.
public protocol ParkingService: Sendable {
    /// Puts a sale aside. The same key and content give the same parked sale, also after it was taken up again.
    ///
    /// - Throws: `emptyOrder`, `invalid` for a label beyond 60 characters, `keyReused`.
    func park(_ basket: Cart, label: String, till: String, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> ParkedSale
    /// The oldest first.
    func parked(as principal: Principal) async throws(StoreError) -> [ParkedSale]
    /// Takes a parked sale up: it is parked no longer. The same key and code give the same sale.
    ///
    /// - Throws: `notFound`, also when another till was faster; `keyReused`.
    func resume(_ code: String, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> ParkedSale
}

/// What was sold, from the sums that are kept with each sale. Needs `seeReports`, and `seeCost` for the kinds that tell it.
public protocol ReportService: Sendable {
    /// - Throws: `invalid` for a period of more than `ReportQuery.mostDays`, or a limit out of range.
    func report(_ query: ReportQuery, as principal: Principal) async throws(StoreError) -> Report
}
