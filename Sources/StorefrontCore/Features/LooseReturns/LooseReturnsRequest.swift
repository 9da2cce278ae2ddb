import StoreDomain

public enum LooseReturnsRequest: Hashable, Codable, Sendable {
    /// The ways in which the shop can give money.
    case begin
    case product(String, count: Int)
    case customer(String)
    case figures([LooseReturnDraft.Line])
    /// Gives the draft its key, and the code of the card that it makes: both are kept before the first try.
    case prepare(LooseReturnDraft)
    case take(LooseReturnDraft, key: String)
    case print(LooseReturn, ReceiptStyle)

    var terms: Terms {
        switch self {
        case .begin: Terms(slot: "looseMethods", screen: .looseReturns)
        case .product: Terms(title: "Looking up the code", screen: .looseReturns, keepsBack: .onScreen)
        case .customer:
            Terms(title: "Looking for the customer", screen: .looseReturns, keepsBack: .onScreen)
        case .figures:
            Terms(
                slot: "looseFigures", title: "Looking up what it is worth", screen: .looseReturns,
                keepsBack: .onScreen)
        case .prepare, .take:
            Terms(title: "Taking the goods back", mustFinish: true, screen: .looseReturns, keepsBack: .all)
        case .print: Terms(title: "Printing", mustFinish: true, screen: .looseReturns)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> LooseReturnsAction {
        let services = outside.services
        guard let counter = services.counter else {
            return .began(.failure(.unsupported("returns")))
        }
        switch self {
        case .begin:
            return .began(
                await .of { () throws(StoreError) in try await services.payments.methods(as: principal) })
        case .product(let code, let count):
            return .product(
                await .of { () throws(StoreError) in try await services.catalog.product(code: code) },
                count: count)
        case .customer(let email):
            return .customer(
                await .of { () throws(StoreError) in
                    try await counter.till.customer(email: email, as: principal)
                })
        case .figures(let lines):
            return .figures(
                lines,
                await .of { () throws(StoreError) in
                    try await counter.looseReturns.figures(lines, as: principal)
                })
        case .prepare(let draft):
            do throws(StoreError) {
                return .prepared(
                    .take(try draft.withCode(outside.ids), key: outside.ids.idempotencyKey().text))
            } catch { return .taken(.failure(error)) }
        case .take(let draft, let key):
            return .taken(
                await .of { () throws(StoreError) in
                    guard let key = IdempotencyKey(key) else {
                        throw .invalid([FieldProblem("key", "of the return is not usable")])
                    }
                    return try await counter.looseReturns.take(draft, key: key, as: principal)
                })
        case .print(let taken, let style):
            return .printed(
                await .of { () throws(StoreError) in
                    try await outside.ports.printReceipt(
                        PrintedPage(
                            text: outside.looseText(taken, style), strong: "GIVEN BACK",
                            code: taken.number.text))
                    return Done()
                })
        }
    }
}

public enum LooseReturnsAction: Hashable, Codable, Sendable {
    case began(Answer<[PaymentMethod]>)
    case product(Answer<Product>, count: Int)
    case customer(Answer<SaleCustomer>)
    case figures([LooseReturnDraft.Line], Answer<LooseReturnFigures>)
    case prepared(LooseReturnsRequest)
    case taken(Answer<LooseReturn>)
    case printed(Answer<Done>)

    var failure: StoreError? {
        switch self {
        case .began(let answer): answer.failure
        case .product(let answer, _): answer.failure
        case .customer(let answer): answer.failure
        case .figures(_, let answer): answer.failure
        case .prepared: nil
        case .taken(let answer): answer.failure
        case .printed(let answer): answer.failure
        }
    }
}

extension LooseReturnDraft {
    /// With the code of a card, where the money goes on one.
    fileprivate func withCode(_ ids: any IDSource) throws(StoreError) -> LooseReturnDraft {
        guard customerID == nil, methodID == nil, code == nil else { return self }
        return try LooseReturnDraft(
            till: till, lines: lines, reason: reason, name: name, code: ids.giftCardCode(), agreed: agreed)
    }
}
