/// The classes that a shop sorts its goods into for tax, each with rates over time.
public struct TaxTable: Hashable, Sendable, Codable {
    /// A class, such as "reduced".
    public struct Class: Hashable, Sendable, Codable {
        /// 1…40 lower-case letters, digits and `-`.
        public let id: String
        public let name: String
        /// By time, the earliest first; never empty. The first counts from the beginning of time.
        public let rates: [Period]

        public init(id: String, name: String, rates: [Period]) {
            self.id = id
            self.name = name
            self.rates = rates
        }

        /// The rate in force.
        public func rate(at now: Timestamp) -> Rate {
            rates.last { $0.from.map { $0 <= now } ?? true }?.rate ?? .zero
        }
    }

    /// A rate from a time on.
    public struct Period: Hashable, Sendable, Codable {
        /// nil for the first.
        public let from: Timestamp?
        public let rate: Rate

        public init(from: Timestamp? = nil, rate: Rate) {
            self.from = from
            self.rate = rate
        }
    }

    /// The first is the standard one, which counts for products of no class. Never empty.
    public let classes: [Class]

    /// One standard class.
    public init(standardRate: Rate) {
        classes = [Class(id: "standard", name: "Standard", rates: [Period(rate: standardRate)])]
    }

    /// - Throws: `invalid` without classes, or for an id that two share.
    public init(classes: [Class]) throws(StoreError) {
        guard !classes.isEmpty, Set(classes.map(\.id)).count == classes.count,
            classes.allSatisfy({ !$0.rates.isEmpty })
        else { throw .invalid([FieldProblem("taxes", "must be classes of different ids, each with a rate")]) }
        self.classes = classes
    }

    private init(known classes: [Class]) { self.classes = classes }

    /// 8.5 % on everything.
    public static let standard = TaxTable(standardRate: .seedTax)

    /// The class of a product; the standard one for nil or an id that the table does not have.
    public func taxClass(_ id: String?) -> Class { classes.first { $0.id == id } ?? classes[0] }

    public func standardRate(at now: Timestamp) -> Rate { classes[0].rate(at: now) }

    /// The same table with another standard rate from a time on; later rates that were planned go.
    public func settingStandardRate(_ rate: Rate, from now: Timestamp) -> TaxTable {
        let standard = classes[0]
        let kept = standard.rates.filter { $0.from.map { $0 < now } ?? (now.milliseconds > .min) }
        let period = Period(from: kept.isEmpty ? nil : now, rate: rate)
        let new = Class(id: standard.id, name: standard.name, rates: kept + [period])
        return TaxTable(known: [new] + classes.dropFirst())
    }
}
