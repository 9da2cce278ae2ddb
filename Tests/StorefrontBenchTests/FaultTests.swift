import Testing

@testable import storefront_bench

@Suite struct FaultTests {
    private static func result(
        _ acknowledged: [String: Int64], orders: Set<Int64>, keys: [String: Int64], twins: Int = 0,
        violations: [String] = []
    ) -> FaultResult {
        FaultResult(
            acknowledged: acknowledged, twins: twins, before: FaultBooks(orders: [1], keys: [:]),
            after: FaultBooks(orders: orders, keys: keys), violations: violations)
    }

    @Test func whatIsThereUnderItsKeyIsKept() {
        let kept = Self.result(["a": 2], orders: [1, 2, 3], keys: ["a": 2, "b": 3])
        #expect(kept.isKept)
        #expect(kept.found == 1 && kept.twice == 0)
    }

    @Test func whatIsGoneOrUnderAnotherKeyIsLost() {
        #expect(Self.result(["a": 2], orders: [1], keys: [:]).found == 0)
        #expect(Self.result(["a": 2], orders: [1], keys: ["a": 2]).found == 0)
        #expect(!Self.result(["a": 2], orders: [1, 2, 3], keys: ["a": 3]).isKept)
    }

    @Test func anOrderThatNoKeyIsForIsOneTooMany() {
        let twice = Self.result(["a": 2], orders: [1, 2, 3], keys: ["a": 2])
        #expect(twice.twice == 1 && !twice.isKept)
        #expect(Self.result(["a": 2], orders: [1, 2], keys: ["a": 2], twins: 1).twice == 1)
    }

    @Test func theTableCountsAndNamesWhatRepeatsABreach() throws {
        var tally = FaultTally(fault: .serverKilled, store: .sqlite)
        tally.add(Self.result(["a": 2], orders: [1, 2], keys: ["a": 2]), round: 4, seed: 7)
        #expect(FaultTable(tallies: [tally]).lines.last == "No promise was broken.")
        tally.add(
            Self.result(["a": 2], orders: [1], keys: [:], violations: ["A sum is wrong."]), round: 5, seed: 7)
        let lines = FaultTable(tallies: [tally]).lines
        #expect(tally.lost == 1 && tally.half == 1 && tally.rounds == 2)
        #expect(lines.contains { $0.contains("SQLite") && $0.contains("BROKEN") })
        let breach = try #require(lines.last)
        #expect(breach.contains("--seed 7 --first 5") && breach.contains("A sum is wrong."))
    }

    @Test func eachFaultIsMadeOnEachStoreThatCanHaveIt() throws {
        let all = try FaultsCommand.parse(["--rounds", "1"]).turns
        #expect(Set(all.map(\.fault)) == Set(FaultKind.allCases))
        #expect(all.count == 12)
        let some = try FaultsCommand.parse(["--for", "2h", "--fault", "disk-full", "--store", "sqlite"]).turns
        #expect(some.map(\.fault) == [.diskFull] && some.map(\.store) == [.sqlite])
    }

    @Test(arguments: [
        [], ["--rounds", "0"], ["--for", "soon"], ["--rounds", "1", "--fault", "rain"],
        ["--rounds", "1", "--fault", "file-locked", "--store", "postgresql"],
    ]) func whatCannotBeMeantIsRefused(_ arguments: [String]) {
        #expect(throws: (any Error).self) { try FaultsCommand.parse(arguments) }
    }
}
