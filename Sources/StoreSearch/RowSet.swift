/// Numbers of rows, a bit each. Sets that are put together have the same size.
///
/// Stores keep it chunk by chunk; a chunk fits on one page of theirs.
public struct RowSet: Equatable, Sendable {
    /// 64-bit words a chunk.
    public static let chunkWords = 496
    /// Rows a chunk.
    public static let chunkRows = Int64(chunkWords * 64)

    /// A bit for each number, the lowest of each word first.
    public private(set) var words: [UInt64]

    /// An empty set.
    ///
    /// - Parameter last: the largest number that it can hold; at least 0.
    public init(upTo last: Int64) {
        words = [UInt64](repeating: 0, count: Int(last / Self.chunkRows + 1) * Self.chunkWords)
    }

    /// Whether no number is in it.
    public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
    /// How many numbers are in it.
    public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// A number beyond the set's size is not in it.
    public func contains(_ id: Int64) -> Bool {
        let place = Int(id / 64)
        return words.indices.contains(place) && words[place] & (1 << UInt64(id % 64)) != 0
    }

    /// A number beyond the set's size is left out.
    public mutating func insert(_ id: Int64) {
        let place = Int(id / 64)
        if words.indices.contains(place) { words[place] |= 1 << UInt64(id % 64) }
    }

    /// A number beyond the set's size is not in it.
    public mutating func remove(_ id: Int64) {
        let place = Int(id / 64)
        if words.indices.contains(place) { words[place] &= ~(1 << UInt64(id % 64)) }
    }

    /// Puts those of `other` in.
    public mutating func formUnion(_ other: RowSet) { combine(other) { $0 | $1 } }
    /// Keeps those that are in `other` as well.
    public mutating func formIntersection(_ other: RowSet) { combine(other) { $0 & $1 } }
    /// Takes those of `other` out.
    public mutating func subtract(_ other: RowSet) { combine(other) { $0 & ~$1 } }

    /// Those that are in both.
    public func intersection(_ other: RowSet) -> RowSet {
        var result = self
        result.formIntersection(other)
        return result
    }

    /// Those that are not in `other`.
    public func subtracting(_ other: RowSet) -> RowSet {
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
    public func ids(descending: Bool, beyond bound: Int64? = nil, skip: Int = 0, limit: Int = .max) -> [Int64]
    {
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

// MARK: - Chunks

extension RowSet {
    /// Up to so many rows of a chunk are stored as a list of numbers of two bytes each, more as bits.
    private static let listed = 900

    /// Bytes that are no chunk.
    public struct NoChunk: Error {}

    /// How many chunks it has.
    public var chunks: Int { words.count / Self.chunkWords }

    /// A chunk as it is stored; nil for one without rows.
    public func chunk(_ number: Int) -> [UInt8]? {
        let words = words[number * Self.chunkWords..<(number + 1) * Self.chunkWords]
        let count = words.reduce(0) { $0 + $1.nonzeroBitCount }
        guard count > 0 else { return nil }
        guard count <= Self.listed else {
            return words.map(\.littleEndian).withUnsafeBytes { Array($0) }
        }
        var list: [UInt16] = []
        list.reserveCapacity(count)
        for (place, word) in words.enumerated() where word != 0 {
            var word = word
            while word != 0 {
                list.append(UInt16(place * 64 + word.trailingZeroBitCount).littleEndian)
                word &= word - 1
            }
        }
        return list.withUnsafeBytes { Array($0) }
    }

    /// Puts the rows of a chunk in, as it is stored.
    ///
    /// - Parameter number: of a chunk that nothing has been put in yet.
    /// - Throws: `NoChunk`.
    public mutating func setChunk(_ number: Int, _ bytes: UnsafeRawBufferPointer) throws {
        let start = number * Self.chunkWords
        guard bytes.count.isMultiple(of: 2), bytes.count <= Self.chunkWords * 8, number < chunks else {
            throw NoChunk()
        }
        guard bytes.count < Self.chunkWords * 8 else {
            for place in 0..<Self.chunkWords {
                words[start + place] = UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: place * 8, as: UInt64.self))
            }
            return
        }
        for offset in stride(from: 0, to: bytes.count, by: 2) {
            let row = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
            guard Int(row) < Self.chunkWords * 64 else { throw NoChunk() }
            words[start + Int(row) / 64] |= 1 << UInt64(row % 64)
        }
    }
}
