import StoreDomain
import StoreWire

/// Selling at a till over the API.
struct RemoteTillService: TillService {
    let client: APIClient

    func price(_ draft: SaleDraft, as principal: Principal) async throws(StoreError) -> PricedSale {
        try await client.one(
            APICall(.priceSale, body: draft, session: try principal.session(), isRepeatable: true))
    }

    func sell(_ draft: SaleDraft, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order
    {
        try await client.one(APICall(.sell, body: draft, key: key, session: try principal.session()))
    }

    func makeInvoice(of orderID: Int64, to party: InvoiceParty, till: String, as principal: Principal)
        async throws(StoreError) -> Order
    {
        try await client.call(
            APICall(
                .makeInvoice, id: orderID, body: InvoiceBody(till: till, party: party),
                session: try principal.session(), isRepeatable: true, about: .order(orderID)), OrderBody.init
        ).order
    }

    func customer(email: String, as principal: Principal) async throws(StoreError) -> SaleCustomer {
        try await client.one(
            APICall(.tillCustomer, query: [("email", email)], session: try principal.session()))
    }

    func customers(finding words: String, as principal: Principal) async throws(StoreError) -> [SaleCustomer]
    {
        try await client.many(
            APICall(.tillCustomers, query: [("find", words)], session: try principal.session()))
    }

    func addCustomer(name: String, email: String, as principal: Principal) async throws(StoreError)
        -> SaleCustomer
    {
        try await client.one(
            APICall(
                .addTillCustomer, body: NewCustomerBody(name: name, email: email),
                session: try principal.session()))
    }
}

/// Refunds over the API.
struct RemoteRefundService: RefundService {
    let client: APIClient

