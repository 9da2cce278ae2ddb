import Foundation
import StoreContracts
import StoreDomain
import Testing

@Suite struct StockTests {
    @Test func whatNobodyCountsIsNeverSoldOut() {
        let policy = ShopPolicy(lowStock: 5)
        #expect(Stock.untracked.covers(.max) && !Stock.untracked.isSoldOut)
        #expect(Stock.untracked.count == nil && Stock.untracked.sellable == 9_999)
        #expect(StockLevel(.untracked, policy: policy) == .untracked)
        #expect(Stock.counted(0).isSoldOut && !Stock.counted(1).isSoldOut)
        #expect(Stock.counted(3).covers(3) && !Stock.counted(3).covers(4))
        #expect(StockLevel(0, policy: policy) == .out && StockLevel(5, policy: policy) == .low(5))
        #expect(StockLevel(6, policy: policy) == .plenty(6))
    }

    @Test(arguments: [
        (Stock.counted(7), Stock.untracked, -7), (.untracked, 4, 4), (.untracked, .untracked, 0), (3, 5, 2),
        (0, .untracked, 0), (.untracked, 0, 0),
    ])
    func theBooksFollow(from: Stock, to: Stock, correction: Int) {
        #expect(from.correction(to: to) == correction)
        // Booked while it is counted: before counting ends, or after it begins.
        let booked =
            from.isTracked
            ? from.moved(by: correction).counted(like: to) : from.counted(like: to).moved(by: correction)
        #expect(booked == to)
    }

    /// What carts and sessions of earlier builds kept was a number.
    @Test func isKeptAsANumberOrAWord() throws {
        let kept = Data(#"[5,"untracked",0]"#.utf8)
        let stocks = try JSONDecoder().decode([Stock].self, from: kept)
        #expect(stocks == [5, .untracked, 0])
        #expect(try JSONEncoder().encode(stocks) == kept)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Stock].self, from: Data(#"["many"]"#.utf8))
        }
    }

    /// A line that nobody counts takes as many as a line can, and nothing about it is ever to be accepted.
    @Test func aCartIsNotCappedByWhatNobodyCounts() {
        let wrap = Product(
            id: 1, name: "Wrap", price: Money(minorUnits: 200), stock: .untracked,
            createdAt: Timestamp(seconds: 0), updatedAt: Timestamp(seconds: 0))
        var cart = Cart()
        #expect(cart.apply(.add(CartLine(wrap, quantity: 0), by: 9_000)).isEmpty)
        #expect(cart.apply(.setQuantity(productID: 1, 9_999)).isEmpty)
        #expect(cart.pieces == 9_999)
        #expect(CartDifference.find(in: cart, catalogue: [wrap]).isEmpty)
    }
}
