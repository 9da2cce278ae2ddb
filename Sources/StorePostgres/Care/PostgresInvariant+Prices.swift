// Prices that were changed together.
extension PostgresInvariant {
    // Taking a batch back adds to its changes.
    static let priceBatches = PostgresInvariant(
        "Price batch %s counts %s prices, but the history has %s.", ["id", "changes", "found"],
        from: """
            FROM (SELECT id, changes, taken_back_at,
                (SELECT count(*) FROM price_change WHERE batch_id = price_batch.id) AS found FROM price_batch
            ) AS batch
            WHERE found < changes OR found > changes * 2 OR (taken_back_at IS NULL AND found <> changes)
            """)
}
