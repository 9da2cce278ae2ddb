import NIOCore

/// What one request may cost before it is answered.
public struct RequestLimits: Hashable, Sendable {
    public var bodyBytes = 1 << 20
    /// Of a whole catalogue, some 60,000 products, from somebody who may import one.
    public var catalogueBytes = 16 << 20
    /// Of all header fields together, and of the request line.
    public var headerBytes = 16 * 1024
    /// From the first byte of a request to its last.
    public var receiving = TimeAmount.seconds(15)
    /// A connection without a request is closed after this.
    public var idle = TimeAmount.seconds(75)
    /// How many callers may be at having a password worked out.
    public var passwords = 64
    /// How many may listen to events at once.
    public var listeners = 1_000
    /// How many changes are kept for those who were away for a while.
    public var events = 1_000

    public init() {}
}
