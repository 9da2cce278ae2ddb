/// What a whole shop consists of: the one list of what is copied from store to store, each table behind those that
/// it refers to. What a store has beside it is named with the reason.
public enum ShopTables {
    public static let copied: [CopiedTable] = people + goods + selling + cards + records

    private static let number: [CopiedColumn] = [
        .text("number_kind"), .text("number_till"), .integer("number_position"),
    ]

    private static let people: [CopiedTable] = [
        CopiedTable(
            "store",
            [.integer("id"), .text("uuid"), .text("currency"), .flag("is_demo"), .time("created_at")]
        ),
        CopiedTable("role", key: ["name"], [.text("name"), .text("grants")]),
        CopiedTable(
            "account", postgres: "users",
            [
                .integer("id"), .text("email"), .text("email_key"), .text("name"), .text("password_hash"),
                .text("role"), .time("created_at"), .time("updated_at"),
            ]),
        CopiedTable(
            "policy", key: ["number"],
            [.integer("number"), .text("content"), .integer("set_by"), .time("created_at")]),
        CopiedTable(
            "sign_in_failure", key: ["email_digest"],
            [.bytes("email_digest"), .integer("failures"), .time("next_try_at"), .time("failed_at")]),
        CopiedTable(
            "revoked_token", key: ["token_digest"], [.bytes("token_digest"), .time("expires_at")]),
        CopiedTable(
            "visitor_account", key: ["account_id"], [.integer("account_id"), .time("made_at")]),
        CopiedTable(
            "visitor_key", key: ["fingerprint"],
            [.text("fingerprint"), .integer("account_id"), .time("added_at"), .time("seen_at")]),
        CopiedTable("pin_setting", [.integer("id"), .text("setting")]),
        CopiedTable(
            "account_pin", key: ["account_id"],
            [.integer("account_id"), .text("hash"), .integer("failures"), .text("badge")]),
        CopiedTable("account_seen", key: ["account_id"], [.integer("account_id"), .time("seen_at")]),
    ]

    private static let goods: [CopiedTable] = [
        CopiedTable(
            "product", postgres: "products",
            [
                .integer("id"), .text("name"), .text("description"), .money("price"),
                .integer("initial_stock"), .integer("stock"), .flag("tracks_stock"),
                CopiedColumn("category_id", "category", .category), .text("tax_class"), .text("sku"),
                .text("sku_key"), .text("barcode"), .text("barcode_key"), .text("handle"), .flag("archived"),
                .time("count_due_at"), .integer("cost_pieces"), .money("cost_value"), .time("created_at"),
                .time("updated_at"),
            ]),
        CopiedTable(
            "discount", key: ["code_key"],
            [
                .text("code_key"), .text("code"), .text("kind"), .integer("rate_numerator"),
                .integer("rate_denominator"), .money("amount"), .time("valid_from"), .time("valid_until"),
                .money("minimum"), .integer("usage_limit"),
                CopiedColumn("times_used", "discount_use.uses", .uses),
                .flag("active"), .time("created_at"),
            ]),
        CopiedTable(
            "payment_method",
            [
                .text("id"), .text("name"), .text("kind"), .text("permission"), .integer("position"),
                .flag("active"),
            ]),
        CopiedTable(
            "number_series", key: ["kind", "till"], [.text("kind"), .text("till"), .integer("last")]),
        CopiedTable(
            "shift",
            [
                .integer("id"), .text("till"), .integer("opened_by"), .time("opened_at"),
                .money("float", "float_amount"), .integer("closed_by"), .time("closed_at"),
                .money("expected"), .money("counted"), .text("reason"), .text("counts"),
                .money("next_float"), .money("perpetual_sales"), .money("perpetual_refunds"),
                .text("journal_hash"),
            ] + number),
        CopiedTable(
            "shift_issue", key: ["shift_id", "position"],
            [
                .integer("shift_id"), .integer("position"), .integer("issued_by"), .time("created_at"),
            ]),
        CopiedTable(
            "cash_movement",
            [
                .integer("id"), .integer("shift_id"), .text("kind"), .money("amount"), .text("reason"),
                .integer("moved_by"), .time("created_at"),
            ]),
        CopiedTable(
            "approval",
            [
                .integer("id"), .text("permission"), .integer("share_numerator"),
                .integer("share_denominator"), .money("amount"), .text("title"), .text("content"),
                .text("digest"), .text("till"), .integer("shift_id"), .integer("asked_by"),
                .time("asked_at"), .text("stage"), .integer("answered_by"), .time("answered_at"),
                .flag("by_pin"),
            ]),
        CopiedTable(
            "parked_sale",
            [
                .integer("id"), .text("code"), .text("label"), .text("basket"), .text("till"),
                .integer("parked_by"), .time("created_at"),
            ]),
    ]

