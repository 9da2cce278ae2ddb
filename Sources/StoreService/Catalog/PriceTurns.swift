import StoreDomain

// Prices that begin and end together, by hand and by the clock.
extension Work {
    /// Has the prices of one batch begin or end whose time has come, the earliest first. A batch whose whole time is over
    /// before anybody looked has changed nothing.
    ///
    /// - Returns: whether there was one.
    func turnNextPrices() throws -> Bool {
        let due = try tx.duePriceBatches(at: now).map { batch in
            let end = batch.period.until.flatMap { $0 <= now ? $0 : nil }
            let time = end ?? batch.period.from ?? batch.at
            return (turn: PriceTurn(at: time, ends: end != nil, batch: batch.id), state: batch.state)
        }
        guard let next = due.min(by: { $0.turn < $1.turn }) else { return false }
        // Loaded by its number, it stays as it is; another program may have been faster.
        let batch = try priceBatch(next.turn.batch)
        guard batch.state == next.state else { return true }
        if next.turn.ends { _ = try takeBack(batch) } else { try begin(batch) }
        return true
    }

    /// Gives what a batch agreed on its new prices. A product whose price is another by now keeps it.
    private func begin(_ batch: PriceBatch) throws {
        var begun: [PriceLine] = []
        var kept: [PriceLine] = []
        for line in try tx.agreedPrices(ofBatch: batch.id) {
            let product = try product(line.productID)
            if try product.price == line.old && setPrice(line.new, of: product, batch: batch.id) {
                begun.append(line)
            } else {
                kept.append(line)
            }
        }
        try tx.markBegun(batch.id, kept: kept.count, at: now)
        try record(
            .pricesChanged,
            [
                "batch": .integer(batch.id), "rule": .text(batch.title), "prices": begun.journalText,
                "kept": .array(kept.map { .integer($0.productID) }),
            ])
    }

    /// Gives every product of a batch its price before it. A price that was changed since is kept.
    func takeBack(_ batch: PriceBatch) throws -> PriceTakeBack {
        var restored = 0
        var kept: [PriceLine] = []
        for change in try tx.priceChanges(ofBatch: batch.id) {
            let product = try product(change.productID)
            guard try product.price == change.to && setPrice(change.from, of: product, batch: batch.id) else {
                kept.append(
                    PriceLine(
                        productID: product.id, name: product.name, sku: product.sku, old: product.price,
                        new: change.from))
                continue
            }
            restored += 1
        }
        try tx.markTakenBack(batch.id, kept: kept.count, by: principal.userID, at: now)
        try record(
            .pricesTakenBack,
            [
                "batch": .integer(batch.id), "restored": .integer(Int64(restored)),
                "kept": .array(kept.map { .integer($0.productID) }),
            ])
        return PriceTakeBack(batch: try priceBatch(batch.id), restored: restored, kept: kept)
    }

    /// - Returns: false, with nothing changed, where the product breaks a rule of the shop by now: one product stops no
    ///   others.
    private func setPrice(_ price: Money, of product: Product, batch: Int64) throws -> Bool {
        do {
            try change(product, to: price, batch: batch)
            return true
        } catch StoreError.invalid, StoreError.taken {
            return false
        }
    }

    /// - Throws: `invalid`, `taken` where the product breaks a rule of the shop.
    func change(_ product: Product, to price: Money, batch: Int64) throws {
        _ = try updateProduct(
            product, to: ProductPatch(price: price).applied(to: product), isArchived: product.isArchived,
            batch: batch)
    }

    func priceBatch(_ id: Int64) throws -> PriceBatch {
        guard let batch = try tx.priceBatch(id) else { throw StoreError.notFound(.priceBatch(id)) }
        return batch
    }
}

extension [PriceLine] {
    /// As the journal names what changes.
    var journalText: CanonicalJSON {
        .array(
            map { line in
                .object([
                    "product": .integer(line.productID), "from": .minor(line.old), "to": .minor(line.new),
                ])
            })
    }
}
