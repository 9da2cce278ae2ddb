import StoreDomain
import StoreWire

/// The bodies of the contract as JSON Schema.
enum Schemas {
    static let all: JSON = [
        "User": object([
            "id": id, "email": text, "name": text, "role": ["type": "string", "enum": names(Role.allCases)],
            "created_at": time, "updated_at": time,
        ]),
        "Product": object([
            "id": id, "name": text, "description": text, "price": money, "stock": count,
            "category": optionalText, "sku": optionalText, "barcode": optionalText, "created_at": time,
            "updated_at": time,
        ]),
        "Item": object([
            "id": id, "order_id": id, "product_id": id, "product_name": text, "quantity": quantity,
            "unit_price": money, "total_price": money,
        ]),
        "Order": object([
            "id": id, "user_id": id,
            "status": ["type": "string", "enum": names(OrderStatus.allCases)], "subtotal": money,
            "tax": money, "discount_amount": money, "total": money, "discount_code": optionalText,
            "created_at": time, "updated_at": time, "items": list("Item"),
        ]),
        "Category": object(["name": text, "count": count]),

        "Session": object(["message": text, "user": .ref("User"), "access_token": text]),
        "UserAnswer": object(["user": .ref("User")]),
        "ProductAnswer": object(["product": .ref("Product")]),
        "ProductPage": object([
            "products": list("Product"), "total": count, "page": count, "per_page": count, "pages": count,
        ]),
        "Search": object(["products": list("Product"), "count": count]),
        "Categories": object(["categories": list("Category")]),
        "OrderAnswer": object(
            ["message": text, "order": .ref("Order"), "discount_problem": text], required: ["order"]),
        "OrderPage": object(["orders": list("Order"), "count": count]),
        "Quote": object(
            [
                "subtotal": money, "discount_code": optionalText, "discount_amount": money,
                "discounted_subtotal": money, "tax": money, "total": money, "discount_problem": text,
            ],
            required: [
                "subtotal", "discount_code", "discount_amount", "discounted_subtotal", "tax", "total",
            ]),
        "Message": object(["message": text]),
        "Status": object(["status": text]),
        "Error": object(
            ["error": text, "fields": ["type": "object", "additionalProperties": text]], required: ["error"]),
        "Anything": ["type": "object"],

        "Registration": object(["email": email, "password": password, "name": personName]),
        "Credentials": object(["email": nonEmpty, "password": nonEmpty]),
        "NewProduct": object(productFields, required: ["name", "price"]),
        "ProductChange": object(
            productFields.merging(["name": orNull(name), "price": orNull(amount)]) { $1 }, required: []),
        "NewOrder": object(
            [
                "items": [
                    "type": "array", "minItems": 1, "maxItems": .number(String(Order.maximumLines)),
                    "items": object(["product_id": id, "quantity": quantity], required: ["product_id"]),
                ], "discount_code": optionalText,
            ], required: ["items"]),
        "QuoteRequest": object(["subtotal": amount, "discount_code": optionalText], required: ["subtotal"]),
        "Checkout": object(["order_id": id]),
    ]

    private static let productFields: [String: JSON] = [
        "name": name, "description": optionalText, "price": amount,
        "stock": [
            "type": ["integer", "null"], "minimum": 0, "maximum": .number(String(Product.maximumStock)),
        ],
        "category": optionalLine(100), "sku": optionalLine(255), "barcode": optionalLine(64),
    ]

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
}
