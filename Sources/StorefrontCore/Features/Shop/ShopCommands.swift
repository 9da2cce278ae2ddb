import StoreDomain

extension ShopState {
    public static let commands: [CommandSpec] = [
        CommandSpec(
            .search, "Search", "Find by words of name, description, SKU or barcode",
            in: .screens([.shop, .checkout, .receipt]), keys: ["/"],
            spoken: Spoken(
                argument: .text,
                help: "Find by words of name, description, SKU or barcode; search lamp finds lamps"),
            traits: [.goesAhead],
            available: { feature, _ in
                feature is ShopState || feature.isAfterSale ? .enabled : .absent
            }
        ) { feature, _, _ in
            guard var shop = feature as? ShopState else { return [.newSale(searches: true)] }
            shop.goToSearch()
            feature = shop
            return []
        },
        CommandSpec(
            .category, "Category", "Show one category only", on: ShopState.self, keys: ["c"],
            spoken: Spoken(argument: .text, help: "Show one category only; or give it at once")
        ) { shop, desk, _ in
            guard desk.viewport.hasSideBar else { return [.open(.picker(shop.categoryPicker))] }
            shop.pane = .categories
            return []
        },
        CommandSpec(
            .sort, "Sort", "Newest, name, or price", on: ShopState.self, keys: ["s"],
            spoken: Spoken(argument: .text, help: "Newest, name, or price; or give it at once")
        ) { shop, _, _ in [.open(.picker(shop.sortPicker))] },
        CommandSpec(
            .sortNext, "Sort by column", "By name, by price upwards, by price downwards, then as at first",
            on: ShopState.self, keys: ["S"], spoken: .never
        ) { shop, desk, _ in shop.choose(.sort(shop.sort.next), &desk) },
        Buying.addOne, Buying.takeOne,
        CommandSpec(
            .clearFilters, "Clear filters", "Show all products again", on: ShopState.self, keys: ["x"],
            available: { shop, _ in shop.hasFilters ? .enabled : .disabled("There are no filters") }
        ) { shop, desk, _ in shop.clearFilters(desk) },
    ]
}

extension Command {
    public static let search = Command("search")
    public static let category = Command("category")
    public static let sort = Command("sort")
    public static let sortNext = Command("sortNext")
    public static let clearFilters = Command("clearFilters")
}
