import StoreDomain
import Testing

/// What `CatalogService` promises.
public enum CatalogContract {
    public static let cases = editing + paging + searching

    private static let editing = [
        ContractCase("A new product is found by id, SKU in any case and barcode, and listed first") { shop in
            let people = try await shop.people()
            let catalog = shop.services.catalog
            _ = try await catalog.add(try shop.draft("Old"), as: people.staff)
            let draft = try shop.draft(
                "Crème brûlée torch", price: "24.90", stock: 3, category: "Kitchen", sku: "KIT-7",
                barcode: "4006381333931", description: "Two\nlines.")
            let added = try await catalog.add(draft, as: people.staff)
            #expect(added.name == "Crème brûlée torch")
            #expect(added.description == "Two\nlines.")
            #expect(added.price.minorUnits == 2490 && added.stock == 3)
            #expect(added.category == "Kitchen" && added.sku == "KIT-7" && added.barcode == "4006381333931")
            #expect(added.createdAt == shop.clock.now() && !added.isArchived)
            #expect(try await catalog.product(added.id) == added)
            #expect(try await catalog.product(code: "kit-7") == added)
            #expect(try await catalog.product(code: " 4006381333931 ") == added)
            #expect(try await catalog.products([added.id, added.id + 99]) == [added])
            #expect(try await shop.names(ProductQuery()) == ["Crème brûlée torch", "Old"])
            #expect(try await catalog.categories() == [CategoryCount(name: "Kitchen", count: 1)])
        },
        ContractCase("What is not there is said to be not found") { shop in
            let people = try await shop.people()
            let catalog = shop.services.catalog
            await #expect(throws: StoreError.notFound(.product(77))) { try await catalog.product(77) }
            await #expect(throws: StoreError.notFound(.productCode("X"))) {
                try await catalog.product(code: "X")
            }
            await #expect(throws: StoreError.notFound(.product(77))) {
                try await catalog.edit(77, ProductPatch(name: "Y"), as: people.staff)
            }
        },
        ContractCase("A SKU or barcode belongs to one product") { shop in
            let people = try await shop.people()
            let catalog = shop.services.catalog
            let first = try await catalog.add(
                try shop.draft("One", sku: "A-1", barcode: "123"), as: people.staff)
            let second = try await catalog.add(try shop.draft("Two"), as: people.staff)
            await #expect(throws: StoreError.taken(field: "sku", value: "a-1")) {
                try await catalog.add(try shop.draft("Three", sku: "a-1"), as: people.staff)
            }
            await #expect(throws: StoreError.taken(field: "barcode", value: "123")) {
                try await catalog.edit(second.id, ProductPatch(barcode: "123"), as: people.staff)
            }
            let same = try await catalog.edit(first.id, ProductPatch(sku: "a-1"), as: people.staff)
            #expect(same.sku == "a-1")
            #expect(try await shop.names(ProductQuery(sort: .name)) == ["One", "Two"])
        },
        ContractCase("Every spelling of an article's number is that article") { shop in
            let people = try await shop.people()
            let catalog = shop.services.catalog
            for (name, barcode) in [
                ("Soup", "036000291452"), ("Beans", "0850064060010"), ("Coffee", "4006381333931"),
                ("Gum", "96385074"), ("Tea", "12345678905"), ("Case", "14006381333938"), ("Own", "0012345"),
                ("Short", "400638133394"),
            ] { _ = try await catalog.add(try shop.draft(name, barcode: barcode), as: people.staff) }
            for (code, name) in [
                ("0036000291452", "Soup"), ("36000291452", "Soup"), ("03600029145", "Soup"),
                ("3600029145", "Soup"),
                ("850064060010", "Beans"), ("00850064060010", "Beans"), ("04006381333931", "Coffee"),
                ("4 006381 333931", "Coffee"), ("400638133393", "Coffee"),
                ("\u{200E}4006381333931\u{FEFF}", "Coffee"),
                ("00000096385074", "Gum"), ("9638507", "Gum"), ("012345678905", "Tea"),
                ("14006381333938", "Case"),
                ("12345", "Own"), ("4006381333948", "Short"),
            ] {
                #expect(try await catalog.product(code: code).name == name, "\(code)")
            }
            for (text, name) in [
                ("0036000291452", "Soup"), ("850064060010", "Beans"), ("04006381333931", "Coffee"),
                ("4-006381-333931", "Coffee"), ("0012345678905", "Tea"), ("36000291", "Soup"),
            ] {
                for sort in ProductSort.allCases {
                    let page = try await catalog.page(
                        ProductQuery(text: text, sort: sort), at: .first, perPage: 5)
                    #expect(page.products.map(\.name) == [name] && page.total == Count(1), "\(text)")
                }
            }
            await #expect(throws: StoreError.taken(field: "barcode", value: "0036000291452")) {
                try await catalog.add(
                    try shop.draft("Soup again", barcode: "0036000291452"), as: people.staff)
            }
            // Two that it can be short for are none.
            _ = try await catalog.add(try shop.draft("Other", barcode: "00012345"), as: people.staff)
            await #expect(throws: StoreError.notFound(.productCode("012345"))) {
                try await catalog.product(code: "012345")
            }
        },
        ContractCase("What nobody sees does not enter the shop") { shop in
            let people = try await shop.people()
            let product = try await shop.services.catalog.add(
                try shop.draft(
                    "Tea\u{200B}pot\u{AD}", category: "\u{200E}Kitchen", sku: "\u{FEFF}TP-1\u{200B}",
                    barcode: "\u{200E}4006381333931", description: "Holds\u{202E} two."), as: people.staff)
            #expect(product.name == "Teapot" && product.category == "Kitchen" && product.sku == "TP-1")
            #expect(product.barcode == "4006381333931" && product.description == "Holds two.")
        },
        ContractCase("A change keeps what it does not name, and an empty text takes away") { shop in
            let people = try await shop.people()
            let catalog = shop.services.catalog
            let old = try await catalog.add(
                try shop.draft("Tea", price: "3.00", stock: 5, category: "Food", sku: "T"), as: people.staff)
            shop.clock.advance(bySeconds: 60)
            let new = try await catalog.edit(
                old.id, ProductPatch(price: try shop.amount("3.50"), category: "", sku: ""), as: people.staff)
            #expect(new.name == "Tea" && new.stock == 5 && new.price.minorUnits == 350)
            #expect(new.category == nil && new.sku == nil)
            #expect(new.createdAt == old.createdAt && new.updatedAt == shop.clock.now())
            #expect(try await catalog.categories().isEmpty)
            shop.clock.advance(bySeconds: 60)
            let same = try await catalog.edit(old.id, ProductPatch(name: "Tea"), as: people.staff)
            #expect(same == new)
            let both = try await catalog.edit(
                old.id, ProductPatch(price: try shop.amount("4.00"), stock: 9), as: people.staff)
            #expect(both.stock == 9 && both.price.minorUnits == 400)
            #expect(try await shop.stock(both) == 9)
        },
        ContractCase("An archived product is gone from the shop until it is brought back") { shop in
            let people = try await shop.people()
            let catalog = shop.services.catalog
            let tea = try await catalog.add(
                try shop.draft("Tea", category: "Food", sku: "T"), as: people.staff)
            let gone = try await catalog.edit(tea.id, ProductPatch(isArchived: true), as: people.staff)
            #expect(gone.isArchived)
            await #expect(throws: StoreError.notFound(.product(tea.id))) { try await catalog.product(tea.id) }
            await #expect(throws: StoreError.notFound(.productCode("T"))) {
                try await catalog.product(code: "T")
            }
            #expect(try await catalog.products([tea.id]).isEmpty)
            #expect(try await shop.names(ProductQuery()).isEmpty)
            #expect(try await shop.names(ProductQuery(text: "tea")).isEmpty)
            #expect(try await catalog.categories().isEmpty)
            _ = try await catalog.edit(tea.id, ProductPatch(isArchived: false), as: people.staff)
            #expect(try await shop.names(ProductQuery(text: "tea")) == ["Tea"])
            #expect(try await catalog.categories() == [CategoryCount(name: "Food", count: 1)])
        },
        ContractCase("Only staff may change products") { shop in
            let people = try await shop.people()
            let catalog = shop.services.catalog
            let tea = try await catalog.add(try shop.draft("Tea"), as: people.admin)
            await #expect(throws: StoreError.notAllowed(.manageProducts)) {
                try await catalog.add(try shop.draft("Cake"), as: people.customer)
            }
            await #expect(throws: StoreError.signInRequired) {
                try await catalog.edit(tea.id, ProductPatch(name: "Cake"), as: .guest)
            }
            // A session that was staff's when it began counts as what the account is now.
            _ = try await shop.services.accounts.setRole(
                "customer", of: "staff@example.com", as: people.admin)
            await #expect(throws: StoreError.notAllowed(.manageProducts)) {
                try await catalog.edit(tea.id, ProductPatch(name: "Cake"), as: people.staff)
            }
            #expect(try await shop.names(ProductQuery()) == ["Tea"])
        },
    ]

    private static let paging = [
        ContractCase("Every way through the pages gives every product once, in order") { shop in
            let people = try await shop.people()
            let products = try await shop.fill(61, seed: 11, as: people.staff)
            for category in [nil, "Tea", "Nothing"] {
                for sort in ProductSort.allCases {
                    let query = ProductQuery(category: category, sort: sort)
                    let expected = products.filter { category == nil || $0.category == category }
                        .sorted { sort.holds($0, $1) }
                    for perPage in [1, 7, 61, 500] {
                        try await shop.walk(
                            query, perPage: perPage, expecting: expected.map(\.id), exactly: true)
                    }
                }
            }
        },
        ContractCase("A search walks as the catalogue does, whatever it is combined with") { shop in
            let people = try await shop.people()
            let products = try await shop.fill(61, seed: 12, as: people.staff)
            for text in ["green", "s", "te gr", "a", "zzz", "sku-1", "green green"] {
                let words = text.split { !$0.isLetter && !$0.isNumber }
                for category in [nil, "Tea"] {
                    let matching = products.filter { product in
                        let found = "\(product.name) \(product.description) \(product.sku ?? "")"
                            .lowercased().split { !$0.isLetter && !$0.isNumber }
                        return (category == nil || product.category == category)
                            && words.allSatisfy { word in found.contains { $0.hasPrefix(word) } }
                    }
                    for sort in ProductSort.allCases {
                        let query = ProductQuery(text: text, category: category, sort: sort)
                        let expected = matching.sorted { sort.holds($0, $1) }.map(\.id)
                        for perPage in [1, 8, 61] {
                            try await shop.walk(
                                query, perPage: perPage, expecting: expected, exactly: sort != .automatic)
                        }
                    }
                }
            }
        },
        ContractCase("A page beyond the last is empty, a page size out of range is refused") { shop in
            let people = try await shop.people()
            _ = try await shop.fill(5, seed: 13, as: people.staff)
            let catalog = shop.services.catalog
            for text in ["", "s"] {
                for number in [3, 9_000, Int.max] {
                    let page = try await catalog.page(
                        ProductQuery(text: text), at: .number(number), perPage: 5)
                    #expect(
                        page.products.isEmpty && page.first == nil && page.last == nil, "\(text) \(number)")
                }
            }
            for perPage in [0, -1, 501] {
                await #expect(throws: StoreError.invalid([FieldProblem("per_page", "must be 1 to 500")])) {
                    try await catalog.page(ProductQuery(), at: .first, perPage: perPage)
                }
            }
            await #expect(throws: StoreError.invalid([FieldProblem("page", "must be 1 or more")])) {
                try await catalog.page(ProductQuery(), at: .number(0), perPage: 5)
            }
        },
        ContractCase("Going back over products that came meanwhile ends on a full first page") { shop in
            let people = try await shop.people()
            _ = try await shop.fill(6, seed: 14, as: people.staff)
            let catalog = shop.services.catalog
            let second = try await catalog.page(ProductQuery(), at: .number(2), perPage: 3)
            _ = try await catalog.add(try shop.draft("New"), as: people.staff)
            let cursor = try #require(second.first)
            let back = try await catalog.page(ProductQuery(), at: .before(cursor, number: 1), perPage: 3)
            #expect(back.number == 1 && back.products.first?.name == "New" && back.products.count == 3)
        },
    ]

    private static let searching = [
        ContractCase("Words are found in any order, by their starts, without accents, in any field") { shop in
            let people = try await shop.people()
            let catalog = shop.services.catalog
            for draft in [
                try shop.draft("Crème Brûlée Torch", sku: "KIT-0042", description: "Lights at once."),
                try shop.draft("Jalapeño Sauce", barcode: "4006381333931", description: "Hot, not bitter."),
                try shop.draft("京都の緑茶", category: "お茶", description: "香り高い煎茶。"),
                try shop.draft("Straße map", description: "Ærø to Łódź"),
            ] { _ = try await catalog.add(draft, as: people.staff) }
            for (text, found) in [
                ("creme", "Crème Brûlée Torch"), ("CRÈME", "Crème Brûlée Torch"),
                ("torch cre", "Crème Brûlée Torch"), ("  bru   TORCH ", "Crème Brûlée Torch"),
                ("cre\u{301}me", "Crème Brûlée Torch"), ("cre\u{300}me", "Crème Brûlée Torch"),
                ("once torch", "Crème Brûlée Torch"), ("kit-0042", "Crème Brûlée Torch"),
                ("KIT-00", "Crème Brûlée Torch"), ("0042", "Crème Brûlée Torch"), ("kit 42", nil),
                ("jalapeno", "Jalapeño Sauce"), ("4006381333931", "Jalapeño Sauce"),
                ("400638", "Jalapeño Sauce"), ("sauce creme", nil), ("orch", nil),
                ("緑茶", "京都の緑茶"), ("茶", "京都の緑茶"), ("緑", "京都の緑茶"), ("高い", "京都の緑茶"),
                ("煎茶 京都", "京都の緑茶"), ("抹茶", nil), ("straße", "Straße map"), ("lodz", "Straße map"),
            ] as [(String, String?)] {
                let names = try await shop.names(ProductQuery(text: text))
                #expect(names == found.map { [$0] } ?? [], "\(text)")
            }
        },
        ContractCase("The code comes first, then whole words of the name, then starts, then the rest") {
            shop in
            let people = try await shop.people()
            let catalog = shop.services.catalog
            for draft in [
                try shop.draft("Scanner holder", sku: "tea"),
                try shop.draft("Black Tea"), try shop.draft("Teapot"), try shop.draft("Tea towel"),
                try shop.draft("Cup", description: "For tea."), try shop.draft("Team shirt"),
                try shop.draft("Biscuit", description: "Goes with teas."),
            ] { _ = try await catalog.add(draft, as: people.staff) }
            #expect(
                try await shop.names(ProductQuery(text: "Tea")) == [
                    "Scanner holder", "Tea towel", "Black Tea", "Team shirt", "Teapot", "Biscuit", "Cup",
                ])
        },
        ContractCase("What people type without the letters of others finds what is written with them") {
            shop in
            let people = try await shop.people()
            let names = [
                "Große Schüssel", "Smørrebrød board", "Łódź poster", "Œuvre Æsop set", "Økland chair",
                "ﬁne paper",
                "Cà phê sữa đá", "กาแฟคั่วบด", "ＡＢＣ label", "ガイド book", "한국 map", "हिन्दी primer",
            ]
            for name in names {
                _ = try await shop.services.catalog.add(try shop.draft(name), as: people.staff)
            }
            for (text, found) in [
                ("grosse schussel", 0), ("GROSSE", 0), ("smorrebrod", 1), ("lodz", 2), ("aesop", 3),
                ("oeuvre", 3),
                ("okland", 4), ("fine", 5), ("ca phe sua da", 6), ("กาแฟ", 7), ("คั่ว", 7), ("abc", 8),
                ("ｶﾞｲﾄﾞ", 9),
                ("\u{1112}\u{1161}\u{11AB}", 10), ("हिन्दी", 11), ("gro\u{AD}sse\u{200B}", 0),
            ] as [(String, Int)] {
                #expect(try await shop.names(ProductQuery(text: text)) == [names[found]], "\(text)")
            }
            for text in ["कि", "カ", "หน"] {
                #expect(try await shop.names(ProductQuery(text: text)).isEmpty, "\(text)")
            }
        },
        ContractCase("Words are found run together and apart, and codes without what separates them") {
            shop in
            let people = try await shop.people()
            for (name, sku) in [
                ("Men's T-Shirt", "MT-1"), ("Tshirt press", "TP"), ("Jeans, T Shirt print", "JT"),
                ("Hanger", "LM-BRK220-OAK"), ("Valve", "VLV.3315-25"), ("Dashed number", "7741203-2"),
                ("Pipe", "LMX"),
            ] { _ = try await shop.services.catalog.add(try shop.draft(name, sku: sku), as: people.staff) }
            let shirts = ["Jeans, T Shirt print", "Men's T-Shirt", "Tshirt press"]
            for (text, found) in [
                ("tshirt", shirts), ("t-shirt", shirts), ("t shirt", shirts), ("TSHIRT", shirts),
                ("mens", ["Men's T-Shirt"]), ("men's", ["Men's T-Shirt"]),
                ("men’s tshirt", ["Men's T-Shirt"]),
                ("LMBRK220OAK", ["Hanger"]), ("lm brk220 oak", ["Hanger"]), ("LMBRK-220-OAK", ["Hanger"]),
                ("BRK220OAK", ["Hanger"]), ("VLV331525", ["Valve"]), ("vlv-3315.25", ["Valve"]),
                ("77412032", ["Dashed number"]), ("774 12032", ["Dashed number"]), ("lmo", []),
            ] as [(String, [String])] {
                #expect(try await shop.names(ProductQuery(text: text)).sorted() == found, "\(text)")
            }
        },
        ContractCase("A plural finds the singular, behind all that has the word") { shop in
            let people = try await shop.people()
            for (name, description) in [
                ("Whistle", ""), ("Berry jam", ""), ("Wine glass", ""), ("Cup", "Two whistles in it"),
                ("Box of whistles", ""), ("Whistleblower", ""),
            ] {
                _ = try await shop.services.catalog.add(
                    try shop.draft(name, description: description), as: people.staff)
            }
            for (text, found) in [
                ("whistles", ["Box of whistles", "Cup", "Whistle"]), ("berries", ["Berry jam"]),
                ("glasses wine", ["Wine glass"]), ("glass", ["Wine glass"]), ("boxes", ["Box of whistles"]),
                ("whistle", ["Whistle", "Whistleblower", "Box of whistles", "Cup"]),
            ] as [(String, [String])] {
                #expect(try await shop.names(ProductQuery(text: text)) == found, "\(text)")
                #expect(
                    try await shop.names(ProductQuery(text: text, sort: .name)).sorted() == found.sorted(),
                    "\(text)")
            }
        },
        ContractCase("A changed product is found by what it says now") { shop in
            let people = try await shop.people()
            let catalog = shop.services.catalog
            let product = try await catalog.add(
                try shop.draft("Lamp", category: "Light", sku: "L-1"), as: people.staff)
            _ = try await catalog.edit(
                product.id,
                ProductPatch(name: "Chair", description: "Oak", category: "Seats", sku: "C-1"),
                as: people.staff)
            for (text, category, isFound) in [
                ("lamp", nil, false), ("chair", nil, true), ("oak", nil, true), ("L-1", nil, false),
                ("c-1", nil, true), ("chair", "Light", false), ("chair", "Seats", true),
            ] as [(String, String?, Bool)] {
                let page = try await catalog.page(
                    ProductQuery(text: text, category: category), at: .first, perPage: 5)
                #expect(page.products.map(\.id) == (isFound ? [product.id] : []), "\(text)")
                #expect(page.total == Count(isFound ? 1 : 0), "\(text)")
            }
        },
        ContractCase("Nothing that can be typed is an operator or an error") { shop in
            let people = try await shop.people()
            _ = try await shop.fill(9, seed: 15, as: people.staff)
            for text in HostileText.examples {
                for sort in ProductSort.allCases {
                    let query = ProductQuery(text: text, sort: sort)
                    for position in [PagePosition.first, .number(2), .last] {
                        let page = try await shop.services.catalog.page(query, at: position, perPage: 4)
                        #expect(page.products.count <= 4)
                    }
                }
                let query = ProductQuery(text: "green", category: text)
                #expect(try await shop.services.catalog.page(query, at: .first, perPage: 4).products.isEmpty)
                await #expect(throws: StoreError.notFound(.productCode(text))) {
                    try await shop.services.catalog.product(code: text)
                }
            }
        },
    ]
}
