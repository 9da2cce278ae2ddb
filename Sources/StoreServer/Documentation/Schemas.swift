import StoreDomain
import StoreWire

/// The bodies of the contract as JSON Schema.
enum Schemas {
    static let all: JSON = .object(
        (shop + selling + till + office + answers + requests).map { ($0.key, $0.value) })

    private typealias Named = [(key: String, value: JSON)]

    // MARK: Values

    private static let shop: Named = [
        (
            "User",
            object([
                "id": id, "email": text, "name": text, "role": text, "permissions": .ref("Permissions"),
                "created_at": time, "updated_at": time,
            ])
        ),
        (
            "Permissions",
            [
                "type": "object",
                "propertyNames": ["enum": names(Permission.allCases)],
                "additionalProperties": [
                    "anyOf": [
                        ["const": true], object(["percent": percent]), object(["amount": money]),
                    ]
                ],
            ]
        ), ("Role", object(["name": roleName, "permissions": .ref("Permissions")])),
        (
            "Product",
            object([
                "id": id, "name": text, "description": text, "price": money, "stock": count,
                "category": optionalText, "sku": optionalText, "barcode": optionalText,
                "created_at": time, "updated_at": time, "tracks_stock": boolean, "tax_class": optionalText,
                "is_archived": boolean,
            ])
        ), ("Category", object(["name": text, "count": count])),
        (
            "Policy",
            object([
                "version": count, "at": time, "by": optionalID, "shop_name": text, "currency": text,
                "tax_classes": list("TaxClass"), "tax_mode": words(TaxMode.allCases),
                "tax_base": words(TaxBase.allCases), "cash_step": money, "cash_ties_go_down": boolean,
                "low_stock": count, "pending_minutes": count, "grace_minutes": count,
                "shift_tolerance": money, "time_zone": text, "receipt_header": texts,
                "receipt_footer": texts,
            ])
        ),
        (
            "TaxClass",
            object([
                "id": text, "name": text,
                "rates": [
                    "type": "array", "items": object(["from": orNull(time), "rate": percent]),
                ],
            ])
        ), ("Takes", ["anyOf": [object(["percent": percent]), object(["amount": money])]]),
        (
            "Discount",
            object(
                [
                    "code": text, "takes": .ref("Takes"), "valid_from": orNull(time),
                    "valid_until": orNull(time), "minimum_subtotal": orNull(money),
                    "usage_limit": orNull(count), "times_used": count, "is_active": boolean,
                ], required: ["code", "takes"])
        ),
        (
            "DiscountRefused",
            object(["why": text, "at": time, "minimum": money, "text": text], required: ["why"])
        ),
    ]

