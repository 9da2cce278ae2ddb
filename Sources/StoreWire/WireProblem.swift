/// Why JSON is not what the contract says.
public enum WireProblem: Error, Hashable, Sendable {
    /// Members that must be there: all of them, and those that are not (or are null or blank).
    case missing([String], of: [String])
    /// A value that cannot be what it should; the path names it ("products[3].price") and is empty for the
    /// whole, the reason completes the sentence.
    case invalid(path: String, reason: String)

    /// One sentence: "products[3].price must be a number". For what is missing it names all that
    /// is needed, present or not.
    public var message: String {
        switch self {
        case .missing(_, let all): "Missing required fields: \(all.joined(separator: ", "))"
        case .invalid(let path, let reason): path.isEmpty ? "The body \(reason)" : "\(path) \(reason)"
        }
    }
}
