import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

/// What stands on receipts beside the goods: each rate, the exemption, the exchange, the journal, which copy it is.
@Suite struct PaperTests {
    private func usd(_ minor: Int64) -> Money { Money(minorUnits: minor) }

    private func order(
        exemption: TaxExemption? = nil, back: GoodsBack? = nil, payments: [Payment] = [],
        status: OrderStatus = .paid
    ) throws -> Order {
        let book = OrderItem(
            id: 1, orderID: 7, productID: 1, productName: "Book", quantity: 1, unitPrice: usd(1_799),
            total: usd(1_799), tax: usd(118), taxRate: Rate(percentText: "7"))
        let lamp = OrderItem(
            id: 2, orderID: 7, productID: 2, productName: "Lamp", quantity: 1, unitPrice: usd(4_491),
            total: usd(4_491), tax: usd(717), taxRate: Rate(percentText: "19"))
        return Order(
            id: 7, userID: nil, number: DocumentNumber("R1-7"), status: status, items: [book, lamp],
            subtotal: usd(6_290), discount: usd(0), tax: usd(835), taxMode: .included, total: usd(6_290),
            exemption: exemption, payments: payments, goodsBack: back, journalMark: "0bc33c0e",
            createdAt: Timestamp(seconds: 0), updatedAt: Timestamp(seconds: 0))
    }

    private func text(
        _ order: Order, _ issue: PaperIssue = .original, width: ReceiptWidth = .standard
    ) -> [String] {
        let lines = ReceiptText.lines(
            order, ReceiptStyle(ShopPolicy(), isDemo: false, width: width), time: "2026-11-22 14:05",
            issue: issue)
        for line in lines { #expect(TextWidth.width(of: line) <= width.rawValue, "\(line)") }
        return lines
    }

    /// The words of the first line that begins with one.
    private func words(_ start: String, in lines: [String]) -> [Substring]? {
        lines.last { $0.trimmedText.hasPrefix(start) }?.split(separator: " ")
    }

    @Test("Each rate has its net, tax and gross, on every paper", arguments: ReceiptWidth.allCases)
    func rates(width: ReceiptWidth) throws {
        let lines = text(try order(), width: width)
        let all = lines.joined(separator: " ")
        for amount in ["$37.74", "$7.17", "$44.91", "$16.81", "$1.18", "$17.99"] {
            #expect(all.contains(amount), "\(amount) in\n\(lines.joined(separator: "\n"))")
        }
        if width != .roll58 {
            #expect(words("19", in: lines)?.suffix(3) == ["$37.74", "$7.17", "$44.91"])
        }
        #expect(words("Journal", in: lines)?.last == "0bc33c0e")
    }

    @Test("An exempt sale names its reason and the customer's tax number")
    func exempt() throws {
        let all = text(
            try order(exemption: TaxExemption(reason: "mission", taxNumber: "CH-12"))
        ).joined(separator: "\n")
        #expect(all.contains("mission") && all.contains("CH-12"))
    }

    @Test("The original says nothing, a copy its number, what is not paid that it is no receipt")
    func copies() throws {
        #expect(!text(try order()).contains { $0.contains("COPY") })
        #expect(text(try order(), .copy(3)).contains { $0.trimmedText == "COPY 3" })
        #expect(text(try order(), .uncounted).contains { $0.trimmedText == "COPY" })
        let pending = text(try order(status: .pending))
        #expect(pending.contains { $0.trimmedText == "TO PAY, NOT A RECEIPT" })
    }

    @Test("An exchange shows what came back, the one amount and what was handed out")
    func exchange() throws {
        let line = GoodsBack.Line(
            name: "Old lamp", quantity: 1, amount: usd(7_000), tax: usd(1_118),
            taxRate: Rate(percentText: "19"), restocks: true)
        let back = GoodsBack(
            refundID: 1, orderID: 3, number: DocumentNumber("R1-3"), reason: "too small", lines: [line],
            given: usd(7_000),
            handedOut: [Refund.Tender(paymentID: 1, method: .cash, amount: usd(710))])
        let moved = Payment(
            id: 2, method: .cash, amount: usd(6_290), paidAt: Timestamp(seconds: 0), movedFrom: 1)
        let lines = text(try order(back: back, payments: [moved]))
        let all = lines.joined(separator: "\n")
        #expect(all.contains("R1-000003") && all.contains("Old lamp"), "\(all)")
        #expect(words("GIVEN BACK", in: lines)?.last == "$7.10", "\(all)")
        #expect(words("Back by Cash", in: lines)?.last == "$7.10")
        // Money that stayed is not said to have been paid.
        #expect(words("Cash", in: lines) == nil, "\(all)")
        #expect(lines.contains { $0.hasPrefix("Back 19") && $0.contains("-$58.82") }, "\(all)")
    }

    @Test("A slip says at both ends that it is no receipt", arguments: ReceiptWidth.allCases)
    func slip(width: ReceiptWidth) throws {
        let price = PricedSale(
            [SaleLine(productID: 1, name: "Lamp", quantity: 1, unitPrice: usd(4_491))],
            discount: .code(.none), policy: ShopPolicy(), at: Timestamp(seconds: 0)
        ).breakdown
        let slip = SaleSlip(
            till: "1", lines: [.init(quantity: 1, name: "Lamp", each: usd(4_491), amount: usd(4_491))],
            back: [], price: price, due: price.total, inCash: price.total)
        let lines = SlipText.lines(slip, ReceiptStyle(ShopPolicy(), isDemo: false, width: width))
        #expect(lines.count { $0.trimmedText == "TO PAY, NOT A RECEIPT" } == 2)
        #expect(words("TO PAY ", in: lines)?.last.map(String.init) == price.total.displayText)
        for line in lines { #expect(TextWidth.width(of: line) <= width.rawValue, "\(line)") }
    }
}
