import StoreDomain

extension Role: WireNamed {
    public static var wireName: StaticString { "role" }
    public static var wirePlural: StaticString { "roles" }

    public init(_ json: WireReader) throws(WireProblem) {
        let name = try json.member("name").text()
        let grants = try json.grants()
        self = try json.checked { () throws(StoreError) in try Role(name: name, grants: grants) }
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("name", name)
            $0.permissions(of: self)
        }
    }
}

extension JSONWriter {
    /// `"permissions": {"sell": true, "discountLines": {"percent": 10}, "refund": {"amount": 100.00}}`, each
    /// permission that is granted with its limit, and `"asks": ["voidSales"]`, each that somebody else must
    /// approve: apart, so that who does not know of approvals grants nothing by it.
    mutating func permissions(of role: Role) {
        name("permissions")
        object { json in
            for permission in Permission.allCases {
                switch role.grants[permission] {
                case nil, .ask: break
                case .unlimited:
                    json.name(permission.rawValue)
                    json.value(true)
                case .percent(let rate):
                    json.name(permission.rawValue)
                    json.object { $0.member("percent", rate) }
                case .amount(let minor):
                    json.name(permission.rawValue)
                    json.object { $0.member("amount", minor: minor) }
                }
            }
        }
        name("asks")
        list(Permission.allCases.filter { role.grants[$0] == .ask }) { $0.value($1.rawValue) }
    }
}

extension WireReader {
    /// What `permissions(of:)` writes. Permissions that are not known here, and those that are false, are
    /// passed over.
    func grants() throws(WireProblem) -> [Permission: Role.Limit] {
        var grants: [Permission: Role.Limit] = [:]
        for name in try optional("asks")?.list({ reader throws(WireProblem) in try reader.text() }) ?? [] {
            if let permission = Permission(rawValue: name) { grants[permission] = .ask }
        }
        let permissions = try member("permissions")
        for permission in Permission.allCases {
            guard let json = try permissions.optional(permission.rawValue) else { continue }
            if case .bool(let isGranted) = json.json {
                if isGranted { grants[permission] = .unlimited }
            } else if let rate = try json.optionalRate("percent") {
                grants[permission] = .percent(rate)
            } else {
                grants[permission] = .amount(try json.member("amount").amount().minorUnits)
            }
        }
        return grants
    }
}

/// What POST /api/accounts asks for.
public struct NewAccountBody: WireWritable, Sendable {
    public let registration: RegistrationBody
    public let role: String

    public init(_ registration: Registration, role: String) {
        self.registration = RegistrationBody(
            email: registration.email.address, password: registration.password, name: registration.name)
        self.role = role
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["email", "password", "name", "role"])
        registration = try RegistrationBody(json)
        role = try json.member("role").text()
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("email", registration.email)
            $0.member("password", registration.password.revealed)
            $0.member("name", registration.name)
            $0.member("role", role)
        }
    }
}

/// What POST /api/accounts/role asks for.
public struct RoleChangeBody: WireWritable, WireReadable, Sendable {
    public let email: String
    public let role: String

    public init(email: String, role: String) {
        self.email = email
        self.role = role
    }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["email", "role"])
        email = try json.member("email").text()
        role = try json.member("role").text()
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("email", email)
            $0.member("role", role)
        }
    }
}
