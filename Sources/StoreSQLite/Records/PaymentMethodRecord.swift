import GRDB
import StoreDomain

/// Rows of `payment_method`.
enum PaymentMethodRecord {
    /// The ways to pay that the store takes, in its order. Only a demo store takes the card that is none.
    static func accepted(in db: Database) throws -> [PaymentMethod] {
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
        }
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
