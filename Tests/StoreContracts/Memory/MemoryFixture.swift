import StoreDomain
import StoreService

/// Shops in memory for the contracts.
public enum MemoryFixture {
    public static let make: StoreMaker = { options, clock in
        let services = try engine(options, clock: clock)
        return MadeStore(services: services.services, held: services)
    }

    /// Everything over an engine in memory.
    public static func engine(
        _ options: ContractOptions = ContractOptions(), clock: TestClock
    ) throws -> EngineServices {
        let engine = try MemoryEngine(isDemo: options.isDemo, policy: options.policy, at: clock.now())
        return EngineServices(
            core: StoreCore(
                engine: engine, clock: clock, zones: TestZones(), chain: Till.standard, digest: PlainDigest.of
            ),
            hasher: PlainHasher(), cart: MemoryCart(), offer: .till(Till.standard), firstAccountIsAdmin: true)
    }
}

/// Hashes nothing, so that tests need not wait.
public struct PlainHasher: PasswordHashing {
    public init() {}

    public func hash(_ password: Secret) async throws(StoreError) -> String { "plain:\(password.revealed)" }
    public func newSetting() -> String { "plain" }
    public func hash(_ text: Secret, setting: String) async throws(StoreError) -> String {
        "\(setting):\(text.revealed)"
    }
    public func verify(_ password: Secret, against hash: String) async -> Bool {
        hash == "plain:\(password.revealed)"
    }
    public func pretendToVerify() async {}
    public func shouldRenew(_ hash: String) -> Bool { false }
}

/// Tells texts apart as SHA-256 does, but is no such thing: 64 hexadecimal digits of FNV-1a, four times over.
public enum PlainDigest {
    public static let of: JournalChain.Digest = { text in
        (UInt64(0)..<4).map { round -> String in
            let value = text.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325) &+ round) {
                ($0 ^ UInt64($1)) &* 0x100_0000_01B3
            }
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