    private static let selling: [CopiedTable] = [
        CopiedTable(
            "orders",
            [
                .integer("id"), .integer("user_id"), .integer("operator_id"), .text("till"), .text("status"),
                .money("subtotal"), .money("discount", "discount_amount"), .money("tax"), .text("tax_mode"),
                .money("exempted"), .money("total"), .money("rounding"), .money("refunded"),
                .text("discount_code"), .text("exemption_reason"), .text("exemption_number"), .text("note"),
                .time("payment_opened_at"), .time("created_at"), .time("updated_at"),
                .text("journal_mark"),
            ] + number),
        CopiedTable(
            "order_item", postgres: "order_items",
            [
                .integer("id"), .integer("order_id"), .integer("product_id"), .text("product_name"),
                .text("sku"), .integer("quantity"), .money("unit_price"), .money("list_price"),
                .money("total", "total_price"), .money("line_discount"), .money("order_discount"),
                .money("tax"), .integer("tax_rate_numerator"), .integer("tax_rate_denominator"),
                .text("tax_class"), .text("override_reason"), .integer("returned"),
            ]),
        CopiedTable(
            "payment",
            [
                .integer("id"), .integer("order_id"), .text("method_id"), .money("amount"),
                .money("tendered"), .money("change"), .text("approval_code"), .integer("taken_by"),
                .integer("shift_id"), .time("created_at"), .integer("moved_from"),
            ]),
        CopiedTable(
            "stranded_payment",
            [
                .integer("id"), .integer("order_id"), .text("method_id"), .money("amount"),
                .text("approval_code"), .integer("taken_by"), .time("created_at"),
            ]),
        CopiedTable(
            "refund",
            [
                .integer("id"), .integer("order_id"), .text("reason"), .money("amount"), .money("rounding"),
                .integer("operator_id"), .text("till"), .integer("shift_id"), .time("created_at"),
                .text("refund_kind"), .integer("booked_on"), .integer("exchange_order_id"),
                .text("journal_mark"),
            ] + number),
        CopiedTable(
            "refund_item", key: ["refund_id", "position"],
            [
                .integer("refund_id"), .integer("position"), .integer("item_id"), .integer("quantity"),
                .money("amount"), .money("tax"), .flag("restocks"),
            ]),
        CopiedTable(
            "refund_tender", key: ["refund_id", "position"],
            [
                .integer("refund_id"), .integer("position"), .integer("payment_id"), .text("method_id"),
                .money("amount"), .text("approval_code"), .flag("moved"),
            ]),
        CopiedTable(
            "invoice", key: ["order_id"],
            [
                .integer("order_id"), .text("invoice_till"), .integer("invoice_position"),
                .text("party_name"),
                .text("party_address"), .text("party_tax_number"), .integer("made_by"), .time("made_at"),
            ]),
        CopiedTable(
            "document_issue", key: ["document", "document_id", "position"],
            [
                .text("document"), .integer("document_id"), .integer("position"), .integer("issued_by"),
                .text("till"), .integer("shift_id"), .time("created_at"),
            ]),
        CopiedTable(
            "till_event",
            [
                .integer("id"), .text("kind"), .text("till"), .integer("shift_id"), .integer("person"),
                .money("amount"), .text("reason"), .time("created_at"),
            ]),
    ]

