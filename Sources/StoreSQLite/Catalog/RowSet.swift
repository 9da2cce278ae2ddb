/// Numbers of rows, a bit each. Sets that are put together have the same size.
///
/// A chunk of it, as the file stores it, fits on one page of the file.
struct RowSet: Equatable {
    /// 64-bit words a chunk.
    static let chunkWords = 496
    /// Rows a chunk.
    static let chunkRows = Int64(chunkWords * 64)

    var words: [UInt64]

    /// An empty set.
    ///
    /// - Parameter last: the largest number that it can hold; at least 0.
    init(upTo last: Int64) {
        words = [UInt64](repeating: 0, count: Int(last / Self.chunkRows + 1) * Self.chunkWords)
    }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// A number beyond the set's size is not in it.
    func contains(_ id: Int64) -> Bool {
        let place = Int(id / 64)
        return words.indices.contains(place) && words[place] & (1 << UInt64(id % 64)) != 0
    }

    /// A number beyond the set's size is left out.
    mutating func insert(_ id: Int64) {
        let place = Int(id / 64)
        if words.indices.contains(place) { words[place] |= 1 << UInt64(id % 64) }
    }

    /// A number beyond the set's size is not in it.
    mutating func remove(_ id: Int64) {
        let place = Int(id / 64)
        if words.indices.contains(place) { words[place] &= ~(1 << UInt64(id % 64)) }
    }

    mutating func formUnion(_ other: RowSet) { combine(other) { $0 | $1 } }
    mutating func formIntersection(_ other: RowSet) { combine(other) { $0 & $1 } }
    mutating func subtract(_ other: RowSet) { combine(other) { $0 & ~$1 } }

    func intersection(_ other: RowSet) -> RowSet {
        var result = self
        result.formIntersection(other)
        return result
    }

    func subtracting(_ other: RowSet) -> RowSet {
        var result = self
        result.subtract(other)
        return result
    }

    private mutating func combine(_ other: RowSet, _ operation: (UInt64, UInt64) -> UInt64) {
        precondition(words.count == other.words.count, "Sets of rows have different sizes")
        words.withUnsafeMutableBufferPointer { mine in
            other.words.withUnsafeBufferPointer { theirs in
                for place in mine.indices { mine[place] = operation(mine[place], theirs[place]) }
            }
        }
    }

    /// Some of the numbers in their order.
    ///
    /// - Parameters:
    ///   - descending: from the largest down.
    ///   - bound: only those behind this number in that order.
    ///   - skip: how many are left out at the start.
    ///   - limit: how many are taken at most.
    func ids(descending: Bool, beyond bound: Int64? = nil, skip: Int = 0, limit: Int = .max) -> [Int64] {
        var found: [Int64] = []
        var skip = skip
        var place = descending ? words.count - 1 : 0
        if let bound, descending { place = min(place, Int(max(bound, 0) / 64)) }
        if let bound, !descending { place = max(0, Int(clamping: bound / 64)) }
        while words.indices.contains(place), found.count < limit {
            var word = words[place]
            if let bound, Int64(place) == bound / 64 {
                let bit = UInt64(1) << UInt64(bound % 64)
                word &= descending ? bit - 1 : ~(bit | (bit - 1))
            }
            if word.nonzeroBitCount <= skip {
                skip -= word.nonzeroBitCount
                word = 0
            }
            while word != 0, found.count < limit {
                let bit = descending ? 63 - word.leadingZeroBitCount : word.trailingZeroBitCount
                word &= ~(1 << UInt64(bit))
                if skip > 0 { skip -= 1 } else { found.append(Int64(place * 64 + bit)) }
            }
            place += descending ? -1 : 1
        }
        return found
    }
}
