import Testing

@testable import storefront_bench

@Suite struct FiguresTests {
    /// The figures against counting, on samples in any order.
    @Test(arguments: 1...60) func figuresAreWhatCountingSays(_ count: Int) throws {
        var random = SystemRandomNumberGenerator()
        let samples = (0..<count).map { _ in Double.random(in: -5...5, using: &random).rounded() }
        let figures = try #require(Figures(samples.shuffled()))
        func below(_ value: Double) -> Int { samples.count { $0 < value } }
        func notAbove(_ value: Double) -> Int { samples.count { $0 <= value } }
        #expect(samples.allSatisfy { $0 >= figures.low && $0 <= figures.high })
        #expect(samples.contains(figures.low) && samples.contains(figures.high))
        // As many lie on either side, within those that are equal.
        #expect(2 * below(figures.median) <= count && 2 * notAbove(figures.median) >= count)
        #expect(samples.contains(figures.p99))
        #expect(100 * notAbove(figures.p99) >= 99 * count && 100 * below(figures.p99) < 99 * count)
    }

    @Test func betweenTwoInTheMiddleLiesTheirMean() throws {
        #expect(try #require(Figures([4, 1, 2, 9])).median == 3)
    }

    @Test func nothingIsNoFigure() {
        #expect(Figures([]) == nil)
        #expect(Figures([.nan, .infinity]) == nil)
        #expect(Figures([.nan, 2])?.samples == [2])
    }

    @Test(arguments: [
        (0.0, "0"), (0.3, "0.3"), (0.305, "0.31"), (1, "1"), (9.999, "10"), (12.34, "12.3"), (123.4, "123"),
        (999.6, "1,000"), (1_234, "1,234"), (1_000_000, "1,000,000"),
    ]) func threeDigitsCount(_ value: Double, _ text: String) {
        #expect(BenchUnit.plain(value) == text)
    }
}

@Suite struct VerdictTests {
    private static func row(_ id: RowID, _ ours: [Double], _ peers: [(PeerName, [Double])] = []) -> BenchRow {
        BenchRow(id, how: "", ours: Figures(ours), peers: peers.map { ($0, Figures($1)) })
    }

    @Test func whatIsToBeFastIsAtMostSoMuchAndSoOftenAPeers() {
        #expect(Self.row(.start, [20, 30, 40], [(.tig, [20])]).verdict == .reached)
        #expect(Self.row(.start, [31], [(.tig, [40])]).verdict == .short)
        #expect(Self.row(.start, [30], [(.tig, [19])]).verdict == .short)
        // What is missed is told without the peer, too.
        #expect(Self.row(.start, [31]).verdict == .short)
        #expect(Self.row(.start, [29]).verdict == .unknown)
        #expect(Self.row(.start, []).verdict == .unknown)
    }

    @Test func whatIsToBeMuchIsAtLeastSoOftenAPeers() {
        let row = Self.row(.list, [2_000], [(.flask, [100]), (.fixedBody, [4_000])])
        #expect(row.verdict == .reached)
        #expect(row.ratio(to: .flask) == 20)
        #expect(Self.row(.list, [1_999], [(.flask, [100]), (.fixedBody, [4_000])]).verdict == .short)
        #expect(Self.row(.list, [2_000], [(.flask, [100])]).verdict == .unknown)
    }

    @Test func aRowIsJudgedByItsOwnStatistic() {
        let slowOnce = Array(repeating: 1.0, count: 90) + Array(repeating: 20, count: 10)
        #expect(Self.row(.search, slowOnce).verdict == .short)
        #expect(Self.row(.shift, slowOnce).verdict == .reached)
        #expect(Self.row(.crowd, [5, 5, 9]).verdict == .short)
    }

    @Test func aPeerOfNothingHasNoRatio() {
        #expect(Self.row(.key, [1], [(.tig, [0])]).ratio(to: .tig) == nil)
    }

    @Test func everyRowHasATargetAndPeersThatAreMeasuredBesideIt() {
        for id in RowID.allCases { #expect(!id.targets.isEmpty && !id.what.isEmpty) }
        #expect(Set(RowID.allCases.map(\.group)) == Set(RowGroup.allCases))
    }
}
