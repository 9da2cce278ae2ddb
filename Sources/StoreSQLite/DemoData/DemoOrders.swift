import StoreDomain

/// The demo shop's sales of the last 90 days, oldest first.
struct DemoOrders {
    struct Sale {
        let placedAt: Timestamp
        let status: OrderStatus
        /// Product numbers, from 0, each once, and how many.
        let lines: [(product: Int, quantity: Int)]
        let discountCode: String?
        /// Who bought and how: which of the accounts, and what the payment was.
        let buyer: Buyer
        let tender: Tender
        /// Of a partial refund: the line of which one piece came back.
        let returnedLine: Int
    }

    enum Buyer: CaseIterable { case customer, staff, admin }
    enum Tender: CaseIterable { case cash, card, demoCard }

    static let count = 300
    private static let days = 90

    let sales: [Sale]

    /// - Parameter products: how many products there are to sell.
    init(products: Int, isDemo: Bool, now: Timestamp, random: inout DemoRandom) {
        let choice = min(products, 240)
        guard choice > 0 else {
            sales = []
            return
        }
        var times = (0..<Self.count - 4).map { _ in
            // Between nine and nineteen o'clock UTC of one of the days.
            let day = 1 + random.below(Self.days)
            let dayStart = now.milliseconds / 86_400_000 * 86_400 - Int64(day) * 86_400
            return Timestamp(seconds: dayStart + Int64(9 * 3600 + random.below(10 * 3600)))
        }
        // The last few wait to be paid; older ones would be cancelled.
        times += (0..<4).map { now.advanced(bySeconds: -Int64(60 * (7 + 11 * $0))) }
        times.sort()
        sales = times.enumerated().map { index, time in
            Self.sale(
                at: time, isWaiting: index >= Self.count - 4, isDemo: isDemo, choice: choice, random: &random)
        }
    }

    private static func sale(
        at time: Timestamp, isWaiting: Bool, isDemo: Bool, choice: Int, random: inout DemoRandom
    ) -> Sale {
        var quantities: [Int: Int] = [:]
        for _ in 0...random.below(4) { quantities[random.below(choice)] = 1 + random.below(3) }
        let roll = random.below(100)
        // Of a single piece no part can come back.
        let isDivisible = quantities.values.reduce(0, +) > 1
        let status: OrderStatus =
            isWaiting
            ? .pending
            : roll < 82
                ? .paid
                : roll < 92 ? .cancelled : roll < 97 || !isDivisible ? .refunded : .partiallyRefunded
        let buyers: [Buyer] = [.customer, .customer, .customer, .customer, .staff, .admin]
        return Sale(
            placedAt: time, status: status,
            lines: quantities.sorted { $0.key < $1.key }.map { (product: $0.key, quantity: $0.value) },
            discountCode: random.chance(15) ? random.pick(["SAVE10", "SAVE20", "FLAT5"]) : nil,
            buyer: random.pick(buyers),
            tender: random.pick(isDemo ? Tender.allCases : [.cash, .card]),
            returnedLine: random.below(60) % quantities.count)
    }

    /// How many of each product the sales took for good.
    var sold: [Int: Int] {
        var sold: [Int: Int] = [:]
        for sale in sales where sale.status.keepsItsGoods {
            for line in sale.lines { sold[line.product, default: 0] += line.quantity }
        }
        return sold
    }
}

extension OrderStatus {
    /// Whether the goods are gone for good; else they are back in stock. A piece of a partial refund is not sold
    /// again.
    var keepsItsGoods: Bool {
        switch self {
        case .pending, .paid, .partiallyRefunded: true
        case .cancelled, .refunded: false
        }
    }
}
