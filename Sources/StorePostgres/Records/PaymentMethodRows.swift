import StoreDomain

/// Rows of `payment_method`.
enum PaymentMethodRows {
    /// What `method` reads, from the table `payment_method`.
    static let columns = """
        payment_method.id, payment_method.name, payment_method.kind, payment_method.permission
        """

    /// The ways to pay that the store takes, in its order.
    static func active(in db: PostgresConnection) throws -> [PaymentMethod] {
        try db.rows(
            "SELECT \(columns) FROM payment_method WHERE active ORDER BY position, id", [], method)
    }

    /// The method whose `columns` come next.
    static func method(_ row: inout PostgresRow) throws -> PaymentMethod {
        try PaymentMethod(id: row.next(), name: row.next(), kind: row.word(), permission: row.word())
    }
}
