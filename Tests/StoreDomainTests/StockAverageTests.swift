import StoreDomain
import Testing

/// What goods cost by moving average: the published figures, and whatever happens to a stock against a plain reckoning.
@Suite struct StockAverageTests {
    @Test func twoDeliveriesMakeAnAverage() {
        var stock = CostedStock(count: 0)
        #expect(stock.move(10, cost: 4_000) == 4_000)
        #expect(stock.move(20, cost: 8_600) == 8_600)
        #expect(stock.average?.unitCost == 420 && stock.value == 12_600 && stock.count == 30)
        // A sale takes its share, and the average stays.
        #expect(stock.move(-7) == 2_940)
        #expect(stock.average?.unitCost == 420 && stock.value == 9_660)
    }

    @Test func whereNothingIsThereTheNewCostCounts() {
        var stock = CostedStock(count: 0)
        stock.move(2, cost: 800)
        // Below zero, pieces cost what the average was last.
        #expect(stock.move(-5) == 2_000)
        #expect(stock.count == -3 && stock.value == 0 && stock.average?.unitCost == 400)
        stock.move(10, cost: 5_000)
        #expect(stock.count == 7 && stock.average?.unitCost == 500 && stock.value == 3_500)
        // Of goods of which nobody knows the cost, too.
        var old = CostedStock(count: 4)
        #expect(old.value == nil && old.move(-1) == nil)
        old.move(6, cost: 2_400)
        #expect(old.count == 9 && old.average?.unitCost == 400 && old.value == 3_600)
    }

    @Test func theLastPieceTakesWhatIsLeft() {
        var stock = CostedStock(count: 0)
        stock.move(3, cost: 1_000)
        #expect(stock.move(-1) == 333)
        #expect(stock.move(-1) == 334)
        #expect(stock.move(-1) == 333)
        #expect(stock.value == 0 && stock.count == 0)
    }

    @Test func whatComesWithoutACostComesAtTheAverage() {
        var stock = CostedStock(count: 0)
        stock.move(10, cost: 4_200)
        #expect(stock.move(5) == 2_100)
        #expect(stock.average?.unitCost == 420 && stock.value == 6_300)
        // Without an average it is as unknown as before.
        var unknown = CostedStock(count: 0)
        #expect(unknown.move(5) == nil && unknown.average == nil && unknown.value == nil)
    }

    @Test func aReturnBringsBackWhatWentOut() throws {
        let order: Int64 = 7
        let held = SoldGoods(
            sold: GoodsCost(pieces: 3, cost: 1_000), held: GoodsCost(pieces: 3, cost: 1_000))
        let books = [Int64(1): CostBook(count: 10, average: StockAverage(pieces: 10, value: 5_000))]
        let movements = (0..<3).map { _ in
            NewMovement(
                productID: 1, kind: .return, quantity: 1, order: .standing(order), reason: "x",
                isOfRefund: true)
        }
        let (priced, averages) = Costing.priced(
            movements, books: books, goods: [order: [1: held]], currency: .usd)
        #expect(priced.map { $0.cost?.minorUnits } == [333, 334, 333])
        #expect(priced.map { $0.unitCost?.minorUnits } == [333, 334, 333])
        #expect(averages[1] == StockAverage(pieces: 13, value: 6_000))
        // Where nobody knows what they cost, the stock takes them at its average and the refund says nothing.
        let unknown = SoldGoods(sold: GoodsCost(pieces: 3, cost: nil), held: GoodsCost(pieces: 3, cost: nil))
        let (silent, kept) = Costing.priced(
            movements, books: books, goods: [order: [1: unknown]], currency: .usd)
        #expect(silent.allSatisfy { $0.cost == nil && $0.unitCost == nil })
        #expect(kept[1] == StockAverage(pieces: 13, value: 6_500))
    }

    @Test func whatWaitedIsTakenInFirst() {
        let book = CostBook(
            count: 12, average: StockAverage(pieces: 10, value: 4_000),
            pending: [.init(quantity: -3, cost: nil), .init(quantity: 5, cost: 3_000)])
        #expect(book.stock == CostedStock(count: 12, average: StockAverage(pieces: 12, value: 5_800)))
    }

    @Test func theMostOfEverythingIsNoTrap() {
        var stock = CostedStock(count: 0)
        stock.move(Product.maximumStock, cost: StockAverage.maximumValue)
        #expect(stock.move(Product.maximumStock, cost: StockAverage.maximumValue) != nil)
        #expect(stock.value == StockAverage.maximumValue)
        #expect(stock.move(-Product.maximumStock) != nil)
    }

    /// A fraction of whole numbers, as it is learned at school.
    private struct Plain {
        var count: Int128 = 0
        var pieces: Int128?
        var value: Int128 = 0

        private func rounded(_ numerator: Int128, _ denominator: Int128) -> Int128 {
            var quotient = numerator / denominator
            if (numerator % denominator) * 2 >= denominator { quotient += 1 }
            return quotient
        }

        mutating func move(_ quantity: Int128, cost: Int128?) -> Int128? {
            let before = count
            count += quantity
            if quantity < 0 {
                guard let pieces else { return nil }
                let taken = rounded(value * -quantity, pieces)
                if count > 0 {
                    self.pieces = count
                    value = max(0, value - taken)
                }
                return taken
            }
            let own = cost ?? pieces.map { rounded(value * quantity, $0) }
            guard let own else { return nil }
            if before > 0, pieces != nil {
                pieces = count
                value += own
            } else if cost == nil, let known = pieces {
                if count > 0 {
                    value = rounded(value * count, known)
                    pieces = count
                }
            } else if count > 0 {
                value = rounded(own * count, quantity)
                pieces = count
            } else {
                value = own
                pieces = quantity
            }
            return own
        }
    }

    /// Any sequence of deliveries, sales, returns, counts and losses: as the plain reckoning, with nothing lost in between.
    @Test(arguments: 0..<40 as Range<UInt64>) func anythingThatHappens(seed: UInt64) {
        var state = seed &* 77_777 &+ 1
        func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(sides))
        }
        let first = roll(4) * 3
        var stock = CostedStock(count: first)
        var plain = Plain(count: Int128(first))
        // Since the average is known and the stock never ran out, what came in is what went out and what is left.
        var balance: Int64?
        for _ in 0..<200 {
            let quantity: Int
            var cost: Int64?
            switch roll(6) {
            case 0, 1:
                quantity = 1 + roll(30)
                cost = roll(3) == 0 ? nil : Int64(roll(100_000))
            case 2:
                quantity = 1 + roll(3)
                cost = stock.average.map { $0.cost(of: quantity) + Int64(roll(3)) }
            case 3: quantity = roll(2) == 0 ? 1 + roll(4) : -1 - roll(4)
            default: quantity = -1 - roll(12)
            }
            let before = stock
            let moved = stock.move(quantity, cost: cost)
            let expected = plain.move(Int128(quantity), cost: cost.map { Int128($0) })
            #expect(moved.map { Int128($0) } == expected)
            #expect(stock.count == Int(plain.count))
            #expect(stock.average.map { Int128($0.pieces) } == plain.pieces)
            #expect(stock.average.map { Int128($0.value) } == plain.pieces.map { _ in plain.value })
            if stock.count > 0, let average = stock.average { #expect(average.pieces == stock.count) }
            if before.count > 0, before.average != nil, stock.count > 0, let moved, let known = balance {
                balance = known + (quantity > 0 ? moved : -moved)
                #expect(stock.value == balance)
            } else {
                balance = stock.count > 0 ? stock.value : nil
            }
        }
    }
}
