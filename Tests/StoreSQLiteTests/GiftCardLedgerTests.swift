import GRDB
import StoreContracts
import StoreDomain
import Testing

@testable import StoreSQLite

/// Whatever happens to gift cards, the store's books hold; what is wrong about them is found.
@Suite struct GiftCardLedgerTests {
    /// Sells, pays, refunds, voids and takes back at random, and closes shifts in between.
    @Test(arguments: [1, 2, 3] as [UInt64]) func whateverHappensTheBooksHold(seed: UInt64) async throws {
        let store = try await TestStore()
        var random = Walk(state: seed)
        var codes: [GiftCardCode] = []
        var sold: [Order] = []
        try await store.turnShift(closes: false)
        for step in 0..<60 {
            do throws(StoreError) {
                try await act(step, store, &random, &codes, &sold)
            } catch {
                // Refused, as by a card with too little on it: nothing must have happened.
                guard error.isRefusal else { throw error }
            }
            if step % 20 == 19 {
                try await store.turnShift(closes: true)
                try await store.turnShift(closes: false)
            }
        }
        #expect(try await store.violations().map(\.sentence) == [])
        #expect(codes.count > 3 && sold.count > 10)
    }

    private func act(
        _ step: Int, _ store: TestStore, _ random: inout Walk, _ codes: inout [GiftCardCode],
        _ sold: inout [Order]
    ) async throws(StoreError) {
        guard let counter = store.services.counter, let key = IdempotencyKey("step-\(step)") else { return }
        let product = Int64.random(in: 1...3, using: &random)
        let cash = PaymentRequest(methodID: "cash", tenderedMinor: 1_000_000)
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            let code = GiftCardCode(number: UInt64(step) + 1)
            let goods = Bool.random(using: &random)
            let order = try await counter.till.sell(
                SaleDraft(
                    till: "1",
                    lines: goods ? [try SaleDraft.Line(productID: product, quantity: 2)] : [],
                    tenders: [cash],
                    giftCards: [
                        GiftCardSale(amountMinor: Int64.random(in: 100...2_000, using: &random), code: code)
                    ]), key: key, as: store.admin)
            codes.append(code)
            sold.append(order)
        case 1, 2:
            guard let code = codes.randomElement(using: &random) else { return }
            let quantity = Int.random(in: 1...3, using: &random)
            sold.append(
                try await counter.till.sell(
                    SaleDraft(
                        till: "1", lines: [try SaleDraft.Line(productID: product, quantity: quantity)],
                        tenders: [PaymentRequest(methodID: "gift-card", cardCode: code), cash]), key: key,
                    as: store.admin))
        case 3:
            guard let id = sold.randomElement(using: &random)?.id else { return }
            let order = try await store.orders.order(id, as: store.admin)
            let lines = order.items.filter { $0.returnable > 0 }.prefix(1).map {
                RefundDraft.Line(itemID: $0.id, quantity: 1)
            }
            let cards = Bool.random(using: &random) ? order.refundableCards : []
            _ = try await counter.refunds.refund(
                RefundDraft(orderID: id, lines: lines, reason: "No", cards: cards), till: "1", key: key,
                as: store.admin)
        case 4:
            guard let id = sold.randomElement(using: &random)?.id else { return }
            _ = try await counter.refunds.void(
                VoidDraft(orderID: id, reason: "Wrong"), till: "1", key: key, as: store.admin)
        default:
            let code = GiftCardCode(number: UInt64(step) + 10_000)
            _ = try await counter.looseReturns.take(
                LooseReturnDraft(
                    till: "1", lines: [.init(productID: product, quantity: 2)], reason: "No", name: "Ann",
                    code: code), key: key, as: store.admin)
            codes.append(code)
        }
    }

    @Test func whatIsWrongAboutACardIsFound() async throws {
        let store = try await TestStore()
        let counter = try store.counter()
        let code = GiftCardCode(number: 5)
        _ = try await counter.till.sell(
            SaleDraft(
                till: "1", lines: [], tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 500)],
                giftCards: [GiftCardSale(amountMinor: 500, code: code)]), key: IdempotencyKey.of("a"),
            as: store.admin)
        _ = try await counter.till.sell(
            SaleDraft(
                till: "1", lines: [SaleDraft.Line(productID: 1, quantity: 1)],
                tenders: [PaymentRequest(methodID: "gift-card", cardCode: code)]),
            key: IdempotencyKey.of("b"),
            as: store.admin)
        #expect(try await store.violations().isEmpty)
        for (wrong, right) in [
            (
                "UPDATE gift_card SET balance_minor = balance_minor + 1",
                "UPDATE gift_card SET balance_minor = balance_minor - 1"
            ),
            (
                "UPDATE gift_card_movement SET left_minor = left_minor + 1 WHERE kind = 'redeem'",
                "UPDATE gift_card_movement SET left_minor = left_minor - 1 WHERE kind = 'redeem'"
            ),
        ] {
            try store.tamper(wrong)
            #expect(try await store.violations().map(\.check) == [.cards], "\(wrong)")
            try store.tamper(right)
        }
        try store.tamper(
            "UPDATE gift_card_movement SET amount_minor = 600, left_minor = 600 WHERE kind = 'issue'")
        let checks = Set(try await store.violations().map(\.check))
        #expect(checks == [.payments, .cards])
    }

    @Test func aCodeIsKeptAsADigestAlone() async throws {
        let store = try await TestStore()
        let code = GiftCardCode(number: 987_654_321)
        _ = try await store.counter().till.sell(
            SaleDraft(
                till: "1", lines: [], tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 500)],
                giftCards: [GiftCardSale(amountMinor: 500, code: code)]), key: IdempotencyKey.of("a"),
            as: store.admin)
        let found = try await store.database.read { db in
            let tables = try String.fetchAll(
                db,
                sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'product_search%'"
            )
            return try tables.filter { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").contains { row in
                    row.contains { _, value in
                        String.fromDatabaseValue(value)?.contains(String(code.text.prefix(12))) == true
                    }
                }
            }
        }
        #expect(found == [])
    }

    private struct Walk: RandomNumberGenerator {
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

extension StoreError {
    fileprivate var isRefusal: Bool {
        switch self {
        case .paymentRefused, .wrongStatus, .notReturnable, .otherShift, .invalid, .insufficientStock: true
        case .notFound, .emailTaken, .wrongCredentials, .signInMustWait, .signInRequired, .notAllowed,
            .emptyOrder, .priceChanged, .keyReused, .keyBusy, .taken, .paymentStranded, .shiftOpen, .noShift,
            .shiftCounting, .countIsOff, .storage, .device, .unreachable, .outcomeUnknown, .perhapsPlaced,
            .approvalNeeded, .wrongPIN, .pinLocked, .pinTaken, .changedMeanwhile,
            .unsupported:
            false
        }
    }
}
