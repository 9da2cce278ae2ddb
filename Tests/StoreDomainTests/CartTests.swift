import StoreContracts
import StoreDomain
import Testing

@Suite("A cart holds what can be had and forgets nothing")
struct CartTests {
    private func line(_ id: Int64, price: Int64 = 100, stock: Stock = 10) -> CartLine {
        CartLine(
            productID: id, name: "Product \(id)", unitPriceMinor: price, knownStock: stock, quantity: 0)
    }

    private func product(_ id: Int64, price: Int64 = 100, stock: Stock = 10, archived: Bool = false)
        -> Product
    {
        Product(
            id: id, name: "Product \(id)", price: Money(minorUnits: price), stock: stock,
            isArchived: archived,
            createdAt: Timestamp(seconds: 0), updatedAt: Timestamp(seconds: 0))
    }

    /// `apply` where an expectation cannot change the cart itself.
    private func apply(_ change: CartChange, to cart: inout Cart) -> [CartNote] { cart.apply(change) }

    @Test("Adding, taking away and setting move the quantity; at zero the line goes")
    func quantities() {
        var cart = Cart()
        #expect(apply(.add(line(1), by: 3), to: &cart).isEmpty)
        cart.apply(.add(line(1), by: -1))
        #expect(cart.quantity(of: 1) == 2)
        cart.apply(.setQuantity(productID: 1, 7))
        #expect(cart.pieces == 7)
        #expect(apply(.add(line(1), by: -7), to: &cart) == [.removed(name: "Product 1")])
        #expect(cart.isEmpty)
        #expect(apply(.add(line(1), by: -1), to: &cart).isEmpty)
        #expect(cart.isEmpty)
    }

