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
        #expect(file.products.map(\.draft.stock) == [4, 0, .untracked])
        #expect(file.products.map(\.draft.price.minorUnits) == [999, 950, 400])
        #expect(file.products.map { $0.keeps.contains(.stock) } == [false, false, true])
        #expect(file.products.last?.draft.barcode == "4006381333931")
        #expect(
            file.warnings.mapValues(\.count) == [
                .negativeStock: 1, .roundedPrice: 1, .decimalPoint: 1, .untracked: 1,
            ])
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
        #expect(all.warnings[.repeatedSKU]?.firstRows == [2, 3, 4])
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
                    + "d,D,,,true,,,,shopify,1.5,2,,\n" + "e,E,,,true,,,,,1,-2,,\n"
                    + "e,Else,,,true,M,,,,1,2,,\n"
                    + "g,G,,,true,M,,,,1,,,\n" + "h,H,,,true,,,,,1,1,,\n" + "h,H,,,true,,,,,1,1,,\n" + "i,I\n"
                    + "j,J,,,true,,,,,1,1,,,, ,x\n"
            )
                == [
                    "row 2, column \"Variant Price\": \"abc\" is not an amount such as 50 or 50.00",
                    "row 3, column \"Handle\": is empty",
                    "row 4, column \"Title\": is empty",
                    "row 5, column \"Variant Inventory Qty\": \"1.5\" is not a whole number",
                    "row 6, column \"Variant Price\": must be 0.00 to 99999999.99",
                    "row 7, column \"Handle\": names a product of another title further up",
                    "row 8, column \"Variant Price\": is empty",
                    "row 10: is the same product as row 9",
                    "row 12, column 16: has text, but the header ends with column 13",
                ])
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

    @Test func takesAVariationWithoutItsProductByItsOwnName() throws {
        let file = try TestCatalog.read(header + "2,variation,,Tee - S,1,,,1,4,,5,,gone,Size,S\n")
        #expect(file.products.map(\.draft.name) == ["Tee - S"])
        #expect(file.warnings[.missingParent]?.firstRows == [2])
    }

    @Test func takesTheStockThatVariationsShareFromTheirProduct() throws {
        let file = try TestCatalog.read(
            header + "1,variable,TEE,Tee,1,,,1,40,,,,,Size,\"S, M\"\n"
                + "2,variation,TEE-S,Tee - S,1,,,1,parent,,15,,TEE,Size,S\n"
                + "3,variable,CAP,Cap,1,,,1,,,,,,,\n" + "4,variation,,Cap - M,1,,,1,parent,,15,,CAP,Size,M\n")
        #expect(file.products.map(\.draft.stock) == [40, .untracked])
        #expect(file.warnings.mapValues(\.count) == [.sharedStock: 1, .untracked: 1])
    }

    @Test func doesNotTakeAnUnknownStockForNone() throws {
        let text =
            header + "1,simple,,A,1,,,1,,,5,,,,\n" + "2,simple,,B,1,,,0,,,5,,,,\n"
            + "3,simple,,C,1,,,backorder,,,5,,,,\n" + "4,simple,,D,1,,,1,'-3,,5,,,,\n"
            + "5,simple,,E,1,,,1,2.75,,5,,,,\n"
        let file = try TestCatalog.read(text)
        #expect(file.products.map(\.draft.stock) == [.untracked, 0, .untracked, 0, 2])
        #expect(file.products.map { $0.keeps.contains(.stock) } == [true, false, true, false, false])
        #expect(
            file.warnings.mapValues(\.count) == [.untracked: 2, .negativeStock: 1, .roundedStock: 1])
        let given = try TestCatalog.read(text, untrackedStock: 7)
        #expect(given.products.map(\.draft.stock) == [7, 0, 7, 0, 2])
        #expect(given.warnings[.stockGiven]?.count == 2)
    }

    @Test func knowsEveryStateThatItsExporterWrites() throws {
        let states = ["1", "", "true", "1.0", "-1", "'-1", "0", "2", "false", "trash"]
        let rows = states.enumerated().map { "\($0 + 1),simple,,P\($0),\($1),,,1,,,5,,,,\n" }
        let file = try TestCatalog.read(header + rows.joined())
        #expect(file.products.map(\.draft.name) == ["P0", "P1", "P2", "P3"])
        #expect(file.leftOut.mapValues(\.count) == [.draft: 4, .isPrivate: 1, .pending: 1])
    }

    @Test func readsEscapedTexts() throws {
        let file = try TestCatalog.read(
            header
                + #"1,simple,,Mug,1,"<p>300 ml</p>\n<ul>\n \t<li>Safe</li>\n</ul>",,1,1,,5,"Cups\, mugs > Big",,,"#
                + "\n" + #"2,simple,,Cup,1,"First\nSecond\n\nPath C:\\new",,1,1,,5,,,,"# + "\n"
                + #"3,variable,T,Tee,1,,,1,,,,,,Print,"Red\, dark""# + "\n"
                + #"4,variation,,,1,,,1,1,,5,,T,Print,"Red\, dark""# + "\n")
        let mug = try #require(file.products.first)
        #expect(mug.draft.category == "Cups, mugs > Big")
        #expect(mug.draft.description == "300 ml\n\n- Safe")
        #expect(file.products[1].draft.description == "First\nSecond\n\nPath C:\\new")
        #expect(file.products[2].draft.name == "Tee – Red, dark")
        #expect(EscapedText.list(#"a\, b > c, d\e, ,f\"#) == ["a, b > c", #"d\e"#, #"f\"#])
    }

    @Test func readsSaleDatesInEverySpelling() throws {
        // It is 22 November.
        let spans = [
            ("2026-11-01", "2026-11-30", true), ("2026-11-01 0:00:00", "2026-11-22 23:59:59", true),
            ("2026-11-01 0:00:00", "2026-11-21 23:59:59", false), ("2026-11-22T00:00:00+00:00", "", true),
            ("2026-11-22T00:00:01Z", "", false), ("\"Nov 1, 2026\"", "\"November 30, 2026\"", true),
            ("1 Nov 2026", "21-Nov-2026", false), ("2026/11/01", "2026/11/30", true),
            ("01.11.2026", "30.11.2026", true), ("1.11.2026", "1.12.2026", true),
            ("1793491200", "1796083199", true),
            ("", "1793491200", false), ("20261101", "20261130", true), ("01/10/2020", "01/20/2020", false),
            ("", "12/31/2026", true), ("2026-11-23", "", false),
        ]
        let columns =
            "ID,Type,Name,In stock?,Stock,Date sale price starts,Date sale price ends,Sale price,Regular price\n"
        for (starts, ends, runs) in spans {
            let file = try TestCatalog.read(columns + "1,simple,A,1,1,\(starts),\(ends),7,9\n")
            #expect(file.products.map(\.draft.price.minorUnits) == [runs ? 700 : 900], "\(starts) \(ends)")
            #expect(file.warnings.isEmpty, "\(starts) \(ends)")
        }
        // What cannot be read, or can be two days that differ in it, is told.
        for date in ["soon", "2026-13-01", "32.11.2026", "05/12/2026"] {
            let file = try TestCatalog.read(columns + "1,simple,A,1,1,,\(date),7,9\n")
            #expect(file.products.map(\.draft.price.minorUnits) == [900], "\(date)")
            #expect(file.warnings[.unreadableDate]?.count == 1, "\(date)")
        }
        // Another date of the file shows which comes first.
        let shown = try TestCatalog.read(
            columns + "1,simple,A,1,1,,05/12/2026,7,9\n" + "2,simple,B,1,1,,31/12/2026,7,9\n")
        #expect(shown.products.map(\.draft.price.minorUnits) == [700, 700])
    }

    @Test func countsSaleDaysOnTheShopsCalendar() throws {
        let text =
            "ID,Type,Name,Stock,Date sale price starts,Date sale price ends,Sale price,Regular price\n"
            + "1,simple,A,1,,2026-11-21,7,9\n" + "2,simple,B,1,2026-11-22,,7,9\n"
        for (hours, prices) in [(0, [900, 700]), (-5, [700, 900]), (13, [900, 700])] as [(Int, [Int64])] {
            let file = try TestCatalog.read(text, zone: ShopZone(name: "\(hours)") { _ in hours * 3600 })
            #expect(file.products.map(\.draft.price.minorUnits) == prices)
        }
    }

    @Test(arguments: [
        "ID,Typ,Artikelnummer,Name,Veröffentlicht,Beschreibung,Vorrätig?,Lager,Angebotspreis,Regulärer Preis,Kategorien,Übergeordnetes Produkt,Attribut 1 Name,Attribut 1 Wert(e)",
        "ID,Type,UGS,Nom,Publié,Description,En stock\u{A0}?,Stock,Tarif promo,Tarif régulier,Catégories,Parent,Nom de l’attribut 1,Valeur(s) de l’attribut 1",
        "ID,Tipo,SKU,Nombre,Publicado,Descripción,¿Existencias?,Inventario,Precio rebajado,Precio normal,Categorías,Superior,Nombre del atributo 1,Valor(es) del atributo 1",
        "ID,Tipo,COD,Nome,Pubblicato,Descrizione,In stock?,Magazzino,Prezzo in offerta,Prezzo di listino,Categorie,Genitore,Attributo 1 nome,Attributo 1 valuta(e)",
        "ID,Type,Artikelnummer,Naam,Gepubliceerd,Beschrijving,Op voorraad?,Voorraad,Actieprijs,Reguliere prijs,Categorieën,Hoofd,Naam eigenschap 1,Waarde eigenschap 1",
        "ID,Tipo,REF,Nome,Publicado,Descrição,Em stock?,Stock,Preço promocional,Preço normal,Categorias,Ascendente,Nome do atributo 1,Valor(es) do atributo 1",
        "ID,Typ,SKU,Nazwa,Opublikowano,Opis,W magazynie?,Magazyn,Cena promocyjna,Cena regularna,Kategorie,Nadrzędny,Nazwa atrybutu 1,Wartości atrybutu 1",
        "ID,Тип,Артикул,Имя,Опубликован,Описание,В наличии?,Запасы,Цена распродажи,Базовая цена,Категории,Родительский,Имя атрибута 1,Значение(-я) аттрибута(-ов) 1",
        "ID,タイプ,SKU,名前,公開済み,説明,在庫あり?,在庫,セール価格,通常価格,カテゴリー,親,属性1名,属性1の値",
        "ID,Typ,Artikelnummer,Namn,Publicerad,Beskrivning,I lager?,Lager,Reapris,Ordinarie pris,Kategorier,Överordnad,Attribut 1 namn,Attribut 1 värde(n)",
    ])
    func readsHeadersInTheLanguageOfTheShop(header: String) throws {
        let file = try TestCatalog.read(
            header + "\n1,variable,T,Tee,1,Soft,1,,,,Wear,,Size,\"S, M\"\n"
                + "2,variation,T-S,Tee - S,1,,1,3,\"7,50\",\"9,90\",,T,Size,S\n"
                + "3,simple,M,Mug,-1,,0,,,4,,,,\n")
        #expect(file.format == .woocommerce)
        let tee = try #require(file.products.first)
        #expect(tee.draft.name == "Tee – S")
        #expect(tee.draft.sku == "T-S")
        #expect(tee.draft.description == "Soft")
        #expect(tee.draft.category == "Wear")
        #expect(tee.draft.price.minorUnits == 750)
        #expect(tee.draft.stock == 3)
        #expect(file.leftOut.mapValues(\.count) == [.draft: 1])
    }

    @Test func readsWhatIsLeftWhenAShopLeavesColumnsOut() throws {
        let file = try TestCatalog.read("SKU,Name,Regular price\nA,Mug,9\n,Cup,4\n")
        #expect(file.format == .woocommerce)
        #expect(file.products.map(\.draft.stock) == [.untracked, .untracked])
        #expect(TestCatalog.problems("ID,Type,Name,Stock\n1,simple,Mug,3\n").count == 1)
    }
}

