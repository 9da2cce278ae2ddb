import GRDB
import StoreDomain
import StoreSQLite
import TerminalKit
import Testing

/// Bytes in the database that are no text, as another program may have left them.
@Suite(.serialized) struct BrokenTextJourneys {
    @Test func invalidUTF8IsListedOpenedFoundAndSold() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        // A lone byte, a cut character, a surrogate, an overlong slash.
        try await store.database.write { db in
            try db.execute(
                sql: """
                    UPDATE product SET name = CAST(x'4f6464' || x'20ff20' || x'e697' || x'20eda080' || x'20c0af' || x'206e616d65'
                            AS TEXT),
                        description = CAST(x'fffe204865617679' AS TEXT), sku = CAST(x'4f442dff31' AS TEXT)
                    WHERE id = (SELECT MAX(id) FROM product WHERE stock >= 2);
                    UPDATE product_words SET words = 'odd name'
                    WHERE id = (SELECT MAX(id) FROM product WHERE stock >= 2)
                    """)
        }
        let journey = await Journey(store)
        let (odd, other) = try await products(in: store)
        #expect(odd.name.hasPrefix("Odd \u{FFFD} ") && odd.name.hasSuffix(" name"))
        journey.expect(odd.name)
        let rows = try [odd, other].map { try #require(priceEnd(of: $0, in: journey)) }
        #expect(rows[0] == rows[1], "the prices stand below each other\n\(journey.screen)")

        await journey.press(.character("s"))
        await journey.press(.down, .enter)
        journey.expect("Name")
        await journey.press("x")
        await journey.press("/")
        await journey.type("odd name")
        journey.expect(odd.name)
        await journey.press(.enter, .enter)
        journey.expect(odd.name, "\u{FFFD}\u{FFFD} Heavy")
        await journey.press(.character("2"), .character("+"), .function(3))
        journey.expect("Cart 2", odd.name)
        await journey.press(.escape)
        await journey.signIn(.staff)
        await journey.press(.function(3), .enter)
        journey.expect("Cash given")
        await journey.type("9999")
        await journey.press(.enter)
        if await !journey.state.overlays.isEmpty { await journey.press("y") }
        journey.expect("is paid")
        await journey.press("v")
        journey.expect(odd.name)
        journey.abandon()
        try store.close()
        #expect(try await files.violations() == [])
    }

    private func products(in store: LocalStore) async throws -> (Product, Product) {
        let page = try await store.services.catalog.page(ProductQuery(), at: .first, perPage: 17)
        let odd = try #require(page.products.first { $0.name.hasPrefix("Odd") })
        return (odd, try #require(page.products.last { $0.id != odd.id }))
    }

    /// The column at which the product's price ends in the list.
    private func priceEnd(of product: Product, in journey: Journey) -> Int? {
        let line = journey.screen.split(separator: "\n").first { $0.contains(product.name.prefix(12)) }
        guard let line, let price = line.range(of: product.price.displayText) else { return nil }
        return TextWidth.width(of: String(line[..<price.upperBound]))
    }
}
