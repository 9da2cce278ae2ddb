/// The digits by which somebody who works at a till is known there: 4 to 8 of them.
public struct PIN: Hashable, Sendable {
    public let digits: Secret

    public static let length = 4...8
    /// So many wrong ones in a row lock the PIN of whoever is signed in where they are typed.
    public static let failures = 5

    /// - Throws: `invalid` for anything but 4 to 8 digits.
    public init(_ typed: Secret) throws(StoreError) {
        guard Self.isOne(typed.revealed) else {
            throw .invalid([FieldProblem("pin", "must be 4 to 8 digits")])
        }
        digits = typed
    }

    /// Whether a text has the form of a PIN.
    public static func isOne(_ text: String) -> Bool {
        length.contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}

/// Whether an account has a PIN.
public struct PINStanding: Hashable, Sendable, Codable {
    public let userID: Int64
    public let email: String
    public let name: String
    public let hasPIN: Bool
    /// Nobody is let in by it, and nobody by any PIN where its owner is signed in, until it is unlocked.
    public let isLocked: Bool
    public let hasBadge: Bool

    public init(
        userID: Int64, email: String, name: String, hasPIN: Bool, isLocked: Bool, hasBadge: Bool = false
    ) {
        self.hasBadge = hasBadge
        self.userID = userID
        self.email = email
        self.name = name
        self.hasPIN = hasPIN
        self.isLocked = isLocked
    }
}
