import StoreDomain

/// Rows of a list that a server gives in pages: smaller ones than asked for, or all rows at once, as it
/// likes.
struct PagedList<Row: Sendable>: Sendable {
    /// What one request gave.
    struct Part {
        let rows: [Row]
        let total: Int
        /// The rows that the server puts on a page; nil where it does not say.
        let perPage: Int?
    }

    /// More requests than that are not made for one page of ours.
    static var mostRequests: Int { 25 }

    /// The most rows that are asked for at once.
    let largestPage: Int
    let fetch: @Sendable (_ page: Int, _ perPage: Int) async throws(StoreError) -> Part

    /// The rows of page `number`, and how many there are in all.
    func page(_ number: Int, perPage: Int) async throws(StoreError) -> (rows: [Row], total: Int) {
        // Nothing is that far, and servers need not bear such numbers.
        guard number <= 1_000_000_000 / perPage else {
            return ([], try await fetch(1, min(perPage, largestPage)).total)
        }
        let start = (number - 1) * perPage
        guard perPage > largestPage else {
            let part = try await fetch(number, perPage)
            let size = part.perPage ?? (part.rows.count > perPage ? nil : perPage)
            guard let size else { return (part.rows.slice(from: start, count: perPage), part.rows.count) }
            guard size != perPage else {
                // All rows at once that fit on one page would be on every page.
                let isBeyond = start >= part.total
                return (isBeyond ? [] : Array(part.rows.prefix(perPage)), part.total)
            }
            return try await rows(from: start, count: perPage, pageSize: size)
        }
        return try await rows(from: start, count: perPage, pageSize: largestPage)
    }

    /// All rows, or the first `limit` of more.
    func all(limit: Int) async throws(StoreError) -> (rows: [Row], total: Int) {
        try await rows(from: 0, count: limit, pageSize: largestPage)
    }

    private func rows(from start: Int, count: Int, pageSize: Int) async throws(StoreError) -> (
        rows: [Row], total: Int
    ) {
        var size = pageSize
        var rows: [Row] = []
        var total = 0
        for _ in 0..<Self.mostRequests {
            let next = start + rows.count
            let part = try await fetch(next / size + 1, size)
            if part.perPage == nil, part.rows.count > size {
                return (part.rows.slice(from: start, count: count), part.rows.count)
            }
            total = part.total
            if let told = part.perPage, told != size, told > 0 {
                size = told
                if next % size != 0 || next / size + 1 != next / pageSize + 1 { continue }
            }
            let fresh = part.rows.dropFirst(next % size)
            rows += fresh.prefix(count - rows.count)
            if fresh.isEmpty || rows.count == count || start + rows.count >= total { break }
        }
        return (rows, total)
    }
}

extension Array {
    func slice(from start: Int, count wanted: Int) -> [Element] {
        Array(dropFirst(Swift.max(0, start)).prefix(wanted))
    }
}
