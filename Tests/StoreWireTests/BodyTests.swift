import StoreDomain
import StoreWire
import Testing

/// What one side writes, the other reads.
@Suite struct BodyTests {
    private func back<Value: WireReadable & WireWritable>(_ value: Value) throws -> Value {
        try Value(reader(value, from: .server))
    }

    private func reader(_ value: some WireWritable, from source: WireReader.Source) throws -> WireReader {
        WireReader(try JSONParser.parse(value.wireBytes), currency: .usd, from: source)
    }

    @Test func aPriceWithEveryStep() throws {
        #expect(try back(Examples.prices) == Examples.prices)
        #expect(try back(Examples.agreement) == Examples.agreement)
        for problem in Examples.refused { #expect(try back(problem) == problem) }
    }

    @Test func aDocument() throws {
        #expect(Examples.order.exemption != nil && Examples.order.number != nil)
        #expect(try back(Examples.order) == Examples.order)
        let walkIn = Order(
            id: 12, userID: nil, status: .paid, items: [], subtotal: .zero(), discount: .zero(), tax: .zero(),
            total: .zero(), createdAt: Examples.noon, updatedAt: Examples.noon)
        #expect(try back(walkIn) == walkIn)
    }

    @Test func aProduct() throws {
        let product = Product(
            id: 3, sku: "P-3", barcode: "4006381333931", name: "Wrap", description: "Two\nlines",
            price: Examples.amount(200), stock: 4, category: "Gifts",
            taxClass: "reduced", isArchived: true, createdAt: Examples.noon, updatedAt: Examples.noon)
        #expect(try back(product) == product)
        var uncounted = product
        uncounted.stock = .untracked
        #expect(try back(uncounted) == uncounted)
        let patch = ProductPatch(
            name: "Wrap", description: "", price: Examples.amount(1), stock: 2,
            category: "", sku: "X", barcode: "Y", taxClass: "", isArchived: false)
        #expect(
            try ProductDraftBody(reader(ProductDraftBody(patch), from: .client), isNew: false).patch == patch)
    }

    private func parsed(_ text: String, from source: WireReader.Source) throws -> WireReader {
        WireReader(try JSONParser.parse(Array(text.utf8)), currency: .usd, from: source)
    }

