import StoreDomain

/// An answer that refuses: a sentence for people, for input that breaks a rule which field and why, and for
/// programs a code with parameters.
public struct ErrorBody: WireWritable, Sendable {
    public let message: String
    public let fields: [FieldProblem]
    /// nil where a server gives none, or one that is not known here.
    public let code: ErrorCode?
    private let parameters: Parameters

    private enum Parameters: Sendable {
        case none
        case of(StoreError)
        case read(JSON)
    }

    /// What a service refused with.
    ///
    /// - Parameters:
    ///   - message: the sentence; the error's own when nil.
    ///   - fields: which fields it concerns, where the error does not say so itself.
    public init(_ error: StoreError, saying message: String? = nil, fields: [FieldProblem] = []) {
        self.message = message ?? error.message
        if case .invalid(let problems) = error { self.fields = problems } else { self.fields = fields }
        code = error.code
        parameters = error.hasParameters ? .of(error) : .none
    }

    /// What the protocol refuses with.
    public init(_ message: String, code: ErrorCode, fields: [FieldProblem] = []) {
        self.message = message
        self.fields = fields
        self.code = code
        parameters = .none
    }

    /// Reads whatever a server says when it refuses: `{"error"}`, `{"msg"}`, `{"message"}`. nil for anything
    /// else, such as a proxy's HTML or nothing at all.
    public init?(parsing bytes: some Sequence<UInt8>) {
        guard let json = try? JSONParser.parse(bytes), case .object(let members) = json else { return nil }
        func member(_ name: String) -> JSON? { members.last { $0.name == name }?.value }
        func text(_ name: String) -> String? {
            guard case .string(let text)? = member(name) else { return nil }
            return text.trimmedText.isEmpty ? nil : text.trimmedText
        }
        guard let message = text("error") ?? text("msg") ?? text("message") else { return nil }
        var fields: [FieldProblem] = []
        if case .object(let problems)? = member("fields") {
            for case (let name, .string(let reason)) in problems { fields.append(FieldProblem(name, reason)) }
        }
        self.message = message
        self.fields = fields
        code = text("code").flatMap(ErrorCode.init(rawValue:))
        parameters = .read(member("params") ?? .object([]))
    }

    /// The error that code and parameters make; nil where the status alone tells.
    public func error(currency: Currency) -> StoreError? {
        guard let code else { return nil }
        switch parameters {
        case .of(let error): return error
        case .none: return try? StoreError(code, fields: fields, reader(.object([]), currency))
        case .read(let json): return try? StoreError(code, fields: fields, reader(json, currency))
        }
    }

    private func reader(_ json: JSON, _ currency: Currency) -> WireReader {
        WireReader(json, currency: currency, from: .server)
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("error", message)
            if !fields.isEmpty {
                json.name("fields")
                writeFields(to: &json)
            }
            if let code { json.member("code", code.rawValue) }
            switch parameters {
            case .none: break
            case .of(let error):
                json.name("params")
                json.object { error.writeParameters(to: &$0) }
            case .read(let params):
                json.name("params")
                json.value(params)
            }
        }
    }

    private func writeFields(to json: inout JSONWriter) {
        json.object { json in
            // A name may stand once; what else is wrong with it goes on in the same text.
            for name in fields.map(\.field).uniqued() {
                json.name(name)
                json.value(fields.filter { $0.field == name }.map(\.reason).joined(separator: "; "))
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
