import GRDB
import StoreDomain

/// Rows of `payment_method`.
enum PaymentMethodRecord {
    /// The ways to pay that the store takes, in its order.
    static func active(in db: Database) throws -> [PaymentMethod] {
        try db.rows("SELECT \(columns) FROM payment_method WHERE active = 1 ORDER BY position, id") { row in
            try PaymentMethod(id: row[0], name: row[1], kind: .stored(row[2]), permission: .stored(row[3]))
        }
    }

    /// The method whose `columns` come next.
    static func method(_ columns: inout Columns) throws -> PaymentMethod {
        PaymentMethod(
            id: columns.next(), name: columns.next(), kind: try columns.word(),
            permission: try columns.word())
    }

    /// What `method` reads, from the table `payment_method`.
    static let columns = """
        payment_method.id, payment_method.name, payment_method.kind, payment_method.permission
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
