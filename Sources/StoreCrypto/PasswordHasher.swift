import CCrypt
import COpenSSL
import Foundation
import StoreDomain
import StoreService

/// Hashes and checks passwords with bcrypt (`$2b$`) through the system's libcrypt.
///
/// Work runs on threads of its own, at most one a core, so that it blocks neither the screen nor other
/// services. `$2a$` and `$2y$` hashes and other costs are checked too and renewed at the next sign-in.
public struct PasswordHasher: PasswordHashing {
    /// What bcrypt cannot read in full; the caller who sets a password judges its length.
    private static let rules: [PasswordRule] = [.fitsBcrypt, .noNUL]

    /// log2 of the rounds, 4…31.
    public let cost: Int
    private let threads: HashingThreads

    /// - Parameters:
    ///   - cost: log2 of the rounds; kept within 4…31, what bcrypt knows.
    ///   - threads: how many hashes are made at once; one a core by default.
    public init(cost: Int = 12, threads: Int = ProcessInfo.processInfo.activeProcessorCount) {
        self.cost = min(31, max(4, cost))
        self.threads = HashingThreads(limit: threads)
    }

    /// A new salted hash of `password`.
    ///
    /// - Throws: `invalid` for what bcrypt would cut: more than 72 bytes, or a NUL.
    public func hash(_ password: Secret) async throws(StoreError) -> String {
        try await hash(password, setting: newSetting())
    }

    /// The hash of `password` with a cost and salt that are known.
    ///
    /// - Throws: `invalid` for what bcrypt would cut.
    public func hash(_ password: Secret, setting: String) async throws(StoreError) -> String {
        let broken = PasswordHasher.rules.filter { !$0.isMet(by: password) }
        guard broken.isEmpty else { throw .invalid(broken.map { FieldProblem("password", $0.reason) }) }
        guard let hash = await threads.run({ Bcrypt.hash(password, setting: setting) }) else {
            fatalError("libcrypt refuses a bcrypt setting that it made itself")
        }
        return hash
    }

    /// Whether `hash` was made from `password`; never for a hash that is not bcrypt's, nor for a password
    /// that bcrypt would cut. Takes as long for those as for any other.
    public func verify(_ password: Secret, against hash: String) async -> Bool {
        let isFair = PasswordHasher.isHashable(password) && Bcrypt.cost(of: hash) != nil
        let subject = isFair ? password : Secret("")
        let setting = isFair ? hash : newSetting()
        let made = await threads.run { Bcrypt.hash(subject, setting: setting) }
        guard isFair, let made else { return false }
        return PasswordHasher.isEqual(made, hash)
    }

    /// Spends the time of a check that fails, for an account that does not exist.
    public func pretendToVerify() async {
        let setting = newSetting()
        _ = await threads.run { Bcrypt.hash(Secret(""), setting: setting) }
    }

    /// Whether a hash that was just verified should be made anew: another cost, or an older kind.
    public func shouldRenew(_ hash: String) -> Bool {
        !hash.hasPrefix("$2b$") || Bcrypt.cost(of: hash) != cost
    }

    /// Cost and a new random salt.
    public func newSetting() -> String { Bcrypt.newSetting(cost: cost) }

    private static func isHashable(_ password: Secret) -> Bool { rules.allSatisfy { $0.isMet(by: password) } }

    /// Compares in a time that does not depend on where the texts differ.
    private static func isEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        return left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}

/// libcrypt's bcrypt, thread-safe, with its working memory wiped.
enum Bcrypt {
    /// The cost that a `$2a$`, `$2b$` or `$2y$` hash names; nil for anything else.
    static func cost(of hash: String) -> Int? {
        let bytes = Array(hash.utf8)
        let digits = bytes.dropFirst(4).prefix(2)
        guard bytes.count == 60, ["$2a$", "$2b$", "$2y$"].contains(where: hash.hasPrefix),
            digits.allSatisfy({ (0x30...0x39).contains($0) }), bytes[6] == 0x24
        else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// `$2b$`, the cost and a new random salt.
    static func newSetting(cost: Int) -> String {
        let salt = RandomSource.bytes(16).map { CChar(bitPattern: $0) }
        var setting = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
        guard
            crypt_gensalt_rn(
                "$2b$", UInt(cost), salt, Int32(salt.count), &setting, Int32(setting.count)) != nil
        else { fatalError("libcrypt makes no bcrypt salt of cost \(cost)") }
        return text(setting)
    }

    /// The hash of `password` by the salt and cost of `setting` (a hash is one); nil when libcrypt refuses
    /// it.
    static func hash(_ password: Secret, setting: String) -> String? {
        var phrase = password.revealed.utf8.map { CChar(bitPattern: $0) } + [0]
        let workspace = UnsafeMutableRawPointer.allocate(
            byteCount: MemoryLayout<crypt_data>.size, alignment: MemoryLayout<crypt_data>.alignment)
        memset(workspace, 0, MemoryLayout<crypt_data>.size)
        defer {
            OPENSSL_cleanse(workspace, MemoryLayout<crypt_data>.size)
            workspace.deallocate()
            phrase.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
        }
        guard let made = crypt_rn(phrase, setting, workspace, Int32(MemoryLayout<crypt_data>.size)) else {
            return nil
        }
        return String(cString: made)
    }

    private static func text(_ buffer: [CChar]) -> String {
        String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
