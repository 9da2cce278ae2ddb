import StoreDomain

/// What stands under a customer's account.
public protocol CustomerTransaction: ShopTransaction {
    /// Accounts of a role, the latest first, whatever their names.
    ///
    /// - Parameter id: only those before this one; nil for all.
    func accounts(inRole role: String, before id: Int64?, limit: Int) throws -> [User]
    func figures(ofCustomer id: Int64) throws -> CustomerFigures
    /// Cards with a code that the customer's orders sold or were paid with, the latest first.
    func giftCards(ofCustomer id: Int64, limit: Int) throws -> [GiftCard]
    /// Returns without a receipt, the latest first.
    func looseReturns(ofCustomer id: Int64) throws -> [LooseReturn]

    /// Has everybody wait who places an order for one of these customers, or puts anything else under their accounts,
    /// until the transaction ends. To be called before anything of them is loaded. Who waited finds them as they are then.
    func hold(customers ids: [Int64]) throws
    /// Has another account own the orders and returns of this one.
    func moveDocuments(ofCustomer id: Int64, to other: Int64) throws
    /// Has another account, which has none, own the store credit of this one.
    func moveCredit(ofCustomer id: Int64, to other: Int64) throws
    /// Has the documents call the customer by a stand-in where they keep a name of their own: on returns without a
    /// receipt, in notes, and in the answers that are kept for requests that come again.
    func forgetNames(ofCustomer id: Int64, standIn: String) throws
}
