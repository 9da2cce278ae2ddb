import StoreDomain
import StoreWire
import Synchronization

/// What one server offers beyond what every server of the contract does, asked once.
final class Capabilities: Sendable {
    private let client: APIClient
    private let known = Mutex<Bool?>(nil)

    init(client: APIClient) { self.client = client }

    /// Whether it is a server of ours: one that has the added routes, honours idempotency keys and gives
    /// errors their codes. Such a one says at /api/ready whether it is ready.
    func isExtended() async throws(StoreError) -> Bool {
        if let known = known.withLock({ $0 }) { return known }
        let isExtended: Bool
        do throws(StoreError) {
            isExtended = try await client.answer(APICall(.ready)) { response throws(TryFailure) in
                guard let json = try? JSONParser.parse(response.body),
                    let body = try? WireReader(json, currency: client.currency, from: .server)
                        .optional("status")?.text()
                else { return false }
                return body == "ready"
            }
        } catch .unsupported {
            isExtended = false
        } catch .invalid, .signInRequired, .notAllowed {
            isExtended = false
        }
        known.withLock { $0 = isExtended }
        return isExtended
    }
}
