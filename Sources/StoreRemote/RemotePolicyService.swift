import StoreDomain
import StoreWire
import Synchronization

/// The shop's policy over the API. A server without one leaves it to the program's settings.
struct RemotePolicyService: PolicyService {
    let client: APIClient
    let known: KnownPolicy

    /// - Throws: `unreachable` for a shop of another currency, whose amounts would be misread.
    func current() async throws(StoreError) -> PolicyVersion {
        let version: PolicyVersion
        do throws(StoreError) {
            version = try await client.one(APICall(.policy))
        } catch .unsupported {
            return PolicyVersion(number: 1, policy: known.settings, at: Timestamp(seconds: 0), by: nil)
        }
        return try noted(version)
    }

    func history(as principal: Principal) async throws(StoreError) -> [PolicyVersion] {
        try await client.many(APICall(.policyHistory, session: try principal.session()))
    }

    func set(_ name: String, to value: String, as principal: Principal) async throws(StoreError)
        -> PolicyVersion
    {
        try noted(
            try await client.one(
                APICall(
                    .setPolicy, body: PolicyChangeBody(name: name, value: value),
                    session: try principal.session(), isRepeatable: true)))
    }

    func apply(_ country: Country, checksOnly: Bool, as principal: Principal) async throws(StoreError)
        -> PolicyVersion
    {
        let version: PolicyVersion = try await client.one(
            APICall(
                .applyPreset, body: PresetBody(country: country, checksOnly: checksOnly),
                session: try principal.session(), isRepeatable: true))
        return checksOnly ? version : try noted(version)
    }

    private func noted(_ version: PolicyVersion) throws(StoreError) -> PolicyVersion {
        let currency = version.policy.currency
        guard currency == client.currency else {
            throw .unreachable(
                """
                \(client.address.host) sells in \(currency.code), this program is set to \
                \(client.currency.code); set shop.currency to \(currency.code)
                """)
        }
        known.latest = version.policy
        return version
    }
}

/// The policy that the server told last; the program's settings until then.
final class KnownPolicy: Sendable {
    let settings: ShopPolicy
    private let told: Mutex<ShopPolicy>

    init(settings: ShopPolicy) {
        self.settings = settings
        told = Mutex(settings)
    }

    var latest: ShopPolicy {
        get { told.withLock { $0 } }
        set { told.withLock { $0 = newValue } }
    }
}
