import StoreDomain
import Testing

/// What `CartService` promises.
public enum CartContract {
    public static let cases = [
        ContractCase("A cart starts empty and keeps every change; owners do not share") { shop in
            let cart = shop.services.cart
            #expect(try await cart.cart(of: .guest) == Cart())
            let (changed, notes) = try await cart.apply(.add(line(1), by: 2), to: .user(7))
            #expect(changed.quantity(of: 1) == 2 && notes.isEmpty && changed.canUndo)
            #expect(try await cart.cart(of: .user(7)) == changed)
            #expect(try await cart.cart(of: .guest) == Cart())
            #expect(try await cart.cart(of: .user(8)) == Cart())
            let (coded, _) = try await cart.apply(.setDiscountCode("save10"), to: .user(7))
            #expect(coded.discountCode == "save10")
            #expect(try await cart.cart(of: .user(7)) == coded)
        },
        ContractCase("What whoever sells sets by hand is kept, and undone step by step") { shop in
            let cart = shop.services.cart
            let id = CartLine.ID(1)
            let price = Money(minorUnits: 1, currency: .usd)
            let changes: [CartChange] = [
                .add(line(1), by: 2), .setOverride(id, try PriceOverride(price: price, reason: "scratched")),
                .setLineDiscount(id, .amount(price)),
                .setTerms(
                    SaleTerms(note: "five", tenders: [PaymentRequest(methodID: "cash", amountMinor: 5)])),
            ]
            var states = [try await cart.cart(of: .guest)]
            for change in changes { states.append(try await cart.apply(change, to: .guest).0) }
            #expect(try await cart.cart(of: .guest) == states.last)
            for state in states.dropLast().reversed() {
                let undone = try await cart.undo(.guest)
                #expect(undone.lines == state.lines && undone.terms == state.terms)
            }
            for state in states.dropFirst() {
                let again = try await cart.redo(.guest)
                #expect(again.lines == state.lines && again.terms == state.terms)
            }
            #expect(try await cart.apply(.clear, to: .guest).0.terms == SaleTerms())
        },
        ContractCase("What cannot be had is capped and noted") { shop in
            let (capped, notes) = try await shop.services.cart.apply(
                .add(line(1, stock: 3), by: 5), to: .guest)
            #expect(capped.quantity(of: 1) == 3)
            #expect(notes == [.capped(name: "Product 1", available: 3)])
        },
        ContractCase("Undo goes back step by step, 50 at most, and no further") { shop in
            let cart = shop.services.cart
            var states = [try await cart.cart(of: .guest)]
            for count in 1...60 {
                states.append(
                    try await cart.apply(.add(line(Int64(1 + count % 3)), by: 1), to: .guest).0)
            }
            for step in 1...Cart.undoDepth {
                let undone = try await cart.undo(.guest)
                #expect(undone.lines == states[60 - step].lines)
                #expect(try await cart.cart(of: .guest) == undone)
            }
            let last = try await cart.undo(.guest)
            #expect(last.lines == states[10].lines && !last.canUndo)
            let again = try await cart.apply(.clear, to: .guest).0
            #expect(again.isEmpty)
            #expect(try await cart.undo(.guest).lines == states[10].lines)
        },
        ContractCase("What is handed over does not come back by undo or redo") { shop in
            let cart = shop.services.cart
            for id in 1...3 { _ = try await cart.apply(.add(line(Int64(id)), by: id), to: .guest) }
            _ = try await cart.undo(.guest)
            let (empty, _) = try await cart.apply(.handOver, to: .guest)
            #expect(empty.isEmpty && !empty.canUndo && !empty.canRedo)
            #expect(try await cart.undo(.guest).isEmpty)
            #expect(try await cart.redo(.guest).isEmpty)
            let next = try await cart.apply(.add(line(1), by: 1), to: .guest).0
            #expect(try await cart.undo(.guest).isEmpty && next.pieces == 1)
        },
        ContractCase("Several changes at once come to the same as one by one, each with its undo") { shop in
            let cart = shop.services.cart
            let changes: [CartChange] = [
                .add(line(1, stock: 3), by: 2), .add(line(1, stock: 3), by: 1), .add(line(2), by: 4),
                .add(line(1, stock: 3), by: -1), .setDiscountCode("SAVE10"), .remove([CartLine.ID(2)]),
                .add(line(1, stock: 3), by: 9),
            ]
            var notes: [CartNote] = []
            for change in changes { notes = try await cart.apply(change, to: .user(7)).1 }
            let (together, lastNotes) = try await cart.apply(changes, to: .user(8))
            #expect(together == (try await cart.cart(of: .user(7))))
            #expect(lastNotes == notes && notes == [.capped(name: "Product 1", available: 3)])
            while try await cart.cart(of: .user(7)).canUndo {
                let (one, other) = (try await cart.undo(.user(7)), try await cart.undo(.user(8)))
                #expect(one == other)
            }
            #expect(try await !cart.cart(of: .user(8)).canUndo)
        },
        ContractCase("Redo makes again what undo took back, until the next change") { shop in
            let cart = shop.services.cart
            var states = [try await cart.cart(of: .guest)]
            for id in 1...4 {
                states.append(try await cart.apply(.add(line(Int64(id)), by: id), to: .guest).0)
            }
            for step in 1...3 { #expect(try await cart.undo(.guest).lines == states[4 - step].lines) }
            for step in 2...3 { #expect(try await cart.redo(.guest).lines == states[step].lines) }
            #expect(try await cart.undo(.guest).lines == states[2].lines)
            let redone = try await cart.redo(.guest)
            #expect(redone.lines == states[3].lines && redone.canRedo && redone.canUndo)
            #expect(try await cart.cart(of: .guest) == redone)
            let changed = try await cart.apply(.setDiscountCode("SAVE10"), to: .guest).0
            #expect(!changed.canRedo)
            #expect(try await cart.redo(.guest) == changed)
            let last = try await cart.undo(.guest)
            #expect(last.lines == states[3].lines && last.discountCode == nil)
            #expect(try await cart.redo(.guest).discountCode == "SAVE10")
        },
        ContractCase("Several lines leave in one step, which undo takes back and redo makes again") { shop in
            let cart = shop.services.cart
            for id in 1...4 { _ = try await cart.apply(.add(line(Int64(id)), by: id), to: .guest) }
            let before = try await cart.cart(of: .guest)
            let ids = [CartLine.ID(2), CartLine.ID(4), CartLine.ID(9)]
            let (after, notes) = try await cart.apply(.remove(ids), to: .guest)
            #expect(after.lines.map(\.productID) == [1, 3])
            #expect(notes == [.removed(name: "Product 2"), .removed(name: "Product 4")])
            #expect(try await cart.cart(of: .guest) == after)
            #expect(try await cart.undo(.guest).lines == before.lines)
            #expect(try await cart.redo(.guest).lines == after.lines)
            #expect(try await cart.cart(of: .guest).lines == after.lines)
            let unchanged = try await cart.apply(.remove([CartLine.ID(9)]), to: .guest).0
            #expect(unchanged.undoSteps == after.undoSteps)
        },
        ContractCase("A session that opens its basket again has it as it is") { shop in
            let cart = shop.services.cart
            #expect(try await cart.open(for: .user(7)) == OpenedBasket(cart: Cart()))
            let filled = try await cart.apply(.add(line(1), by: 2), to: .user(7)).0
            #expect(try await cart.open(for: .user(7)) == OpenedBasket(cart: filled))
            #expect(try await cart.leftBehind(by: .user(7)).isEmpty)
        },
        ContractCase("A change that changes nothing is no step of undo") { shop in
            let cart = shop.services.cart
            let first = try await cart.apply(.add(line(1), by: 1), to: .guest).0
            #expect(try await cart.apply(.setQuantity(CartLine.ID(1), 1), to: .guest).0 == first)
            #expect(try await cart.apply(.setQuantity(CartLine.ID(9), 4), to: .guest).0 == first)
            let undone = try await cart.undo(.guest)
            #expect(undone.isEmpty && !undone.canUndo)
        },
        ContractCase("Changes at once are all made") { shop in
            let cart = shop.services.cart
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<32 {
                    group.addTask { _ = try await cart.apply(.add(line(1), by: 1), to: .user(1)) }
                }
                try await group.waitForAll()
            }
            let result = try await cart.cart(of: .user(1))
            #expect(result.quantity(of: 1) == 32)
            #expect(result.undoSteps.count == 32)
        },
        ContractCase("A guest's cart becomes the user's, capped by stock, and is empty then") { shop in
            let cart = shop.services.cart
            _ = try await cart.apply(.add(line(1, stock: 5), by: 3), to: .user(7))
            _ = try await cart.apply(.add(line(1, stock: 5), by: 4), to: .guest)
            _ = try await cart.apply(.add(line(2), by: 1), to: .guest)
            _ = try await cart.apply(.setDiscountCode("SAVE10"), to: .guest)
            let (opened, notes) = try await cart.adopt(guestCartFor: 7)
            let adopted = opened.cart
            #expect(opened.joined == 5 && opened.leftBehind == 0)
            #expect(adopted.lines.map(\.productID) == [1, 2])
            #expect(adopted.lines.map(\.quantity) == [5, 1])
            #expect(adopted.discountCode == "SAVE10")
            #expect(notes == [.capped(name: "Product 1", available: 5)])
            #expect(try await cart.cart(of: .guest) == Cart())
            #expect(try await cart.cart(of: .user(7)) == adopted)
            #expect(try await cart.adopt(guestCartFor: 7).0.cart == adopted)
            #expect(try await cart.undo(.user(7)).lines.map(\.quantity) == [3])
        },
        ContractCase("A checkout under way is kept until it is finished") { shop in
            let cart = shop.services.cart
            let owner = CartOwner.user(7)
            #expect(try await cart.checkout(of: owner) == nil)
            _ = try await cart.apply(.add(line(1), by: 3), to: owner)
            _ = try await cart.apply(.add(line(2), by: 2), to: owner)
            let draft = try await cart.apply(.setDiscountCode("SAVE10"), to: owner).0.orderDraft()
            var checkout = PendingCheckout(orderKey: try shop.key("a"), draft: draft)
            try await cart.save(checkout, for: owner)
            #expect(try await cart.checkout(of: owner) == checkout)
            checkout.orderID = 12
            checkout.paymentKey = "p"
            checkout.payment = PaymentRequest(methodID: "cash", tenderedMinor: 5000)
            try await cart.save(checkout, for: owner)
            #expect(try await cart.checkout(of: owner) == checkout)
            #expect(try await cart.checkout(of: .user(8)) == nil)

            _ = try await cart.apply(.add(line(1), by: 1), to: owner)
            _ = try await cart.apply(.add(line(3), by: 1), to: owner)
            let rest = try await cart.finishCheckout(of: owner, keepingCart: false)
            #expect(rest.lines.map(\.productID) == [1, 3])
            #expect(rest.lines.map(\.quantity) == [1, 1])
            #expect(rest.discountCode == nil && !rest.canUndo)
            #expect(try await cart.checkout(of: owner) == nil)
            #expect(try await cart.cart(of: owner) == rest)
            #expect(try await cart.finishCheckout(of: owner, keepingCart: false) == rest)
        },
        ContractCase("A checkout given up leaves the cart as it is") { shop in
            let cart = shop.services.cart
            let owner = CartOwner.user(7)
            let filled = try await cart.apply(.add(line(1), by: 3), to: owner).0
            try await cart.save(
                PendingCheckout(orderKey: try shop.key("a"), draft: try filled.orderDraft()), for: owner)
            #expect(try await cart.finishCheckout(of: owner, keepingCart: true) == filled)
            #expect(try await cart.checkout(of: owner) == nil)
        },
    ]

    private static func line(_ id: Int64, stock: Stock = 1000) -> CartLine {
        CartLine(
            productID: id, name: "Product \(id)", sku: "SKU-\(id)", unitPriceMinor: 100 * id,
            knownStock: stock,
            quantity: 0)
    }
}
