import StoreDomain
import Testing

@Suite("Orders and payments keep their rules")
struct OrderTests {
    private func line(_ id: Int64, _ quantity: Int) throws -> OrderDraft.Line {
        try OrderDraft.Line(productID: id, quantity: quantity)
    }

    @Test("Quantities are 1 to 9,999, also of one product in several lines")
    func quantities() throws {
        for quantity in [0, -1, 10_000, Int.max, Int.min] {
            #expect(throws: StoreError.self) { try line(1, quantity) }
        }
        #expect(
            try OrderDraft(lines: [line(1, 9_998), line(2, 9_999), line(1, 1)]).demand == [
                1: 9_999, 2: 9_999,
            ])
        #expect(throws: StoreError.self) { try OrderDraft(lines: [line(1, 9_999), line(1, 1)]) }
    }

    @Test("An order has 1 to 500 lines")
    func lines() throws {
        #expect(throws: StoreError.emptyOrder) { try OrderDraft(lines: []) }
        let pen = try line(1, 1)
        _ = try OrderDraft(lines: Array(repeating: pen, count: 500))
        #expect(throws: StoreError.self) { try OrderDraft(lines: Array(repeating: pen, count: 501)) }
    }

    @Test("The same content has the same fingerprint, other content another")
    func fingerprints() throws {
        let base = try OrderDraft(lines: [line(1, 2), line(3, 4)], discountCode: " save10 ")
        #expect(base.discountCode == "save10")
        let same = try OrderDraft(lines: [line(1, 2), line(3, 4)], discountCode: "SAVE10")
        #expect(base.fingerprintText == same.fingerprintText)
        let others = [
            try OrderDraft(lines: [line(1, 2), line(3, 4)]), try OrderDraft(lines: [line(3, 4), line(1, 2)]),
            try OrderDraft(lines: [line(1, 2), line(3, 5)], discountCode: "SAVE10"),
            try OrderDraft(lines: [line(12, 3), line(3, 4)], discountCode: "SAVE10"),
            try OrderDraft(lines: [line(1, 23), line(3, 4)], discountCode: "SAVE10"),
        ]
        #expect(Set(others.map(\.fingerprintText) + [base.fingerprintText]).count == 6)
        let payments = [
            PaymentRequest(methodID: nil), PaymentRequest(methodID: "cash"),
            PaymentRequest(methodID: "cash", tenderedMinor: 1),
            PaymentRequest(methodID: "cash", approvalCode: "1"),
        ]
        let texts = payments.flatMap { request in [1, 2].map { request.fingerprintText(orderID: $0) } }
        #expect(Set(texts).count == 8)
    }

    @Test("An order's status changes only as it may")
    func statuses() {
        let allowed: [OrderStatus: Set<OrderStatus>] = [
            .pending: [.paid, .cancelled], .paid: [.refunded, .partiallyRefunded],
            .partiallyRefunded: [.refunded, .partiallyRefunded], .cancelled: [], .refunded: [],
        ]
        for status in OrderStatus.allCases {
            #expect(Set(OrderStatus.allCases.filter(status.canBecome)) == allowed[status])
        }
    }

    private func settle(_ total: Int64, _ tenders: PaymentRequest..., step: Int64 = 1) throws -> Settlement {
        try Settlement(
            of: Money(minorUnits: total), by: tenders, methods: PaymentMethod.standard,
            rounding: CashRounding(step: step), principal: .operatorOfStore, at: Timestamp(seconds: 1))
    }

    private func cash(_ given: Int64?, paying amount: Int64? = nil) -> PaymentRequest {
        PaymentRequest(methodID: "cash", amountMinor: amount, tenderedMinor: given)
    }

    private func card(_ amount: Int64? = nil, code: String = "A-1") -> PaymentRequest {
        PaymentRequest(methodID: "card", amountMinor: amount, approvalCode: code)
    }

    @Test("Cash settles with change, never with too little or too much")
    func cashAlone() throws {
        let payment = try #require(try settle(3254, cash(4000)).payments.first)
        #expect(payment.change?.minorUnits == 746)
        #expect(payment.amount.minorUnits == 3254 && payment.paidAt == Timestamp(seconds: 1))
        #expect(try settle(3254, cash(3254)).payments.first?.change?.isZero == true)
        let missing = PaymentProblem.tooLittle(missing: Money(minorUnits: 1))
        #expect(throws: StoreError.paymentRefused(missing)) { try settle(3254, cash(3253)) }
        #expect(throws: StoreError.paymentRefused(.cashNotNamed)) { try settle(3254, cash(nil)) }
        #expect(throws: StoreError.paymentRefused(.cashNotNamed)) { try settle(3254, cash(.min)) }
        #expect(throws: StoreError.paymentRefused(.tooMuchCash)) { try settle(3254, cash(.max)) }
    }

    @Test("Several tenders add up to what is due; what is paid in cash alone is rounded")
    func severalTenders() throws {
        let mixed = try settle(4783, card(2000), cash(3000), step: 5)
        #expect(mixed.payments.map(\.amount.minorUnits) == [2000, 2785])
        #expect(mixed.payments.last?.change?.minorUnits == 215 && mixed.rounding.minorUnits == 2)
        #expect(try settle(4783, card(2783), card(2000, code: "B")).rounding.isZero)
        let due = PaymentProblem.moreThanDue(due: Money(minorUnits: 783))
        #expect(throws: StoreError.paymentRefused(due)) { try settle(4783, card(4000), card(2000)) }
        #expect(throws: StoreError.paymentRefused(.tooLittle(missing: Money(minorUnits: 783)))) {
            try settle(4783, card(4000))
        }
        #expect(throws: StoreError.paymentRefused(.noAmount)) { try settle(4783, card(0), card()) }
        #expect(throws: StoreError.paymentRefused(.methodNotChosen)) { try settle(4783) }
    }

    @Test(
        "A card terminal's approval code is 1 to 32 letters, digits and dashes",
        arguments: [("A-123", true), (" x ", true), ("", false), ("a b", false), ("é", false)])
    func cards(code: String, isFine: Bool) throws {
        let payment = try? settle(1, card(code: code)).payments.first
        #expect(payment?.approvalCode == (isFine ? code.trimmedText : nil))
        #expect((payment != nil) == isFine)
    }
}
