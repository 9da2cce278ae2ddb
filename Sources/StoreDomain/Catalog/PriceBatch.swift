/// Whose prices change, and how.
public struct PriceBatchDraft: Hashable, Sendable, Codable {
    public enum Goods: Hashable, Sendable, Codable {
        case products([Int64])
        /// Those on sale that a search finds, of a category or of all.
        case found(text: String, category: String?)
    }

    public let goods: Goods
    public let rule: PriceRule

    /// How many prices can change at once.
    public static let maximumCount = 5_000

    public init(_ goods: Goods, _ rule: PriceRule) {
        self.goods = goods
        self.rule = rule
    }

    /// The change of one product's price; nil where it stays.
    ///
    /// - Throws: `invalid` that names the product.
    public func line(for product: Product) throws(StoreError) -> PriceLine? {
        do throws(StoreError) {
            let new = try rule.price(after: product.price)
            guard new != product.price else { return nil }
            return PriceLine(
                productID: product.id, name: product.name, sku: product.sku, old: product.price, new: new)
        } catch {
            guard case .invalid(let problems) = error else { throw error }
            throw .invalid(problems.map { FieldProblem($0.field, "\($0.reason) (\(product.name))") })
        }
    }
}

/// An old and a new price.
public struct PriceLine: Hashable, Sendable, Codable {
    public let productID: Int64
    public let name: String
    public let sku: String?
    public let old: Money
    public let new: Money

    public init(productID: Int64, name: String, sku: String?, old: Money, new: Money) {
        self.productID = productID
        self.name = name
        self.sku = sku
        self.old = old
        self.new = new
    }
}

/// What a batch comes to before it is carried out.
public struct PricePlan: Hashable, Sendable, Codable {
    /// By product. Products whose price stays have none.
    public let lines: [PriceLine]

    public init(_ lines: [PriceLine]) { self.lines = lines }

    /// Names exactly these products and prices: what a person agreed to.
    public var agreement: String {
        var hash = Fingerprint()
        for line in lines { hash.add("\(line.productID) \(line.old.minorUnits) \(line.new.minorUnits)") }
        return hash.text
    }
}

/// Prices that were changed together, and are taken back together.
public struct PriceBatch: Hashable, Sendable, Codable, Identifiable {
    public let id: Int64
    /// The rule in words.
    public let title: String
    /// How many prices it changed.
    public let count: Int
    /// nil for the store's operator.
    public let by: Int64?
    public let at: Timestamp
    public let takenBackAt: Timestamp?

    public init(id: Int64, title: String, count: Int, by: Int64?, at: Timestamp, takenBackAt: Timestamp?) {
        self.id = id
        self.title = title
        self.count = count
        self.by = by
        self.at = at
        self.takenBackAt = takenBackAt
    }
}

/// What taking a batch back did.
public struct PriceTakeBack: Hashable, Sendable, Codable {
    public let batch: PriceBatch
    /// How many products have their old price again.
    public let restored: Int
    /// Products whose price was changed since, so that they keep it: the price now, and the one before the batch.
    public let kept: [PriceLine]

    public init(batch: PriceBatch, restored: Int, kept: [PriceLine]) {
        self.batch = batch
        self.restored = restored
        self.kept = kept
    }
}
