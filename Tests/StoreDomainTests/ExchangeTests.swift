import StoreContracts
import StoreDomain
import Testing

@Suite("An exchange moves the money that stays and settles the difference")
struct ExchangeTests {
    /// Goods back that were paid by these tenders, the newest first.
    private func back(_ tenders: [(PaymentMethod, Int64)]) -> RefundFigures {
        let amount = Money(minorUnits: tenders.reduce(0) { $0 + $1.1 })
        return RefundFigures(
            lines: [
                Refund.Line(
                    itemID: 1, quantity: 1, amount: amount, tax: Money(minorUnits: 0), restocks: true)
            ],
            tenders: tenders.enumerated().map { index, tender in
                Refund.Tender(
                    paymentID: Int64(9 - index), method: tender.0, amount: Money(minorUnits: tender.1))
            }, amount: amount, isWhole: true)
    }

    private func exchange(
        _ total: Int64, for tenders: [(PaymentMethod, Int64)], by method: PaymentMethod? = nil,
        step: Int64 = 1
    ) -> ExchangeFigures {
        ExchangeFigures(
            of: Money(minorUnits: total), for: back(tenders), by: method, rounding: CashRounding(step: step))
    }

    @Test("Lamp 44.91 back: 59.90 taken, pay 14.99; 39.90 taken, 5.01 back; 44.91 taken, nothing")
    func figures() {
        let up = exchange(5990, for: [(.cash, 4491)])
        #expect(up.amount.minorUnits == 1499 && up.handedOut.isZero && up.moved.minorUnits == 4491)
        let down = exchange(3990, for: [(.cash, 4491)])
        #expect(down.amount.minorUnits == -501 && down.handedOut.minorUnits == 501)
        #expect(down.moved.minorUnits == 3990 && down.rounding.isZero)
        let even = exchange(4491, for: [(.cash, 4491)])
        #expect(even.amount.isZero && even.handedOut.isZero && !even.needsApproval)
    }

    @Test("The difference goes back by the newest tender first; another way takes it off the same ones")
    func newestFirst() {
        let figures = exchange(1000, for: [(.cash, 500), (.externalCard, 2000)])
        #expect(figures.tenders.map(\.isMoved) == [false, false, true])
        #expect(figures.tenders.map(\.amount.minorUnits) == [500, 1000, 1000])
        #expect(figures.tenders.map(\.method.id) == ["cash", "card", "card"] && figures.needsApproval)
        let inCash = exchange(1000, for: [(.cash, 500), (.externalCard, 2000)], by: .cash)
        #expect(inCash.tenders.map(\.paymentID) == [nil, 8])
        #expect(inCash.tenders.map(\.amount.minorUnits) == [1500, 1000] && !inCash.needsApproval)
    }

    @Test("Both sides add up for any amounts, tenders and coins")
    func addsUp() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<5_000 {
            let step = [1, 5, 10, 50].randomElement(using: &random) ?? 1
            // What was paid in cash is a sum of coins.
            let tenders: [(PaymentMethod, Int64)] = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? (.cash, Int64(step) * Int64.random(in: 1...2_000, using: &random))
                    : (.externalCard, Int64.random(in: 1...50_000, using: &random))
            }
            let method: PaymentMethod? = Int.random(in: 0..<4, using: &random) == 0 ? .cash : nil
            let total = Int64.random(in: 0...60_000, using: &random)
            let figures = exchange(total, for: tenders, by: method, step: Int64(step))
            let given = figures.back.given
            // Σ tenders = what the goods are worth, and Σ payments = total + rounding.
            #expect(figures.handedOut + figures.moved == given)
            if figures.amount.isNegative {
                #expect(figures.moved == figures.total + figures.rounding)
                #expect(figures.rounding.minorUnits.magnitude * 2 <= UInt64(step))
            } else {
                #expect(figures.handedOut.isZero && figures.moved == given && figures.rounding.isZero)
            }
            #expect(figures.tenders.allSatisfy { $0.amount.minorUnits > 0 })
            // No tender gives more than it took.
            for (index, tender) in tenders.enumerated() {
                let parts = figures.tenders.filter { $0.paymentID == Int64(9 - index) }.map(\.amount)
                #expect(Money.sum(parts, currency: .usd).minorUnits <= tender.1)
            }
        }
    }
}
