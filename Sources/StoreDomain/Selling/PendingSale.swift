/// A sale that was about to be made at a till, stored before it is tried: tried again under the same key it is
/// one sale, whatever happened to the answer.
public struct PendingSale: Hashable, Sendable, Codable {
    /// The key under which it is sold.
    public let saleKey: String
    public let draft: SaleDraft

    public init(saleKey: IdempotencyKey, draft: SaleDraft) {
        self.saleKey = saleKey.text
        self.draft = draft
    }
}
