import Dispatch
import Foundation
import StoreDomain
import StoreService
import Synchronization

/// A few places that all processes of a host share: locks on the bytes of one file. A process that is killed gives
/// its place back.
public final class HostSlots: Sendable {
    private let lock: FileLock
    private let count: Int64
    /// Those that were taken here, which the system would let us take again.
    private let taken = Mutex<Set<Int64>>([])

    /// - Parameters:
    ///   - path: the file, made (0600) when it is missing; the same for all who share.
    ///   - count: how many may be at work at once.
    /// - Throws: `storage` when the file cannot be opened.
    public init(path: String, count: Int) throws(StoreError) {
        self.count = Int64(max(1, count))
        do { lock = try FileLock(path: path) } catch { throw StorageErrors(path: path).translate(error) }
    }

    /// Takes the first free place; nil when all are taken.
    public func tryTake() -> Int64? {
        taken.withLock { taken in
            let place = (1...count).first { !taken.contains($0) && lock.tryExclusive(.session($0)) }
            if let place { taken.insert(place) }
            return place
        }
    }

    public func giveBack(_ place: Int64) {
        taken.withLock { taken in
            if taken.remove(place) != nil { lock.release(.session(place)) }
        }
    }

    /// Runs `body` in one of the places; waits until there is one.
    public func inPlace<Value: Sendable>(_ body: @Sendable () async -> Value) async -> Value {
        let place = await withCheckedContinuation { continuation in
            Thread.detachNewThread { [self] in
                var pause: useconds_t = 2_000
                while true {
                    if let place = tryTake() { return continuation.resume(returning: place) }
                    usleep(pause)
                    pause = min(2 * pause, 50_000)
                }
            }
        }
        defer { giveBack(place) }
        return await body()
    }
}

/// Hashes passwords while the host has a place for it, so that a flood of sign-ins leaves the processor to others.
public struct SlottedHasher: PasswordHashing {
    private let hasher: any PasswordHashing
    private let slots: HostSlots

    public init(_ hasher: any PasswordHashing, slots: HostSlots) {
        self.hasher = hasher
        self.slots = slots
    }

    public func hash(_ password: Secret) async throws(StoreError) -> String {
        let made = await slots.inPlace { [hasher] in
            await Result<String, StoreError>.of { () throws(StoreError) in try await hasher.hash(password) }
        }
        return try made.get()
    }

    public func newSetting() -> String { hasher.newSetting() }

    public func hash(_ text: Secret, setting: String) async throws(StoreError) -> String {
        let made = await slots.inPlace { [hasher] in
            await Result<String, StoreError>.of { () throws(StoreError) in
                try await hasher.hash(text, setting: setting)
            }
        }
        return try made.get()
    }

    public func verify(_ password: Secret, against hash: String) async -> Bool {
        await slots.inPlace { [hasher] in await hasher.verify(password, against: hash) }
    }

    public func pretendToVerify() async { await slots.inPlace { [hasher] in await hasher.pretendToVerify() } }

    public func shouldRenew(_ hash: String) -> Bool { hasher.shouldRenew(hash) }
}

extension Result where Failure == StoreError, Success: Sendable {
    fileprivate static func of(_ body: () async throws(StoreError) -> Success) async -> Self {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
