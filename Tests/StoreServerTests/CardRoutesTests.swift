import StoreDomain
import StoreWire
import Testing

/// Gift cards, store credit and goods without a receipt, as JSON.
@Suite struct CardRoutesTests {
    private let code = GiftCardCode(number: 4_711)

    @Test func aGiftCardIsSoldShownAndUsed() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            _ = try await admin.product("Mug", price: "10.00")
            let sale: JSON = [
                "till": "1", "gift_cards": [["amount": 50, "code": .string(code.printed)]],
                "tenders": [["method": "cash", "given": 50]],
            ]
            let sold = try await admin.call(.sell, [], sale, key: "s")
            #expect(sold.status == 201 && sold["order.total"] == "0.00", "\(sold.text)")
            #expect(sold["order.gift_cards.0.code"] == code.printed)
            #expect(try await admin.call(.sell, [], sale, key: "s").text == sold.text)
            let seen = try await admin.call(.order, id: 1)
            #expect(
                seen["order.gift_cards.0.last_four"] == code.lastFour && !seen.text.contains(code.printed))
            let balance = try await admin.call(.giftCardBalance, [], ["code": .string(code.text)])
            #expect(balance["gift_card.balance"] == "50.00")
            let paid = try await admin.call(
                .sell, [],
                [
                    "till": "1", "lines": [["product_id": 1]],
                    "tenders": [["method": "gift-card", "card_code": .string(code.text)]],
                ])
            #expect(paid["order.tenders.0.card.left"] == "39.15", "\(paid.text)")
            let history = try await admin.call(.giftCard, id: 1)
            #expect(history["history.movements.1.left"] == "39.15")
            let list = try await admin.call(.giftCards, [("with_balance", "true"), ("text", code.lastFour)])
            #expect(list["gift_cards.0.balance"] == "39.15" && !list.text.contains(code.text))
        }
    }

    @Test func whatIsWrongIsSaidInItsOwnWords() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            _ = try await admin.product("Mug", price: "10.00")
            func pay(_ tender: JSON) async throws -> Client.Reply {
                try await admin.call(
                    .sell, [], ["till": "1", "lines": [["product_id": 1]], "tenders": [tender]])
            }
            let unknown = try await pay(["method": "gift-card", "card_code": .string(code.text)])
            #expect(unknown["code"] == "payment_refused" && unknown["params.why"] == "card_unknown")
            #expect(try await pay(["method": "gift-card"])["params.why"] == "card_code_missing")
            #expect(try await pay(["method": "store-credit"])["params.why"] == "no_credit")
            #expect(try await pay(["method": "gift-card", "card_code": "ABC"]).status == 400)
            let none = try await admin.call(.giftCard, id: 9)
            #expect(none.status == 404 && none["params.what"] == "gift_card")
            #expect(try await admin.call(.storeCredit, id: 1).text == #"{"gift_card":null}"#)
        }
    }

    @Test func goodsWithoutAReceipt() async throws {
        try await TestServer().run { anyone in
            let admin = try await anyone.registered("ada@example.com")
            _ = try await admin.product("Mug", price: "10.00")
            let worth = try await admin.call(.priceReturn, [], ["lines": [["product_id": 1, "quantity": 2]]])
            #expect(worth["figures.amount"] == "21.70", "\(worth.text)")
            let draft: JSON = [
                "till": "1", "lines": [["product_id": 1, "quantity": 2]], "reason": "A present",
                "name": "Ann",
                "code": .string(code.text), "agreed": .number("21.70"),
            ]
            let taken = try await admin.call(.takeReturn, [], draft, key: "r")
            #expect(taken.status == 201 && taken["return.number"] == "F1-000001", "\(taken.text)")
            #expect(taken["return.code"] == code.printed && taken["return.card.balance"] == "21.70")
            #expect(try await admin.call(.takeReturn, [], draft, key: "r").text == taken.text)
            let found = try await admin.call(.findReturn, at: "F1-000001")
            #expect(found["return.name"] == "Ann" && !found.text.contains(code.printed))
            let issued = try await admin.call(
                .issueGiftCard, [],
                ["amount": 5, "code": .string(GiftCardCode(number: 2).text), "reason": "Sorry"])
            #expect(issued.status == 201 && issued["gift_card.id"] == "2")
            let gone = try await admin.call(.expireGiftCards, [], ["card_id": 2, "reason": "Lost"])
            #expect(gone["gift_cards.0.balance"] == "0.00")
        }
    }
}
