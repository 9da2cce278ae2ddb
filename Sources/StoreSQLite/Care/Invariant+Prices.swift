import GRDB

// Prices that were changed together.
extension Invariant {
    // Taking a batch back adds to its changes.
    static let priceBatches = Invariant(
        """
        SELECT id, agreed, found FROM (
            SELECT id, changes, taken_back_at,
                CASE WHEN holds_from IS NOT NULL AND begun_at IS NULL THEN 0 ELSE changes - kept END AS agreed,
                (SELECT COUNT(*) FROM price_change WHERE batch_id = price_batch.id) AS found FROM price_batch
        ) WHERE found < agreed OR found > agreed * 2 OR (taken_back_at IS NULL AND found <> agreed)
        """
    ) {
        """
        Price batch \($0.text("id")) counts \($0.text("agreed")) prices, but the history has \
        \($0.text("found")).
        """
    }

    static let plannedPrices = Invariant(
        """
        SELECT id, changes, found FROM (
            SELECT id, changes, holds_from,
                (SELECT COUNT(*) FROM price_batch_line WHERE batch_id = price_batch.id) AS found
            FROM price_batch
        ) WHERE found <> CASE WHEN holds_from IS NULL THEN 0 ELSE changes END
        """
    ) {
        """
        Price batch \($0.text("id")) is about \($0.text("changes")) prices, but \($0.text("found")) stand in its \
        plan.
        """
    }
}
