/// The words of a `tsvector`.
struct Lexemes: PostgresReadable {
    let words: [String]

    init(_ words: [String] = []) { self.words = words }

    /// Their number; of each its bytes, a NUL, how many positions, and the positions.
    init?(postgres bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 4 else { return nil }
        let count = Int(UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self)))
        var words: [String] = []
        words.reserveCapacity(Swift.min(count, bytes.count))
        var place = 4
        for _ in 0..<count {
            guard place <= bytes.count, let end = bytes[place...].firstIndex(of: 0), end + 3 <= bytes.count
            else {
                return nil
            }
            words.append(String(decoding: bytes[place..<end], as: UTF8.self))
            let positions = Int(
                UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: end + 1, as: UInt16.self)))
            place = end + 3 + 2 * positions
        }
        self.words = words
    }
}
