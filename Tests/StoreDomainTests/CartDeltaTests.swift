import StoreDomain
import Testing

@Suite struct CartDeltaTests {
    private func line(_ id: Int64, price: Int64 = 100) -> CartLine {
        CartLine(
            productID: id, name: "Product \(id)", unitPriceMinor: price, knownStock: .untracked, quantity: 0)
    }

    @Test func whatWasAddedRemovedRepricedAndTheCode() {
        var old = Cart()
        old.apply(.add(line(1), by: 2))
        old.apply(.add(line(2), by: 3))
        old.apply(.add(line(3), by: 1))
        var new = old
        new.apply(.add(line(1), by: 3))
        new.apply(.setQuantity(CartLine.ID(2), 1))
        new.apply(.setQuantity(CartLine.ID(3), 0))
        new.apply(.add(line(4), by: 1))
        new.apply(.setDiscountCode("SAVE10"))
        #expect(
            CartDelta(from: old, to: new).parts == [
                .added(name: "Product 1", pieces: 3), .removed(name: "Product 2", pieces: 2),
                .added(name: "Product 4", pieces: 1), .removed(name: "Product 3", pieces: 1), .code("SAVE10"),
            ])
        #expect(CartDelta(from: new, to: old).parts.contains(.codeRemoved("SAVE10")))
        #expect(CartDelta(from: old, to: old).parts.isEmpty)
    }

    @Test func aNewPriceAlone() {
        let old = Cart(lines: [
            CartLine(productID: 1, name: "A", unitPriceMinor: 1, knownStock: 9, quantity: 2)
        ])
        let new = Cart(lines: [
            CartLine(productID: 1, name: "A", unitPriceMinor: 2, knownStock: 9, quantity: 2)
        ])
        #expect(CartDelta(from: old, to: new).parts == [.repriced(name: "A")])
    }
}
