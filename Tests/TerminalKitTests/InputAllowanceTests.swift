import TerminalKit
import Testing

/// How much a stranger may send.
@Suite struct InputAllowanceTests {
    private static let second: UInt64 = 1_000_000_000

    @Test func countsWhatCameInTheLastTenSeconds() {
        var allowance = InputAllowance(limit: 100)
        var takes: [Bool] = []
        for step in 0..<10 {
            takes.append(allowance.take(10, at: 5_000 * Self.second + UInt64(step) * Self.second))
        }
        #expect(takes.allSatisfy { $0 })
        let more = allowance.take(1, at: 5_009 * Self.second)
        #expect(!more)
        // The first second is forgotten with the eleventh.
        #expect(Self.takes([(100, 1), (1, 10), (99, 11), (100, 500)]) == [true, false, true, true])
    }

    @Test func aClockThatStandsStillIsNoWayRound() {
        #expect(Self.takes([(100, 0), (1, 0)]) == [true, false])
    }

    /// What is taken of so many bytes at each second, of 100 that may come.
    private static func takes(_ input: [(bytes: Int, second: UInt64)]) -> [Bool] {
        var allowance = InputAllowance(limit: 100)
        return input.map { allowance.take($0.bytes, at: $0.second * second) }
    }
}
