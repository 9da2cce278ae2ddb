import StoreContracts
import StoreSearch
import Testing

@Suite("Sets of rows") struct RowSetTests {
    /// What a set of numbers says, slowly.
    private func slowly(_ rows: Set<Int64>, descending: Bool, beyond bound: Int64?, skip: Int, limit: Int)
        -> [Int64]
    {
        let sorted = descending ? rows.sorted(by: >) : rows.sorted()
        let behind = sorted.filter { row in bound.map { descending ? row < $0 : row > $0 } ?? true }
        return Array(behind.dropFirst(skip).prefix(limit))
    }

    @Test("They say what plain sets of numbers say", arguments: [1, 2, 3, 4] as [UInt64])
    func againstPlainSets(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let last = Int64.random(in: 0...100_000, using: &random)
        func make() -> (RowSet, Set<Int64>) {
            let rows = Set(
                (0..<Int.random(in: 0...500, using: &random)).map { _ in
                    Int64.random(in: 0...last, using: &random)
                })
            var set = RowSet(upTo: last)
            for row in rows { set.insert(row) }
            return (set, rows)
        }
        for _ in 0..<30 {
            var (set, rows) = make()
            let (other, others) = make()
            switch Int.random(in: 0..<4, using: &random) {
            case 0: (set, rows) = (set.intersection(other), rows.intersection(others))
            case 1: (set, rows) = (set.subtracting(other), rows.subtracting(others))
            case 2:
                set.formUnion(other)
                rows.formUnion(others)
            default:
                for row in others {
                    set.remove(row)
                    rows.remove(row)
                }
            }
            #expect(set.count == rows.count && set.isEmpty == rows.isEmpty)
            let any = Int64.random(in: 0...last, using: &random)
            #expect(set.contains(any) == rows.contains(any))
            #expect(!set.contains(last + 1_000_000))
            for bound in [nil, 0, any, rows.randomElement(using: &random), last, .max] as [Int64?] {
                for descending in [false, true] {
                    let skip = [0, 1, 70].randomElement(using: &random) ?? 0
                    let limit = [0, 1, 20, .max].randomElement(using: &random) ?? 0
                    #expect(
                        set.ids(descending: descending, beyond: bound, skip: skip, limit: limit)
                            == slowly(rows, descending: descending, beyond: bound, skip: skip, limit: limit),
                        "seed \(seed), beyond \(bound ?? -1), skipping \(skip), at most \(limit)")
                }
            }
        }
    }
}
