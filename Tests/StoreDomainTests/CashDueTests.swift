import StoreDomain
import Testing

/// What a till makes of cash.
@Suite struct CashDueTests {
    private func due(
        _ minor: Int64, _ currency: Currency = .usd, rounding: CashRounding = .none, askAbove: Int = 10
    ) -> CashDue {
        CashDue(
            Money(minorUnits: minor, currency: currency),
            ShopPolicy(currency: currency, cashRounding: rounding, cashAskAbove: askAbove))
    }

    private func likely(_ due: CashDue) -> [Int64] { due.likely.map { $0.minorUnits / 100 } }

    @Test func theRoundAmountsTakeTheFewestNotes() {
        #expect(likely(due(966)) == [10, 20, 50])
        #expect(likely(due(89)) == [5, 10, 20])
        #expect(likely(due(2_345)) == [25, 50, 100])
        #expect(likely(due(5_424)) == [55, 60, 100])
        #expect(likely(due(11_230)) == [120, 150, 200])
        #expect(likely(due(2_000)) == [50, 100], "what is exact needs no key")
        #expect(likely(due(4_783, .gbp)) == [50, 60])
        #expect(likely(due(18_000, .eur)) == [200])
        #expect(likely(due(0)).isEmpty)
    }

    @Test func cashIsWhatCoinsCanMake() {
        let chf = due(928, .chf, rounding: CashRounding(step: 5))
        func change(_ given: Int64) -> Int64 {
            chf.change(of: Money(minorUnits: given, currency: .chf)).minorUnits
        }
        #expect(chf.amount.minorUnits == 930)
        #expect(change(1_000) == 70)
        #expect(change(928) == 0, "exact coins are taken as they are")
        #expect(change(900) == -30)
        #expect(likely(chf) == [10, 20, 50])
    }

    @Test func farMoreThanIsDueIsDoubtful() {
        func doubts(_ given: Int64, _ due: CashDue) -> Bool { due.isDoubtful(Money(minorUnits: given)) }
        #expect(doubts(9_638_507_400, due(966)), "a barcode of eight digits")
        #expect(doubts(9_661, due(966)) && !doubts(9_660, due(966)))
        #expect(!doubts(2_000, due(89)), "a note that is offered by key")
        #expect(!doubts(9_638_507_400, due(966, askAbove: 0)))
        #expect(doubts(2_000, due(966, askAbove: 1)) == false && doubts(3_000, due(966, askAbove: 1)))
        #expect(!doubts(5_000, due(.max, askAbove: 1_000)))
    }
}
