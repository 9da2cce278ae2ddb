import StoreDomain

/// What POST /api/auth/register asks for.
public struct RegistrationBody: WireWritable, Hashable, Sendable {
    public let email: String
    public let password: Secret
    public let name: String

    public init(email: String, password: Secret, name: String) {
        self.email = email
        self.password = password
        self.name = name
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["email", "password", "name"])
        email = try json.member("email").text()
        password = Secret(try json.member("password").text())
        name = try json.member("name").text()
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("email", email)
            $0.member("password", password.revealed)
            $0.member("name", name)
        }
    }
}

/// What POST /api/auth/login asks for.
public struct CredentialsBody: WireWritable, Hashable, Sendable {
    public let email: String
    public let password: Secret

    public init(email: String, password: Secret) {
        self.email = email
        self.password = password
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["email", "password"])
        email = try json.member("email").text()
        password = Secret(try json.member("password").text())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("email", email)
            $0.member("password", password.revealed)
        }
    }
}

/// The answer to signing in and registering.
public struct SessionBody: WireWritable, Hashable, Sendable {
    public let message: String
    public let user: User
    public let accessToken: Secret

    public init(message: String, user: User, accessToken: Secret) {
        self.message = message
        self.user = user
        self.accessToken = accessToken
    }

    public init(_ json: WireReader) throws(WireProblem) {
        message = try json.optionalText("message") ?? ""
        user = try json.value("user")
        accessToken = Secret(try json.member("access_token").text())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("message", message)
            $0.member("user", user)
            $0.member("access_token", accessToken.revealed)
        }
    }
}

extension User: WireNamed {
    public static var wireName: StaticString { "user" }
    public static var wirePlural: StaticString { "users" }

    /// A server that does not tell what the account may do grants what its role grants by its name; a role
    /// whose name says nothing here is a customer's.
    public init(_ json: WireReader) throws(WireProblem) {
        let created = try json.optionalTime("created_at") ?? Timestamp(milliseconds: 0)
        let name = try json.optionalText("role") ?? ""
        let role: Role
        if try json.optional("permissions") != nil {
            let grants = try json.grants()
            role = try json.checked { () throws(StoreError) in try Role(name: name, grants: grants) }
        } else {
            role =
                Role.standard(named: name)
                ?? (try? Role(name: name, grants: Role.customer.grants)) ?? .customer
        }
        self.init(
            id: try json.member("id").integer(in: 1 ... .max), email: try json.member("email").text(),
            name: try json.optionalText("name") ?? "", role: role, createdAt: created,
            updatedAt: try json.optionalTime("updated_at") ?? created)
    }

    public func write(to json: inout JSONWriter) {
        json.object { writeMembers(to: &$0) }
    }

    fileprivate func writeMembers(to json: inout JSONWriter) {
        json.member("id", id)
        json.member("email", email)
        json.member("name", name)
        json.member("role", role.name)
        json.member("created_at", createdAt)
        json.member("updated_at", updatedAt)
        json.permissions(of: role)
    }
}

extension KnownAccount: WireNamed {
    public static var wireName: StaticString { User.wireName }
    public static var wirePlural: StaticString { User.wirePlural }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(try User(json), lastSeenAt: try json.optionalTime("last_seen_at"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            user.writeMembers(to: &$0)
            $0.member("last_seen_at", lastSeenAt)
        }
    }
}
