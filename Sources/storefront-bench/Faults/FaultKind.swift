import ArgumentParser

/// A fault that is made, again and again, and the promise that it must not break.
enum FaultKind: String, CaseIterable, Sendable, Codable, ExpressibleByArgument {
    case tillsKilled = "tills-killed"
    case answersDropped = "answers-dropped"
    case serverKilled = "server-killed"
    case manyKilled = "many-killed"
    case fileLocked = "file-locked"
    case diskFull = "disk-full"
    case databaseKilled = "database-killed"

    var promise: String {
        switch self {
        case .tillsKilled: "What was acknowledged is on disk: four tills killed at random moments"
        case .answersDropped: "A retry makes no second order: answers dropped at random moments"
        case .serverKilled:
            "What was acknowledged is there: the server killed under orders, and started again"
        case .manyKilled:
            "What was acknowledged is there: two servers and four tills on one store, each killed under shared commits"
        case .fileLocked: "Another program holds the file: orders wait, or are refused whole"
        case .diskFull: "A full disk refuses orders whole, and takes them when there is room again"
        case .databaseKilled:
            "The database is killed under orders and comes back: nothing lost, nothing twice"
        }
    }

    func canBe(on store: FaultShop.Kind) -> Bool {
        switch (self, store) {
        case (.fileLocked, .postgres), (.databaseKilled, .sqlite): false
        default: true
        }
    }
}

/// What came of the rounds of one fault on one kind of store.
struct FaultTally: Sendable, Codable {
    let fault: FaultKind
    let store: FaultShop.Kind
    var rounds = 0
    /// Documents that were acknowledged, and those of them that were found.
    var acknowledged = 0
    var found = 0
    /// Documents under a key beyond the one that the key is for.
    var twice = 0
    /// What `verify` names.
    var half = 0
    /// What failed, with what repeats it.
    var breaches: [String] = []

    var lost: Int { acknowledged - found }

    mutating func add(_ result: FaultResult, round: Int, seed: UInt64) {
        rounds += 1
        acknowledged += result.acknowledged.count
        found += result.found
        twice += result.twice
        half += result.violations.count
        guard !result.isKept else { return }
        breaches.append(
            "\(fault.rawValue) on \(store.rawValue), --seed \(seed) --first \(round): \(result.words)")
    }

    mutating func fail(_ error: any Error, round: Int, seed: UInt64) {
        rounds += 1
        breaches.append("\(fault.rawValue) on \(store.rawValue), --seed \(seed) --first \(round): \(error)")
    }
}

/// What came of one round.
struct FaultResult: Sendable {
    /// What a client was told: the number of the document, by key.
    var acknowledged: [String: Int64]
    /// How many of them are there, under their key and number.
    let found: Int
    let twice: Int
    let violations: [String]

    var isKept: Bool { found == acknowledged.count && twice == 0 && violations.isEmpty }

    var words: String {
        (["\(acknowledged.count - found) lost, \(twice) twice"] + violations.prefix(5)).joined(
            separator: "; ")
    }

    /// - Parameters:
    ///   - acknowledged: by key, what clients were told. A client that was told two numbers for one key has them in `twins`.
    ///   - before: the books before the round.
    init(
        acknowledged: [String: Int64], twins: Int = 0, before: FaultBooks, after: FaultBooks,
        violations: [String]
    ) {
        self.acknowledged = acknowledged
        found = acknowledged.count { after.keys[$0.key] == $0.value && after.orders.contains($0.value) }
        twice = twins + max(0, after.surplus - before.surplus)
        self.violations = violations
    }
}

/// The documents of a store, and the keys that they were asked for under.
struct FaultBooks: Sendable {
    let orders: Set<Int64>
    let keys: [String: Int64]

    /// Documents that no key is for.
    var surplus: Int { orders.count - Set(keys.values).count }
}
