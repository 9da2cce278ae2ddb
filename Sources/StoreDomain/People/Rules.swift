/// The rules for a password: 8 characters or more, at most 72 bytes once in UTF-8 (what
/// bcrypt reads), no NUL. What is longer is refused, never cut.
public enum PasswordRule: Hashable, Sendable, Codable, CaseIterable {
    case longEnough, fitsBcrypt, noNUL

    public func isMet(by password: Secret) -> Bool {
        switch self {
        case .longEnough: password.revealed.count >= 8
        case .fitsBcrypt: password.revealed.utf8.count <= 72
        case .noNUL: !password.revealed.utf8.contains(0)
        }
    }

    /// Completes "password …".
    public var reason: String {
        switch self {
        case .longEnough: "must be 8 characters or more"
        case .fitsBcrypt: "must be at most 72 characters, fewer with accents"
        case .noNUL: "must not contain the NUL character"
        }
    }

    public static func problems(of password: Secret) -> [FieldProblem] {
        allCases.filter { !$0.isMet(by: password) }.map { FieldProblem("password", $0.reason) }
    }
}

/// How hard a password is to guess, roughly: for the hint while typing, never a reason to refuse.
public enum PasswordStrength: Int, Hashable, Sendable, Codable, Comparable {
    case weak, fair, good, strong

    public static func < (left: PasswordStrength, right: PasswordStrength) -> Bool {
        left.rawValue < right.rawValue
    }

    /// Judged by length and by how many kinds of characters and different characters there are.
    public init(of password: Secret) {
        let text = password.revealed
        var kinds = 0
        if text.contains(where: { $0.isLowercase }) { kinds += 1 }
        if text.contains(where: { $0.isUppercase }) { kinds += 1 }
        if text.contains(where: { $0.isNumber }) { kinds += 1 }
        if text.contains(where: { !$0.isLetter && !$0.isNumber }) { kinds += 1 }
        let points = text.count + 2 * kinds - (Set(text).count < 5 ? 6 : 0)
        switch points {
        case ..<12: self = .weak
        case ..<17: self = .fair
        case ..<22: self = .good
        default: self = .strong
        }
    }

    public var word: String {
        switch self {
        case .weak: "weak"
        case .fair: "fair"
        case .good: "good"
        case .strong: "strong"
        }
    }
}

/// What a new account is made of, checked.
public struct Registration: Hashable, Sendable, Codable {
    public let email: Email
    /// 1…255 characters, trimmed.
    public let name: String
    public let password: Secret

    /// - Throws: `invalid` naming every field that breaks a rule, not only the first.
    public init(email: String, name: String, password: Secret) throws(StoreError) {
        var problems: [FieldProblem] = []
        var checked: Email?
        do { checked = try Email(email) } catch {
            if case .invalid(let found) = error { problems += found }
        }
        if User.isErased(email.cleanText) {
            problems.append(FieldProblem("email", "must be an address where mail arrives"))
        }
        let trimmed = name.cleanText
        if !(1...255).contains(trimmed.count) {
            problems.append(FieldProblem("name", "must be 1 to 255 characters"))
        }
        problems += PasswordRule.problems(of: password)
        guard problems.isEmpty, let checked else { throw .invalid(problems) }
        self.email = checked
        self.name = trimmed
        self.password = password
    }

    /// Somebody who chooses no password: the account is made with a hash that no password has.
    ///
    /// - Throws: as for a whole registration.
    package init(personOnly email: String, name: String) throws(StoreError) {
        try self.init(
            email: email, name: name, password: Secret("no password at all"))
    }
}

/// How long a sign-in must wait after failures in a row: nothing for the first five, then 1 s, doubling, up
/// to 15 minutes.
public enum SignInThrottle {
    public static let freeFailures = 5
    public static let longestWait: Int64 = 15 * 60

    /// Seconds to wait after `failures` failed tries in a row.
    public static func wait(afterFailures failures: Int) -> Int64 {
        guard failures >= freeFailures else { return 0 }
        let doublings = min(failures - freeFailures, 20)
        return min(longestWait, 1 << Int64(doublings))
    }
}
