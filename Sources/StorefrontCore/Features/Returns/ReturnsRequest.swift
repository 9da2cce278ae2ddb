import StoreDomain

public enum ReturnsRequest: Hashable, Codable, Sendable {
    /// Sales by receipt, order, product or customer, the first of these that fits; for nil the latest of
    /// which something can come back.
    case find(String?, everybody: Bool, page: Int, perPage: Int)
    /// A sale with what came back of it before.
    ///
    /// - Parameter till: where it is to come back.
    case sale(Int64, till: String)
    /// What was scanned into a sale.
    case product(String, count: Int)
    case refund(RefundDraft, key: String, till: String)
    case void(VoidDraft, key: String, till: String)
    case print(ReturnsState.Returned, ReceiptStyle)
    case save(ReturnsState.Returned, ReceiptStyle)

    var terms: Terms {
        switch self {
        case .find:
            Terms(slot: "returns", title: "Looking for sales", screen: .returns, keepsBack: .onScreen)
        case .sale: Terms(slot: "sale", title: "Loading the sale", screen: .returns, keepsBack: .onScreen)
        case .product: Terms(title: "Looking up the code", screen: .returns, keepsBack: .onScreen)
        case .refund, .void:
            Terms(title: "Giving the money back", mustFinish: true, screen: .returns, keepsBack: .all)
        case .print: Terms(title: "Printing", mustFinish: true)
        case .save: Terms(mustFinish: true)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> ReturnsAction {
        let services = outside.services
        return switch self {
        case .find(let text, let everybody, let page, let perPage):
            .found(
                await .of { () throws(StoreError) in
                    try await SaleSearch(services: services, everybody: everybody, principal: principal)
                        .sales(text, page: page, perPage: perPage)
                })
        case .sale(let id, let till):
            .sale(
                await .of { () throws(StoreError) in
                    let counter = try services.returns()
                    return Returning.Sale(
                        order: try await services.orders.order(id, as: principal),
                        earlier: try await counter.refunds(of: id, as: principal),
                        methods: try await services.payments.methods(as: principal),
                        shift: try await services.openShift(till, as: principal))
                })
        case .product(let code, let count):
            .product(
                await .of { () throws(StoreError) in try await services.catalog.product(code: code) },
                count: count)
        case .refund(let draft, let key, let till):
            .given(
                await .of { () throws(StoreError) in
                    let refund = try await services.returns().refund(
                        draft, till: till, key: try key.asKey(), as: principal)
                    return try await services.returned(refund, as: principal)
                })
        case .void(let draft, let key, let till):
            .given(
                await .of { () throws(StoreError) in
                    let refund = try await services.returns().void(
                        draft, till: till, key: try key.asKey(), as: principal)
                    return try await services.returned(refund, as: principal)
                })
        case .print(let returned, let style):
            .printed(
                await .of { () throws(StoreError) in
                    try await outside.ports.printReceipt(
                        outside.issuedRefund(returned, style, as: principal))
                    return Done()
                })
        case .save(let returned, let style):
            .saved(
                await .of { () throws(StoreError) in
                    try await outside.ports.saveReceipt(
                        outside.issuedRefund(returned, style, as: principal).text,
                        orderID: returned.order.id)
                })
        }
    }
}

public enum ReturnsAction: Hashable, Codable, Sendable {
    case found(Answer<OrderPage>)
    case sale(Answer<Returning.Sale>)
    case product(Answer<Product>, count: Int)
    case given(Answer<ReturnsState.Returned>)
    case printed(Answer<Done>)
    /// The path of the file.
    case saved(Answer<String>)

    var failure: StoreError? {
        switch self {
        case .found(let answer): answer.failure
        case .sale(let answer): answer.failure
        case .product(let answer, _): answer.failure
        case .given(let answer): answer.failure
        case .printed(let answer): answer.failure
        case .saved(let answer): answer.failure
        }
    }
}

/// Finds sales by whatever tells them.
public struct SaleSearch: Sendable {
    let services: StoreServices
    let everybody: Bool
    let principal: Principal

    public init(services: StoreServices, everybody: Bool, principal: Principal) {
        self.services = services
        self.everybody = everybody
        self.principal = principal
    }

    /// The sales of a receipt's or refund's number, the order of a number, the recent sales with a product, or those
    /// of a customer: the first of these that finds any. The latest of which something can come back for nil.
    ///
    /// - Throws: as the services; `notFound` never: nothing found is an empty page.
    public func sales(_ text: String?, page: Int, perPage: Int) async throws(StoreError) -> OrderPage {
        guard let text else { return try await orders(nil, isReturnable: true, page, perPage) }
        if let number = DocumentNumber(text) {
            let found = try await orders(.number(number), page, perPage)
            if found.total > 0 { return found }
        }
        if let id = Int64(text), id > 0, !ScannedCode.isOne(text), let order = try await order(id) {
            return OrderPage(orders: [order], number: 1, perPage: perPage, total: 1)
        }
        if let product = try await product(text) {
            return try await orders(.product(product.id), page, perPage)
        }
        return try await orders(.customer(text), page, perPage)
    }

    private func orders(
        _ finding: OrderFinding?, isReturnable: Bool = false, _ page: Int, _ perPage: Int
    ) async throws(StoreError) -> OrderPage {
        try await services.orders.orders(
            OrderQuery(
                isReturnable: isReturnable, everybody: everybody, finding: finding, page: page,
                perPage: perPage),
            as: principal)
    }

    private func order(_ id: Int64) async throws(StoreError) -> Order? {
        do throws(StoreError) { return try await services.orders.order(id, as: principal) } catch {
            guard case .notFound = error else { throw error }
            return nil
        }
    }

    private func product(_ code: String) async throws(StoreError) -> Product? {
        do throws(StoreError) { return try await services.catalog.product(code: code) } catch {
            guard case .notFound = error else { throw error }
            return nil
        }
    }
}

extension StoreServices {
    /// - Throws: `unsupported` where the other side takes nothing back.
    fileprivate func returns() throws(StoreError) -> any RefundService {
        guard let counter else { throw .unsupported("returns") }
        return counter.refunds
    }

    /// The shift that is open at a till; nil also for who does not sell there.
    fileprivate func openShift(_ till: String, as principal: Principal) async throws(StoreError) -> Shift? {
        guard let counter, principal.allows(.sell) else { return nil }
        return try await counter.shifts.current(till: till, as: principal)
    }

    /// The money is given: where the sale cannot be read just now, that is no reason to give it again.
    fileprivate func returned(_ refund: Refund, as principal: Principal) async throws(StoreError)
        -> ReturnsState.Returned
    {
        do throws(StoreError) {
            return ReturnsState.Returned(
                order: try await orders.order(refund.orderID, as: principal), refund: refund)
        } catch { throw .outcomeUnknown }
    }
}

extension String {
    fileprivate func asKey() throws(StoreError) -> IdempotencyKey {
        guard let key = IdempotencyKey(self) else {
            throw .invalid([FieldProblem("key", "of the return is not usable")])
        }
        return key
    }
}

extension AppState {
    mutating func receive(_ action: ReturnsAction) {
        switch action {
        case .printed(.success): desk.say(.success, "Receipt sent to the printer")
        case .saved(.success(let path)): desk.say("Receipt saved as", file: path)
        case .printed(.failure(let error)), .saved(.failure(let error)): desk.say(error)
        // Those of the screen.
        case .found, .sale, .product, .given: break
        }
    }
}
