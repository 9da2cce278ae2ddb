/// Where the time comes from. Injected, so that a session can be replayed.
public protocol StoreClock: Sendable {
    func now() -> Timestamp
}

/// Where unguessable and unique values come from. Injected, so that a session can be replayed.
public protocol IDSource: Sendable {
    /// A new key for one order or payment, unique for ever.
    func idempotencyKey() -> IdempotencyKey
    /// The code of a new gift card, which nobody can guess.
    func giftCardCode() -> GiftCardCode
}

/// Names one attempt to create an order or take a payment: made and stored by the caller before the first
/// try. 1…255 printable ASCII characters.
public struct IdempotencyKey: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// nil when `text` is empty, too long or has anything but printable ASCII.
    public init?(_ text: String) {
        guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        self.text = text
    }

    /// 32 hexadecimal digits of 16 random bytes.
    public init(random high: UInt64, _ low: UInt64) {
        func hex(_ value: UInt64) -> String {
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        text = hex(high) + hex(low)
    }

    public var description: String { text }
}

/// How a store that is elsewhere can be reached.
public enum ConnectionState: Hashable, Sendable, Codable {
    case connected
    /// It answers, but takes its time.
    case slow
    /// Nothing has come back since then.
    case offline(since: Timestamp)
}
