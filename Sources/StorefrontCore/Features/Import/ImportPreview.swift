import StoreDomain

/// How a file is to be taken, where its user has a choice.
public struct ImportChoices: Hashable, Codable, Sendable {
    /// Also drafts, archived, private and unpublished products.
    public var includesUnpublished = false
    /// The stock of a new product whose stock the file does not say; nil for selling it without counting.
    public var untrackedStock: Int?

    public init() {}
}

/// What a catalogue file would make of the shop, or has made of it.
public struct ImportPreview: Hashable, Codable, Sendable {
    public let file: String
    /// The products that come in.
    public let products: Int
    public let added: Int
    public let updated: Int
    public let unchanged: Int
    /// Set where most products would be sold out, which is seldom meant.
    public let caution: String?
    /// What the file is, what is left out of it and what was decided, a sentence each.
    public let notes: [String]
    /// What cannot come in. While there is any, nothing is imported.
    public let refused: [String]
    /// How many there are of them, of which `refused` has the first.
    public let refusedCount: Int

    public init(
        file: String, products: Int, added: Int, updated: Int, unchanged: Int, caution: String?,
        notes: [String], refused: [String], refusedCount: Int
    ) {
        self.file = file
        self.products = products
        self.added = added
        self.updated = updated
        self.unchanged = unchanged
        self.caution = caution
        self.notes = notes
        self.refused = refused
        self.refusedCount = refusedCount
    }

    public var isNothingToDo: Bool { refused.isEmpty && added + updated == 0 }
    public var isImportable: Bool { refused.isEmpty && !isNothingToDo }

    /// "2 added, 1 updated, 7 unchanged"
    public var changeText: String {
        "\(added) added, \(updated) updated, \(unchanged) unchanged"
    }
}
