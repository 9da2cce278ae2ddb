import StoreDomain

extension ShopState {
    public static let commands: [CommandSpec] = [
        CommandSpec(
            .search, "Search", "Find by words of name, description, SKU or barcode", on: ShopState.self,
            keys: ["/"],
            spoken: Spoken(
                argument: .text,
                help: "Find by words of name, description, SKU or barcode; search lamp finds lamps"),
            traits: [.goesAhead]
        ) { shop, _, _ in
            shop.pane = .search
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
    public static let clearFilters = Command("clearFilters")
}