    private static let selling: Named = [
        (
            "Item",
            object([
                "id": id, "order_id": id, "product_id": id, "product_name": text, "quantity": quantity,
                "unit_price": money, "total_price": money, "sku": optionalText,
                "list_price": orNull(money), "override_reason": optionalText, "line_discount": money,
                "order_discount": money, "tax": money, "tax_rate": orNull(percent),
                "tax_class": optionalText, "returned": count,
            ])
        ),
        (
            "Order",
            object([
                "id": id, "user_id": optionalID, "status": words(OrderStatus.allCases), "subtotal": money,
                "tax": money, "discount_amount": money, "total": money, "discount_code": optionalText,
                "created_at": time, "updated_at": time, "items": list("Item"), "user_name": optionalText,
                "operator_id": optionalID, "till": optionalText, "number": optionalText,
                "tax_mode": words(TaxMode.allCases), "exempted": money,
                "exemption": orNull(.ref("Exemption")), "rounding": signedMoney, "refunded": money,
                "note": optionalText, "tenders": list("Payment"),
            ])
        ), ("Exemption", object(["reason": text, "tax_number": text])),
        (
            "PaymentMethod",
            object([
                "id": text, "name": text, "kind": words(PaymentKind.allCases),
                "permission": words(Permission.allCases),
            ])
        ),
        (
            "Payment",
            object([
                "id": id, "method": .ref("PaymentMethod"), "amount": money, "given": orNull(money),
                "change": orNull(money), "approval_code": optionalText, "paid_at": time,
            ])
        ),
        (
            "Tender",
            object(
                ["method": text, "amount": amount, "given": amount, "approval_code": optionalText],
                required: [])
        ),
        (
            "StrandedPayment",
            object([
                "order_id": id, "method": text, "amount": money, "approval_code": optionalText,
            ])
        ),
        (
            "PricedLine",
            object([
                "product_id": optionalID, "name": text, "unit_price": money, "quantity": quantity,
                "total_price": money,
            ])
        ),
        (
            "Prices",
            object([
                "lines": list("PricedLine"), "subtotal": money, "discount_code": optionalText,
                "discount_amount": money, "discounted_subtotal": money, "tax": money, "total": money,
                "discount_refused": orNull(.ref("DiscountRefused")), "steps": list("PricingStep"),
            ])
        ), ("PricingStep", object(["kind": text, "amount": signedMoney], required: ["kind"])),
        (
            "Agreement",
            object(
                [
                    "unit_prices": ["type": "array", "items": money], "subtotal": money,
                    "discount_amount": money, "tax": money, "total": money, "discount_code": optionalText,
                ], required: ["unit_prices", "subtotal", "discount_amount", "tax", "total"])
        ),
    ]

    private static let till: Named = [
        (
            "PricedSale",
            object([
                "lines": list("SaleLine"), "taxes": list("TaxFigure"), "exempted": money,
                "exemption": orNull(.ref("Exemption")), "tax_mode": words(TaxMode.allCases),
                "prices": .ref("Prices"),
            ])
        ),
        (
            "SaleLine",
            object([
                "product_id": id, "name": text, "sku": optionalText, "quantity": quantity,
                "unit_price": money, "list_price": money, "tax_class": optionalText,
                "discount": orNull(.ref("Takes")), "override_reason": optionalText,
                "line_discount": money, "order_discount": money, "tax_rate": percent, "tax": money,
            ])
        ), ("TaxFigure", object(["rate": percent, "net": money, "tax": money])),
        (
            "Refund",
            object([
                "id": id, "order_id": id, "number": optionalText, "lines": list("RefundLine"),
                "reason": text, "tenders": list("RefundTender"), "amount": money, "rounding": signedMoney,
                "operator_id": id, "till": text, "at": time,
            ])
        ),
        (
            "RefundLine",
            object([
                "item_id": id, "quantity": quantity, "amount": money, "tax": money, "restocks": boolean,
            ])
        ),
        (
            "RefundTender",
            object([
                "payment_id": optionalID, "method": .ref("PaymentMethod"), "amount": money,
                "approval_code": optionalText,
            ])
        ),
        (
            "Shift",
            object([
                "id": id, "till": text, "number": optionalText, "opened_by": id, "opened_at": time,
                "float": money, "closing": orNull(.ref("ShiftEnd")),
            ])
        ),
        (
            "ShiftEnd",
            object([
                "closed_by": id, "closed_at": time, "expected": signedMoney, "counted": money,
                "variance": signedMoney, "reason": optionalText,
            ])
        ),
        (
            "ShiftReport",
            object([
                "shift": .ref("Shift"), "sales": count, "sales_total": money, "refunds": count,
                "refunds_total": money, "rounding": signedMoney, "tax": signedMoney,
                "tenders": list("TenderSum"), "movements": list("CashMovement"), "expected": signedMoney,
            ])
        ),
        (
            "TenderSum",
            object([
                "method": text, "kind": words(PaymentKind.allCases), "count": count, "taken": money,
                "refunded": money,
            ])
        ),
        (
            "CashMovement",
            object([
                "kind": words(CashMovementKind.allCases), "amount": money, "reason": text, "by": id,
                "at": time,
            ])
        ),
        (
            "Basket",
            object(
                ["lines": list("BasketLine"), "discount_code": optionalText], required: ["lines"])
        ),
        (
            "BasketLine",
            object(
                [
                    "product_id": id, "name": text, "sku": optionalText, "unit_price": amount,
                    "stock": count, "quantity": quantity,
                ], required: ["product_id", "name", "unit_price", "quantity"])
        ),
        (
            "ParkedSale",
            object([
                "id": id, "code": text, "label": text, "basket": .ref("Basket"), "till": text,
                "parked_by": id, "at": time,
            ])
        ),
    ]

