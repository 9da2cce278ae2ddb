import StoreDomain
import Synchronization

/// What an engine has decoded already and what never changes once it is stored under its name: a version of the
/// policy under its number, a role under its name and its grants' text. Committed values alone come in here.
final class EngineCache: Sendable {
    private struct State {
        var policy: PolicyVersion?
        var roles: [String: (grants: String, role: Role)] = [:]
        /// What the last writing transaction knew, and the file's version since its commit.
        var known: (facts: KnownFacts, version: UInt32)?
    }

    /// So many different roles no shop has; beyond, the cache starts over.
    private static let roleLimit = 100

    private let state = Mutex(State())

    /// The version of this number, if it is the one seen last.
    func policy(_ number: Int) -> PolicyVersion? {
        state.withLock { $0.policy?.number == number ? $0.policy : nil }
    }

    func keep(_ version: PolicyVersion) { state.withLock { $0.policy = version } }

    /// What is known at a version of the file. Versions are counted by each connection for itself: these are the
    /// writing connection's.
    func known(at version: UInt32?) -> KnownFacts {
        state.withLock { state in
            guard let known = state.known, known.version == version else { return KnownFacts() }
            return known.facts
        }
    }

    /// - Parameter version: the file's, since the commit of the transaction that knew them.
    func keep(_ facts: KnownFacts, at version: UInt32?) {
        state.withLock { $0.known = version.map { (facts, $0) } }
    }

    /// - Parameter grants: the role's grants as stored.
    func role(_ name: String, grants: String) throws -> Role {
        if let known = state.withLock({ $0.roles[name] }), known.grants == grants { return known.role }
        let role = try Role(
            name: name, grants: JSONText.read([Permission: Role.Limit].self, from: grants))
        state.withLock { state in
            if state.roles.count >= Self.roleLimit { state.roles = [:] }
            state.roles[name] = (grants, role)
        }
        return role
    }
}
