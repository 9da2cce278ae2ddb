import StoreDomain
import StoreWire

/// The bodies of the contract as JSON Schema.
enum Schemas {
    static let all: JSON = .object(
        (shop + selling + till + office + answers + requests).map { ($0.key, $0.value) })

    typealias Named = [(key: String, value: JSON)]

    // MARK: Parts

    static let productFields: [String: JSON] = [
        "name": name, "description": optionalText, "price": amount,
        "stock": [
            "type": ["integer", "null"], "minimum": 0, "maximum": .number(String(Product.maximumStock)),
            "description": "The pieces there are; counts a product that was not counted",
        ],
        "category": optionalLine(100), "sku": optionalLine(255), "barcode": optionalLine(64),
        "tracks_stock": [
            "type": ["boolean", "null"],
            "description": "false for what sells without counting, whatever stock says; true needs stock",
        ], "tax_class": optionalLine(40),
    ]

    static let importedField: JSON = [
        "type": "string", "enum": .array(ImportedField.allCases.map { .string($0.name) }),
    ]

    /// A product as a file describes it.
    static let importedProduct = object(
        productFields.merging([
            "handle": text, "row": ["type": "integer", "minimum": 1],
            "keeps": ["type": "array", "items": importedField], "damaged": list("DamagedCode"),
        ]) { $1 }, required: ["handle", "row", "name", "price"])

    /// A stock is a number for every client, and a flag beside it for those that know it.
    static let stock: JSON = [
        "type": "integer", "minimum": 0,
        "description": .string("The pieces there are; \(Stock.untracked.number) where tracks_stock is false"),
    ]
    static let tracksStock: JSON = [
        "type": "boolean", "description": "false for what sells without counting: it is never sold out",
    ]

    static let flag: JSON = ["type": ["boolean", "null"]]
    static let text: JSON = ["type": "string"]
    static let nonEmpty: JSON = ["type": "string", "minLength": 1]
    static let name: JSON = [
        "type": "string", "minLength": 1, "maxLength": 255, "pattern": printable,
    ]
    static let personName: JSON = ["type": "string", "minLength": 1, "maxLength": 255]
    /// Something that can be seen, and no control characters.
    static let printable: JSON = #"^[^\u0000-\u001F\u007F-\u009F]*$"#
    static let email: JSON = ["type": "string", "format": "email", "maxLength": 254]
    static let password: JSON = ["type": "string", "minLength": 8, "maxLength": 72]
    static let optionalText: JSON = ["type": ["string", "null"]]
    static let id: JSON = ["type": "integer", "format": "int64"]
    static let count: JSON = ["type": "integer", "minimum": 0]
    static let quantity: JSON = ["type": "integer", "minimum": 1, "maximum": 9999, "default": 1]
    static let time: JSON = ["type": "string", "format": "date-time"]
    static let money: JSON = ["type": "number", "minimum": 0, "examples": [.number("29.99")]]

    /// What a client may ask for.
    static let amount: JSON = [
        "type": "number", "minimum": 0, "maximum": .number("99999999.99"), "examples": [.number("29.99")],
    ]

    static func optionalLine(_ length: Int) -> JSON {
        ["type": ["string", "null"], "maxLength": .number(String(length)), "pattern": printable]
    }

    /// So many coins or notes of one kind.
    static let pieces = object(["denomination": amount, "count": count])

    /// What a change may leave as it is by saying null.
    static func orNull(_ schema: JSON) -> JSON { ["anyOf": [schema, ["type": "null"]]] }

    static func list(_ schema: String) -> JSON { ["type": "array", "items": .ref(schema)] }

    static func names<T: RawRepresentable>(_ cases: [T]) -> JSON where T.RawValue == String {
        .array(cases.map { .string($0.rawValue) })
    }

    /// - Parameter required: all members unless it says which.
    static func object(_ members: [String: JSON], required: [String]? = nil) -> JSON {
        let members = members.sorted { $0.key < $1.key }
        return [
            "type": "object", "required": .array((required ?? members.map(\.key)).map { .string($0) }),
            "properties": .object(members.map { ($0.key, $0.value) }),
        ]
    }

    static let badge: JSON = ["type": "string", "minLength": 6, "maxLength": 64]
    static let addressLines: JSON = [
        "type": "array", "maxItems": 6, "items": ["type": "string", "maxLength": 100],
    ]
    static let pin: JSON = ["type": "string", "pattern": "^[0-9]{4,8}$"]
    static let boolean: JSON = ["type": "boolean"]
    static let integer: JSON = ["type": "integer"]
    static let optionalID: JSON = ["type": ["integer", "null"], "format": "int64"]
    static let date: JSON = ["type": "string", "format": "date"]
    static let texts: JSON = ["type": "array", "items": text]
    static let percent: JSON = ["type": "number", "minimum": 0, "examples": [.number("8.5")]]
    /// Money that may be less than nothing.
    static let signedMoney: JSON = ["type": "number", "examples": [.number("-0.02")]]
    static let roleName: JSON = ["type": "string", "pattern": "^[a-z0-9-]{1,40}$"]
    static let tillName: JSON = ["type": "string", "pattern": "^[a-z0-9]{1,20}$"]
    static let reason: JSON = ["type": "string", "minLength": 1, "maxLength": 200]

    static func words<T: RawRepresentable>(_ cases: [T]) -> JSON where T.RawValue == String {
        ["type": "string", "enum": names(cases)]
    }

    static func lines(_ line: JSON) -> JSON {
        [
            "type": "array", "minItems": 1, "maxItems": .number(String(Order.maximumLines)),
            "items": line,
        ]
    }

    static func one(_ name: String, _ member: String, _ schema: String) -> (
        key: String, value: JSON
    ) { (name, object([member: .ref(schema)])) }

    static func many(_ name: String, _ member: String, _ schema: String) -> (
        key: String, value: JSON
    ) { (name, object([member: list(schema)])) }
}
