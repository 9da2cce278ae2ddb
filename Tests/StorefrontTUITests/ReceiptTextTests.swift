import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

/// The receipt on each paper, whatever was sold to whom.
@Suite struct ReceiptTextTests {
    private func order(
        names: [String] = ["Walnut chopping board"], status: OrderStatus = .paid, discount: Int64 = 0,
        code: String? = nil, payment: Payment? = nil, customer: String? = "Demo Name", price: Int64 = 4_999
    ) -> Order {
        let items = names.enumerated().map { index, name in
            OrderItem(
                id: Int64(index + 1), orderID: 1041, productID: Int64(index + 1), productName: name,
                quantity: index + 1, unitPrice: Money(minorUnits: price),
                total: Money(minorUnits: price * Int64(index + 1)))
        }
        let subtotal = items.reduce(Money.zero(.usd)) { $0 + $1.total }
        let tax = Money(minorUnits: 425)
        return Order(
            id: 1041, userID: 1, userName: customer, status: status, items: items, subtotal: subtotal,
            discount: Money(minorUnits: discount), tax: tax,
            total: subtotal - Money(minorUnits: discount) + tax, discountCode: code,
            payments: payment.map { [$0] } ?? [],
            createdAt: Timestamp(seconds: 0), updatedAt: Timestamp(seconds: 0))
    }

    private func lines(
        _ order: Order, shop: String = "Corner Shop", isDemo: Bool = false, width: ReceiptWidth = .standard
    ) -> [String] {
        ReceiptText.lines(
            order, ReceiptStyle(ShopPolicy(shopName: shop), isDemo: isDemo, width: width),
            time: "2026-11-22 14:05")
    }

    /// No line is wider than the paper, and rules and figures end at its right edge.
    private func expectFits(
        _ lines: [String], _ paper: ReceiptWidth = .standard,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for line in lines {
            let width = TextWidth.width(of: line)
            #expect(
                width <= paper.rawValue, "\(width): \(line)\n\(lines.joined(separator: "\n"))",
                sourceLocation: sourceLocation)
            if line.contains("$") || line.hasPrefix("-") {
                #expect(width == paper.rawValue, "\(width): \(line)", sourceLocation: sourceLocation)
            }
            let isPlain = Sanitizer.harmless(line) == line
            #expect(isPlain, "\(line.debugDescription)", sourceLocation: sourceLocation)
        }
    }

    @Test func thePolicysLinesStandAboveAndBelow() {
        let policy = ShopPolicy(
            shopName: "Corner Shop", receiptHeader: ["Main Street 1", "Tax no. 12"],
            receiptFooter: ["Open until six"])
        let text = ReceiptText.lines(order(), ReceiptStyle(policy, isDemo: false), time: "2026-11-22 14:05")
        #expect(text.prefix(3).map(\.trimmedText) == ["Corner Shop", "Main Street 1", "Tax no. 12"])
        #expect(text.last?.trimmedText == "Open until six")
        expectFits(text)
    }

    @Test func readsAsAReceipt() {
        let payment = Payment(
            method: .cash, amount: Money(minorUnits: 4_924), tendered: Money(minorUnits: 5_000),
            change: Money(minorUnits: 76), paidAt: Timestamp(seconds: 0))
        let text = lines(order(discount: 500, code: "FLAT5", payment: payment))
        #expect(
            text == [
                "               Corner Shop", "",
                "Order 1041                2026-11-22 14:05", "Demo Name",
                "------------------------------------------", "Walnut chopping board",
                "  1 x $49.99                        $49.99",
                "------------------------------------------",
                "Subtotal                            $49.99",
                "Discount FLAT5                      -$5.00",
                "Tax                                  $4.25",
                "TOTAL                               $49.24", "",
                "Cash                                $50.00",
                "Change                               $0.76", "",
                "                Thank you!",
            ], "\(text.joined(separator: "\n"))")
    }

    @Test func cardsShowTheirApprovalCode() {
        let payment = Payment(
            method: .externalCard, amount: Money(minorUnits: 5_424), approvalCode: "A1-77",
            paidAt: Timestamp(seconds: 0))
        let text = lines(order(payment: payment))
        #expect(text.contains("Card terminal                       $54.24"), "\(text)")
        #expect(text.contains("Approval code                        A1-77"), "\(text)")
        expectFits(text)
    }

    @Test func whatIsNotPaidSaysSo() {
        let pending = lines(order(status: .pending))
        #expect(pending.contains("Not paid yet                        $54.24"), "\(pending)")
        #expect(pending.last?.contains("*** PENDING ***") == true)
        let cancelled = lines(order(status: .cancelled))
        #expect(cancelled.last?.contains("*** CANCELLED ***") == true)
        #expect(!cancelled.contains { $0.contains("Not paid yet") || $0.contains("Thank you") })
        #expect(lines(order(), isDemo: true).contains { $0.contains("DEMO - not a real sale") })
    }

    @Test func wideAndHostileTextStaysOnItsPaper() {
        let names = [
            "緑茶 green tea 100 g in a tin box with a very long name", String(repeating: "茶", count: 40),
            "\u{1B}[2Jevil\u{7}\u{202E}name\u{2028}second line", "e\u{301}\u{301}\u{301}\u{301}\u{301}",
            String(repeating: "👨‍👩‍👧‍👦", count: 30), "", "tab\tand\nnewline", String(repeating: "x", count: 255),
        ]
        for price in [Int64(1), 9_999_999_999] {
            let order = order(
                names: names, discount: 1, code: String(repeating: "界", count: 50),
                customer: String(repeating: "Ä", count: 300), price: price)
            for paper in ReceiptWidth.allCases {
                let shop = String(repeating: "Shop 商店 ", count: 20)
                expectFits(lines(order, shop: shop, isDemo: true, width: paper), paper)
            }
        }
    }

    @Test func namesAreToldWhole() {
        let name = "Organic cotton T-shirt with long sleeves \u{2013} Large / Dark red"
        for paper in ReceiptWidth.allCases {
            let text = lines(order(names: [name]), width: paper)
            let start = text.firstIndex { $0.hasPrefix("Organic") }
            let end = text.firstIndex { $0.hasPrefix("  1 x") }
            guard let start, let end else {
                Issue.record("\(text)")
                continue
            }
            #expect(text[start..<end].joined(separator: " ") == name)
        }
    }

    @Test func narrowPaperIsNeverTooNarrowForItsFigures() {
        for width in [0, 24, 30, 36] {
            let text = ReceiptText.lines(
                order(), ReceiptStyle(ShopPolicy(shopName: "Corner Shop"), isDemo: false),
                time: "2026-11-22 14:05", room: width)
            #expect(text.allSatisfy { TextWidth.width(of: $0) <= max(24, width) }, "\(text)")
            #expect(text.contains { $0.hasSuffix("$54.24") })
        }
    }
}