    func refund(_ draft: RefundDraft, till: String, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Refund
    {
        try await client.one(
            APICall(
                .refund, body: RefundDraftBody(draft, till: till), key: key,
                session: try principal.session()))
    }

    func void(_ draft: VoidDraft, till: String, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Refund
    {
        try await client.one(
            APICall(
                .voidSale, body: VoidDraftBody(draft, till: till), key: key,
                session: try principal.session()))
    }

    func refunds(of orderID: Int64, as principal: Principal) async throws(StoreError) -> [Refund] {
        try await client.many(APICall(.refundsOfOrder, id: orderID, session: try principal.session()))
    }
}

/// Shifts over the API.
struct RemoteShiftService: ShiftService {
    let client: APIClient

    func open(till: String, float: Money, as principal: Principal) async throws(StoreError) -> Shift {
        try await client.one(
            APICall(
                .openShift, body: ShiftOpeningBody(till: till, float: float),
                session: try principal.session()))
    }

    func current(till: String, as principal: Principal) async throws(StoreError) -> Shift? {
        let call = APICall(.currentShift, query: [("till", till)], session: try principal.session())
        return try await client.call(call, Perhaps<Shift>.init).value
    }

    func shifts(till: String, before: Int64?, limit: Int, as principal: Principal)
        async throws(StoreError) -> [Shift]
    {
        guard limit > 0 else { return [] }
        let start = before.map { [("before", String($0))] } ?? []
        return try await client.many(
            APICall(
                .shifts, query: [("till", till), ("limit", String(limit))] + start,
                session: try principal.session()))
    }

    func move(
        _ kind: CashMovementKind, _ amount: Money, reason: String, till: String, as principal: Principal
    ) async throws(StoreError) -> CashMovement {
        try await client.one(
            APICall(
                .moveCash, body: CashMovementBody(till: till, kind: kind, amount: amount, reason: reason),
                session: try principal.session()))
    }

    func report(_ shiftID: Int64, as principal: Principal) async throws(StoreError) -> ShiftReport {
        try await client.one(APICall(.shiftReport, id: shiftID, session: try principal.session()))
    }

    func count(_ drawer: DrawerCount, till: String, as principal: Principal) async throws(StoreError)
        -> CountOutcome
    {
        try await client.one(
            APICall(
                .countShift, body: CountBody(till: till, drawer: drawer), session: try principal.session()))
    }

    func close(
        till: String, counted: DrawerCount?, nextFloat: Money?, reason: String?, as principal: Principal
    ) async throws(StoreError) -> ShiftReport {
        try await client.one(
            APICall(
                .closeShift,
                body: ShiftClosingBody(
                    till: till, counted: counted, nextFloat: nextFloat, reason: reason),
                session: try principal.session()))
    }

    func issue(_ document: IssuedDocument, till: String?, as principal: Principal) async throws(StoreError)
        -> Int
    {
        let session = try principal.session()
        var query: [(name: String, value: String)] = till.map { [("till", $0)] } ?? []
        let call: APICall
        switch document {
        case .closing(let id): call = APICall(.issueClosing, id: id, query: query, session: session)
        case .sale(let id): call = APICall(.issueReceipt, id: id, query: query, session: session)
        case .refund(let id, let orderID):
            query.append(("refund", String(id)))
            call = APICall(.issueReceipt, id: orderID, query: query, session: session)
        case .invoice(let orderID):
            query.append(("invoice", "true"))
            call = APICall(.issueReceipt, id: orderID, query: query, session: session)
        }
        return try await client.call(call, IssueBody.init).copy
    }

    func note(_ happening: TillHappening, till: String, as principal: Principal) async throws(StoreError) {
        try await client.answer(
            APICall(
                .noteHappening, body: HappeningBody(till: till, happening: happening),
                session: try principal.session())
        ) { _ in }
    }

    func tills(as principal: Principal) async throws(StoreError) -> [TillStanding] {
        try await client.many(APICall(.tills, session: try principal.session()))
    }

    func suggestedFloat(till: String, as principal: Principal) async throws(StoreError) -> Money? {
        let call = APICall(.suggestedFloat, query: [("till", till)], session: try principal.session())
        return try await client.call(call, FloatBody.init).float
    }
}

/// Parked sales over the API.
struct RemoteParkingService: ParkingService {
    let client: APIClient

    func park(_ basket: Cart, label: String, till: String, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> ParkedSale
    {
        try await client.one(
            APICall(
                .park, body: ParkingBody(till: till, label: label, basket: basket), key: key,
                session: try principal.session()))
    }

    func parked(as principal: Principal) async throws(StoreError) -> [ParkedSale] {
        try await client.many(APICall(.parkedSales, session: try principal.session()))
    }

    func resume(_ code: String, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> ParkedSale
    {
        try await client.one(APICall(.resumeParked, code, key: key, session: try principal.session()))
    }
}

/// Stock over the API.
struct RemoteStockService: StockService {
    let client: APIClient

    func adjust(_ adjustment: StockAdjustment, as principal: Principal) async throws(StoreError) -> Product {
        try await client.one(APICall(.adjustStock, body: adjustment, session: try principal.session()))
    }

    func movements(of productID: Int64, limit: Int, as principal: Principal) async throws(StoreError)
        -> [StockMovement]
    {
        guard limit > 0 else { return [] }
        return try await client.many(
            APICall(
                .stockMovements, id: productID, query: [("limit", String(limit))],
                session: try principal.session()))
    }

    func book(_ adjustments: [StockAdjustment], as principal: Principal) async throws(StoreError) -> [Product]
    {
        try await client.many(
            APICall(.bookStock, body: StockBookings(adjustments), session: try principal.session()))
    }

    func low(limit: Int, as principal: Principal) async throws(StoreError) -> [LowStock] {
        guard limit > 0 else { return [] }
        return try await client.many(
            APICall(.lowStock, query: [("limit", String(limit))], session: try principal.session()))
    }

    func explanation(of productID: Int64, limit: Int, as principal: Principal) async throws(StoreError)
        -> StockExplanation
    {
        try await client.one(
            APICall(
                .stockExplanation, id: productID, query: [("limit", String(max(1, limit)))],
                session: try principal.session(), about: .product(productID)))
    }

    func toCount(as principal: Principal) async throws(StoreError) -> [DueCount] {
        try await client.many(APICall(.stockToCount, session: try principal.session()))
    }

    func cost(of productID: Int64, as principal: Principal) async throws(StoreError) -> ProductCost {
        try await client.one(
            APICall(
                .productCost, id: productID, session: try principal.session(), about: .product(productID)))
    }
}

/// The journal over the API.
struct RemoteJournalService: JournalService {
    let client: APIClient

    func chains(as principal: Principal) async throws(StoreError) -> [String] {
        let call = APICall(.journalChains, session: try principal.session())
        return try await client.call(call, ChainsBody.init).chains
    }

    func records(of chain: String, from number: Int?, limit: Int, as principal: Principal)
        async throws(StoreError) -> [JournalRecord]
    {
        guard limit > 0 else { return [] }
        let first = number.map { ("from", String(max(1, $0))) } ?? ("last", "true")
        return try await client.many(
            APICall(
                .journalRecords, chain, query: [first, ("limit", String(limit))],
                session: try principal.session()))
    }

    func firstBreaks(as principal: Principal) async throws(StoreError) -> [JournalBreak] {
        try await client.many(APICall(.verifyJournal, session: try principal.session()))
    }
}
