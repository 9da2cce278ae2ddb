import StoreDomain
import StorefrontCore

/// Customers of the small shop: everybody who has the role, with the orders that are theirs.
extension FixtureShop {
    mutating func reply(to ask: CustomersRequest) -> CustomersAction {
        switch ask {
        case .list(let query): return .list(attempt { shop in shop.page(query) })
        case .more(let query): return .more(attempt { shop in shop.page(query) })
        case .record(let id):
            guard let user = customer(id) else { return .record(.failure(.notFound(.customer(id)))) }
            return .record(attempt { shop in shop.record(of: user) })
        case .target(let text, let id):
            guard let other = users.first(where: { String($0.id) == text || $0.email == text }) else {
                return .target(id, .failure(.notFound(.account(text))))
            }
            return .target(id, attempt { _ in other })
        case .merge(let id, let other):
            guard let kept = customer(other) else { return .merged(.failure(.notFound(.customer(other)))) }
            return .merged(
                attempt { shop in
                    shop.users.removeAll { $0.id == id }
                    return shop.record(of: kept)
                })
        case .export(let id): return .exported(attempt { _ in "customer-\(id).json" })
        case .erase(let id):
            guard let user = customer(id) else { return .erased(.failure(.notFound(.customer(id)))) }
            return .erased(
                attempt { shop in
                    shop.users.removeAll { $0.id == id }
                    return user
                })
        }
    }

    private func customer(_ id: Int64) -> User? {
        users.first { $0.id == id && $0.role.name == Role.customer.name }
    }

    private func page(_ query: CustomerQuery) -> CustomerPage {
        let found = users.sorted { $0.id > $1.id }.filter { user in
            user.role.name == Role.customer.name && (query.after.map { user.id < $0 } ?? true)
                && (query.words?.mean(id: user.id, name: user.name, email: user.email) ?? true)
        }
        let shown = Array(found.prefix(query.limit))
        return CustomerPage(customers: shown, next: found.count > query.limit ? shown.last?.id : nil)
    }

    private func record(of user: User) -> CustomerRecord {
        let own = orders.filter { $0.userID == user.id }.sorted { $0.id > $1.id }
        return CustomerRecord(
            user: user,
            figures: CustomerFigures(
                orders: own.count, paid: own.count { $0.status == .paid },
                spent: .sum(own.filter { $0.status == .paid }.map(\.total), currency: .usd),
                lastAt: own.first?.createdAt),
            orders: own, credit: credit, cards: [], returns: [])
    }
}
