import StoreDomain

/// What the demo shop sells: ten categories of goods that nobody makes under these names.
enum DemoCatalog {
    struct Category: Sendable {
        let name: String
        /// What its SKUs begin with.
        let code: String
        let goods: [Good]
    }

    struct Good: Sendable {
        let name: String
        let price: Money
        let description: String
        /// False for a service, which sells without counting.
        let isTracked: Bool
    }

    static func categories(currency: Currency) -> [Category] {
        texts.map { name, code, lines in
            Category(
                name: name, code: code,
                goods: lines.split(separator: "\n").compactMap { Good($0, currency: currency) })
        }
    }

    private static let texts: [(String, String, String)] = [
        ("Kitchen", "KIT", DemoGoods.kitchen),
        ("Tea & Coffee", "TEA", DemoGoods.tea),
        ("Pantry", "PAN", DemoGoods.pantry),
        ("Home", "HOM", DemoGoods.home),
        ("Garden", "GAR", DemoGoods.garden),
        ("Stationery", "STA", DemoGoods.stationery),
        ("Clothing", "CLO", DemoGoods.clothing),
        ("Bath & Care", "BAT", DemoGoods.bath),
        ("Toys & Games", "TOY", DemoGoods.toys),
        ("Outdoors", "OUT", DemoGoods.outdoors),
    ]
}

extension DemoCatalog.Good {
    /// Reads `name|price|description`, for a service with `|untracked` behind it; nil for anything else.
    fileprivate init?(_ line: Substring, currency: Currency) {
        let parts = line.split(separator: "|")
        let isTracked = parts.last != "untracked"
        guard parts.count == (isTracked ? 3 : 4), let price = Money(rounding: parts[1], currency: currency)
        else { return nil }
        self.init(name: String(parts[0]), price: price, description: String(parts[2]), isTracked: isTracked)
    }
}
