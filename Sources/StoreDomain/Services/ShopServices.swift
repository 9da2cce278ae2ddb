/// The rules of the shop that its owner sets. They belong to the store: every program on it uses the same.
public protocol PolicyService: Sendable {
    /// The policy in force.
    func current() async throws(StoreError) -> PolicyVersion

    /// Every version, the latest first. Needs `changePolicy`.
    func history(as principal: Principal) async throws(StoreError) -> [PolicyVersion]

    /// Changes one value and keeps the policy before as a version of its own. Needs `changePolicy`.
    ///
    /// - Throws: `notFound` for a name that no `PolicyField` has, `invalid` for a value that it does not take.
    func set(_ name: String, to value: String, as principal: Principal) async throws(StoreError)
        -> PolicyVersion

    /// Sets what a country's preset says, and keeps the policy before as a version. What was sold before keeps its
    /// figures. Needs `changePolicy`.
    ///
    /// - Parameter checksOnly: changes nothing.
    /// - Returns: the policy as it is, or would be, from now on.
    /// - Throws: `invalid` for a country of another currency than the store's.
    func apply(_ country: Country, checksOnly: Bool, as principal: Principal) async throws(StoreError)
        -> PolicyVersion
}

/// The journal of all that changed money, goods, prices, people or settings. Needs `readJournal`, and `seeCost`, as its
/// records say what deliveries cost.
public protocol JournalService: Sendable {
    /// The chains that have records, by name.
    func chains(as principal: Principal) async throws(StoreError) -> [String]
    /// Records of a chain in their order, at most 1,000.
    ///
    /// - Parameter number: of the first; nil for the last ones that there are.
    func records(of chain: String, from number: Int?, limit: Int, as principal: Principal)
        async throws(StoreError) -> [JournalRecord]
    /// Checks every chain; where each that is broken breaks first.
    func firstBreaks(as principal: Principal) async throws(StoreError) -> [JournalBreak]
}
