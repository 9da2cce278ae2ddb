import StoreDomain

/// Makes and checks hashes of passwords, off the screen's and the services' threads.
public protocol PasswordHashing: Sendable {
    /// A new salted hash.
    ///
    /// - Throws: `invalid` for a password that could not be hashed whole.
    func hash(_ password: Secret) async throws(StoreError) -> String
    /// Cost and a new random salt, for `hash(_:setting:)`.
    func newSetting() -> String
    /// The hash with this cost and salt: the same for the same text.
    ///
    /// - Throws: `invalid` for a text that could not be hashed whole.
    func hash(_ text: Secret, setting: String) async throws(StoreError) -> String
    /// Takes as long for a hash of another kind as for any other.
    func verify(_ password: Secret, against hash: String) async -> Bool
    /// Spends the time of a check that fails, for an account that does not exist.
    func pretendToVerify() async
    /// Whether a hash that was just verified should be made anew.
    func shouldRenew(_ hash: String) -> Bool
}
