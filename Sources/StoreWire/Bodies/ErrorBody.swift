import StoreDomain

/// An answer that refuses: a sentence, and for input that breaks a rule, which field and why.
public struct ErrorBody: WireWritable, Hashable, Sendable {
    public let message: String
    public let fields: [FieldProblem]

    public init(_ message: String, fields: [FieldProblem] = []) {
        self.message = message
        self.fields = fields
    }

    /// Reads whatever a server says when it refuses: `{"error"}`, `{"msg"}`, `{"message"}`. nil for anything
    /// else, such as a proxy's HTML or nothing at all.
    public init?(parsing bytes: some Sequence<UInt8>) {
        guard let json = try? JSONParser.parse(bytes), case .object(let members) = json else { return nil }
        func text(_ name: String) -> String? {
            guard case .string(let text)? = members.last(where: { $0.name == name })?.value else {
                return nil
            }
            return text.trimmedText.isEmpty ? nil : text.trimmedText
        }
        guard let message = text("error") ?? text("msg") ?? text("message") else { return nil }
        var fields: [FieldProblem] = []
        if case .object(let problems)? = members.last(where: { $0.name == "fields" })?.value {
            for case (let name, .string(let reason)) in problems { fields.append(FieldProblem(name, reason)) }
        }
        self.init(message, fields: fields)
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("error", message)
            guard !fields.isEmpty else { return }
            json.name("fields")
            json.object { json in
                // A name may stand once; what else is wrong with it goes on in the same text.
                for name in fields.map(\.field).uniqued() {
                    json.name(name)
                    json.value(
                        fields.filter { $0.field == name }.map(\.reason).joined(separator: "; "))
                }
            }
        }
    }
}

extension Array where Element: Hashable {
    /// Each once, in the order of first appearance.
    fileprivate func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

/// The answer to signing out and the like: a sentence.
public struct MessageBody: WireWritable, Hashable, Sendable {
    public let message: String

    public init(_ message: String) { self.message = message }

    public init(_ json: WireReader) throws(WireProblem) { message = try json.member("message").text() }

    public func write(to json: inout JSONWriter) { json.object { $0.member("message", message) } }
}