    private static let cards: [CopiedTable] = [
        CopiedTable(
            "gift_card",
            [
                .integer("id"), .bytes("code_digest"), .text("last_four"), .integer("account_id"),
                .text("name"),
                .money("balance"), .time("expires_at"), .time("created_at"),
            ]),
        CopiedTable(
            "gift_card_movement",
            [
                .integer("id"), .integer("card_id"), .text("kind"), .money("amount"),
                .money("left", "left_amount"), .integer("order_id"), .integer("payment_id"),
                .integer("refund_id"), .integer("shift_id"), .integer("person"), .text("reason"),
                .time("created_at"),
            ]),
        CopiedTable(
            "loose_return", key: ["refund_id"],
            [
                .integer("refund_id"), .text("name"), .integer("customer_id"), .text("key"),
                .integer("user_id"), .bytes("fingerprint"),
            ]),
        CopiedTable(
            "loose_return_item", key: ["refund_id", "position"],
            [
                .integer("refund_id"), .integer("position"), .integer("product_id"), .text("product_name"),
                .text("sku"), .integer("quantity"), .money("unit_price"), .money("amount"), .money("tax"),
                .integer("tax_rate_numerator"), .integer("tax_rate_denominator"), .text("tax_class"),
                .flag("restocks"),
            ]),
    ]

    private static let records: [CopiedTable] = [
        CopiedTable(
            "stock_movement",
            [
                .integer("id"), .integer("product_id"), .text("kind"), .integer("quantity"),
                .integer("order_id"), .integer("person"), .text("reason"), .money("unit_cost"),
                .money("cost"),
                .flag("costed"), .integer("refund_id"), .time("created_at"),
            ]),
        CopiedTable(
            "price_batch",
            [
                .integer("id"), .text("title"), .integer("changes"), .integer("person"), .time("created_at"),
                .integer("taken_back_by"), .time("taken_back_at"), .time("holds_from"), .time("holds_until"),
                .time("begun_at"), .integer("kept"), .integer("kept_back"),
            ]),
        CopiedTable(
            "price_batch_line", key: ["batch_id", "product_id"],
            [.integer("batch_id"), .integer("product_id"), .money("old_price"), .money("new_price")]),
        CopiedTable(
            "price_change",
            [
                .integer("id"), .integer("product_id"), .money("old_price"), .money("new_price"),
                .integer("person"), .integer("batch_id"), .time("created_at"),
            ]),
        CopiedTable(
            "idempotency", key: ["user_id", "operation", "key"],
            [
                .text("key"), .text("operation"), .integer("user_id"), .bytes("fingerprint"),
                .integer("order_id"), .integer("refund_id"), .bytes("answer"), .time("created_at"),
            ]),
        CopiedTable(
            "parking_key", key: ["user_id", "key"],
            [
                .integer("user_id"), .text("key"), .bytes("fingerprint"), .text("parked"),
                .time("created_at"),
            ]),
        CopiedTable(
            "journal", key: ["chain", "number"],
            [
                .text("chain"), .integer("number"), .text("kind"), .text("content"), .text("hash"),
                .integer("person"), .time("created_at"),
            ]),
    ]

    /// What the other store has of its own, by table, or by table and column, and why it is not copied.
    public static let derived: [String: String] = [
        "category": "made as products name it, with its count",
        "product_total": "counted anew", "order_count": "counted anew",
        "discount_use": "the slots in which PostgreSQL keeps a discount's uses",
        "product.name_key": "made of the name as each store orders names",
        "products.name_key": "made of the name as each store orders names",
        "product_words": "made of the products' texts", "product_search": "made of the products' texts",
        "product_order": "made of the products", "product_term": "made of the products' words",
        "product_bits": "made of the products' words", "product_bits_made": "made of the products' words",
        "product_stretch": "made of the products' order",
        "product_change": "what the products' bits do not know yet",
        "product_unread": "what the Flask service wrote last, which is read anew",
        "other_service_change": "empty between transactions",
        "other_service_status": "what the Flask service's words for states stand for, which the orders know",
        "sales_sum": "counted anew", "store.sales_counted": "each store counts for itself",
        "store.category_changes": "each store counts for itself",
        "category_change": "each store counts for itself",
        "sales_waiting": "what the sums do not know yet",
        "visitor_code": "good for five minutes",
        "storefront_schema": "the migrations that a database has had",
        "grdb_migrations": "the migrations that a file has had",
    ]
}
