import GRDB

// Prices that were changed together.
extension Invariant {
    // Taking a batch back adds to its changes.
    static let priceBatches = Invariant(
        """
        SELECT id, changes, found FROM (
            SELECT id, changes, taken_back_at,
                (SELECT COUNT(*) FROM price_change WHERE batch_id = price_batch.id) AS found FROM price_batch
        ) WHERE found < changes OR found > changes * 2 OR (taken_back_at IS NULL AND found <> changes)
        """
    ) {
        """
        Price batch \($0.text("id")) counts \($0.text("changes")) prices, but the history has \
        \($0.text("found")).
        """
    }
}
