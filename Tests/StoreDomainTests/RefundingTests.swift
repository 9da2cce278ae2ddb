import StoreContracts
import StoreDomain
import Testing

@Suite("Refunds give back what was paid, to the cent")
struct RefundingTests {
    private static let now = Timestamp(seconds: 1_800_000_000)

    /// A paid order of lines (price, quantity) under a policy.
    private func order(
        _ lines: [(Int64, Int)], discount: SaleDiscount = .code(.none), policy: ShopPolicy = ShopPolicy(),
        payments: [(PaymentMethod, Int64)]? = nil, classes: [String?] = [], exemption: TaxExemption? = nil
    ) -> Order {
        let sale = PricedSale(
            lines.enumerated().map { index, line in
                SaleLine(
                    productID: Int64(index + 1), name: "Item \(index + 1)", quantity: line.1,
                    unitPrice: Money(minorUnits: line.0),
                    taxClass: index < classes.count ? classes[index] : nil)
            }, discount: discount, exemption: exemption, policy: policy, at: Self.now)
        let items = sale.lines.enumerated().map { index, line in
            OrderItem(
                id: Int64(index + 1), orderID: 1, productID: line.line.productID,
                productName: line.line.name, quantity: line.line.quantity, unitPrice: line.line.unitPrice,
                total: line.line.gross, lineDiscount: line.lineDiscount, orderDiscount: line.orderDiscount,
                tax: line.tax, taxRate: line.taxRate)
        }
        let paid = payments ?? [(.cash, sale.total.minorUnits)]
        let tendered = paid.reduce(0) { $0 + $1.1 }
        return Order(
            id: 1, userID: nil, status: .paid, items: items, subtotal: sale.breakdown.subtotal,
            discount: sale.breakdown.discount, tax: sale.breakdown.tax, taxMode: sale.taxMode,
            exempted: sale.exempted, total: sale.total, rounding: Money(minorUnits: tendered) - sale.total,
            payments: paid.enumerated().map { index, part in
                Payment(
                    id: Int64(index + 1), method: part.0, amount: Money(minorUnits: part.1), paidAt: Self.now)
            }, createdAt: Self.now, updatedAt: Self.now)
    }

    private func facts(
        _ earlier: [Refund] = [], step: Int64 = 1, shift: Int64? = nil, paidIn: Int64? = nil
    ) -> Refunding.Facts {
        Refunding.Facts(
            basis: Refunding.Basis(
                earlier: earlier, methods: PaymentMethod.standard, rounding: CashRounding(step: step),
                principal: .operatorOfStore), operatorID: 1, till: "1", shiftID: shift, paidInShiftID: paidIn,
            numbers: (NumberSeries(.refund, till: "1"), earlier.count), tracked: [], now: Self.now)
    }

    /// Returns units of a line; the order afterwards and the refund.
    private func give(
        back quantity: Int, of itemID: Int64, _ order: Order, _ earlier: [Refund] = [], step: Int64 = 1,
        by method: String? = nil
    ) throws -> (Order, Refund) {
        let draft = try RefundDraft(
            orderID: 1, lines: [.init(itemID: itemID, quantity: quantity)], reason: "back", methodID: method,
            approvalCode: "A")
        let changes = try Refunding.refund(draft, of: order, facts(earlier, step: step))
        let refund = try #require(changes.newRefund?.refund)
        let change = try #require(changes.orders.first)
        return (order.after(change), refund)
    }

