import COpenSSL
import StoreDomain

/// Unguessable values from libcrypto's generator, which the system's updates patch.
public struct RandomSource: IDSource {
    public init() {}

    public func idempotencyKey() -> IdempotencyKey {
        let bytes = RandomSource.bytes(16)
        func word(_ half: ArraySlice<UInt8>) -> UInt64 { half.reduce(0) { $0 << 8 | UInt64($1) } }
        return IdempotencyKey(random: word(bytes.prefix(8)), word(bytes.suffix(8)))
    }

    public func giftCardCode() -> GiftCardCode {
        var generator = CryptoGenerator()
        return GiftCardCode(using: &generator)
    }

    /// `count` random bytes.
    static func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&bytes, Int32(count)) == 1 else {
            fatalError("libcrypto gives no random bytes, so no key or salt would be unguessable")
        }
        return bytes
    }
}

private struct CryptoGenerator: RandomNumberGenerator {
    mutating func next() -> UInt64 { RandomSource.bytes(8).reduce(0) { $0 << 8 | UInt64($1) } }
}
