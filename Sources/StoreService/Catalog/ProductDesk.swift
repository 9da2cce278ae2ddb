import StoreDomain

/// Products as the back office sees them: archived ones, how prices came about, and many prices at once.
public struct ProductDesk: ProductService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func product(_ id: Int64, as principal: Principal) async throws(StoreError) -> Product {
        try await core.read(as: principal, needing: .manageProducts) { work in try work.product(id) }
    }

    public func archived(finding text: String, limit: Int, as principal: Principal) async throws(StoreError)
        -> [Product]
    {
        try await core.read(as: principal, needing: .manageProducts) { work in
            try work.tx.archivedProducts(finding: text.cleanText, limit: max(0, min(limit, 500)))
        }
    }

    public func prices(of id: Int64, limit: Int, as principal: Principal) async throws(StoreError)
        -> [PriceChange]
    {
        try await core.read(as: principal, needing: .manageProducts) { work in
            _ = try work.product(id)
            return try work.tx.priceChanges(ofProduct: id, limit: max(0, min(limit, 1_000)))
        }
    }

    // MARK: - Batches

    public func plan(_ draft: PriceBatchDraft, as principal: Principal) async throws(StoreError) -> PricePlan
    {
        try await core.read(as: principal, needing: .manageProducts) { work in
            let period = try work.period(of: draft, core.zones)
            return PricePlan(
                try work.lines(of: draft, period, work.products(of: draft)).map(\.line), period)
        }
    }

    public func apply(_ draft: PriceBatchDraft, agreement: String, as principal: Principal)
        async throws(StoreError) -> PriceBatch
    {
        // What ends or begins by now is no part of what people agree to.
        _ = try await turnPrices()
        return try await core.write(as: principal, needing: .manageProducts) { work in
            let period = try work.period(of: draft, core.zones)
            // Loaded by its number, a product stays as it is until the end.
            let products = try work.products(of: draft).map { try work.product($0.id) }
            let changes = try work.lines(of: draft, period, products)
            let plan = PricePlan(changes.map(\.line), period)
            guard plan.agreement == agreement else {
                throw StoreError.invalid([
                    FieldProblem("agreement", "is not what the prices come to now: look at them again")
                ])
            }
            guard !changes.isEmpty else {
                throw StoreError.invalid([FieldProblem("goods", "have the prices already")])
            }
            let id = try work.tx.insert(
                PriceBatch(
                    id: 0, title: draft.rule.words, count: changes.count, by: work.principal.userID,
                    at: work.now, period: period, takenBackAt: nil))
            if period.from == nil {
                for (product, line) in changes { try work.change(product, to: line.new, batch: id) }
            } else {
                try work.tx.insert(plan.lines, ofBatch: id)
            }
            try work.record(
                period.from == nil ? .pricesChanged : .pricesPlanned,
                [
                    "batch": .integer(id), "rule": .text(draft.rule.words),
                    "from": .optional(period.from?.milliseconds),
                    "until": .optional(period.until?.milliseconds), "prices": plan.lines.journalText,
                ])
            return try work.priceBatch(id)
        }
    }

    public func batches(limit: Int, as principal: Principal) async throws(StoreError) -> [PriceBatch] {
        try await core.read(as: principal, needing: .manageProducts) { work in
            try work.tx.priceBatches(limit: max(0, min(limit, 500)))
        }
    }

    public func takeBack(_ batchID: Int64, as principal: Principal) async throws(StoreError) -> PriceTakeBack
    {
        try await core.write(as: principal, needing: .manageProducts) { work in
            let batch = try work.priceBatch(batchID)
            guard batch.canBeTakenBack else {
                throw StoreError.invalid([FieldProblem("batch", "was taken back already")])
            }
            return try work.takeBack(batch)
        }
    }

    // MARK: - By the clock

    /// Has the prices begin and end whose time has come, one batch after the other: sales go on between them.
    ///
    /// - Returns: when the next ones do; nil where none wait.
    public func turnPrices() async throws(StoreError) -> Timestamp? {
        let now = core.clock.now()
        let isNeeded = try await core.engine.read { tx in
            try tx.nextPriceTurn().map { $0 <= now } ?? false
        }
        if isNeeded {
            while try await core.write(
                as: .operatorOfStore, asked: false, { work in try work.turnNextPrices() })
            {}
        }
        return try await core.engine.read { tx in try tx.nextPriceTurn() }
    }
}

extension Work {
    fileprivate func period(of draft: PriceBatchDraft, _ zones: any ZoneSource) throws -> PricePeriod {
        guard draft.days != .always else { return .always }
        return try PricePeriod(draft.days, in: zones.counted(by: tx.policy().policy), now: now)
    }

    /// What changes, from the prices that are expected when the new ones begin.
    ///
    /// - Throws: `invalid` that names a product and the batch that `period` crosses there: each would wait for a price that
    ///   the other takes away.
    fileprivate func lines(of draft: PriceBatchDraft, _ period: PricePeriod, _ products: [Product]) throws
        -> [(product: Product, line: PriceLine)]
    {
        guard period != .always else {
            return try products.compactMap { product in
                try draft.line(for: product, at: product.price).map { (product, $0) }
            }
        }
        let calendar = try PriceCalendar(tx.priceTurns(of: products.map(\.id)))
        return try products.compactMap { product in
            let price = calendar.price(of: product.id, now: product.price, at: period.from ?? now)
            guard let line = try draft.line(for: product, at: price) else { return nil }
            if let other = calendar.crossed(by: period, at: product.id, now: now) {
                let zone = try core.zones.counted(by: tx.policy().policy)
                throw StoreError.invalid([
                    FieldProblem(
                        "last_day",
                        """
                        must not cross the days of batch \(other.batch) (\(other.period.words(in: zone))), which has \
                        \(product.name) too: take days within those, or beside them
                        """)
                ])
            }
            return (product, line)
        }
    }

    /// By id.
    fileprivate func products(of draft: PriceBatchDraft) throws -> [Product] {
        let most = PriceBatchDraft.maximumCount
        let tooMany = StoreError.invalid([FieldProblem("goods", "must be at most \(most) products")])
        let found: [Product]
        switch draft.goods {
        case .products(let ids):
            guard ids.count <= most else { throw tooMany }
            found = try Set(ids).map { try product($0) }
        case .found(let text, let category):
            let query = ProductQuery(text: text, category: category)
            var page = try tx.page(query, at: .first, perPage: 500)
            var all = page.products
            while page.hasNext, let last = page.last {
                guard all.count <= most else { throw tooMany }
                page = try tx.page(query, at: .after(last, number: page.number + 1), perPage: 500)
                all += page.products
            }
            guard all.count <= most else { throw tooMany }
            found = all
        }
        return found.sorted { $0.id < $1.id }
    }
}
