import GRDB
import StoreDomain

/// Rows of `payment_method`.
enum PaymentMethodRecord {
    /// The ways to pay that the store takes, in its order.
    static func active(in db: Database) throws -> [PaymentMethod] {
        try db.rows(
            "SELECT id, name, kind, permission FROM payment_method WHERE active = 1 ORDER BY position, id"
        ).map { row in
            PaymentMethod(
                id: row["id"], name: row["name"], kind: try row.word("kind"),
                permission: try row.word("permission"))
        }
    }

    /// The method in a row that has its columns under these names.
    static func method(_ row: Row) throws -> PaymentMethod {
        PaymentMethod(
            id: row["method_id"], name: row["method_name"], kind: try row.word("method_kind"),
            permission: try row.word("method_permission"))
    }

    /// What `method` reads, from the table `payment_method`.
    static let columns = """
        payment_method.id AS method_id, payment_method.name AS method_name, payment_method.kind AS method_kind,
        payment_method.permission AS method_permission
        """

    static func insert(_ methods: [PaymentMethod], after last: Int = -1, in db: Database) throws {
        for (position, method) in methods.enumerated() {
            try db.run(
                "INSERT INTO payment_method (id, name, kind, permission, position) VALUES (?, ?, ?, ?, ?)",
                [
                    method.id, method.name, method.kind.rawValue, method.permission.rawValue,
                    last + 1 + position,
                ])
        }
    }
}
