import StoreDomain

/// What POST /api/auth/pin asks for, and, where an approval is granted by PIN, POST /api/approvals/{id}/grant.
public struct PINBody: WireWritable, WireReadable, Sendable {
    public let pin: Secret
    /// What was scanned before the PIN was typed; nil for the PIN alone.
    public let badge: Badge?
    public let till: String

    public init(pin: Secret, badge: Badge? = nil, till: String) {
        self.pin = pin
        self.badge = badge
        self.till = till
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["pin", "till"])
        pin = Secret(try json.member("pin").text())
        badge = try json.badge()
        till = try json.member("till").text()
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("pin", pin.revealed)
            if let badge { $0.member("badge", badge.code) }
            $0.member("till", till)
        }
    }
}

/// What POST /api/auth/own-pin asks for.
public struct OwnPINBody: WireWritable, WireReadable, Sendable {
    public let pin: Secret
    public let password: Secret

    public init(pin: Secret, password: Secret) {
        self.pin = pin
        self.password = password
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["pin", "password"])
        pin = Secret(try json.member("pin").text())
        password = Secret(try json.member("password").text())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("pin", pin.revealed)
            $0.member("password", password.revealed)
        }
    }
}

/// What POST /api/accounts/pin asks for: a PIN, or null to take it away; and, with the e-mail alone,
/// POST /api/accounts/pin/unlock.
public struct AccountPINBody: WireWritable, WireReadable, Sendable {
    public let email: String
    public let pin: Secret?

    public init(email: String, pin: Secret? = nil) {
        self.email = email
        self.pin = pin
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["email"])
        email = try json.member("email").text()
        pin = try json.optionalText("pin").map { Secret($0) }
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("email", email)
            $0.member("pin", pin?.revealed)
        }
    }
}

extension PINStanding: WireNamed {
    public static var wireName: StaticString { "pin" }
    public static var wirePlural: StaticString { "pins" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            userID: try json.member("user_id").integer(), email: try json.member("email").text(),
            name: try json.member("name").text(), hasPIN: try json.member("has_pin").flag(),
            isLocked: try json.member("is_locked").flag(),
            hasBadge: try json.optional("has_badge")?.flag() ?? false)
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("user_id", userID)
            $0.member("email", email)
            $0.member("name", name)
            $0.member("has_pin", hasPIN)
            $0.member("is_locked", isLocked)
            $0.member("has_badge", hasBadge)
        }
    }
}
