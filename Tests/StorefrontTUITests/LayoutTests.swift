import StoreDomain
import StoreTesting
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

/// What every screen promises of names and amounts in every window, measured on the picture.
@Suite struct LayoutTests {
    /// A situation in which one row has a name that is too long for any window.
    struct Scene: Sendable, CustomTestStringConvertible {
        let name: String
        /// Its amounts end in the same column as those of the others that do.
        let isBill: Bool
        let amount: String
        /// From which width on the name is shown at all.
        let from: Int
        /// The rows of the windows in which it is shown.
        let heights: [Int]
        let play: @Sendable (inout ModelDriver) -> Void

        init(
            _ name: String, isBill: Bool = false, amount: String = "$2,469.12", from: Int = 40,
            heights: [Int] = [24, 50],
            _ play: @escaping @Sendable (inout ModelDriver) -> Void
        ) {
            self.name = name
            self.isBill = isBill
            self.amount = amount
            self.from = from
            self.heights = heights
            self.play = play
        }

        var testDescription: String { name }
    }

    static let scenes = [
        Scene("shop", amount: "$1,234.56") { $0.press(.down) },
        Scene("shop with a cart", amount: "$1,234.56") { $0.press(.down, .addOne) },
        Scene("shop of a category", amount: "$1,234.56") { driver in
            driver.press(.category)
            driver.type("Kitchen")
            driver.press(.open, .down)
        },
        Scene("shop without codes", amount: "$1,234.56") { driver in
            for index in driver.shop.products.indices { driver.shop.products[index].sku = nil }
            driver.press(.retry, .down)
        },
        Scene("cart", isBill: true) { $0.press(.addOne, .addOne, .openCart) },
        Scene("review", isBill: true) { driver in
            driver.signIn(.staff)
            driver.press(.addOne, .addOne, .openCart, .checkout, .back)
        },
        Scene("payment", isBill: true) { driver in
            driver.signIn(.staff)
            driver.press(.addOne, .addOne, .openCart, .checkout)
        },
        Scene("order", isBill: true) { driver in
            Self.order(&driver)
            driver.press(.open)
        },
        Scene("orders of a customer", amount: "$2,679.00", from: 60) { driver in
            driver.signIn(.customer)
            Self.order(&driver)
        },
        Scene("cart beside the shop", from: 120, heights: [50]) { driver in
            driver.press(.addOne, .addOne, .down)
            driver.shop.products[0].name = "Short"
            driver.press(.retry)
        },
    ]

    private static func order(_ driver: inout ModelDriver) {
        if driver.state.user == nil { driver.signIn(.staff) }
        if let line = try? OrderDraft.Line(productID: 1, quantity: 2),
            let draft = try? OrderDraft(lines: [line], discountCode: nil)
        {
            driver.shop.place(draft, nil, driver.state.principal)
        }
        driver.press(.openOrders)
    }

    /// A letter that stands nowhere else, so that what is seen of the name can be counted.
    private static let letter: Character = "ŋ"

    private func driver(_ scene: Scene) throws -> ModelDriver {
        var shop = try FixtureShop()
        shop.products[0].name = String(repeating: Self.letter, count: 150)
        shop.products[0].price = Money(minorUnits: 123_456)
        var driver = try ModelDriver(viewport: AppView.viewport(Size(width: 80, height: 24)), shop: shop)
        scene.play(&driver)
        return driver
    }

    /// The name in the list, and its amount behind it.
    private struct Found {
        let start: Int
        let width: Int
        /// The column behind the amount.
        let edge: Int?
        let row: String
    }

    private func find(_ scene: Scene, _ driver: ModelDriver, width: Int, height: Int) -> Found? {
        var driver = driver
        driver.send(.resized(AppView.viewport(Size(width: width, height: height))))
        let surface = driver.frame.surface
        let rows = (1..<height - 2).compactMap { y -> (Int, Int)? in
            let start = (0..<width).first { surface[$0, y].glyph == String(Self.letter) }
            return start.map { ($0, y) }
        }
        guard let (start, y) = rows.min(by: { $0.0 < $1.0 }) else { return nil }
        let end = (start..<width).first { x in
            let glyph = surface[x, y].glyph
            return glyph != String(Self.letter) && glyph != "…"
        }
        let text = (0..<width).map { surface[$0, y].glyph }.joined()
        // A pane beside may hold the same amount once more.
        let amount = (start..<width - scene.amount.count).first { x in
            (0..<scene.amount.count).allSatisfy {
                surface[x + $0, y].glyph == String(Array(scene.amount)[$0])
            }
        }
        return Found(
            start: start, width: (end ?? width) - start, edge: amount.map { $0 + scene.amount.count },
            row: text)
    }

    @Test(arguments: scenes) func namesNeverShrinkInAWiderWindow(_ scene: Scene) throws {
        let driver = try driver(scene)
        for height in scene.heights {
            var widest = 0
            for width in max(40, scene.from)...240 {
                let found = try #require(
                    find(scene, driver, width: width, height: height),
                    "\(scene) \(width)×\(height)")
                #expect(found.width >= widest, "\(scene) \(width)×\(height): \(found.row)")
                widest = max(widest, found.width)
            }
            #expect(widest >= 30, "\(scene)")
        }
    }

    @Test(arguments: [24, 50]) func amountsEndInTheSameColumn(_ height: Int) throws {
        let drivers = try Self.scenes.filter(\.isBill).map { ($0, try driver($0)) }
        for width in 40...240 {
            let edges = try drivers.map { scene, driver in
                try #require(find(scene, driver, width: width, height: height)?.edge, "\(scene) \(width)")
            }
            #expect(Set(edges).count == 1, "\(width)×\(height): \(edges)")
        }
    }

    /// Other columns may stand between; blank cells are few.
    @Test(arguments: scenes) func amountsStandNearTheirNames(_ scene: Scene) throws {
        let driver = try driver(scene)
        for width in max(40, scene.from)...240 {
            let found = try #require(find(scene, driver, width: width, height: 50))
            let edge = try #require(found.edge, "\(scene) \(width): \(found.row)")
            let between = Array(Array(found.row)[found.start + found.width..<edge])
            let blanks = between.split { $0 != " " }.map(\.count).max() ?? 0
            #expect(between.count <= 70, "\(scene) \(width): \(found.row)")
            #expect(blanks <= 26, "\(scene) \(width): \(found.row)")
        }
    }

    /// The figures below or beside the goods end where those of the other screens do.
    @Test func totalsEndInTheSameColumn() throws {
        let drivers = try Self.scenes.filter(\.isBill).map { ($0.name, try driver($0)) }
        for width in 40...240 {
            let edges = drivers.map { name, driver in
                var driver = driver
                driver.send(.resized(AppView.viewport(Size(width: width, height: 40))))
                let lines = driver.frame.surface.text.split(separator: "\n", omittingEmptySubsequences: false)
                let total = lines.last { $0.contains("Total ") || $0.contains("To pay ") } ?? ""
                return TextWidth.width(of: String(total))
            }
            #expect(Set(edges).count == 1, "\(width): \(edges)")
        }
    }
}
