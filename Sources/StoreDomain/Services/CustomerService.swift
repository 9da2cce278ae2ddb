/// Those who buy, as whoever keeps the shop sees them: accounts with the role of a customer.
public protocol CustomerService: Sendable {
    /// The latest first, without those who have no address. Needs `seeAllOrders`.
    func customers(_ query: CustomerQuery, as principal: Principal) async throws(StoreError) -> CustomerPage

    /// What is known of one. Needs `seeAllOrders`.
    ///
    /// - Throws: `notFound`.
    func customer(_ id: Int64, as principal: Principal) async throws(StoreError) -> CustomerRecord

    /// Gives all that stands under one customer's account to another's, and empties the first account. Needs
    /// `manageAccounts`.
    ///
    /// - Returns: the other as it is from then on.
    /// - Throws: `notFound`, `invalid` where a sale is parked for the first, or credit has expired that nobody has booked off.
    func merge(_ id: Int64, into other: Int64, as principal: Principal) async throws(StoreError)
        -> CustomerRecord

    /// Everything that is kept about a customer. That it was handed out stands on the journal. Needs `manageAccounts`.
    ///
    /// - Throws: `notFound`.
    func export(_ id: Int64, as principal: Principal) async throws(StoreError) -> CustomerExport

    /// Takes name, e-mail and everything that opens the account away. Documents and the journal keep their figures, and
    /// call the customer by a stand-in. Needs `manageAccounts`.
    ///
    /// - Returns: the account as it is from then on.
    /// - Throws: `notFound`, `invalid` where an order waits, a sale is parked for the customer, or credit is left.
    func erase(_ id: Int64, as principal: Principal) async throws(StoreError) -> User
}

extension CustomerService {
    /// The one that is known by a number, or by a whole e-mail.
    ///
    /// - Throws: `notFound`, and as `customers`.
    public func customer(known text: String, as principal: Principal) async throws(StoreError) -> User {
        let text = text.cleanText
        if let id = Int64(text) { return try await customer(id, as: principal).user }
        let page = try await customers(
            CustomerQuery(words: CustomerWords(text), limit: CustomerQuery.limits.upperBound), as: principal)
        guard let found = page.customers.first(where: { $0.email.lowercased() == text.lowercased() }) else {
            throw .notFound(.account(text))
        }
        return found
    }
}
