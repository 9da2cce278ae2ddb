import StoreDomain

/// When unpaid orders can be due.
public struct DueOutlook: Hashable, Sendable {
    /// The oldest that waits; nil where none waits.
    public let next: Timestamp?
    /// For so many seconds an order waits that is placed from now on; nil for ever.
    public let patience: Int64?
}
