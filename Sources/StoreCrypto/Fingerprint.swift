import COpenSSL

/// The SHA-256 of a text, which tells it from any other.
public enum Fingerprint {
    /// Looked up once: libcrypto searches its providers for every algorithm that is asked for by its old name.
    nonisolated(unsafe) private static let sha256 = EVP_MD_fetch(nil, "SHA256", nil)

    /// 32 bytes.
    public static func bytes(of text: String) -> [UInt8] { bytes(of: Array(text.utf8)) }

    /// 32 bytes.
    public static func bytes(of content: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        guard EVP_Digest(content, content.count, &digest, nil, sha256, nil) == 1 else {
            fatalError("libcrypto has no SHA-256, so equal and different texts cannot be told apart")
        }
        return digest
    }

    /// 64 lower-case hexadecimal digits.
    public static func hex(of text: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var hex: [UInt8] = []
        hex.reserveCapacity(64)
        for byte in bytes(of: text) {
            hex.append(digits[Int(byte >> 4)])
            hex.append(digits[Int(byte & 15)])
        }
        return String(decoding: hex, as: UTF8.self)
    }
}
