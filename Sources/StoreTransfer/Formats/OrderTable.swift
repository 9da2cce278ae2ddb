import StoreDomain

/// Orders as a table for spreadsheets: CSV, one row an order, times in UTC, amounts as plain numbers.
public enum OrderTable {
    /// The columns, with what stands in each.
    static let columns: [(name: String, cell: @Sendable (Order) -> String)] = [
        ("order", { String($0.id) }),
        ("receipt", { $0.number?.text ?? "" }),
        ("placed_utc", { ShopZone.utc.minuteText($0.createdAt) }),
        ("status", { $0.status.rawValue }),
        ("customer", { $0.userName ?? "" }),
        ("pieces", { String($0.pieces) }),
        ("subtotal", { $0.subtotal.decimalText }),
        ("discount", { $0.discount.decimalText }),
        ("discount_code", { $0.discountCode ?? "" }),
        ("tax", { $0.tax.decimalText }),
        ("total", { $0.total.decimalText }),
        ("refunded", { $0.refunded.decimalText }),
        ("currency", { $0.total.currency.code }),
        ("paid_utc", { order in order.paidAt.map { ShopZone.utc.minuteText($0) } ?? "" }),
        ("paid_by", { $0.payments.map(\.method.name).joined(separator: ", ") }),
    ]

    /// The header as a line of a file.
    public static var header: String { CSVWriter.line(columns.map(\.name)) }

    /// An order as a line of a file.
    public static func line(_ order: Order) -> String { CSVWriter.line(columns.map { $0.cell(order) }) }

    /// A whole file, its header included.
    public static func text(_ orders: [Order]) -> String { header + orders.map(line).joined() }
}
