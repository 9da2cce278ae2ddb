import StoreContracts
import StoreDomain
import StoreService
import Synchronization
import Testing

/// Signing in while something else happens to the same account.
@Suite struct SigningInTests {
    /// A hasher that lets something happen between the look at a hash and what follows.
    private final class Interrupted: PasswordHashing {
        private let plain = PlainHasher()
        /// Runs once, when the next hash has been looked at.
        let next = Mutex<(@Sendable () async -> Void)?>(nil)

        func hash(_ password: Secret) async throws(StoreError) -> String { try await plain.hash(password) }
        func newSetting() -> String { plain.newSetting() }
        func hash(_ text: Secret, setting: String) async throws(StoreError) -> String {
            try await plain.hash(text, setting: setting)
        }
        func pretendToVerify() async {}
        func shouldRenew(_ hash: String) -> Bool { false }

        func verify(_ password: Secret, against hash: String) async -> Bool {
            let isRight = await plain.verify(password, against: String(hash.drop { $0 == " " }))
            let happening = next.withLock { next in
                defer { next = nil }
                return next
            }
            await happening?()
            return isRight
        }
    }

    private static let password = Secret("a long enough password")

    private let hasher = Interrupted()
    private let engine: MemoryEngine
    private let services: StoreServices

    init() async throws {
        let clock = TestClock()
        engine = try MemoryEngine(isDemo: false, policy: ShopPolicy(), at: clock.now())
        services =
            EngineServices(
                core: StoreCore(
                    engine: engine, clock: clock, zones: TestZones(), chain: Till.standard,
                    digest: PlainDigest.of),
                hasher: hasher, cart: MemoryCart(), offer: .till(Till.standard), firstAccountIsAdmin: true
            ).services
        _ = try await services.auth.register(
            Registration(email: "a@example.com", name: "A", password: Self.password))
    }

    /// As who signs in at the same time does, the hash of the same password is made anew.
    @Test func aHashThatIsRenewedMeanwhileLetsThePasswordIn() async throws {
        hasher.next.withLock { next in
            next = { [engine] in
                _ = try? await engine.write { tx in
                    try tx.setPasswordHash(" plain:\(Self.password.revealed)", of: 1, at: TestClock().now())
                }
            }
        }
        let session = try await services.auth.signIn(email: "a@example.com", password: Self.password)
        #expect(session.user.id == 1)
    }

    @Test func aPasswordThatIsChangedMeanwhileIsWrong() async throws {
        hasher.next.withLock { next in
            next = { [engine] in
                _ = try? await engine.write { tx in
                    try tx.setPasswordHash("plain:another one", of: 1, at: TestClock().now())
                }
            }
        }
        await #expect(throws: StoreError.wrongCredentials) {
            try await services.auth.signIn(email: "a@example.com", password: Self.password)
        }
    }
}
