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
                ("煎茶 京都", "京都の緑茶"), ("抹茶", nil), ("straße", "Straße map"), ("lodz", nil),
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
