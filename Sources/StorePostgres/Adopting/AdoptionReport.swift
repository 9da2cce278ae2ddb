import StoreDomain

/// What a database of the Flask service holds, and what taking it over makes of it.
public struct AdoptionReport: Sendable {
    /// A figure of the database, such as `orders, pending: 12, 345.60`.
    public let figures: [String]
    public let findings: [Finding]

    /// Something that somebody who takes the database over should know.
    public struct Finding: Sendable {
        /// What becomes of it.
        public enum Weight: Sendable {
            /// Nothing is taken over until somebody has dealt with it.
            case blocks
            /// Taking over changes rows.
            case changes
            /// Nothing is changed.
            case note
        }

        public let weight: Weight
        /// For people.
        public let sentence: String
        /// How many rows it is about; nil where it is about none.
        public let count: Int?
        /// The first of their ids.
        public let ids: [Int64]
    }

    public var isPossible: Bool { findings.allSatisfy { $0.weight != .blocks } }
}

/// What `storefront-server adopt` has before it.
public enum AdoptionCandidate: Sendable {
    /// A database of the Flask service.
    case flask(AdoptionReport)
    /// A store already.
    ///
    /// - Parameter isShared: whether the Flask service can write to its tables.
    case store(isShared: Bool)
    /// Neither; with a sentence that says why.
    case other(String)
}
