/// The answer to signing out and the like: a sentence.
public struct MessageBody: WireWritable, Hashable, Sendable {
    public let message: String

    public init(_ message: String) { self.message = message }

    public init(_ json: WireReader) throws(WireProblem) { message = try json.member("message").text() }

    public func write(to json: inout JSONWriter) { json.object { $0.member("message", message) } }
}
