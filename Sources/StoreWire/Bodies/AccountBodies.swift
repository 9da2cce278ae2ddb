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
        user = try User(json.member("user"))
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

/// The answer of GET /api/auth/me.
public struct UserBody: WireWritable, Hashable, Sendable {
    public let user: User

    public init(user: User) { self.user = user }

    public init(_ json: WireReader) throws(WireProblem) { user = try User(json.member("user")) }

    public func write(to json: inout JSONWriter) { json.object { $0.member("user", user) } }
}

extension User: WireWritable {
    /// A role that is not known is a customer's: what it may do is the server's to say.
    public init(_ json: WireReader) throws(WireProblem) {
        let created = try json.optionalTime("created_at") ?? Timestamp(milliseconds: 0)
        self.init(
            id: try json.member("id").integer(in: 1 ... .max), email: try json.member("email").text(),
            name: try json.optionalText("name") ?? "",
            role: Role(rawValue: try json.optionalText("role") ?? "") ?? .customer,
            createdAt: created, updatedAt: try json.optionalTime("updated_at") ?? created)
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("email", email)
            $0.member("name", name)
            $0.member("role", role.rawValue)
            $0.member("created_at", createdAt)
            $0.member("updated_at", updatedAt)
        }
    }
}
