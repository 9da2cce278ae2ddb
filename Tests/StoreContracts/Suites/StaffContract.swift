import StoreDomain
import Testing

/// What every store promises of PINs, and of what somebody else must approve.
extension CounterContract {
    static let staff = pins + approvals

    private static let pins = [
        ContractCase("A PIN lets another cashier to the till, and nobody in who is not signed in there") {
            shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pins = try #require(counter.pins)
            let cashier = try await shop.worker("cashier", by: people.admin)
            try await pins.setPIN(Secret("2468"), of: "cashier@example.com", as: people.admin)
            let session = try await pins.signIn(pin: Secret("2468"), till: "1", as: people.staff)
            #expect(session.user.id == cashier.userID)
            #expect(try await counter.shifts.current(till: "1", as: .user(session)) == nil)
            await #expect(throws: StoreError.signInRequired) {
                try await pins.signIn(pin: Secret("2468"), till: "1", as: .guest)
            }
            await #expect(throws: StoreError.wrongPIN) {
                try await pins.signIn(pin: Secret("2469"), till: "1", as: people.staff)
            }
            let list = try await pins.pins(as: people.admin)
            #expect(list.first { $0.userID == cashier.userID }?.hasPIN == true)
            await #expect(throws: StoreError.notAllowed(.manageAccounts)) {
                try await pins.pins(as: people.staff)
            }
        },
        ContractCase("A badge names a person, and only that person's PIN counts behind it") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pins = try #require(counter.pins)
            let cashier = try await shop.worker("cashier", by: people.admin)
            let (badge, other) = (try Badge("badge-0001"), try Badge("BADGE-0002"))
            try await pins.setPIN(Secret("2468"), of: "cashier@example.com", as: people.admin)
            try await pins.setBadge(badge, of: "cashier@example.com", as: people.admin)
            await #expect(throws: StoreError.taken(field: "badge", value: "BADGE-0001")) {
                try await pins.setBadge(badge, of: "staff@example.com", as: people.admin)
            }
            await #expect(throws: StoreError.notAllowed(.manageAccounts)) {
                try await pins.setBadge(other, of: "staff@example.com", as: people.staff)
            }
            try await pins.setBadge(other, of: "staff@example.com", as: people.admin)
            func signIn(_ pin: String, _ badge: Badge?) async throws -> Int64 {
                let session = try await pins.signIn(
                    pin: Secret(pin), badge: badge, till: "1", as: people.admin)
                return session.user.id
            }
            #expect(try await signIn("2468", badge) == cashier.userID)
            // The PIN alone counts as before; behind another's badge, or nobody's, it does not.
            #expect(try await signIn("2468", nil) == cashier.userID)
            await #expect(throws: StoreError.wrongPIN) { try await signIn("2468", other) }
            let nobodys = try Badge("nobody's badge")
            await #expect(throws: StoreError.wrongPIN) { try await signIn("2468", nobodys) }
            #expect(try await pins.name(of: badge, as: people.staff) == "cashier")
            #expect(try await pins.name(of: nobodys, as: people.staff) == nil)
            await #expect(throws: StoreError.notAllowed(.sell)) {
                try await pins.name(of: badge, as: people.customer)
            }
            // A PIN taken away, given anew or changed leaves the badge.
            try await pins.setPIN(nil, of: "cashier@example.com", as: people.admin)
            try await pins.setPIN(Secret("1357"), of: "cashier@example.com", as: people.admin)
            #expect(try await signIn("1357", badge) == cashier.userID)
            let list = try await pins.pins(as: people.admin)
            #expect(list.first { $0.userID == cashier.userID }?.hasBadge == true)
            try await pins.setBadge(nil, of: "cashier@example.com", as: people.admin)
            await #expect(throws: StoreError.wrongPIN) { try await signIn("1357", badge) }
        },
        ContractCase("A PIN is 4 to 8 digits, and what another account has is refused without saying whose") {
            shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pins = try #require(counter.pins)
            for text in ["123", "123456789", "12a4", "1234 ", "١٢٣٤"] {
                await #expect(throws: StoreError.invalid([FieldProblem("pin", "must be 4 to 8 digits")])) {
                    try await pins.setPIN(Secret(text), password: Shop.password, as: people.staff)
                }
            }
            try await pins.setPIN(Secret("1234"), password: Shop.password, as: people.staff)
            // Once more the same is no other's.
            try await pins.setPIN(Secret("1234"), password: Shop.password, as: people.staff)
            await #expect(throws: StoreError.pinTaken) {
                try await pins.setPIN(Secret("1234"), password: Shop.password, as: people.admin)
            }
            await #expect(throws: StoreError.wrongCredentials) {
                try await pins.setPIN(Secret("4321"), password: Secret("not it at all"), as: people.staff)
            }
            try await pins.setPIN(nil, of: "staff@example.com", as: people.admin)
            try await pins.setPIN(Secret("1234"), of: "admin@example.com", as: people.admin)
        },
        ContractCase("Five wrong PINs lock it where they were typed; an admin or the password unlocks") {
            shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pins = try #require(counter.pins)
            try await pins.setPIN(Secret("1234"), of: "staff@example.com", as: people.admin)
            try await pins.setPIN(Secret("5678"), of: "admin@example.com", as: people.admin)
            func fail(_ times: Int) async throws {
                for number in 0..<times {
                    await #expect(throws: StoreError.wrongPIN) {
                        // At one till alone a wait would come first.
                        try await pins.signIn(pin: Secret("9999"), till: "\(number)", as: people.staff)
                    }
                }
            }
            try await fail(4)
            // The fifth may be the right one.
            _ = try await pins.signIn(pin: Secret("1234"), till: "1", as: people.staff)
            try await fail(5)
            for pin in ["1234", "5678"] {
                await #expect(throws: StoreError.pinLocked) {
                    try await pins.signIn(pin: Secret(pin), till: "1", as: people.staff)
                }
            }
            await #expect(throws: StoreError.pinLocked) {
                try await pins.signIn(pin: Secret("1234"), till: "1", as: people.admin)
            }
            #expect(
                try await pins.pins(as: people.admin).first { $0.email == "staff@example.com" }?.isLocked
                    == true)
            try await pins.unlockPIN(of: "staff@example.com", as: people.admin)
            _ = try await pins.signIn(pin: Secret("1234"), till: "1", as: people.staff)
            try await fail(5)
            _ = try await shop.services.auth.signIn(email: "staff@example.com", password: Shop.password)
            _ = try await pins.signIn(pin: Secret("1234"), till: "1", as: people.staff)
        },
        ContractCase("Wrong PINs at one till have to wait, whoever types them") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pins = try #require(counter.pins)
            let cashier = try await shop.worker("cashier", by: people.admin)
            try await pins.setPIN(Secret("1234"), of: "staff@example.com", as: people.admin)
            for who in [people.staff, people.staff, people.staff, cashier, cashier] {
                await #expect(throws: StoreError.wrongPIN) {
                    try await pins.signIn(pin: Secret("9999"), till: "1", as: who)
                }
            }
            await #expect(throws: StoreError.signInMustWait(seconds: 1)) {
                try await pins.signIn(pin: Secret("1234"), till: "1", as: cashier)
            }
            shop.clock.advance(bySeconds: 2)
            _ = try await pins.signIn(pin: Secret("1234"), till: "1", as: cashier)
        },
        ContractCase("No PIN stands on the journal") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let pins = try #require(counter.pins)
            try await pins.setPIN(Secret("73919"), of: "staff@example.com", as: people.admin)
            _ = try await pins.signIn(pin: Secret("73919"), till: "1", as: people.admin)
            for chain in try await counter.journal.chains(as: people.admin) {
                let records = try await counter.journal.records(
                    of: chain, from: 1, limit: 500, as: people.admin)
                #expect(records.allSatisfy { !$0.text.contains("73919") })
            }
        },
    ]

    private static let approvals = [
        ContractCase("A discount beyond the limit is asked for, approved, and then sold once under its key") {
            shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let approvals = try #require(counter.approvals)
            let lamp = try await shop.product("Lamp", price: "100.00", stock: 9, as: people.admin)
            let cashier = try await shop.worker("cashier", by: people.admin)
            let senior = try await shop.worker("senior", by: people.admin)
            let sale = try shop.discounted(lamp, "15")
            let asked = try await shop.asking(.discountLines) {
                try await counter.till.sell(sale, key: shop.key("a"), as: cashier)
            }
            #expect(asked.need.share == (try shop.percent("15")) && asked.asker.id == cashier.userID)
            #expect(asked.till == "1" && asked.lines.contains { $0.contains("Lamp") })
            #expect(asked.candidates.contains("senior") && !asked.candidates.contains("cashier"))
            #expect(try await shop.stock(lamp) == .counted(9))
            // It waits on the screens of those who may answer, and of who asked.
            #expect(try await approvals.approvals(as: senior).map(\.id) == [asked.id])
            #expect(try await approvals.approvals(as: people.staff).isEmpty)
            let granted = try await approvals.grant(asked.id, as: senior)
            #expect(granted.stage == .granted && granted.approver?.id == senior.userID && !granted.isByPIN)
            let sold = try await counter.till.sell(sale, key: shop.key("a"), as: cashier)
            #expect(sold.items.map(\.lineDiscount.minorUnits) == [1500])
            #expect(try await counter.till.sell(sale, key: shop.key("a"), as: cashier) == sold)
            #expect(try await shop.stock(lamp) == .counted(8))
            // It was good for one.
            _ = try await shop.asking(.discountLines) {
                try await counter.till.sell(sale, key: shop.key("b"), as: cashier)
            }
            #expect(try await approvals.approval(asked.id, as: senior).stage == .used)
        },
        ContractCase(
            "What is approved is one content: another discount, or a price that changed, is asked anew"
        ) { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let approvals = try #require(counter.approvals)
            let lamp = try await shop.product("Lamp", price: "100.00", stock: 9, as: people.admin)
            let cashier = try await shop.worker("cashier", by: people.admin)
            let asked = try await shop.asking(.discountLines) {
                try await counter.till.sell(shop.discounted(lamp, "15"), key: shop.key("a"), as: cashier)
            }
            _ = try await approvals.grant(asked.id, as: people.admin)
            for percent in ["16", "15.5"] {
                _ = try await shop.asking(.discountLines) {
                    try await counter.till.sell(
                        shop.discounted(lamp, percent), key: shop.key("b"), as: cashier)
                }
            }
            var patch = ProductPatch()
            patch.price = try shop.amount("200.00")
            _ = try await shop.services.catalog.edit(lamp.id, patch, as: people.admin)
            _ = try await shop.asking(.discountLines) {
                try await counter.till.sell(shop.discounted(lamp, "15"), key: shop.key("c"), as: cashier)
            }
            // Nor is it good for what comes with it: a gift card, goods that come back, more than the books have.
            patch.price = try shop.amount("100.00")
            _ = try await shop.services.catalog.edit(lamp.id, patch, as: people.admin)
            let line = try SaleDraft.Line(
                productID: lamp.id, quantity: 1, discount: .percent(try shop.percent("15")))
            let below = try SaleDraft.Line(
                productID: lamp.id, quantity: 1, discount: .percent(try shop.percent("15")),
                sellsBelowZero: true)
            let cash = [PaymentRequest(methodID: "cash", tenderedMinor: 100_000)]
            let earlier = try await counter.till.sell(
                shop.sale([(lamp, 1)], tenders: cash), key: shop.key("e"), as: people.admin)
            let item = try #require(earlier.items.first)
            let back = try RefundDraft(
                orderID: earlier.id, lines: [.init(itemID: item.id, quantity: 1)], reason: "too small")
            for (number, draft) in [
                try SaleDraft(
                    till: "1", lines: [line], tenders: cash,
                    giftCards: [GiftCardSale(amountMinor: 5_000, code: GiftCardCode(number: 1))]),
                try SaleDraft(till: "1", lines: [below], tenders: cash),
            ].enumerated() {
                let anew = try await shop.asking(.discountLines) {
                    try await counter.till.sell(draft, key: shop.key("g\(number)"), as: cashier)
                }
                #expect(anew.id != asked.id)
            }
            do {
                _ = try await counter.till.sell(
                    SaleDraft(till: "1", lines: [line], tenders: [], back: back), key: shop.key("h"),
                    as: cashier)
                Issue.record("goods came back on another approval")
            } catch StoreError.approvalNeeded(_, let anew?) {
                #expect(anew.id != asked.id && anew.lines.contains { $0.contains("Lamp back") })
            }
            // Another cashier has nothing of it.
            let other = try await shop.worker("staff", "other@example.com", by: people.admin)
            _ = try await shop.asking(.discountLines) {
                try await counter.till.sell(shop.discounted(lamp, "15"), key: shop.key("d"), as: other)
            }
        },
        ContractCase("An approver holds the right to that extent, and is not the one who asks") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let approvals = try #require(counter.approvals)
            let lamp = try await shop.product("Lamp", price: "100.00", stock: 9, as: people.admin)
            let senior = try await shop.worker("senior", by: people.admin)
            let other = try await shop.worker("senior", "other@example.com", by: people.admin)
            let asked = try await shop.asking(.discountLines) {
                try await counter.till.sell(shop.discounted(lamp, "30"), key: shop.key("a"), as: senior)
            }
            await #expect(
                throws: StoreError.invalid([FieldProblem("approval", "must come from somebody else")])
            ) {
                try await approvals.grant(asked.id, as: senior)
            }
            for who in [other, people.staff] {
                await #expect(throws: StoreError.notAllowed(.discountLines)) {
                    try await approvals.grant(asked.id, as: who)
                }
            }
            #expect(try await approvals.approvals(as: other).isEmpty)
            await #expect(throws: StoreError.notFound(.approval(asked.id))) {
                try await approvals.approval(asked.id, as: other)
            }
            _ = try await approvals.grant(asked.id, as: people.admin)
            _ = try await counter.till.sell(shop.discounted(lamp, "30"), key: shop.key("a"), as: senior)
        },
        ContractCase("Nobody is believed who says that somebody else stands behind him") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let lamp = try await shop.product("Lamp", price: "100.00", stock: 9, as: people.admin)
            let cashier = try await shop.worker("cashier", by: people.admin)
            for approving in [Session.Approving.assumed, .by([.admin])] {
                _ = try await shop.asking(.discountLines) {
                    try await counter.till.sell(
                        shop.discounted(lamp, "15"), key: shop.key("a"), as: cashier.approving(approving))
                }
            }
        },
        ContractCase(
            "A drawer without a sale and goods without a receipt are approved, and stand on the report"
        ) {
            shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let approvals = try #require(counter.approvals)
            let shift = try await counter.shifts.open(
                till: "1", float: try shop.amount("0.00"), as: people.admin)
            let lamp = try await shop.product("Lamp", price: "40.00", stock: 9, as: people.admin)
            let cashier = try await shop.worker("cashier", by: people.admin)
            let senior = try await shop.worker("senior", by: people.admin)
            func open() async throws {
                try await counter.shifts.note(.noSale(reason: "change"), till: "1", as: cashier)
            }
            _ = try await approvals.grant(shop.asking(.noSale, open).id, as: people.admin)
            try await open()
            let lines = [LooseReturnDraft.Line(productID: lamp.id, quantity: 1)]
            let worth = try await counter.looseReturns.figures(lines, as: senior)
            let draft = try LooseReturnDraft(
                till: "1", lines: lines, reason: "A present", name: "Ann Example",
                code: GiftCardCode(number: 7), agreed: worth.amount)
            func take() async throws -> LooseReturn {
                try await counter.looseReturns.take(draft, key: shop.key("a"), as: senior)
            }
            let asked = try await shop.asking(.refundWithoutReceipt, take)
            #expect(asked.lines.contains { $0.contains("Lamp") })
            _ = try await approvals.grant(asked.id, as: people.admin)
            #expect(try await take() == (try await take()))
            let report = try await counter.shifts.report(shift.id, as: people.admin)
            #expect(report.beside.approvals == 2 && report.noSales == 1)
        },
        ContractCase("A PIN approves where it was asked, and a refusal or two minutes end it") { shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let (approvals, pins) = (try #require(counter.approvals), try #require(counter.pins))
            let lamp = try await shop.product("Lamp", price: "100.00", stock: 9, as: people.admin)
            let cashier = try await shop.worker("cashier", by: people.admin)
            let senior = try await shop.worker("senior", by: people.admin)
            try await pins.setPIN(Secret("1111"), of: "cashier@example.com", as: people.admin)
            try await pins.setPIN(Secret("2222"), of: "senior@example.com", as: people.admin)
            func ask(_ key: String) async throws -> Approval {
                try await shop.asking(.discountLines) {
                    try await counter.till.sell(shop.discounted(lamp, "15"), key: shop.key(key), as: cashier)
                }
            }
            let here = try await ask("a")
            await #expect(throws: StoreError.wrongPIN) {
                try await approvals.grant(here.id, pin: Secret("9999"), till: "1", as: cashier)
            }
            await #expect(
                throws: StoreError.invalid([FieldProblem("approval", "must come from somebody else")])
            ) {
                try await approvals.grant(here.id, pin: Secret("1111"), till: "1", as: cashier)
            }
            let granted = try await approvals.grant(here.id, pin: Secret("2222"), till: "1", as: cashier)
            #expect(granted.isByPIN && granted.approver?.id == senior.userID)
            // Granted and not done in time, it is good no longer.
            shop.clock.advance(bySeconds: 121)
            let again = try await ask("a")
            #expect(again.id != here.id)
            #expect(try await approvals.approval(here.id, as: cashier).stage == .expired)
            let refused = try await approvals.refuse(again.id, as: senior)
            #expect(refused.stage == .refused && refused.approver?.id == senior.userID)
            let late = try await ask("a")
            shop.clock.advance(bySeconds: 121)
            await #expect(throws: StoreError.invalid([FieldProblem("approval", "is no longer waited for")])) {
                try await approvals.grant(late.id, as: senior)
            }
            #expect(try await approvals.approval(late.id, as: senior).stage == .expired)
            let withdrawn = try await ask("b")
            #expect(try await approvals.withdraw(withdrawn.id, as: cashier).stage == .withdrawn)
            #expect(try await approvals.approvals(as: senior).isEmpty)
            #expect(try await shop.stock(lamp) == .counted(9))
        },
        ContractCase("Money out of the drawer and refunds are approved as sales are, and counted by shift") {
            shop in
            let (people, counter) = (try await shop.people(), try shop.counter())
            let approvals = try #require(counter.approvals)
            let lamp = try await shop.product("Lamp", price: "100.00", stock: 9, as: people.admin)
            let cashier = try await shop.worker("cashier", by: people.admin)
            let senior = try await shop.worker("senior", by: people.admin)
            let shift = try await counter.shifts.open(
                till: "1", float: try shop.amount("200.00"), as: cashier)
            func move() async throws -> CashMovement {
                try await counter.shifts.move(
                    .paidOut, try shop.amount("20.00"), reason: "milk", till: "1", as: cashier)
            }
            let milk = try await shop.asking(.moveCash, move)
            #expect(milk.need.amount?.minorUnits == 2000 && milk.shiftID == shift.id)
            _ = try await approvals.grant(milk.id, as: senior)
            #expect(try await move().amount.minorUnits == 2000)
            let sale = try await counter.till.sell(
                shop.discounted(lamp, "0"), key: shop.key("s"), as: cashier)
            let item = try #require(sale.items.first)
            let draft = try RefundDraft(
                orderID: sale.id, lines: [RefundDraft.Line(itemID: item.id, quantity: 1)], reason: "broken")
            func refund() async throws -> Refund {
                try await counter.refunds.refund(draft, till: "1", key: shop.key("r"), as: cashier)
            }
            // More than a senior may: a manager is asked.
            let back = try await shop.asking(.refund, refund)
            await #expect(throws: StoreError.notAllowed(.refund)) {
                try await approvals.grant(back.id, as: senior)
            }
            _ = try await approvals.grant(back.id, as: people.admin)
            let refunded = try await refund()
            #expect(try await refund() == refunded)
            let all = try await approvals.approvals(ofShift: shift.id, as: people.admin)
            #expect(all.map(\.stage) == [.used, .used])
            let chains = try await counter.journal.chains(as: people.admin)
            var texts: [String] = []
            for chain in chains {
                texts += try await counter.journal.records(of: chain, from: 1, limit: 500, as: people.admin)
                    .filter { $0.kind == .approvalUsed }.map(\.text)
            }
            #expect(texts.count == 2 && texts[0].contains("\"senior\"") && texts[0].contains("\"cashier\""))
        },
    ]
}

extension Shop {
    /// A sale of one with so many percent off by hand.
    fileprivate func discounted(_ product: Product, _ percent: String) throws -> SaleDraft {
        let rate = try self.percent(percent)
        return try SaleDraft(
            till: "1",
            lines: [
                SaleDraft.Line(
                    productID: product.id, quantity: 1, discount: rate.numerator == 0 ? nil : .percent(rate))
            ], tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 100_000)])
    }

    /// What is asked for where something needs somebody's approval.
    func asking<Value>(_ permission: Permission, _ body: () async throws -> Value) async throws -> Approval {
        do { _ = try await body() } catch StoreError.approvalNeeded(let need, let approval?) {
            #expect(need.permission == permission && approval.need == need)
            return approval
        }
        throw StoreError.unsupported("doing \(permission.rawValue) without being asked")
    }
}