@Suite struct SquareTests {
    private let header =
        "Reference Handle,Token,Item Name,Variation Name,SKU,Description,Reporting Category,GTIN,Price,Archived,"
        + "Sellable,Stockable,Current Quantity Main St,New Quantity Main St,Current Quantity Pier\n"

    @Test func readsItemsAndVariations() throws {
        let file = try TestCatalog.read(
            header + "#tea,T1,Tea,Small,TEA-S,Black,Drinks,4006381333931,3.50,N,Y,Y,3.0,,4\n"
                + "#tea,T2,Tea,Regular,TEA-R,Black,Drinks,,4.50,N,Y,Y,-2,,\n"
                + "#tip,T3,Tip,Regular,,,,,variable,N,Y,Y,,,\n" + "#old,T4,Old,Regular,,,,,1.00,Y,Y,Y,1,,\n"
                + "#srv,T5,Repair,Regular,,,,,20.00,N,Y,N,0,,\n"
                + "#part,T6,Part,Regular,,,,,20.00,N,N,Y,1,,\n")
        #expect(file.format == .square)
        #expect(file.products.map(\.draft.name) == ["Tea – Small", "Tea", "Repair"])
        #expect(file.products.map(\.draft.stock) == [7, 0, .untracked])
        #expect(file.products.map(\.draft.price.minorUnits) == [350, 450, 2000])
        #expect(file.products.map(\.handle) == ["square:T1", "square:T2", "square:T5"])
        #expect(file.products.first?.draft.category == "Drinks")
        #expect(file.leftOut.mapValues(\.count) == [.unpriced: 1, .archived: 1, .notSellable: 1])
        #expect(
            file.warnings.mapValues(\.count) == [.severalLocations: 1, .negativeStock: 1, .untracked: 1])
    }
}

@Suite struct EtsyTests {
    private let header =
        "TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,TAGS,MATERIALS,IMAGE1,VARIATION 1 TYPE,VARIATION 1 NAME,"
        + "VARIATION 1 VALUES,SKU\n"

    @Test func readsListings() throws {
        let file = try TestCatalog.read(
            header + "Ring &amp; box,\"One\nTwo\",6.15,USD,3,\"a,b\",Silver,,,,,R-1\n"
                + "Mug,,24.00,USD,7,,,,Custom,Colour,\"Blue,Green\",\"M-B,M-G\"\n")
        #expect(file.format == .etsy)
        #expect(file.products.map(\.draft.name) == ["Ring & box", "Mug"])
        #expect(file.products.map(\.draft.sku) == ["R-1", nil])
        #expect(file.products.map(\.draft.stock) == [3, 7])
        #expect(file.products.first?.draft.description == "One\nTwo")
        #expect(file.warnings.mapValues(\.count) == [.severalSKUs: 1, .joinedVariations: 1])
        #expect(TestCatalog.problems(header + "Mug,,24.00,EUR,7,,,,,,,\n").count == 1)
    }
}
