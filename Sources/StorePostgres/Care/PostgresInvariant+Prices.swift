// Prices that were changed together.
extension PostgresInvariant {
    // Taking a batch back adds to its changes.
    static let priceBatches = PostgresInvariant(
        "Price batch %s counts %s prices, but the history has %s.", ["id", "agreed", "found"],
        from: """
            FROM (SELECT id, taken_back_at,
                CASE WHEN holds_from IS NOT NULL AND begun_at IS NULL THEN 0 ELSE changes - kept END AS agreed,
                (SELECT count(*) FROM price_change WHERE batch_id = price_batch.id) AS found FROM price_batch
            ) AS batch
            WHERE found < agreed OR found > agreed * 2 OR (taken_back_at IS NULL AND found <> agreed)
            """)

    static let plannedPrices = PostgresInvariant(
        "Price batch %s is about %s prices, but %s stand in its plan.", ["id", "changes", "found"],
        from: """
            FROM (SELECT id, changes, holds_from,
                (SELECT count(*) FROM price_batch_line WHERE batch_id = price_batch.id) AS found
            FROM price_batch) AS batch
            WHERE found <> CASE WHEN holds_from IS NULL THEN 0 ELSE changes END
            """)
}
