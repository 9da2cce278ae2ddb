import StoreDomain
import StoreService
import Synchronization

/// The small facts that every order asks for. They stay the same from one transaction to the next, unless somebody
/// changes them: the database keeps them together with the file's version, and loads them anew at another version.
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
    /// Whether the sums of sales are kept.
    var salesAreCounted: Bool?
    private var accounts: [Int64: User] = [:]

    /// So many accounts are kept at most.
    private static let accountLimit = 256

    func account(_ id: Int64) -> User? { accounts[id] }

    mutating func keep(_ user: User) {
        if accounts.count >= Self.accountLimit { accounts = [:] }
        accounts[user.id] = user
    }
}

/// What the last writing transaction knew, with the file's version since its commit. There is one for a writing
/// connection, however many engines write through it: another one's would go by a version that it has not seen.
final class KeptFacts: Sendable {
    private let kept = Mutex<(facts: KnownFacts, version: UInt32)?>(nil)

    /// What is known at a version of the file. Versions are counted by each connection for itself: these are the
    /// writing connection's.
    func known(at version: UInt32?) -> KnownFacts {
        kept.withLock { kept in
            guard let kept, kept.version == version else { return KnownFacts() }
            return kept.facts
        }
    }

    /// - Parameter version: the file's, since the commit of the transaction that knew them.
    func keep(_ facts: KnownFacts, at version: UInt32?) {
        kept.withLock { $0 = version.map { (facts, $0) } }
    }
}
