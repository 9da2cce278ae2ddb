import StoreDomain

extension Product: WireNamed {
    public static var wireName: StaticString { "product" }
    public static var wirePlural: StaticString { "products" }

    /// Times may be missing, as in other servers' search results: they are 1970 then.
    public init(_ json: WireReader) throws(WireProblem) {
        let created = try json.optionalTime("created_at") ?? Timestamp(milliseconds: 0)
        let price = try json.member("price").money()
        guard (0...Product.maximumPriceMinor).contains(price.minorUnits) else {
            throw try json.member("price").problem("is out of range")
        }
        self.init(
            id: try json.member("id").integer(in: 1 ... .max), sku: try json.optionalText("sku"),
            barcode: try json.optionalText("barcode"), name: try json.member("name").text(),
            description: try json.optionalText("description") ?? "", price: price,
            stock: try json.stock(), category: try json.optionalText("category"),
            taxClass: try json.optionalText("tax_class"),
            isArchived: try json.optional("is_archived")?.flag() ?? false, createdAt: created,
            updatedAt: try json.optionalTime("updated_at") ?? created)
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("name", name)
            $0.member("description", description)
            $0.member("price", price)
            $0.member("stock", stock.number)
            $0.member("category", category)
            $0.member("sku", sku)
            $0.member("barcode", barcode)
            $0.member("created_at", createdAt)
            $0.member("updated_at", updatedAt)
            // Added.
            $0.member("tracks_stock", stock.isTracked)
            $0.member("tax_class", taxClass)
            $0.member("is_archived", isArchived)
        }
    }
}

/// The answer of GET /api/products.
public struct ProductPageBody: WireWritable, Hashable, Sendable {
    public let products: [Product]
    public let total: Int
    public let page: Int
    public let perPage: Int
    /// 0 when there are no products.
    public let pages: Int

    public init(products: [Product], total: Int, page: Int, perPage: Int) {
        self.products = products
        self.total = total
        self.page = page
        self.perPage = perPage
        pages = (total + perPage - 1) / perPage
    }

    public init(_ json: WireReader) throws(WireProblem) {
        products = try json.member("products").list(Product.init)
        total = try json.member("total").int(in: 0...1_000_000_000_000)
        page = try json.member("page").int(in: 1...1_000_000_000_000)
        perPage = try json.member("per_page").int(in: 1...1_000_000)
        pages = try json.member("pages").int(in: 0...1_000_000_000_000)
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("products", products)
            $0.member("total", total)
            $0.member("page", page)
            $0.member("per_page", perPage)
            $0.member("pages", pages)
        }
    }
}

/// The answer of GET /api/products/search.
public struct SearchBody: WireWritable, Hashable, Sendable {
    public let products: [Product]
    /// How many match in all.
    public let count: Int

    public init(products: [Product], count: Int) {
        self.products = products
        self.count = count
    }

    public init(_ json: WireReader) throws(WireProblem) {
        products = try json.member("products").list(Product.init)
        count = try json.optional("count")?.int(in: 0...1_000_000_000_000) ?? products.count
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("products", products)
            $0.member("count", count)
        }
    }
}

/// The answer of GET /api/categories.
public struct CategoriesBody: WireWritable, Hashable, Sendable {
    public let categories: [CategoryCount]

    public init(categories: [CategoryCount]) { self.categories = categories }

    public init(_ json: WireReader) throws(WireProblem) {
        categories = try json.member("categories").list { (json) throws(WireProblem) in
            CategoryCount(
                name: try json.member("name").text(),
                count: try json.member("count").int(in: 0...1_000_000_000_000))
        }
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.name("categories")
            $0.list(categories) { json, category in
                json.object {
                    $0.member("name", category.name)
                    $0.member("count", category.count)
                }
            }
        }
    }
}

/// What POST and PATCH of a product ask for: a new product needs name and price, of an old one what is not
/// there stays.
public struct ProductDraftBody: WireWritable, Hashable, Sendable {
    public let patch: ProductPatch

    public init(_ patch: ProductPatch) { self.patch = patch }

    /// A member that is null takes an optional field away, as an empty text does.
    ///
    /// - Parameter isNew: whether name and price must be there.
    public init(_ json: WireReader, isNew: Bool) throws(WireProblem) {
        if isNew { try json.require(["name", "price"]) }
        patch = ProductPatch(
            name: try json.optionalText("name"), description: try json.clearableText("description"),
            price: try json.optionalMoney("price"), stock: try json.stockChange(isNew: isNew),
            category: try json.clearableText("category"), sku: try json.clearableText("sku"),
            barcode: try json.clearableText("barcode"), taxClass: try json.clearableText("tax_class"),
            isArchived: try json.optional("is_archived")?.flag())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            if let name = patch.name { $0.member("name", name) }
            if let description = patch.description { $0.member("description", description) }
            if let price = patch.price { $0.member("price", price) }
            if let stock = patch.stock { $0.member("stock", stock.number) }
            if let category = patch.category { $0.member("category", category) }
            if let sku = patch.sku { $0.member("sku", sku) }
            if let barcode = patch.barcode { $0.member("barcode", barcode) }
            if let stock = patch.stock, !stock.isTracked { $0.member("tracks_stock", false) }
            if let taxClass = patch.taxClass { $0.member("tax_class", taxClass) }
            if let isArchived = patch.isArchived { $0.member("is_archived", isArchived) }
        }
    }
}

extension WireReader {
    /// The text; an empty one for null; nil when there is no such member.
    fileprivate func clearableText(_ name: String) throws(WireProblem) -> String? {
        if let text = try optionalText(name) { return text }
        guard case .object(let members) = json, members.contains(where: { $0.name == name }) else {
            return nil
        }
        return ""
    }
}