    private static let office: Named = [
        (
            "StockMovement",
            object([
                "product_id": id, "kind": words(StockMovementKind.allCases), "quantity": integer,
                "order_id": optionalID, "by": optionalID, "reason": optionalText,
                "unit_cost": orNull(money), "at": time,
            ])
        ), ("DaySales", object(["start": time, "orders": count, "total": signedMoney])),
        (
            "JournalRecord",
            object([
                "chain": text, "number": count, "at": time, "by": optionalID,
                "kind": words(JournalKind.allCases), "text": text, "hash": text,
            ])
        ), ("JournalBreak", object(["chain": text, "number": count])),
    ]

    // MARK: Answers

    private static let answers: Named = [
        ("Session", object(["message": text, "user": .ref("User"), "access_token": text])),
        one("UserAnswer", "user", "User"), many("Users", "users", "User"),
        one("RoleAnswer", "role", "Role"), many("Roles", "roles", "Role"),
        one("ProductAnswer", "product", "Product"),
        (
            "ProductPage",
            object([
                "products": list("Product"), "total": count, "page": count, "per_page": count,
                "pages": count,
            ])
        ), ("Search", object(["products": list("Product"), "count": count])),
        many("Categories", "categories", "Category"),
        (
            "OrderAnswer",
            object(
                [
                    "message": text, "order": .ref("Order"), "discount_problem": text,
                    "discount_refused": .ref("DiscountRefused"),
                ], required: ["order"])
        ), ("OrderPage", object(["orders": list("Order"), "count": count])),
        (
            "Quote",
            object(
                [
                    "subtotal": money, "discount_code": optionalText, "discount_amount": money,
                    "discounted_subtotal": money, "tax": money, "total": money, "discount_problem": text,
                    "discount_refused": .ref("DiscountRefused"),
                ],
                required: [
                    "subtotal", "discount_code", "discount_amount", "discounted_subtotal", "tax", "total",
                ])
        ), one("PricesAnswer", "prices", "Prices"), many("PaymentMethods", "methods", "PaymentMethod"),
        many("StrandedPayments", "payments", "StrandedPayment"),
        one("PricedSaleAnswer", "sale", "PricedSale"), one("RefundAnswer", "refund", "Refund"),
        many("Refunds", "refunds", "Refund"), one("ShiftAnswer", "shift", "Shift"),
        ("CurrentShift", object(["shift": orNull(.ref("Shift"))])), many("Shifts", "shifts", "Shift"),
        one("ShiftReportAnswer", "report", "ShiftReport"),
        one("CashMovementAnswer", "movement", "CashMovement"),
        one("ParkedSaleAnswer", "parked_sale", "ParkedSale"),
        many("ParkedSales", "parked_sales", "ParkedSale"),
        many("StockMovements", "movements", "StockMovement"), many("DailySales", "days", "DaySales"),
        one("PolicyAnswer", "policy", "Policy"), many("Policies", "policies", "Policy"),
        one("DiscountAnswer", "discount", "Discount"), many("Discounts", "discounts", "Discount"),
        ("Chains", object(["chains": texts])), many("JournalRecords", "records", "JournalRecord"),
        many("JournalBreaks", "breaks", "JournalBreak"), ("Message", object(["message": text])),
        ("Status", object(["status": text])),
        (
            "Error",
            object(
                [
                    "error": text, "fields": ["type": "object", "additionalProperties": text],
                    "code": words(ErrorCode.allCases), "params": ["type": "object"],
                ], required: ["error", "code"])
        ), ("Anything", ["type": "object"]),
    ]