    /// A client that knows nothing but the number sells what nobody counts.
    @Test func aStockIsANumberBesideAFlag() throws {
        func product(_ members: String) throws -> Product {
            try Product(parsed(#"{"id":7,"name":"Wrap","price":1\#(members)}"#, from: .server))
        }
        #expect(try product(#","stock":3"#).stock == 3)
        #expect(try product(#","stock":3,"tracks_stock":true"#).stock == 3)
        #expect(try product(#","stock":9999,"tracks_stock":false"#).stock == .untracked)
        #expect(try product("").stock == .untracked)
        #expect(try product(#","stock":null"#).stock == .untracked)
        let text = String(decoding: try product("").wireBytes, as: UTF8.self)
        #expect(text.contains(#""stock":9999,"#) && text.contains(#""tracks_stock":false"#))
    }

    @Test func aChangeOfStockCountsUnlessItSaysOtherwise() throws {
        func stock(_ body: String, isNew: Bool = false) throws -> Stock? {
            try ProductDraftBody(parsed(body, from: .client), isNew: isNew).patch.stock
        }
        #expect(try stock("{}") == nil)
        #expect(try stock(#"{"stock":3}"#) == 3)
        #expect(try stock(#"{"stock":3,"tracks_stock":true}"#) == 3)
        #expect(try stock(#"{"stock":9999,"tracks_stock":false}"#) == .untracked)
        #expect(try stock(#"{"tracks_stock":false}"#) == .untracked)
        #expect(throws: WireProblem.self) { try stock(#"{"tracks_stock":true}"#) }
        #expect(try stock(#"{"name":"a","price":1,"tracks_stock":true}"#, isNew: true) == nil)
    }

    @Test func rolesWithTheirLimits() throws {
        for role in Role.standard { #expect(try back(role) == role) }
        let user = User(
            id: 7, email: "a@example.com", name: "A", role: .senior, createdAt: Examples.noon,
            updatedAt: Examples.noon)
        #expect(try back(user) == user)
    }

    @Test func aRoleThatIsToldByNameAlone() throws {
        func role(_ members: String) throws -> Role {
            let text = #"{"id":7,"email":"a@example.com","name":"A"\#(members)}"#
            return try User(
                WireReader(try JSONParser.parse(text.utf8), currency: .usd, from: .server)
            ).role
        }
        #expect(try role(#","role":"manager""#) == .manager)
        let barista = try role(#","role":"barista""#)
        #expect(barista.name == "barista" && barista.grants == Role.customer.grants)
        #expect(try role(#","role":"Sales Rep""#) == .customer)
        #expect(try role("") == .customer)
        // What a role of tomorrow may do beyond what is known here is passed over.
        let told = try role(#","role":"barista","permissions":{"sell":true,"park":false,"fly":true}"#)
        #expect(told.name == "barista" && told.grants == [.sell: .unlimited])
        #expect(throws: WireProblem.self) {
            try role(#","role":"barista","permissions":{"sell":{"percent":5}}"#)
        }
    }

    @Test func aSaleAsItIsAskedForAndAsItIsPriced() throws {
        let draft = try SaleDraft(
            till: "bar",
            lines: [
                SaleDraft.Line(
                    productID: 3, quantity: 2,
                    override: PriceOverride(price: Examples.amount(80), reason: "scratched"),
                    discount: .percent(Examples.percent("12.5"))),
                SaleDraft.Line(productID: 4, quantity: 1, discount: .amount(Examples.amount(20))),
            ], discount: .percent(Examples.percent("5")), exemption: Examples.exemption, customerID: 7,
            note: "in a bag",
            agreement: PriceAgreement(
                unitPrices: [Examples.amount(80), Examples.amount(90)], subtotal: Examples.amount(200),
                discount: .zero(), tax: .zero(), total: Examples.amount(200), discountCode: nil),
            tenders: [
                PaymentRequest(methodID: "card", amountMinor: 500, approvalCode: "A-1"),
                PaymentRequest(methodID: "cash", tenderedMinor: 1000),
            ])
        #expect(try SaleDraft(request: reader(draft, from: .client)) == draft)
        let coded = try SaleDraft(
            till: "1", lines: [SaleDraft.Line(productID: 3, quantity: 1)], discountCode: "SAVE10")
        #expect(try SaleDraft(request: reader(coded, from: .client)) == coded)

        let line = SaleLine(
            productID: 3, name: "Pen", sku: "P-3", quantity: 3, unitPrice: Examples.amount(129),
            listPrice: Examples.amount(150), taxClass: "reduced", discount: .amount(Examples.amount(3)),
            overrideReason: "scratched")
        let sale = PricedSale(
            lines: [
                PricedSale.Line(
                    line: line, lineDiscount: Examples.amount(3), orderDiscount: Examples.amount(34),
                    taxRate: Examples.percent("8.5"), tax: Examples.amount(33))
            ],
            taxes: [
                TaxFigure(
                    rate: Examples.percent("8.5"), net: Examples.amount(387), tax: Examples.amount(33))
            ], exempted: Examples.amount(2), exemption: Examples.exemption, taxMode: .included,
            breakdown: Examples.prices)
        #expect(try back(sale) == sale)
    }

    @Test func aSaleThatBreaksARuleIsRefusedByTheRule() throws {
        let empty = WireReader(try JSONParser.parse(#"{"till":"1"}"#.utf8), currency: .usd, from: .client)
        #expect(throws: StoreError.emptyOrder) { try SaleDraft(request: empty) }
        let noReason = WireReader(
            try JSONParser.parse(#"{"till":"1","lines":[{"product_id":3,"unit_price":1.00}]}"#.utf8),
            currency: .usd, from: .client)
        #expect(throws: StoreError.invalid([FieldProblem("reason", "must be 1 to 200 characters")])) {
            try SaleDraft(request: noReason)
        }
    }

    @Test func refunds() throws {
        let draft = try RefundDraft(
            orderID: 11, lines: [.init(itemID: 1, quantity: 2, restocks: false)], reason: "broken",
            methodID: "cash", approvalCode: "B", agreed: Examples.amount(280))
        let body = try RefundDraftBody(reader(RefundDraftBody(draft, till: "bar"), from: .client))
        #expect(body.draft == draft && body.till == "bar")
        let refund = Refund(
            id: 2, orderID: 11, number: DocumentNumber("F1-000001"),
            lines: [
                .init(
                    itemID: 1, quantity: 2, amount: Examples.amount(280), tax: Examples.amount(22),
                    restocks: false)
            ], reason: "broken",
            tenders: [
                .init(paymentID: 5, method: .cash, amount: Examples.amount(200)),
                .init(
                    paymentID: nil, method: .externalCard, amount: Examples.amount(80), approvalCode: "B"),
            ], amount: Examples.amount(281), rounding: Examples.amount(-1), operatorID: 2, till: "1",
            at: Examples.noon)
        #expect(try back(refund) == refund)
    }

    @Test func voids() throws {
        let draft = try VoidDraft(orderID: 11, reason: "wrong goods", approvalCode: "V")
        let body = try VoidDraftBody(reader(VoidDraftBody(draft, till: "bar"), from: .client))
        #expect(body.draft == draft && body.till == "bar")
        let void = Refund(
            id: 2, orderID: 11, number: DocumentNumber("F1-000001"), lines: [], reason: "wrong goods",
            tenders: [], amount: Examples.amount(0), rounding: Examples.amount(0), operatorID: 2, till: "1",
            at: Examples.noon, kind: .void, bookedOn: 7)
        #expect(try back(void) == void)
        // One of a server that knows no voids counts for who gave it.
        let old = try Refund(
            WireReader(
                JSONParser.parse(
                    #"""
                    {"id":2,"order_id":11,"number":null,"lines":[],"reason":"x","tenders":[],"amount":0.00,
                    "rounding":0.00,"operator_id":2,"till":"1","at":"2026-03-14T09:26:53Z"}
                    """#.utf8), currency: .usd, from: .server))
        #expect(old.kind == .refund && old.bookedOn == 2)
    }

    @Test func aStockOfUnknownCost() throws {
        let day = try #require(ShopDay("2026-11-29"))
        var figures = SalesFigures()
        figures.stock = 3
        figures.stockUncosted = 3
        let report = Report(
            kind: .stock, span: ReportSpan(day), compared: nil, currency: .usd, rows: [], total: figures,
            totalBefore: nil)
        let written = String(decoding: report.wireBytes, as: UTF8.self)
        #expect(written.contains("\"stock_value\":null"), "\(written)")
        #expect(written.contains("\"average_cost\":null"))
        #expect(try back(report) == report)
    }

    @Test func aShiftAndItsReport() throws {
        let drawer = try DrawerCount(
            [.init(denomination: 10_000, count: 4), .init(denomination: 10, count: 217)], currency: .usd)
        let open = Shift(
            id: 4, till: "1", openedBy: 2, openedAt: Examples.noon, float: Examples.amount(20_000),
            counts: [
                Shift.Count(DrawerCount(total: Examples.amount(42_070)), by: 2, at: Examples.noon),
                Shift.Count(drawer, by: 3, at: Examples.noon),
            ])
        #expect(try back(open) == open)
        let number = try #require(DocumentNumber("Z1-000001"))
        let shift = open.closed(
            Shift.Closing(
                closedBy: 3, closedAt: Examples.noon, expected: Examples.amount(42_270),
                counted: Examples.amount(42_170), reason: "miscounted", nextFloat: Examples.amount(20_000),
                perpetual: PerpetualTotals(sales: Examples.amount(900), refunds: Examples.amount(100)),
                journalHash: "ab"), number: number)
        #expect(try back(shift) == shift)
        let report = ShiftReport(
            shift: shift,
            receipts: .init(till: "1", from: 3, to: 9),
            people: [
                .init(
                    id: 2, sales: 9, salesTotal: Examples.amount(900), lineDiscounts: Examples.amount(10),
                    orderDiscounts: Examples.amount(20), overrides: 1, refunds: 1,
                    refundsTotal: Examples.amount(100), rounding: Examples.amount(-2),
                    tax: Examples.amount(-5), voids: 1, voidsTotal: Examples.amount(40), noSales: 2)
            ],
            rates: [
                .init(
                    rate: Examples.percent("8.1"), salesNet: Examples.amount(833),
                    salesTax: Examples.amount(67), refundsNet: Examples.amount(92),
                    refundsTax: Examples.amount(8)),
                .init(
                    rate: nil, salesNet: Examples.amount(0), salesTax: Examples.amount(0),
                    refundsNet: Examples.amount(0), refundsTax: Examples.amount(0)),
            ],
            tenders: [
                .init(
                    methodID: "cash", name: "Cash", kind: .cash, count: 8, taken: Examples.amount(898),
                    change: Examples.amount(102), refunded: Examples.amount(100))
            ],
            movements: [
                try CashMovement(
                    kind: .drop, amount: Examples.amount(50), reason: "bank", by: 2, at: Examples.noon)
            ], names: [2: "Ada", 3: "Bob"],
            beside: .init(
                exchanges: 1, voidNumbers: [try #require(DocumentNumber("F1-000003"))], abandoned: 2,
                abandonedTotal: Examples.amount(700), tendersTakenBack: 3, slips: 4, copies: 5))
        #expect(try back(report) == report)
        #expect(try back(report.withoutExpected) == report.withoutExpected)
        let outcome = CountOutcome(shift: open, isOff: true, expected: nil)
        #expect(try back(outcome) == outcome)
        let standing = TillStanding(till: "bar", shift: nil)
        #expect(try back(standing) == standing)
    }

    @Test func anExchangeOnBothSidesOfTheWire() throws {
        let tender = Refund.Tender(
            paymentID: 4, method: .cash, amount: Examples.amount(4491), isMoved: true)
        let draft = try RefundDraft(
            orderID: 11, lines: [.init(itemID: 1, quantity: 1, restocks: false)], reason: "too small",
            methodID: "cash", approvalCode: "A1", agreed: Examples.amount(4491))
        let sale = try SaleDraft(
            till: "bar", lines: [SaleDraft.Line(productID: 3, quantity: 1)], back: draft)
        #expect(try SaleDraft(request: reader(sale, from: .client)) == sale)
        let line = GoodsBack.Line(
            name: "Lamp", quantity: 1, amount: Examples.amount(4491), tax: Examples.amount(0), taxRate: nil,
            restocks: false)
        let back = GoodsBack(
            refundID: 3, orderID: 11, number: DocumentNumber("R1-000001"), reason: "too small",
            lines: [line], given: Examples.amount(4491), handedOut: [tender])
        let order = Order(
            id: 12, userID: nil, status: .paid, items: [], subtotal: .zero(), discount: .zero(), tax: .zero(),
            total: .zero(),
            payments: [
                Payment(
                    id: 5, method: .cash, amount: Examples.amount(4491), paidAt: Examples.noon, movedFrom: 4)
            ], goodsBack: back, journalMark: "0bc33c0e", createdAt: Examples.noon, updatedAt: Examples.noon)
        #expect(try self.back(order) == order)
        let refund = Refund(
            id: 3, orderID: 11, number: nil,
            lines: [
                .init(
                    itemID: 1, quantity: 1, amount: Examples.amount(4491), tax: Examples.amount(0),
                    restocks: false)
            ], reason: "too small", tenders: [tender], amount: Examples.amount(4491),
            rounding: Examples.amount(0), operatorID: 2, till: "bar", at: Examples.noon, exchangeID: 12,
            journalMark: "0bc33c0e")
        #expect(try self.back(refund) == refund)
        let terms = SaleTerms(
            back: SaleReturn(
                orderID: 11, number: DocumentNumber("R1-000001"),
                lines: [
                    .init(
                        itemID: 1, name: "Lamp", quantity: 1, restocks: false,
                        amount: Examples.amount(4491), tax: Examples.amount(0))
                ], reason: "too small", methodID: "cash", tenders: [tender]))
        #expect(try self.back(terms) == terms)
    }

    @Test func whatHappensBesideSales() throws {
        let happenings: [TillHappening] = [
            .noSale(reason: "change"), .abandoned(pieces: 2, amount: Examples.amount(900)),
            .tenderTakenBack(methodID: "cash", amount: Examples.amount(500)),
            .slip(amount: Examples.amount(0)),
        ]
        for happening in happenings {
            let body = try back(HappeningBody(till: "bar", happening: happening))
            #expect(body.till == "bar" && body.happening == happening)
        }
    }

    @Test func howADiscountCodeChanges() throws {
        let days = try ValidDays(typed: "2026-12-01 2026-12-24")
        for change in [
            DiscountChange.end, .resume, .days(.always), .days(days),
            .days(try ValidDays(typed: "until 2026-12-24")),
        ] {
            let body = try DiscountChangeBody(reader(DiscountChangeBody(change), from: .client))
            #expect(body.change == change)
        }
        let empty = WireReader(try JSONParser.parse(Array("{}".utf8)), currency: .usd, from: .client)
        #expect(throws: WireProblem.self) { try DiscountChangeBody(empty) }
    }

    @Test func whatIsKnownOfACustomer() throws {
        let user = User(
            id: 7, email: "ada@example.com", name: "Ada", role: .customer, createdAt: Examples.noon,
            updatedAt: Examples.noon)
        let page = CustomerPage(customers: [user], next: 7)
        #expect(try back(page) == page)
        let last = CustomerPage(customers: [], next: nil)
        #expect(try back(last) == last)
        let figures = CustomerFigures(
            orders: 3, paid: 2, spent: Examples.amount(1_200), lastAt: Examples.noon)
        let card = GiftCard(
            id: 4, holder: .account(7), name: "Ada", balance: Examples.amount(500), expiresAt: nil,
            createdAt: Examples.noon)
        let record = CustomerRecord(
            user: user, figures: figures, orders: [Examples.order], credit: card, cards: [card], returns: [])
        #expect(try back(record) == record)
        let fingerprint = try #require(KeyFingerprint(sha256: [UInt8](repeating: 7, count: 32)))
        let export = CustomerExport(
            user: user, orders: [Examples.order], refunds: [], returns: [],
            credit: GiftCardHistory(card: card, movements: []), cards: [],
            keys: [VisitorKey(fingerprint: fingerprint, addedAt: Examples.noon, seenAt: Examples.noon)],
            journal: [], lastSeenAt: Examples.noon, at: Examples.noon)
        #expect(try back(export) == export)
        #expect(try MergeBody(reader(MergeBody(into: 9), from: .client)).into == 9)
    }

    @Test func theRestOfTheCounter() throws {
        let basket = Cart(
            lines: [
                CartLine(
                    productID: 3, name: "Pen", sku: "P-3", unitPriceMinor: 129, knownStock: 9, quantity: 2)
            ], discountCode: "SAVE10")
        let parked = ParkedSale(
            id: 1, code: "10", label: "blue coat", basket: basket, till: "1", parkedBy: 2, at: Examples.noon)
        #expect(try back(parked) == parked)
        let adjustment = try StockAdjustment(
            productID: 3, kind: .receiving, quantity: 10, reason: "delivery", unitCost: Examples.amount(400))
        #expect(try StockAdjustment(request: reader(adjustment, from: .client)) == adjustment)
        let movement = StockMovement(
            productID: 3, kind: .loss, quantity: -2, orderID: 11, by: 2, reason: "fire",
            unitCost: Examples.amount(400), cost: Examples.amount(801), at: Examples.noon)
        #expect(try back(movement) == movement)
        let cost = ProductCost(
            productID: 3, stock: .counted(-2), average: Examples.amount(400), value: Examples.amount(0),
            latest: nil)
        #expect(try back(cost) == cost)
        let unknown = ProductCost(productID: 3, stock: .untracked, average: nil, value: nil, latest: nil)
        #expect(try back(unknown) == unknown)
        let record = JournalRecord(
            chain: "1", number: 7, at: Examples.noon, by: 2, kind: .orderPaid, text: "{\"n\":7}", hash: "ab")
        #expect(try back(record) == record)
        let discount = try Discount(
            code: "Été-24", kind: .percent(Examples.percent("8.875")), validFrom: Examples.noon,
            validUntil: Examples.noon.advanced(bySeconds: 60), minimumSubtotal: Examples.amount(1000),
            usageLimit: 2, timesUsed: 1, isActive: false)
        #expect(try back(discount) == discount)
    }

    @Test func aPolicyInItsOwnCurrency() throws {
        let policy = ShopPolicy(
            shopName: "Kiosk", currency: .chf,
            taxes: try TaxTable(classes: [
                .init(
                    id: "standard", name: "Standard",
                    rates: [
                        .init(rate: Examples.percent("7.7")),
                        .init(from: Examples.noon, rate: Examples.percent("8.1")),
                    ]), .init(id: "reduced", name: "Food", rates: [.init(rate: Examples.percent("2.6"))]),
            ]), taxMode: .included, taxBase: .afterDiscount,
            cashRounding: CashRounding(step: 5, tiesGoDown: true), cashAskAbove: 0, lowStock: 3,
            pendingMinutes: 0,
            graceMinutes: 20, shiftTolerance: Money(minorUnits: 150, currency: .chf),
            timeZone: "Europe/Zurich",
            scaleLabels: [try #require(ScaleLabelFormat("20IIIIIPPPPPC"))],
            receiptHeader: ["Kiosk", "CHE-1"], receiptFooter: ["Danke"])
        let version = PolicyVersion(number: 3, policy: policy, at: Examples.noon, by: 2)
        #expect(try back(version) == version)
    }

    /// What a server without tenders is asked is what it was always asked.
    @Test func aPlainPaymentHasNoTenders() throws {
        let plain = CheckoutBody(orderID: 7, tenders: [PaymentRequest(methodID: nil)])
        #expect(String(decoding: plain.wireBytes, as: UTF8.self) == #"{"order_id":7}"#)
        #expect(try CheckoutBody(reader(plain, from: .client)) == plain)
    }
}
