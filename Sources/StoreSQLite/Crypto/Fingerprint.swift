import COpenSSL
import Foundation

/// The SHA-256 of a content, which tells it from any other.
enum Fingerprint {
    /// 32 bytes.
    static func of(_ text: String) -> Data {
        let content = Array(text.utf8)
        var digest = [UInt8](repeating: 0, count: 32)
        guard EVP_Digest(content, content.count, &digest, nil, EVP_sha256(), nil) == 1 else {
            fatalError("libcrypto has no SHA-256, so equal and different requests cannot be told apart")
        }
        return Data(digest)
    }
}
