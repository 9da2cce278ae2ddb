import StoreDomain
import Synchronization

/// Keys from a seed: the same seed makes the same keys in the same order. Only for stores that are thrown away, as
/// what they name is unique for one session only.
public final class SeededIDs: IDSource {
    private let random: Mutex<SeededRandom>

    public init(seed: UInt64) { random = Mutex(SeededRandom(seed: seed)) }

    public func idempotencyKey() -> IdempotencyKey {
        random.withLock { IdempotencyKey(random: $0.next(), $0.next()) }
    }

    public func giftCardCode() -> GiftCardCode { random.withLock { GiftCardCode(using: &$0) } }
}
