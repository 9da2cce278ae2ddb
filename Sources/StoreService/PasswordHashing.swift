import StoreDomain

/// Makes and checks hashes of passwords, off the screen's and the services' threads.
public protocol PasswordHashing: Sendable {
    /// A new salted hash.
    ///
    /// - Throws: `invalid` for a password that could not be hashed whole.
    func hash(_ password: Secret) async throws(StoreError) -> String
    /// Takes as long for a hash of another kind as for any other.
    func verify(_ password: Secret, against hash: String) async -> Bool
    /// Spends the time of a check that fails, for an account that does not exist.
    func pretendToVerify() async
    /// Whether a hash that was just verified should be made anew.
    func shouldRenew(_ hash: String) -> Bool
}
