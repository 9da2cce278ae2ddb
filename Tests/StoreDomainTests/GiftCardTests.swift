import StoreDomain
import Testing

/// Codes of gift cards, and the money on them.
struct GiftCardTests {
    private let now = Timestamp(seconds: 1_773_480_413)

    @Test func aCodeIsReadHoweverItIsWritten() throws {
        let code = GiftCardCode(number: 123_456_789)
        #expect(code.text.count == 16 && code.printed.count == 19)
        #expect(GiftCardCode(code.printed) == code)
        #expect(GiftCardCode(" \(code.text.lowercased()) ") == code)
        #expect(code.text.hasSuffix(code.lastFour))
        #expect(GiftCardCode("") == nil && GiftCardCode(String(code.text.dropLast())) == nil)
        var generator = SystemRandomNumberGenerator()
        let others = (0..<100).map { _ in GiftCardCode(using: &generator) }
        #expect(Set(others).count == 100 && others.allSatisfy { GiftCardCode($0.text) == $0 })
    }

    @Test func theCheckCharacterFindsEverySlip() {
        let alphabet = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
        for number: UInt64 in [0, 1, 4_711, 987_654_321_012, 18_446_744_073_709_551_615] {
            let text = Array(GiftCardCode(number: number).text)
            for place in text.indices {
                for other in alphabet where other != text[place] {
                    var wrong = text
                    wrong[place] = other
                    #expect(GiftCardCode(String(wrong)) == nil)
                }
                for second in text.indices where second > place && text[second] != text[place] {
                    var swapped = text
                    swapped.swapAt(place, second)
                    #expect(GiftCardCode(String(swapped)) == nil)
                }
            }
        }
    }

    @Test func aDraftWithoutGiftCardsReadsAsBefore() throws {
        let terms = SaleTerms(note: "blue")
        var more = terms
        more.giftCards = [5_000]
        #expect(more.giftCardsTotal(.usd) == Money(minorUnits: 5_000))
        more.giftCards = []
        #expect(more == terms)
        let draft = try SaleDraft(till: "1", lines: [], giftCards: [GiftCardSale(amountMinor: 5_000)])
        let plain = try SaleDraft(till: "1", lines: [SaleDraft.Line(productID: 1, quantity: 1)])
        #expect(!plain.fingerprintText.contains("#") && draft.fingerprintText.contains("5000#"))
        #expect(throws: StoreError.emptyOrder) { try SaleDraft(till: "1", lines: []) }
        #expect(throws: StoreError.self) {
            try SaleDraft(till: "1", lines: [], giftCards: [GiftCardSale(amountMinor: 0)])
        }
    }

    @Test func aCartWithGiftCardsAloneIsASale() {
        var cart = Cart()
        #expect(cart.isEmpty)
        cart.apply(.setTerms(SaleTerms(giftCards: [5_000])))
        #expect(!cart.isEmpty && cart.isSetByHand)
        cart.undo()
        #expect(cart.isEmpty)
        cart.redo()
        #expect(cart.terms.giftCards == [5_000])
    }

    /// However a card is charged and used, what it paid and what went back on it add up to what it holds.
    @Test func settlementsTakeFromACardWhatIsOnIt() throws {
        let code = GiftCardCode(number: 1)
        var random = SplitMix(state: 7)
        for _ in 0..<300 {
            let balance = Int64.random(in: 0...5_000, using: &random)
            let due = Int64.random(in: 1...5_000, using: &random)
            let card = GiftCard(
                id: 1, holder: .bearer(lastFour: code.lastFour), name: nil,
                balance: Money(minorUnits: balance),
                expiresAt: nil, createdAt: now)
            let settlement = try? Settlement(
                of: Money(minorUnits: due),
                by: [
                    PaymentRequest(methodID: "gift-card", cardCode: code),
                    PaymentRequest(methodID: "cash", tenderedMinor: 10_000),
                ], methods: PaymentMethod.standard, rounding: .none, principal: .operatorOfStore,
                value: StoredValue(cards: [code: card]), at: now)
            guard let settlement else {
                #expect(balance == 0)
                continue
            }
            let paid = settlement.payments[0]
            #expect(paid.amount.minorUnits == min(balance, due))
            #expect(paid.card?.left.minorUnits == balance - paid.amount.minorUnits)
            #expect(Money.sum(settlement.payments.map(\.amount), currency: .usd).minorUnits == due)
        }
    }

    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }
}
