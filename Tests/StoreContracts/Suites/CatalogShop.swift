import StoreDomain
import Testing

extension Shop {
    func draft(
        _ name: String, price: String = "1.00", stock: Stock = 1, category: String? = nil, sku: String? = nil,
        barcode: String? = nil, description: String = ""
    ) throws -> ProductDraft {
        try ProductDraft(
            name: name, description: description, price: try amount(price), stock: stock, category: category,
            sku: sku, barcode: barcode)
    }

    /// The names on the first page.
    func names(_ query: ProductQuery) async throws -> [String] {
        try await services.catalog.page(query, at: .first, perPage: 500).products.map(\.name)
    }

    /// Adds products with few different names, prices and categories, so that many are equal in any order.
    func fill(_ count: Int, seed: UInt64, as principal: Principal) async throws -> [Product] {
        var random = SplitMix64(seed: seed)
        func word() -> String {
            ["Green", "grey", "Tea", "team", "Sugar", "Salt", "apple"].randomElement(using: &random) ?? ""
        }
        var products: [Product] = []
        for number in 1...count {
            let draft = try draft(
                "\(word()) \(word())", price: "\(Int.random(in: 1...4, using: &random)).00",
                stock: .counted(Int.random(in: 0...3, using: &random)),
                category: [nil, "Tea", "Sweet"].randomElement(using: &random) ?? nil,
                sku: number.isMultiple(of: 3) ? nil : "SKU-\(number)", description: "\(word()) and \(word())")
            products.append(try await services.catalog.add(draft, as: principal))
        }
        return products
    }

    /// Reads all pages of a query by number, forward from the first and backward from the last, and expects
    /// the same products each time: these, in this order when `exactly`.
    func walk(_ query: ProductQuery, perPage: Int, expecting ids: [Int64], exactly: Bool) async throws {
        let catalog = services.catalog
        let comment: Comment = "\(query), \(perPage) a page"
        let first = try await catalog.page(query, at: .first, perPage: perPage)
        #expect(first.total == Count(ids.count), comment)
        #expect(!first.hasPrevious && first.number == 1, comment)
        let pages = max(1, (ids.count + perPage - 1) / perPage)

        var byNumber: [[Int64]] = []
        for number in 1...pages {
            let page = try await catalog.page(query, at: .number(number), perPage: perPage)
            #expect(page.number == number && page.hasNext == (number < pages), comment)
            byNumber.append(page.products.map(\.id))
        }
        let found = byNumber.flatMap(\.self)
        if exactly {
            #expect(found == ids, comment)
        } else {
            #expect(found.sorted() == ids.sorted(), comment)
        }

        var forward = [first.products.map(\.id)]
        var page = first
        while page.hasNext, let last = page.last {
            page = try await catalog.page(query, at: .after(last, number: page.number + 1), perPage: perPage)
            forward.append(page.products.map(\.id))
        }
        if first.last != nil { #expect(forward == byNumber, comment) }

        page = try await catalog.page(query, at: .last, perPage: perPage)
        #expect(page.number == pages && !page.hasNext, comment)
        var backward = [page.products.map(\.id)]
        while page.hasPrevious, let first = page.first {
            page = try await catalog.page(
                query, at: .before(first, number: page.number - 1), perPage: perPage)
            backward.append(page.products.map(\.id))
        }
        if first.first != nil { #expect(backward.reversed() == byNumber, comment) }
    }
}

extension ProductSort {
    /// Whether the first stands before the second, in a catalogue of ASCII names.
    func holds(_ left: Product, _ right: Product) -> Bool {
        switch self {
        case .automatic, .newest: left.id > right.id
        case .name: (left.name.lowercased(), left.id) < (right.name.lowercased(), right.id)
        case .priceUp: (left.price, left.id) < (right.price, right.id)
        case .priceDown: (left.price, left.id) > (right.price, right.id)
        }
    }
}

/// Text that other programs have stumbled over.
public enum HostileText {
    public static let examples = [
        "\"", "\"\"", "'", "''; DROP TABLE product; --", "*", "a*", "\"a", "a\"b", "(", ")", "((", "-", "- a",
        "-a", "a -b", "^a", "NEAR(", "NEAR(a b, 2)", "a NEAR b", "AND", "OR", "NOT", "a AND", "NOT a",
        "name:a", "{name}: a", "name : a", "a + b", "+", "\\", "\\\\", "%", "_", "%a%", "\0", "a\0b", "\u{1}",
        "\u{7F}", "\u{9B}31m", "\u{1B}[2J", "\r\n", "\u{FEFF}a", "\u{202E}abc", "\u{200D}", "\u{E000}1",
        "\u{E001}a", "\u{E000}", "\u{F8FF}", "👩‍👩‍👧‍👦", "🛒", "e\u{301}", "\u{301}", "\u{301}a", "ﬁ", "İ", "ß", "ŉ",
        "नमस्ते", "ไทย",
        "\u{1E900}", "\u{10FFFF}", "\u{FFFF}", "½", "①", "٣", "a b c d e f g h i j k l m n o p",
        String(repeating: "a", count: 5_000), String(repeating: "a ", count: 5_000),
        String(repeating: "\"", count: 999), String(repeating: "(", count: 999),
    ]
}

/// A small generator with a seed, for tests that can be repeated.
public struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
