import StoreSearch

/// The rows of common terms as bits, chunk by chunk, in the table `product_bits`. The index gives the rows of a word one
/// by one, and those of all words that begin alike only together, which takes too long for what a good part of the shop
/// has; of these a million rows are read here as 32 rows of 4 KB at most.
struct SearchBits {
    let db: PostgresConnection

    /// Which part of a term's rows.
    struct Place: Hashable, Comparable {
        let term: Int64
        let chunk: Int64

        static func < (left: Place, right: Place) -> Bool {
            (left.term, left.chunk) < (right.term, right.chunk)
        }
    }

    /// So many chunks are read or written at once.
    private static let batch = 500

    /// The numbers of all terms that have bits, and of the digits of the orders.
    func numbers() throws -> [String: Int64] {
        let terms = try db.rows("SELECT key, id FROM product_term") { row in
            (try row.next(String.self), try row.next(Int64.self))
        }
        return Dictionary(terms) { first, _ in first }
    }

    /// Numbers new terms.
    func insert(_ keys: [String]) throws {
        try db.run("INSERT INTO product_term (key) SELECT unnest($1::text[])", [PostgresValue.list(keys)])
    }

    /// Takes all bits away.
    func clear() throws {
        try db.script("DELETE FROM product_bits; DELETE FROM product_term; DELETE FROM product_stretch")
    }

    /// Puts rows in and takes rows out.
    ///
    /// - Parameter changes: of each term whether a row is in it from now on.
    func change(_ changes: [Int64: [Int64: Bool]]) throws {
        var places: [Place: [Int64: Bool]] = [:]
        for (term, rows) in changes {
            for (row, isIn) in rows {
                places[Place(term: term, chunk: row / RowSet.chunkRows), default: [:]][
                    row % RowSet.chunkRows] =
                    isIn
            }
        }
        let sorted = places.keys.sorted()
        for start in stride(from: 0, to: sorted.count, by: Self.batch) {
            let part = Array(sorted[start..<min(start + Self.batch, sorted.count)])
            var sets = try chunks(part)
            var changed: [Place] = []
            for place in part {
                let old = sets[place, default: RowSet(upTo: 0)]
                var new = old
                for (row, isIn) in places[place] ?? [:] {
                    if isIn { new.insert(row) } else { new.remove(row) }
                }
                sets[place] = new
                if new != old { changed.append(place) }
            }
            try write(changed.map { ($0, sets[$0]?.chunk(0)) })
        }
    }

    private func chunks(_ places: [Place]) throws -> [Place: RowSet] {
        let found = try db.rows(
            """
            SELECT term, chunk, rows FROM unnest($1::int[], $2::int[]) AS wanted (term, chunk)
            JOIN product_bits USING (term, chunk)
            """, [PostgresValue.list(places.map(\.term)), PostgresValue.list(places.map(\.chunk))]
        ) { row in
            (
                try Place(term: row.next(), chunk: row.next()),
                try Self.set(row.next([UInt8].self))
            )
        }
        return Dictionary(found) { first, _ in first }
    }

    /// A chunk as a set of its own.
    static func set(_ bytes: [UInt8]) throws -> RowSet {
        var set = RowSet(upTo: 0)
        try bytes.withUnsafeBytes { try set.setChunk(0, $0) }
        return set
    }

    /// Writes chunks; those of which nothing is left are taken away.
    func write(_ chunks: [(place: Place, rows: [UInt8]?)]) throws {
        for start in stride(from: 0, to: chunks.count, by: Self.batch) {
            try writeAtOnce(chunks[start..<min(start + Self.batch, chunks.count)])
        }
    }

    private func writeAtOnce(_ chunks: ArraySlice<(place: Place, rows: [UInt8]?)>) throws {
        let gone = chunks.filter { $0.rows == nil }.map(\.place)
        if !gone.isEmpty {
            try db.run(
                """
                DELETE FROM product_bits USING unnest($1::int[], $2::int[]) AS gone (term, chunk)
                WHERE product_bits.term = gone.term AND product_bits.chunk = gone.chunk
                """, [PostgresValue.list(gone.map(\.term)), PostgresValue.list(gone.map(\.chunk))])
        }
        var (places, starts, lengths): ([Place], [Int64], [Int64]) = ([], [], [])
        var bytes: [UInt8] = []
        for (place, rows) in chunks {
            guard let rows else { continue }
            places.append(place)
            starts.append(Int64(bytes.count + 1))
            lengths.append(Int64(rows.count))
            bytes += rows
        }
        guard !places.isEmpty else { return }
        try db.run(
            """
            INSERT INTO product_bits (term, chunk, rows)
            SELECT term, chunk, substr($5::bytea, start, length)
            FROM unnest($1::int[], $2::int[], $3::int[], $4::int[]) AS new (term, chunk, start, length)
            ON CONFLICT (term, chunk) DO UPDATE SET rows = excluded.rows
            """,
            [
                PostgresValue.list(places.map(\.term)), PostgresValue.list(places.map(\.chunk)),
                PostgresValue.list(starts), PostgresValue.list(lengths), PostgresValue.bytes(bytes),
            ])
    }
}
