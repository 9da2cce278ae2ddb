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

    @Test("Cash settles with change, never with too little or too much")
    func cash() throws {
        let total = Money(minorUnits: 3254)
        let now = Timestamp(seconds: 1)
        func settle(_ tendered: Int64?) throws -> Payment {
            try PaymentRequest(methodID: "cash", tenderedMinor: tendered)
                .settle(total: total, by: .cash, at: now)
        }
        let payment = try settle(4000)
        #expect(payment.change?.minorUnits == 746)
        #expect(payment.amount == total && payment.paidAt == now)
        #expect(try settle(3254).change?.isZero == true)
        #expect(throws: StoreError.paymentRefused("$0.01 is missing")) { try settle(3253) }
        #expect(throws: StoreError.paymentRefused("Enter the cash given")) { try settle(nil) }
        #expect(throws: StoreError.paymentRefused("Enter the cash given")) { try settle(.min) }
        #expect(throws: StoreError.paymentRefused("That is more cash than a till can take")) {
            try settle(.max)
        }
    }

    @Test(
        "A card terminal's approval code is 1 to 32 letters, digits and dashes",
        arguments: [("A-123", true), (" x ", true), ("", false), ("a b", false), ("é", false)])
    func cards(code: String, isFine: Bool) throws {
        let request = PaymentRequest(methodID: "card", approvalCode: code)
        let payment = try? request.settle(
            total: Money(minorUnits: 1), by: .externalCard, at: Timestamp(seconds: 1))
        #expect(payment?.approvalCode == (isFine ? code.trimmedText : nil))
        #expect((payment != nil) == isFine)
    }

    @Test("EAN and UPC codes carry their check digit")
    func barcodes() {
        for code in ["4006381333931", "73513537", "036000291452"] { #expect(Barcode.isValidEAN(code)) }
        for code in ["4006381333930", "", "1234567", "40063813339３1", "73513538"] {
            #expect(!Barcode.isValidEAN(code))
        }
        #expect(Barcode.checkDigit(of: "400638133393") == 1)
    }
}
