import Foundation
import StoreContracts
import StoreDomain
import StoreSQLite
import StoreTesting

/// A demo store and a state file in a directory of their own, for as long as somebody holds it. Each `open`
/// is another program on the same files.
final class JourneyStore: Sendable {
    static let now = Timestamp(seconds: 1_795_000_000)
    private let directory: URL
    let clock = TestClock(JourneyStore.now)

    init(products: Int = 30) async throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "journey-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        guard products > 0 else { return }
        let store = try open()
        try await DemoData.fill(store.database, products: products, now: Self.now)
        try store.close()
    }

    /// Another shop with the same files.
    init(copying other: JourneyStore) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "journey-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: other.directory, to: directory)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    var storePath: String { directory.appending(path: "store.db").path }
    var statePath: String { directory.appending(path: "state.db").path }

    func open(ids: any IDSource = CountedIDs(from: 1)) throws -> LocalStore {
        try LocalStore(
            path: storePath, statePath: statePath, policy: ShopPolicy(shopName: "Corner Shop"), clock: clock,
            zones: TestZones(),
            ids: ids)
    }

    /// What is wrong with the books; empty when nothing is.
    func violations() async throws -> [String] {
        let store = try open()
        let violations = try await StoreVerifier(store.database).verify()
        try store.close()
        return violations.map { "\($0)" }
    }
}

/// Keys that are the same in every run, and other ones for every start.
final class CountedIDs: IDSource {
    private let start: UInt64
    private let count = Counter()

    init(from start: UInt64) { self.start = start }

    func idempotencyKey() -> IdempotencyKey { IdempotencyKey(random: start, count.next()) }
    func giftCardCode() -> GiftCardCode { GiftCardCode(number: start &* 1_000 &+ count.next()) }
}
