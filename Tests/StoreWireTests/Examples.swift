import StoreDomain

/// Values with every member set.
enum Examples {
    static let noon = Timestamp(milliseconds: 1_773_480_413_250)

    static func amount(_ minor: Int64) -> Money { Money(minorUnits: minor) }

    static func percent(_ text: String) -> Rate { Rate(percentText: text) ?? .zero }

    static let line = PricedLine(productID: 3, name: "Pen", unitPrice: amount(129), quantity: 3)

    /// A code without what only the server knows of it.
    private static let steps: [PricingStep] =
        ((try? Discount(code: "Été-24", kind: .percent(percent("8.875")))).map {
            [.discount($0, of: amount(387), amount(34))]
        } ?? [])
        + ((try? Discount(code: "FLAT5", kind: .fixed(amount(500)))).map {
            [.discount($0, of: amount(387), amount(387))]
        } ?? [])
        + [
            .line(line), .line(PricedLine(name: "", unitPrice: amount(5), quantity: 1)),
            .lineDiscount(line, amount(3)), .subtotal(amount(387), lines: 1),
            .manualDiscount(.percent(percent("10")), of: amount(387), amount(39)),
            .manualDiscount(.amount(amount(20)), of: amount(387), amount(20)),
            .tax(percent("8.5"), base: .beforeDiscount, of: amount(387), amount(33)),
            .includedTax(percent("19"), of: amount(387), amount(62)), .exempt(amount(62)),
            .total(subtotal: amount(387), discount: amount(34), tax: amount(33), amount(386)),
            .told("Tax", amount(-2)),
        ] + refused.map { .refusedDiscount(code: "X", $0) }

    static let refused: [DiscountProblem] = [
        .unknown, .inactive, .notYet(noon), .expired(noon), .belowMinimum(amount(5000)), .usedUp, .unchecked,
        .told("no"),
    ]

    static let prices = PriceBreakdown(
        lines: [line], subtotal: amount(387), discount: amount(34), tax: amount(33), total: amount(386),
        discountCode: "Été-24", discountProblem: .usedUp, steps: steps)

    static let agreement = PriceAgreement(prices)

    static let payments = [
        Payment(
            id: 5, method: .cash, amount: amount(395), tendered: amount(500), change: amount(105),
            paidAt: noon),
        Payment(id: 6, method: .externalCard, amount: amount(100), approvalCode: "A-1", paidAt: noon),
    ]

    static let exemption = try? TaxExemption(reason: "diplomat", taxNumber: "CH-1")

    static let order = Order(
        id: 11, userID: 7, userName: "Ada", operatorID: 2, till: "bar", number: DocumentNumber("R1-000123"),
        status: .partiallyRefunded,
        items: [
            OrderItem(
                id: 1, orderID: 11, productID: 3, productName: "Pen", sku: "P-3", quantity: 3,
                unitPrice: amount(129), listPrice: amount(150), total: amount(387), lineDiscount: amount(3),
                orderDiscount: amount(34), tax: amount(33), taxRate: percent("8.5"), taxClass: "reduced",
                overrideReason: "scratched", returned: 1)
        ],
        subtotal: amount(384), discount: amount(34), tax: amount(33), taxMode: .included,
        exempted: amount(2), total: amount(495), rounding: amount(-2), refunded: amount(100),
        discountCode: "Été-24", exemption: exemption, note: "in a bag", payments: payments, createdAt: noon,
        updatedAt: noon.advanced(bySeconds: 1))
}
