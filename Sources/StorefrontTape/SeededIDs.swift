import StoreDomain
import Synchronization

/// Keys from a seed: the same seed makes the same keys in the same order. Only for stores that are thrown away, as
/// what they name is unique for one session only.
public final class SeededIDs: IDSource {
    private let random: Mutex<UInt64>

    public init(seed: UInt64) { random = Mutex(seed) }

    public func idempotencyKey() -> IdempotencyKey {
        random.withLock { state in IdempotencyKey(random: Self.next(&state), Self.next(&state)) }
    }

    public func giftCardCode() -> GiftCardCode {
        random.withLock { state in
            var generator = Generator(state: state)
            defer { state = generator.state }
            return GiftCardCode(using: &generator)
        }
    }

    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 { SeededIDs.next(&state) }
    }

    /// SplitMix64.
    static func next(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
