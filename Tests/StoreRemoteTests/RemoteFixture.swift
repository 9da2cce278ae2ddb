import Foundation
import StoreContracts
import StoreDomain
import Synchronization
import Testing

@testable import StoreRemote

/// A client of a test server, whose pauses are not waited for.
struct RemoteFixture {
    let store: RemoteStore
    let server: TestServer
    let pauses: Pauses

    var services: StoreServices { store.services }

    /// Tests that are not about deadlines have time on the busiest machine.
    static let patience = Duration.seconds(600)

    init(
        deadline: Duration = patience, maximumBody: Int = 1 << 20, tokenDirectory: String? = nil,
        _ reply: @escaping @Sendable (ReceivedRequest) -> Reply
    ) throws {
        server = try TestServer(reply)
        (store, pauses) = try Self.client(
            of: server.url, deadline: deadline, maximumBody: maximumBody, tokenDirectory: tokenDirectory)
    }

    static func client(
        of url: String, deadline: Duration = patience, maximumBody: Int = 1 << 20,
        tokenDirectory: String? = nil, authorities: String? = nil
    ) throws(StoreError) -> (RemoteStore, Pauses) {
        let pauses = Pauses()
        // Time stands still: neither slowness nor the end of patience comes from a busy machine.
        let start = ContinuousClock.now
        let store = RemoteStore(
            address: try ServerAddress(url),
            transport: CurlTransport(authorities: authorities, maximumBody: maximumBody),
            tokenDirectory: tokenDirectory,
            cart: MemoryCart(),
            policy: ShopPolicy(), clock: TestClock(),
            surroundings: RemoteSurroundings(sleep: { pauses.add($0) }, jitter: { 128 }, now: { start }),
            retries: RetryPolicy(deadline: deadline))
        return (store, pauses)
    }

    static let user = User(
        id: 7, email: "customer@example.com", name: "Customer", role: .customer,
        createdAt: Timestamp(seconds: 0), updatedAt: Timestamp(seconds: 0))
    static let customer = Principal.user(Session(user: user, token: Secret("token-1")))
}

/// The pauses that a client asked for.
final class Pauses: Sendable {
    private let all = Mutex<[Duration]>([])

    func add(_ pause: Duration) { all.withLock { $0.append(pause) } }
    var asked: [Duration] { all.withLock { $0 } }
}

/// The sentence of an `unreachable`; nil for anything else.
func sentence(_ body: () async throws(StoreError) -> some Any) async -> String? {
    do throws(StoreError) {
        _ = try await body()
        return nil
    } catch {
        if case .unreachable(let sentence) = error { return sentence }
        return nil
    }
}

func refusal(_ body: () async throws(StoreError) -> some Any) async -> StoreError? {
    do throws(StoreError) {
        _ = try await body()
        return nil
    } catch { return error }
}
