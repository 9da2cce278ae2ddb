import StoreDomain
import StorefrontCore

/// What a visitor wants opened at once, as `ssh -t shop@host search tea` says it. Text from a stranger: looked up in
/// a list, and never an option of anything.
enum KioskLink: Hashable, Sendable {
    case plain
    case help
    case cart
    case orders
    case order(Int64)
    case product(String)
    case search(String)
    case category(String)

    /// Longer ones are no such thing.
    static let longest = 200

    /// What can be asked for, a line each.
    static let list = [
        "product/SKU    one product", "search/WORDS   products with these words",
        "category/NAME  the products of a category", "cart           the cart",
        "orders         your orders", "order/N        one of them", "plain          the shop line by line",
        "help           this list",
    ]

    /// nil for what is not on the list.
    init?(_ command: String) {
        guard command.utf8.count <= Self.longest else { return nil }
        let name = command.prefix { $0 != "/" && $0 != " " }
        let rest = String(command.dropFirst(name.count + 1)).cleanText
        switch (name, rest.isEmpty) {
        case ("plain", true): self = .plain
        case ("help", true): self = .help
        case ("cart", true): self = .cart
        case ("orders", true): self = .orders
        case ("order", false):
            guard let number = Int64(rest), number > 0 else { return nil }
            self = .order(number)
        case ("product", false): self = .product(rest)
        case ("search", false): self = .search(rest)
        case ("category", false): self = .category(rest)
        default: return nil
        }
    }

    /// Where it leads in the shop.
    ///
    /// - Throws: `notFound`.
    func opening(in services: StoreServices) async throws(StoreError) -> Opening? {
        switch self {
        case .plain: nil
        case .help: .help
        case .cart: .cart
        // Whose order it is shows once they have signed in.
        case .orders, .order: .orders
        case .product(let code): .product(try await services.catalog.product(code: code))
        case .search(let words): .search(words)
        case .category(let name): .category(try await Self.category(name, services))
        }
    }

    /// The category as the shop spells it.
    private static func category(_ name: String, _ services: StoreServices) async throws(StoreError) -> String
    {
        let categories = try await services.catalog.categories().map(\.name)
        let wanted = name.lowercased()
        guard let found = categories.first(where: { $0.lowercased() == wanted }) else {
            throw .notFound(.category(name))
        }
        return found
    }
}
