import StoreDomain

/// The policy of the shop, by versions.
public struct PolicyCare: PolicyService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func current() async throws(StoreError) -> PolicyVersion {
        try await core.engine.read { tx in try tx.policy() }
    }

    public func history(as principal: Principal) async throws(StoreError) -> [PolicyVersion] {
        try await core.read(as: principal, needing: .changePolicy) { work in try work.tx.policyHistory() }
    }

    public func set(_ name: String, to value: String, as principal: Principal) async throws(StoreError)
        -> PolicyVersion
    {
        try await core.write(as: principal, needing: .changePolicy) { work in
            let old = try work.tx.policy()
            let field = try PolicyField.named(name)
            var policy = old.policy
            try field.set(value, in: &policy, at: work.now, zones: core.zones)
            guard policy != old.policy else { return old }
            let new = PolicyVersion(
                number: old.number + 1, policy: policy, at: work.now, by: work.principal.userID)
            try work.tx.insert(new)
            try work.record(
                .policyChanged,
                [
                    "name": .text(field.rawValue), "from": .text(field.text(in: old.policy, at: work.now)),
                    "to": .text(field.text(in: policy, at: work.now)), "version": .integer(Int64(new.number)),
                ])
            return new
        }
    }

    public func apply(_ country: Country, checksOnly: Bool, as principal: Principal) async throws(StoreError)
        -> PolicyVersion
    {
        guard !checksOnly else {
            return try await core.read(as: principal, needing: .changePolicy) { work in
                try work.policy(of: country).new
            }
        }
        return try await core.write(as: principal, needing: .changePolicy) { work in
            let (old, new) = try work.policy(of: country)
            guard new != old else { return old }
            try work.tx.insert(new)
            let changed = PolicyField.allCases.compactMap { field -> (String, CanonicalJSON)? in
                let (from, to) = (
                    field.text(in: old.policy, at: work.now), field.text(in: new.policy, at: work.now)
                )
                return from == to
                    ? nil : (field.rawValue, .object(["from": .text(from), "to": .text(to)]))
            }
            try work.record(
                .policyChanged,
                [
                    "name": .text("preset"), "to": .text(country.rawValue),
                    "changes": .object(Dictionary(uniqueKeysWithValues: changed)),
                    "version": .integer(Int64(new.number)),
                ])
            return new
        }
    }
}

extension Work {
    /// The policy in force, and what a country's preset makes of it: the same where that changes nothing.
    fileprivate func policy(of country: Country) throws -> (old: PolicyVersion, new: PolicyVersion) {
        let old = try tx.policy()
        let policy = try CountryPreset(country).applied(to: old.policy)
        guard policy != old.policy else { return (old, old) }
        return (
            old, PolicyVersion(number: old.number + 1, policy: policy, at: now, by: principal.userID)
        )
    }
}
