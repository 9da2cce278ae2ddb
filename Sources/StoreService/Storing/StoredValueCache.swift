import StoreDomain
import Synchronization

/// What an engine has decoded already and what never changes once it is stored under its name: a version of the
/// policy under its number, a role under its name and its grants' text. Committed values alone come in here.
public final class StoredValueCache: Sendable {
    private struct State {
        var policy: PolicyVersion?
        var roles: [String: (grants: String, role: Role)] = [:]
    }

    /// So many different roles no shop has; beyond, the cache starts over.
    private static let roleLimit = 100

    private let state = Mutex(State())

    public init() {}

    /// The version of this number, if it is the one seen last.
    public func policy(_ number: Int) -> PolicyVersion? {
        state.withLock { $0.policy?.number == number ? $0.policy : nil }
    }

    public func keep(_ version: PolicyVersion) { state.withLock { $0.policy = version } }

    /// - Parameters:
    ///   - grants: the role's grants as stored.
    ///   - read: reads that text where it is not known yet.
    public func role(
        _ name: String, grants: String, read: (String) throws -> [Permission: Role.Limit]
    ) throws -> Role {
        if let known = state.withLock({ $0.roles[name] }), known.grants == grants { return known.role }
        let role = try Role(name: name, grants: read(grants))
        state.withLock { state in
            if state.roles.count >= Self.roleLimit { state.roles = [:] }
            state.roles[name] = (grants, role)
        }
        return role
    }
}