    @Test("What is not there is capped and said, never refused; no number is too big")
    func capped() {
        var cart = Cart()
        #expect(
            apply(.add(line(1, stock: 3), by: 5), to: &cart) == [.capped(name: "Product 1", available: 3)])
        #expect(
            apply(.add(line(1, stock: 3), by: .max), to: &cart) == [.capped(name: "Product 1", available: 3)])
        #expect(cart.quantity(of: 1) == 3)
        #expect(apply(.add(line(2, stock: 0), by: 1), to: &cart) == [.soldOut(name: "Product 2")])
        #expect(
            apply(.add(line(3, stock: 1_000_000), by: 10_000), to: &cart) == [
                .capped(name: "Product 3", available: 9_999)
            ])
        #expect(
            apply(.setQuantity(productID: 3, .max), to: &cart) == [
                .capped(name: "Product 3", available: 9_999)
            ])
        #expect(apply(.add(line(1), by: .min), to: &cart) == [.removed(name: "Product 1")])
        #expect(cart.lines.map(\.productID) == [3])
    }

    @Test("A cart has at most as many lines as an order")
    func full() {
        var cart = Cart()
        for id in 1...Int64(Order.maximumLines) { cart.apply(.add(line(id), by: 1)) }
        #expect(apply(.add(line(9_999), by: 1), to: &cart) == [.full])
        #expect(apply(.add(line(1), by: 1), to: &cart).isEmpty)
        #expect(cart.lines.count == Order.maximumLines)
    }

    @Test("The price stays what it was when the product was added, until a change is accepted")
    func prices() {
        var cart = Cart()
        cart.apply(.add(line(1, price: 100), by: 1))
        cart.apply(.add(line(1, price: 120), by: 1))
        #expect(cart.lines.map(\.unitPriceMinor) == [100])
        let found = CartDifference.find(in: cart, catalogue: [product(1, price: 120)])
        #expect(found.map { $0.words(currency: .usd) } == ["price now $1.20, was $1.00"])
        cart.apply(.accept(found))
        #expect(cart.lines.map(\.unitPriceMinor) == [120])
        #expect(CartDifference.find(in: cart, catalogue: [product(1, price: 120)]).isEmpty)
    }

    @Test("Comparing finds changed prices, too little stock, and what is gone; nothing else")
    func differences() {
        var cart = Cart()
        for id: Int64 in 1...6 { cart.apply(.add(line(id), by: 4)) }
        let found = CartDifference.find(
            in: cart,
            catalogue: [
                product(1), product(2, stock: 4), product(3, price: 90, stock: 2), product(4, stock: 0),
                product(5, archived: true),
            ])
        #expect(found.map(\.productID) == [3, 4, 5, 6])
        #expect(found[0].words(currency: .usd) == "price now $0.90, was $1.00; only 2 left")
        let notes = cart.apply(.accept(found))
        #expect(cart.lines.map(\.productID) == [1, 2, 3])
        #expect(cart.lines.map(\.quantity) == [4, 4, 2])
        #expect(notes == [4, 5, 6].map { .removed(name: "Product \($0)") })
    }

    @Test("A guest's cart joins the user's: added, capped, and one step of undo")
    func merge() {
        var cart = Cart()
        for _ in 0..<60 { cart.apply(.add(line(1, stock: 99), by: 1)) }
        var guest = Cart()
        guest.apply(.add(line(1, price: 150, stock: 61), by: 5))
        guest.apply(.add(line(2), by: 2))
        guest.apply(.setDiscountCode(" SAVE10 "))
        let notes = cart.merge(guest)
        #expect(notes == [.capped(name: "Product 1", available: 61)])
        #expect(cart.lines.map(\.quantity) == [61, 2])
        #expect(cart.lines.map(\.unitPriceMinor) == [100, 100])
        #expect(cart.discountCode == "SAVE10")
        #expect(cart.undoSteps.count == Cart.undoDepth)
        cart.undo()
        #expect(cart.lines.map(\.quantity) == [60])
        #expect(cart.discountCode == nil)
    }

    @Test("What was bought leaves; what was added meanwhile stays; undo brings nothing back")
    func takeOut() throws {
        var cart = Cart()
        cart.apply(.add(line(1), by: 3))
        cart.apply(.add(line(2), by: 1))
        cart.apply(.setDiscountCode("SAVE10"))
        let draft = try cart.orderDraft()
        cart.apply(.add(line(1), by: 2))
        cart.apply(.add(line(3), by: 1))
        cart.takeOut(draft)
        #expect(cart.lines.map(\.productID) == [1, 3])
        #expect(cart.lines.map(\.quantity) == [2, 1])
        #expect(cart.discountCode == nil && !cart.canUndo)
    }

    @Test(
        "After any changes every line can be ordered, and undo retraces every step",
        arguments: [0x4361_7274] as [UInt64])
    func storm(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<300 {
            var cart = Cart()
            var states: [Cart] = [cart]
            for _ in 0..<40 {
                let id = Int64.random(in: 1...6, using: &random)
                let fresh = line(
                    id, price: .random(in: 0...500, using: &random),
                    stock: .counted(.random(in: 0...12, using: &random)))
                let changes: [CartChange] = [
                    .add(fresh, by: .random(in: -4...8, using: &random)),
                    .setQuantity(productID: id, .random(in: -1...20, using: &random)),
                    .setDiscountCode(Bool.random(using: &random) ? "SAVE10" : nil),
                    .accept(
                        CartDifference.find(
                            in: cart,
                            catalogue: [
                                product(id, price: 7, stock: .counted(.random(in: 0...3, using: &random)))
                            ])),
                    .clear,
                ]
                let before = cart
                cart.apply(changes[[0, 0, 0, 0, 1, 1, 2, 3, 4].randomElement(using: &random) ?? 0])
                if (cart.lines, cart.discountCode) != (before.lines, before.discountCode) {
                    states.append(cart)
                } else {
                    #expect(cart == before)
                }
                #expect(cart.lines.allSatisfy { Quantity.range.contains($0.quantity) })
                #expect(Set(cart.lines.map(\.productID)).count == cart.lines.count)
            }
            for state in states.dropLast().reversed() {
                let undone = cart.undo()
                #expect(undone)
                #expect((cart.lines, cart.discountCode) == (state.lines, state.discountCode))
            }
            let wentFurther = cart.undo()
            #expect(!wentFurther)
        }
    }
}