    private func percent(_ text: String) throws -> ManualDiscount {
        .percent(try #require(Rate(percentText: text)))
    }

    @Test("Unit by unit a line gives back its share: whistles 8.77, 8.76, 8.77; lotions 13.99, 13.98")
    func readmeCart() throws {
        var order = order([(890, 3), (2150, 1), (1420, 2)], discount: .byHand(try percent("10")))
        #expect(order.items.map(\.orderDiscount.minorUnits) == [267, 215, 284])
        #expect(order.items.map(\.tax.minorUnits) == [227, 183, 241])
        var refunds: [Refund] = []
        for itemID: Int64 in [1, 3, 1, 1, 3] {
            let (next, refund) = try give(back: 1, of: itemID, order, refunds)
            order = next
            refunds.append(refund)
        }
        #expect(refunds.map(\.amount.minorUnits) == [877, 1399, 876, 877, 1398])
    }

    @Test("Included tax comes back with its amount: pens at 1.16 with 0.19, 0.18, 0.19")
    func includedTax() throws {
        let policy = ShopPolicy(
            taxes: TaxTable(standardRate: try #require(Rate(percentText: "19"))), taxMode: .included,
            taxBase: .afterDiscount)
        var order = order([(129, 3)], discount: .byHand(.amount(Money(minorUnits: 39))), policy: policy)
        #expect(order.tax.minorUnits == 56 && order.total.minorUnits == 348)
        var refunds: [Refund] = []
        for _ in 1...3 {
            let (next, refund) = try give(back: 1, of: 1, order, refunds)
            order = next
            refunds.append(refund)
        }
        #expect(refunds.flatMap(\.lines).map(\.amount.minorUnits) == [116, 116, 116])
        #expect(refunds.flatMap(\.lines).map(\.tax.minorUnits) == [19, 18, 19])
    }

    @Test("What was sold without tax gives back what was paid for each line, rate by rate")
    func exempt() throws {
        func taxClass(_ id: String, _ percent: String) throws -> TaxTable.Class {
            TaxTable.Class(
                id: id, name: id, rates: [.init(rate: try #require(Rate(percentText: percent)))])
        }
        let policy = ShopPolicy(
            taxes: try TaxTable(classes: [taxClass("book", "7"), taxClass("lamp", "19")]),
            taxMode: .included, taxBase: .afterDiscount)
        let order = order(
            [(10_700, 1), (11_900, 1)], policy: policy, classes: ["book", "lamp"],
            exemption: try TaxExemption(reason: "mission", taxNumber: "CH-1"))
        #expect(order.total.minorUnits == 20_000 && order.exempted.minorUnits == 2_600)
        #expect(order.paidByLine.map(\.minorUnits) == [10_000, 10_000])
    }

    @Test("Money goes back to the newest tender first; what rounding leaves is no debt to an older one")
    func newestFirst() throws {
        let zero = ShopPolicy(taxes: TaxTable(standardRate: .zero))
        let paid = order([(966, 5)], policy: zero, payments: [(.externalCard, 2_830), (.cash, 2_000)])
        let (_, one) = try give(back: 1, of: 1, paid, step: 5)
        #expect(one.tenders.map(\.method.id) == ["cash"] && one.tenders.map(\.amount.minorUnits) == [965])
        #expect(one.rounding.minorUnits == -1)
        let (_, three) = try give(back: 3, of: 1, paid, step: 5)
        #expect(three.tenders.map(\.method.id) == ["cash", "card"])
        #expect(three.tenders.map(\.amount.minorUnits) == [2_000, 898])
    }

    @Test("What went back another way is not given back again with the rest")
    func anotherWay() throws {
        let zero = ShopPolicy(taxes: TaxTable(standardRate: .zero))
        let paid = order([(1_000, 2)], policy: zero, payments: [(.externalCard, 2_000)])
        let (rest, first) = try give(back: 1, of: 1, paid, by: "cash")
        let (_, second) = try give(back: 1, of: 1, rest, [first])
        #expect(second.tenders.map(\.amount.minorUnits) == [1_000])
    }

    @Test("The figures shown before are those that are booked, codes aside")
    func figuresAreTheRefund() throws {
        let paid = order([(890, 3), (2150, 1)], payments: [(.externalCard, 1_000), (.cash, 4_264)])
        let back = [RefundDraft.Line(itemID: 1, quantity: 2), RefundDraft.Line(itemID: 2, quantity: 1)]
        let facts = facts()
        let figures = try Refunding.figures(back, by: nil, of: paid, facts.basis)
        let draft = try RefundDraft(
            orderID: 1, lines: back, reason: "back", approvalCode: "A", agreed: figures.given)
        let refund = try #require(Refunding.refund(draft, of: paid, facts).newRefund?.refund)
        #expect(refund.lines == figures.lines && refund.amount == figures.amount)
        #expect(refund.tenders.map(\.amount) == figures.tenders.map(\.amount))
        #expect(Money.sum(refund.tenders.map(\.amount), currency: .usd) == figures.given)
        #expect(!figures.isWhole && !figures.needsApproval)
    }

    @Test("Another amount than the agreed one is refused")
    func anotherAmount() throws {
        let paid = order([(890, 3)])
        let whole = try Refunding.figures(paid.allReturnable, by: nil, of: paid, facts().basis)
        let draft = try RefundDraft(
            orderID: 1, lines: [.init(itemID: 1, quantity: 1)], reason: "back", agreed: whole.given)
        let one = try Refunding.figures(draft.lines, by: nil, of: paid, facts().basis).given
        #expect(throws: StoreError.paymentRefused(.comesTo(one))) {
            try Refunding.refund(draft, of: paid, facts())
        }
    }

    @Test("A void gives everything back to the tenders it came by, and counts for who sold it")
    func voids() throws {
        let paid = order([(966, 3), (100, 2)], payments: [(.externalCard, 1_000), (.cash, 2_360)])
            .sold(by: 9, till: "1")
        let draft = try VoidDraft(orderID: 1, reason: "wrong goods", approvalCode: "V-1")
        let changes = try Refunding.void(draft, of: paid, facts(shift: 5, paidIn: 5))
        let refund = try #require(changes.newRefund?.refund)
        #expect(refund.kind == .void && refund.operatorID == 1 && refund.bookedOn == 9)
        #expect(refund.amount == paid.total && refund.rounding == paid.rounding)
        #expect(refund.tenders.map(\.amount.minorUnits) == [2_360, 1_000])
        #expect(refund.tenders.map(\.approvalCode) == [nil, "V-1"])
        #expect(refund.lines.map(\.quantity) == [3, 2] && refund.lines.allSatisfy(\.restocks))
        #expect(changes.orders.first?.status == .refunded)
        #expect(changes.journal.map(\.kind) == [.saleVoided])
        #expect(changes.newRefund?.shiftID == 5)
    }

    @Test("A sale is voided only whole, and only in its own shift")
    func voidsOnlyInTheShift() throws {
        let paid = order([(966, 2)]).sold(by: 9, till: "1")
        let draft = try VoidDraft(orderID: 1, reason: "wrong goods")
        #expect(throws: StoreError.noShift(till: "1")) {
            try Refunding.void(draft, of: paid, facts(shift: nil, paidIn: 5))
        }
        for sale in [paid, paid.sold(by: 9, till: "2"), paid.sold(by: nil, till: nil)] {
            let shift: Int64? = sale.till == "1" ? 4 : 5
            #expect(throws: StoreError.otherShift(orderID: 1, till: "1")) {
                try Refunding.void(draft, of: sale, facts(shift: 5, paidIn: shift))
            }
        }
        let (partly, first) = try give(back: 1, of: 1, paid)
        #expect(throws: StoreError.wrongStatus(orderID: 1, status: .partiallyRefunded)) {
            try Refunding.void(draft, of: partly, facts([first], shift: 5, paidIn: 5))
        }
    }

    @Test(
        "Any returns in any order give back exactly what was paid, and never less than nothing",
        arguments: [0x7265_6675_6E64] as [UInt64])
    func anyOrder(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for round in 0..<300 {
            let policy = ShopPolicy(
                taxes: TaxTable(
                    standardRate: Rate(numerator: .random(in: 0...300, using: &random), denominator: 1_000)
                        ?? .zero),
                taxMode: Bool.random(using: &random) ? .added : .included, taxBase: .afterDiscount)
            let lines = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                (Int64.random(in: 0...5_000, using: &random), Int.random(in: 1...7, using: &random))
            }
            let off = Money(minorUnits: .random(in: 0...9_000, using: &random))
            var left = order(lines, discount: .byHand(.amount(off)), policy: policy)
            let total = left.total
            var refunds: [Refund] = []
            while let item = left.items.filter({ $0.returnable > 0 }).randomElement(using: &random) {
                let (next, refund) = try give(
                    back: Int.random(in: 1...item.returnable, using: &random), of: item.id, left, refunds)
                #expect(!refund.amount.isNegative && refund.lines.allSatisfy { !$0.tax.isNegative })
                left = next
                refunds.append(refund)
            }
            let back = Money.sum(refunds.flatMap(\.tenders).map(\.amount), currency: .usd)
            #expect(back == total, "seed \(seed), round \(round)")
            #expect(left.status == .refunded && left.refunded == total)
        }
    }
}

extension Order {
    fileprivate func sold(by seller: Int64?, till: String?) -> Order {
        Order(
            id: id, userID: userID, operatorID: seller, till: till, status: status, items: items,
            subtotal: subtotal, discount: discount, tax: tax, taxMode: taxMode, total: total,
            rounding: rounding, refunded: refunded, payments: payments, createdAt: createdAt,
            updatedAt: updatedAt)
    }

    fileprivate func after(_ change: OrderChange) -> Order {
        Order(
            id: id, userID: userID, status: change.status ?? status,
            items: items.map { item in
                OrderItem(
                    id: item.id, orderID: id, productID: item.productID, productName: item.productName,
                    quantity: item.quantity, unitPrice: item.unitPrice, total: item.total,
                    lineDiscount: item.lineDiscount, orderDiscount: item.orderDiscount, tax: item.tax,
                    taxRate: item.taxRate, returned: item.returned + (change.returned[item.id] ?? 0))
            }, subtotal: subtotal, discount: discount, tax: tax, taxMode: taxMode, total: total,
            rounding: rounding, refunded: change.refunded.map { refunded + $0 } ?? refunded,
            payments: payments, createdAt: createdAt, updatedAt: updatedAt)
    }
}
