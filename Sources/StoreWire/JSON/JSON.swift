/// A JSON value as it stood in the text: numbers keep their digits, so that money never passes through a
/// Double; members keep their order.
public enum JSON: Sendable {
    case string(String)
    /// The number's text, as the grammar of JSON has it.
    case number(String)
    case bool(Bool)
    case null
    case array([JSON])
    case object([(name: String, value: JSON)])

    /// What a message calls the value's kind: "an object".
    var kind: String {
        switch self {
        case .string: "a text"
        case .number: "a number"
        case .bool: "true or false"
        case .null: "null"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
