/// Whose prices change, how, and on which days.
public struct PriceBatchDraft: Hashable, Sendable, Codable {
    public enum Goods: Hashable, Sendable, Codable {
        case products([Int64])
        /// Those on sale that a search finds, of a category or of all.
        case found(text: String, category: String?)
    }

    public let goods: Goods
    public let rule: PriceRule
    /// When the new prices hold: from the start of the first day, or at once, until the end of the last, or until they
    /// are taken back.
    public let days: ValidDays

    /// How many prices can change at once.
    public static let maximumCount = 5_000

    public init(_ goods: Goods, _ rule: PriceRule, days: ValidDays = .always) {
        self.goods = goods
        self.rule = rule
        self.days = days
    }

    /// The change of one product's price; nil where it stays.
    ///
    /// - Parameter price: what it costs before.
    /// - Throws: `invalid` that names the product.
    public func line(for product: Product, at price: Money) throws(StoreError) -> PriceLine? {
        do throws(StoreError) {
            let new = try rule.price(after: price)
            guard new != price else { return nil }
            return PriceLine(
                productID: product.id, name: product.name, sku: product.sku, old: price, new: new)
        } catch {
            guard case .invalid(let problems) = error else { throw error }
            throw .invalid(problems.map { FieldProblem($0.field, "\($0.reason) (\(product.name))") })
        }
    }
}

/// When the prices of a batch hold, by the clock.
public struct PricePeriod: Hashable, Sendable, Codable {
    /// When they begin; nil for at once.
    public let from: Timestamp?
    /// When those before it hold again; nil until somebody takes them back.
    public let until: Timestamp?

    public static let always = PricePeriod(from: nil, until: nil)

    public init(from: Timestamp?, until: Timestamp?) {
        self.from = from
        self.until = until
    }

    /// What days that somebody names now come to. Those that have begun begin at once.
    ///
    /// - Throws: `invalid` where the last day is over.
    public init(_ days: ValidDays, in zone: ShopZone, now: Timestamp) throws(StoreError) {
        let span = days.span(in: zone)
        if let until = span.until, until <= now {
            throw .invalid([FieldProblem("last_day", "must not be over")])
        }
        self.init(from: span.from.flatMap { $0 > now ? $0 : nil }, until: span.until)
    }
}

extension PricePeriod {
    /// "from 2026-12-01 to 2026-12-24", "until 2026-12-24", "from 2026-12-01"; nothing for prices that hold at once and
    /// until they are taken back. The last day is the last on which they hold.
    public func words(in zone: ShopZone) -> String {
        let last = until.map { zone.dateText(Timestamp(milliseconds: $0.milliseconds - 1)) }
        return ValidDays.words(from.map(zone.dateText), last)
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
    /// By product. Products whose price stays have none. The old price is the one that is expected to hold when the new
    /// one begins.
    public let lines: [PriceLine]
    public let period: PricePeriod

    public init(_ lines: [PriceLine], _ period: PricePeriod) {
        self.lines = lines
        self.period = period
    }

    /// Names exactly these products, prices and times: what a person agreed to. Without a period it is what programs
    /// that know none agree to.
    public var agreement: String {
        var hash = Fingerprint()
        for line in lines { hash.add("\(line.productID) \(line.old.minorUnits) \(line.new.minorUnits)") }
        if let from = period.from { hash.add("from \(from.milliseconds)") }
        if let until = period.until { hash.add("until \(until.milliseconds)") }
        return hash.text
    }
}

/// Prices that change together, and are taken back together.
public struct PriceBatch: Hashable, Sendable, Codable, Identifiable {
    /// Where a batch stands.
    public enum State: Hashable, Sendable, Codable {
        /// Its prices begin then.
        case waiting(Timestamp)
        /// Its prices hold; the end, where one is set.
        case holding(until: Timestamp?)
        /// It was taken back before it began.
        case calledOff(Timestamp)
        /// The prices before it hold again since then.
        case over(Timestamp)
    }

    public let id: Int64
    /// The rule in words.
    public let title: String
    /// How many prices it is about.
    public let count: Int
    /// How many of them stayed as they were when it began, as somebody had changed them since it was made.
    public let kept: Int
    /// How many of those that changed stayed as they were when it was taken back, as somebody had changed them since.
    public let keptBack: Int
    /// nil for the store's operator.
    public let by: Int64?
    /// When somebody made it.
    public let at: Timestamp
    public let period: PricePeriod
    /// When a batch with a beginning did begin; nil before, and for one that changed the prices when it was made.
    public let begunAt: Timestamp?
    public let takenBackAt: Timestamp?

    public init(
        id: Int64, title: String, count: Int, kept: Int = 0, keptBack: Int = 0, by: Int64?, at: Timestamp,
        period: PricePeriod = .always, begunAt: Timestamp? = nil, takenBackAt: Timestamp?
    ) {
        self.id = id
        self.title = title
        self.count = count
        self.kept = kept
        self.keptBack = keptBack
        self.by = by
        self.at = at
        self.period = period
        self.begunAt = begunAt
        self.takenBackAt = takenBackAt
    }

    public var state: State {
        switch (period.from, begunAt, takenBackAt) {
        case (let from?, nil, nil): .waiting(from)
        case (_?, nil, let end?): .calledOff(end)
        case (_, _, let end?): .over(end)
        case (_, _, nil): .holding(until: period.until)
        }
    }

    /// Where it stands, for people: "holds to 2026-12-24".
    public func standing(in zone: ShopZone) -> String {
        let words =
            switch state {
            case .waiting: "waits \(period.words(in: zone))"
            case .holding(nil): "holds"
            case .holding(let until?): "holds \(PricePeriod(from: nil, until: until).words(in: zone))"
            case .calledOff(let time) where period.until.map { $0 <= time } ?? false:
                "never began, as no program was open \(period.words(in: zone))"
            case .calledOff(let time): "called off \(zone.minuteText(time))"
            case .over(let time): "taken back \(zone.minuteText(time))"
            }
        return words + (kept == 0 ? "" : ", \(kept.grouped) stayed")
            + (keptBack == 0 ? "" : ", \(keptBack.grouped) changed since and kept")
    }

    /// Whether there is something to take back.
    public var canBeTakenBack: Bool { takenBackAt == nil }
}

/// What taking a batch back did.
public struct PriceTakeBack: Hashable, Sendable, Codable {
    public let batch: PriceBatch
    /// How many products have their old price again; none for a batch that had not begun.
    public let restored: Int
    /// Products whose price was changed since, so that they keep it: the price now, and the one before the batch.
    public let kept: [PriceLine]

    public init(batch: PriceBatch, restored: Int, kept: [PriceLine]) {
        self.batch = batch
        self.restored = restored
        self.kept = kept
    }
}
