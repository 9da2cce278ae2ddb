/// An SSH key that an account is known by in a kiosk.
public struct VisitorKey: Hashable, Sendable, Codable {
    public let fingerprint: KeyFingerprint
    public let addedAt: Timestamp
    /// When somebody came with it last, to the hour.
    public let seenAt: Timestamp

    public init(fingerprint: KeyFingerprint, addedAt: Timestamp, seenAt: Timestamp) {
        self.fingerprint = fingerprint
        self.addedAt = addedAt
        self.seenAt = seenAt
    }

    /// An account has so many at most.
    public static let most = 10

    /// Where the e-mail of an account that a key alone opens would arrive: nowhere.
    public static let nowhere = "kiosk.invalid"
}

extension User {
    /// Nobody signs in to it by an e-mail: it has a key or none, and no password.
    public var hasNoAddress: Bool { email.hasSuffix("@\(VisitorKey.nowhere)") }
}

/// What a person reads where the account is known, and types where another key is: so that key becomes the
/// account's as well.
public struct VisitorCode: Hashable, Sendable, Codable {
    /// Eight characters that are hard to mistake for each other.
    public let text: String
    public let goodUntil: Timestamp

    public init(text: String, goodUntil: Timestamp) {
        self.text = text
        self.goodUntil = goodUntil
    }

    /// Seconds for which a code is good.
    public static let lifetime: Int64 = 5 * 60

    /// In two halves, as it is read.
    public var shown: String { "\(text.prefix(4))-\(text.suffix(4))" }

    private static let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// The text of a new code: 40 of the bits of a random key.
    public static func text(of random: IdempotencyKey) -> String {
        let bits = random.text.unicodeScalars.suffix(10).reduce(UInt64(0)) { bits, scalar in
            bits << 4 | UInt64(Character(scalar).hexDigitValue ?? Int(scalar.value & 15))
        }
        return String((0..<8).map { symbols[Int(bits >> UInt64(5 * $0) & 31)] })
    }

    /// What was typed, as a code is kept; nil for what is none. Blanks and dashes count for nothing, case neither, and
    /// letters that look like digits for these.
    public static func text(typed: String) -> String? {
        let code = typed.uppercased().filter { $0 != "-" && !$0.isWhitespace }.map { letter -> Character in
            switch letter {
            case "O": "0"
            case "I", "L": "1"
            default: letter
            }
        }
        return code.count == 8 && code.allSatisfy(symbols.contains) ? String(code) : nil
    }
}

/// How long a kiosk keeps what its visitors have left in a real shop.
public struct VisitorKeeping: Hashable, Sendable, Codable {
    /// Seconds after which an account without orders is emptied.
    public var withoutOrders: Int64
    /// Seconds after the end of the last order after which its buyer's name is.
    public var finished: Int64

    public init(withoutOrders: Int64 = 24 * 3_600, finished: Int64 = 30 * 86_400) {
        self.withoutOrders = withoutOrders
        self.finished = finished
    }
}

/// What was emptied.
public struct VisitorsWiped: Hashable, Sendable, Codable {
    /// Accounts without orders.
    public var accounts: Int
    /// Accounts all of whose orders are finished.
    public var names: Int

    public init(accounts: Int = 0, names: Int = 0) {
        self.accounts = accounts
        self.names = names
    }
}