    // MARK: Requests

    private static let requests: Named = [
        ("Registration", object(["email": email, "password": password, "name": personName])),
        ("Credentials", object(["email": nonEmpty, "password": nonEmpty])),
        (
            "NewAccount",
            object(["email": email, "password": password, "name": personName, "role": roleName])
        ), ("RoleChange", object(["email": nonEmpty, "role": roleName])),
        ("NewProduct", object(productFields, required: ["name", "price"])),
        (
            "ProductChange",
            object(
                productFields.merging([
                    "name": orNull(name), "price": orNull(amount), "is_archived": flag,
                ]) { $1 }, required: [])
        ),
        (
            "NewOrder",
            object(
                [
                    "items": lines(
                        object(["product_id": id, "quantity": quantity], required: ["product_id"])),
                    "discount_code": optionalText, "agreed": .ref("Agreement"),
                ], required: ["items"])
        ),
        (
            "Lines",
            object(
                [
                    "lines": [
                        "type": "array", "maxItems": .number(String(Order.maximumLines)),
                        "items": object(
                            [
                                "product_id": id, "name": text, "unit_price": amount,
                                "quantity": quantity,
                            ], required: []),
                    ], "discount_code": optionalText,
                ], required: ["lines"])
        ),
        (
            "QuoteRequest",
            object(["subtotal": amount, "discount_code": optionalText], required: ["subtotal"])
        ),
        ("Checkout", object(["order_id": id, "tenders": list("Tender")], required: ["order_id"])),
        (
            "Sale",
            object(
                [
                    "till": tillName,
                    "lines": lines(
                        object(
                            [
                                "product_id": id, "quantity": quantity, "unit_price": amount,
                                "override_reason": reason, "discount": .ref("Takes"),
                            ], required: ["product_id"])), "discount_code": optionalText,
                    "discount": .ref("Takes"), "exemption": .ref("Exemption"), "customer_id": id,
                    "note": optionalText, "agreed": .ref("Agreement"), "tenders": list("Tender"),
                ], required: ["till", "lines"])
        ),
        (
            "NewRefund",
            object(
                [
                    "order_id": id, "till": tillName,
                    "lines": lines(
                        object(
                            ["item_id": id, "quantity": quantity, "restocks": boolean],
                            required: ["item_id"])), "reason": reason, "method": text,
                    "approval_code": optionalText,
                ], required: ["order_id", "till", "lines", "reason"])
        ), ("ShiftOpening", object(["till": tillName, "float": amount])),
        (
            "CashMove",
            object([
                "till": tillName, "kind": words(CashMovementKind.allCases), "amount": amount,
                "reason": reason,
            ])
        ),
        (
            "ShiftClosing",
            object(
                ["till": tillName, "counted": amount, "reason": reason], required: ["till", "counted"])
        ),
        (
            "Parking",
            object(
                [
                    "till": tillName, "label": ["type": "string", "maxLength": 60],
                    "basket": .ref("Basket"),
                ], required: ["till", "basket"])
        ),
        (
            "StockAdjustment",
            object(
                [
                    "product_id": id, "kind": words(StockMovementKind.byHand), "quantity": integer,
                    "reason": reason, "unit_cost": amount,
                ], required: ["product_id", "kind", "quantity", "reason"])
        ),
        (
            "PolicyChange",
            object(["name": words(PolicyField.allCases), "value": text])
        ),
    ]

    private static let productFields: [String: JSON] = [
        "name": name, "description": optionalText, "price": amount,
        "stock": [
            "type": ["integer", "null"], "minimum": 0, "maximum": .number(String(Product.maximumStock)),
        ],
        "category": optionalLine(100), "sku": optionalLine(255), "barcode": optionalLine(64),
        "tracks_stock": flag, "tax_class": optionalLine(40),
    ]

