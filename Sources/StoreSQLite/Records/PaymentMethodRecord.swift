import GRDB
import StoreDomain

/// Rows of `payment_method`.
enum PaymentMethodRecord {
    /// The ways to pay that the store takes, in its order, and that are on offer where they are asked for.
    /// Only a demo store takes the card that is none.
    static func accepted(_ offer: PaymentOffer, in db: Database) throws -> [PaymentMethod] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT id, name, kind, minimum_role FROM payment_method
                WHERE active = 1 AND (kind <> 'simulated-card' OR (SELECT is_demo FROM store))
                ORDER BY position, id
                """)
        return try Row.fetchAll(statement).map { row in
            PaymentMethod(
                id: row["id"], name: row["name"], kind: try row.word("kind"),
                minimumRole: try row.word("minimum_role"))
        }.filter { offer == .server || $0.kind != .online }
    }

    static func insert(_ methods: [PaymentMethod], after last: Int = -1, in db: Database) throws {
        for (position, method) in methods.enumerated() {
            try db.run(
                "INSERT INTO payment_method (id, name, kind, minimum_role, position) VALUES (?, ?, ?, ?, ?)",
                [
                    method.id, method.name, method.kind.rawValue, method.minimumRole.rawValue,
                    last + 1 + position,
                ])
        }
    }
}

/// Where somebody wants to pay.
public enum PaymentOffer: Hashable, Sendable {
    /// At the shop's own screens.
    case till
    /// Over the REST API, where orders can be paid online too.
    case server
    /// Over the REST API of a shop that takes no payments there.
    case serverWithoutPayments
}
