import StoreDomain

/// The demo shop's products by number, from 0: first every good once, then variants of them.
struct DemoProducts {
    struct Item {
        let name: String
        let description: String
        let price: Money
        /// What is left now.
        let stock: Stock
        let categoryIndex: Int
        let sku: String
        let barcode: String
    }

    let categories: [DemoCatalog.Category]
    /// Goods of all categories.
    private let goods: Int

    init(currency: Currency) {
        categories = DemoCatalog.categories(currency: currency)
        goods = categories.reduce(0) { $0 + $1.goods.count }
    }

    /// Depends on nothing but the number and the generator's state.
    func item(_ number: Int, random: inout DemoRandom) -> Item {
        let categoryIndex = number % categories.count
        let category = categories[categoryIndex]
        let good = category.goods[number % goods / categories.count]
        let variant = number / goods
        // Every product takes its turn at the generator, so that those after it stay what they are.
        let remark = random.pick(Self.remarks)
        let pieces = stock(&random)
        return Item(
            name: variant == 0 ? good.name : "\(good.name) – \(Self.edition(variant - 1))",
            description: "\(good.description) \(good.isTracked ? remark : "")".trimmedText,
            price: Money(
                minorUnits: good.price.minorUnits + Int64(variant % 12 * 50), currency: good.price.currency),
            stock: good.isTracked ? .counted(pieces) : .untracked,
            categoryIndex: categoryIndex,
            sku: "\(category.code)-\(Self.digits(number / categories.count + 1, 4))",
            barcode: Self.barcode(number))
    }

    private func stock(_ random: inout DemoRandom) -> Int {
        switch random.below(100) {
        case ..<6: 0
        case ..<18: 1 + random.below(5)
        default: 6 + random.below(140)
        }
    }

    /// An EAN-13 of the range that shops number their own goods from.
    private static func barcode(_ number: Int) -> String {
        let digits = "20" + digits(number + 1, 10)
        return digits + String(GTIN.checkDigit(of: digits))
    }

    private static func digits(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// 24 × 24 × 9 of them, all different.
    private static func edition(_ variant: Int) -> String {
        let colour = colours[variant % colours.count]
        let place = places[variant / colours.count % places.count]
        return "\(colour) \(place) no. \(variant / (colours.count * places.count) + 1)"
    }

    private static let remarks = [
        "Made in small series.", "Packed without plastic.", "One of our best sellers.",
        "Chosen by us, used by us.", "Back after a long wait.", "A present that gets used.",
        "From a family workshop.", "Ships within two days.",
    ]
    private static let colours = [
        "Moss", "Ivory", "Slate", "Rust", "Indigo", "Ochre", "Sage", "Plum", "Sand", "Coral", "Teal", "Ash",
        "Amber", "Navy", "Rosé", "Olive", "Pearl", "Copper", "Mint", "Cherry", "Graphite", "Honey", "Lilac",
        "Snow",
    ]
    private static let places = [
        "Harbour", "Meadow", "Orchard", "Quarry", "Island", "Valley", "Forest", "Lagoon", "Summit", "Prairie",
        "Canal", "Château", "Market", "Mill", "Garden", "Cove", "Bridge", "Moor", "Terrace", "Fjord",
        "Vineyard", "Lighthouse", "Plaza", "Spring",
    ]
}
