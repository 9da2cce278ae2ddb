import StoreCrypto
import StoreDomain
import StoreService
import Synchronization

/// Hashes as every store does, but each text against each hash only once in a process: for throw-away shops that are
/// made again and again with the same accounts. Nobody else may have it, as it keeps passwords in memory.
public final class RememberingHasher: PasswordHashing {
    private struct Question: Hashable {
        let text: String
        let hash: String
    }

    private let base = PasswordHasher()
    private let answers = Mutex<[Question: Bool]>([:])
    private let hashes = Mutex<[Question: String]>([:])

    public init() {}

    public func hash(_ password: Secret) async throws(StoreError) -> String {
        try await base.hash(password)
    }

    public func newSetting() -> String { base.newSetting() }

    public func hash(_ text: Secret, setting: String) async throws(StoreError) -> String {
        let question = Question(text: text.revealed, hash: setting)
        if let known = hashes.withLock({ $0[question] }) { return known }
        let hash = try await base.hash(text, setting: setting)
        hashes.withLock { $0[question] = hash }
        return hash
    }

    public func verify(_ password: Secret, against hash: String) async -> Bool {
        let question = Question(text: password.revealed, hash: hash)
        if let known = answers.withLock({ $0[question] }) { return known }
        let isRight = await base.verify(password, against: hash)
        answers.withLock { $0[question] = isRight }
        return isRight
    }

    /// Nobody guesses here.
    public func pretendToVerify() async {}

    public func shouldRenew(_ hash: String) -> Bool { base.shouldRenew(hash) }
}
