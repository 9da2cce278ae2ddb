import StoreDomain
import StoreService

/// The small facts that every order asks for. They stay the same from one transaction to the next, unless somebody
/// changes them: the engine keeps them together with the file's version, and loads them anew at another version.
///
/// A transaction that changes one of them otherwise than by `Changes` forgets all of them.
struct KnownFacts: Sendable {
    var shop: ShopIdentity?
    var policy: PolicyVersion?
    var paymentMethods: [PaymentMethod]?
    /// Chains without records are not among them.
    var journalHeads: [String: JournalHead] = [:]
    /// Series in which no number was given are not among them.
    var positions: [NumberSeries: Int] = [:]
    /// The open shift by till; a till without one has nil.
    var openShifts: [String: Shift?] = [:]
    /// No order that waits for its payment was placed before this; after the end of time where none waits.
    var oldestPending: Timestamp?
    private var accounts: [Int64: User] = [:]

    /// So many accounts are kept at most.
    private static let accountLimit = 256

    func account(_ id: Int64) -> User? { accounts[id] }

    mutating func keep(_ user: User) {
        if accounts.count >= Self.accountLimit { accounts = [:] }
        accounts[user.id] = user
    }
}
