/// Where and why a text is not JSON.
public struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Counted from 1.
    public let line: Int
    /// In bytes, counted from 1.
    public let column: Int
    /// Completes "at line 1, column 5: ".
    public let reason: String

    public var description: String { "line \(line), column \(column): \(reason)" }
}