    private static let flag: JSON = ["type": ["boolean", "null"]]
    private static let text: JSON = ["type": "string"]
    private static let nonEmpty: JSON = ["type": "string", "minLength": 1]
    private static let name: JSON = [
        "type": "string", "minLength": 1, "maxLength": 255, "pattern": printable,
    ]
    private static let personName: JSON = ["type": "string", "minLength": 1, "maxLength": 255]
    /// Something that can be seen, and no control characters.
    private static let printable: JSON = #"^[^\u0000-\u001F\u007F-\u009F]*$"#
    private static let email: JSON = ["type": "string", "format": "email", "maxLength": 254]
    private static let password: JSON = ["type": "string", "minLength": 8, "maxLength": 72]
    private static let optionalText: JSON = ["type": ["string", "null"]]
    private static let id: JSON = ["type": "integer", "format": "int64"]
    private static let count: JSON = ["type": "integer", "minimum": 0]
    private static let quantity: JSON = ["type": "integer", "minimum": 1, "maximum": 9999, "default": 1]
    private static let time: JSON = ["type": "string", "format": "date-time"]
    private static let money: JSON = ["type": "number", "minimum": 0, "examples": [.number("29.99")]]

    /// What a client may ask for.
    private static let amount: JSON = [
        "type": "number", "minimum": 0, "maximum": .number("99999999.99"), "examples": [.number("29.99")],
    ]

    private static func optionalLine(_ length: Int) -> JSON {
        ["type": ["string", "null"], "maxLength": .number(String(length)), "pattern": printable]
    }

    /// What a change may leave as it is by saying null.
    private static func orNull(_ schema: JSON) -> JSON { ["anyOf": [schema, ["type": "null"]]] }

    private static func list(_ schema: String) -> JSON { ["type": "array", "items": .ref(schema)] }

    private static func names<T: RawRepresentable>(_ cases: [T]) -> JSON where T.RawValue == String {
        .array(cases.map { .string($0.rawValue) })
    }

    /// - Parameter required: all members unless it says which.
    private static func object(_ members: [String: JSON], required: [String]? = nil) -> JSON {
        let members = members.sorted { $0.key < $1.key }
        return [
            "type": "object", "required": .array((required ?? members.map(\.key)).map { .string($0) }),
            "properties": .object(members.map { ($0.key, $0.value) }),
        ]
    }

    private static let boolean: JSON = ["type": "boolean"]
    private static let integer: JSON = ["type": "integer"]
    private static let optionalID: JSON = ["type": ["integer", "null"], "format": "int64"]
    private static let texts: JSON = ["type": "array", "items": text]
    private static let percent: JSON = ["type": "number", "minimum": 0, "examples": [.number("8.5")]]
    /// Money that may be less than nothing.
    private static let signedMoney: JSON = ["type": "number", "examples": [.number("-0.02")]]
    private static let roleName: JSON = ["type": "string", "pattern": "^[a-z0-9-]{1,40}$"]
    private static let tillName: JSON = ["type": "string", "pattern": "^[a-z0-9]{1,20}$"]
    private static let reason: JSON = ["type": "string", "minLength": 1, "maxLength": 200]

    private static func words<T: RawRepresentable>(_ cases: [T]) -> JSON where T.RawValue == String {
        ["type": "string", "enum": names(cases)]
    }

    private static func lines(_ line: JSON) -> JSON {
        [
            "type": "array", "minItems": 1, "maxItems": .number(String(Order.maximumLines)),
            "items": line,
        ]
    }

    private static func one(_ name: String, _ member: String, _ schema: String) -> (
        key: String, value: JSON
    ) { (name, object([member: .ref(schema)])) }

    private static func many(_ name: String, _ member: String, _ schema: String) -> (
        key: String, value: JSON
    ) { (name, object([member: list(schema)])) }
}
