import StoreDomain
import Testing

@testable import StoreTransfer

@Suite struct ShopifyTests {
    private let header =
        "Handle,Title,Body (HTML),Type,Published,Option1 Value,Option2 Value,Variant SKU,"
        + "Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Barcode,Status\n"

    @Test func makesAProductOfEveryVariant() throws {
        let file = try TestCatalog.read(
            header + "tee,Tee,<p>Soft</p>,Wear,true,S/M,Red,T-1,shopify,4,9.99,,active\n"
                + "tee,,,,,L,Red,T-2,shopify,-3,9.5,,\n" + "tee,,,,,,,,,,,,\n"
                + "cup,Cup,,,true,Default Title,,,,,3.999,'4006381333931,active\n")
        #expect(file.products.map(\.handle) == ["shopify:tee/S%2FM/Red", "shopify:tee/L/Red", "shopify:cup"])
        #expect(file.products.map(\.draft.name) == ["Tee – S/M / Red", "Tee – L / Red", "Cup"])
        #expect(file.products.map(\.draft.stock) == [4, 0, 100])
        #expect(file.products.map(\.draft.price.minorUnits) == [999, 950, 400])
        #expect(file.products.map { $0.keeps.contains(.stock) } == [false, false, true])
        #expect(file.products.last?.draft.barcode == "4006381333931")
        #expect(file.warnings.mapValues(\.count) == [.negativeStock: 1, .roundedPrice: 1])
    }

    @Test func leavesOutWhatItsShopDoesNotShow() throws {
        let text =
            header + "a,A,,,false,,,SKU,,1,1,,active\n" + "b,B,,,true,,,sku,,1,1,,draft\n"
            + "c,C,,,true,,,Sku,,1,1,,archived\n" + "d,D,,,true,,,sKU,,1,1,,active\n"
        let shown = try TestCatalog.read(text)
        #expect(shown.products.map(\.draft.sku) == ["sKU"])
        #expect(shown.leftOut.mapValues(\.count) == [.unpublished: 1, .draft: 1, .archived: 1])
        let all = try TestCatalog.read(text, includeUnpublished: true)
        #expect(all.products.map(\.draft.sku) == [nil, nil, nil, "sKU"])
        #expect(all.warnings == [.repeatedSKU: tally([2, 3, 4])])
    }

    @Test func knowsTheNamesOfToday() throws {
        let file = try TestCatalog.read(
            "Title,URL handle,Description,Product category,Type,Status,SKU,Option1 value,Price,Inventory quantity\n"
                + "Mug,mug,Tea & more,Home > Mugs,,Active,M1,Blue,7,2\n")
        let mug = try #require(file.products.first)
        #expect(mug.handle == "shopify:mug/Blue")
        #expect(mug.draft.category == "Home > Mugs")
        #expect(mug.draft.description == "Tea & more")
        #expect(mug.keeps == [.barcode])
    }

    @Test func namesWhatIsWrongByRowAndColumn() {
        #expect(
            TestCatalog.problems(
                header + "a,A,,,true,,,,,x,abc,,\n" + ",B,,,,,,,,,1,,\n" + "c,,,,,S,,,,,1,,\n"
                    + "d,D,,,true,,,,,1.5,2,,\n" + "e,E,,,true,,,,,1,-2,,\n" + "e,Else,,,true,M,,,,1,2,,\n"
                    + "g,G,,,true,M,,,,1,,,\n" + "h,H,,,true,,,,,1,1,,\n" + "h,H,,,true,,,,,1,1,,\n" + "i,I\n"
            )
                == [
                    "row 2, column \"Variant Price\": \"abc\" is not an amount",
                    "row 3, column \"Handle\": is empty",
                    "row 4, column \"Title\": is empty",
                    "row 5, column \"Variant Inventory Qty\": \"1.5\" is not a whole number",
                    "row 6, column \"Variant Price\": must be 0.00 to 99999999.99",
                    "row 7, column \"Handle\": names a product of another title further up",
                    "row 8, column \"Variant Price\": is empty",
                    "row 10: is the same product as row 9",
                    "row 11, column \"Body (HTML)\": is missing: the row has 2 cells, the header 13",
                ])
    }

    private func tally(_ rows: [Int]) -> Tally {
        rows.reduce(into: Tally()) { $0.add(row: $1) }
    }
}

@Suite struct WooCommerceTests {
    private let header =
        "ID,Type,SKU,Name,Published,Description,Date sale price ends,In stock?,Stock,Sale price,Regular price,"
        + "Categories,Parent,Attribute 1 name,Attribute 1 value(s)\n"

    @Test func joinsVariationsWithParentsAnywhere() throws {
        let file = try TestCatalog.read(
            header + "2,variation,,Cap - Red,1,,,1,3,,5,,id:1,Color,Red\n"
                + "1,variable,cap,Cap &amp; more,1,<b>Warm</b>,,1,,,,\"Wear, Wear > Hats, Home > Hats\",,Color,\"Red, Blue\"\n"
                + "3,variation,c-b,Cap - Blue,1,Own,,0,,,6,,CAP,Color,Blue\n")
        #expect(file.products.map(\.draft.name) == ["Cap & more – Red", "Cap & more – Blue"])
        #expect(file.products.map(\.draft.description) == ["Warm", "Own"])
        #expect(file.products.map(\.draft.category) == ["Wear > Hats", "Wear > Hats"])
        #expect(file.products.map(\.draft.stock) == [3, 0])
        #expect(file.products.map(\.handle) == ["woo:2", "woo:3"])
    }

    @Test func chargesWhatPeoplePayToday() throws {
        let file = try TestCatalog.read(
            header + "1,simple,,A,1,,2026-11-22,1,,4,5,,,,\n" + "2,simple,,B,1,,2026-11-21,1,,4,5,,,,\n"
                + "3,simple,,C,1,,,1,,4,5,,,,\n" + "4,simple,,D,1,,,1,,,,,,,\n")
        #expect(file.products.map(\.draft.price.minorUnits) == [400, 500, 400])
        #expect(file.leftOut.mapValues(\.count) == [.unpriced: 1])
    }

    @Test func leavesOutWhatIsNotSoldAndWhatIsNotShown() throws {
        let text =
            header + "1,variable,p,P,-1,,,1,,,,,,,\n" + "2,variation,,V,1,,,1,,,5,,p,,\n"
            + "3,simple,,S,0,,,1,,,5,,,,\n" + "4,grouped,,G,1,,,1,,,,,,,\n"
            + "5,subscription,,X,1,,,1,,,5,,,,\n" + "6,\"simple, virtual\",,Y,1,,,1,,,5,,,,\n"
        let file = try TestCatalog.read(text)
        #expect(file.products.map(\.draft.name) == ["Y"])
        #expect(
            file.leftOut.mapValues(\.count) == [.draft: 1, .isPrivate: 1, .grouped: 1, .otherType: 1])
        #expect(try TestCatalog.read(text, includeUnpublished: true).products.count == 3)
    }

    @Test func namesAParentThatIsNotThere() {
        #expect(
            TestCatalog.problems(header + "2,variation,,V,1,,,1,,,5,,gone,,\n")
                == ["row 2, column \"Parent\": \"gone\" is no variable product of this file"])
    }

    @Test func splitsListsAtCommasThatAreNotEscaped() {
        #expect(ListText.split(#"a\, b > c, d\e, ,f\"#) == ["a, b > c", #"d\e"#, #"f\"#])
    }
}
