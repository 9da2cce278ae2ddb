import StoreDomain

extension NotingTransaction: CustomerTransaction {
    func accounts(inRole role: String, before id: Int64?, limit: Int) throws -> [User] {
        try tx.accounts(inRole: role, before: id, limit: limit)
    }

    func figures(ofCustomer id: Int64) throws -> CustomerFigures { try tx.figures(ofCustomer: id) }

    func giftCards(ofCustomer id: Int64, limit: Int) throws -> [GiftCard] {
        try tx.giftCards(ofCustomer: id, limit: limit)
    }

    func looseReturns(ofCustomer id: Int64) throws -> [LooseReturn] { try tx.looseReturns(ofCustomer: id) }

    func hold(customers ids: [Int64]) throws { try tx.hold(customers: ids) }

    /// Whose an order is shows with it.
    func moveDocuments(ofCustomer id: Int64, to other: Int64) throws {
        try tx.moveDocuments(ofCustomer: id, to: other)
        note(ShopChanges(orders: .any, accounts: .some([id, other])))
    }

    func moveCredit(ofCustomer id: Int64, to other: Int64) throws {
        try tx.moveCredit(ofCustomer: id, to: other)
        note(ShopChanges(accounts: .some([id, other])))
    }

    func forgetNames(ofCustomer id: Int64, standIn: String) throws {
        try tx.forgetNames(ofCustomer: id, standIn: standIn)
        note(ShopChanges(orders: .any, accounts: .some([id])))
    }
}
