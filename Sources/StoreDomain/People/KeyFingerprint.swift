/// What tells one SSH key from every other: the SHA-256 of its public half, as `ssh-keygen -l` writes it.
public struct KeyFingerprint: Hashable, Sendable, Codable, CustomStringConvertible {
    /// `SHA256:` and 43 characters of base64.
    public let text: String

    private static let prefix = "SHA256:"
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// nil for what `ssh-keygen -l` would not write.
    public init?(_ text: String) {
        let name = text.dropFirst(Self.prefix.count)
        guard text.hasPrefix(Self.prefix), name.utf8.count == 43, name.utf8.allSatisfy(Self.digits.contains)
        else { return nil }
        self.text = text
    }

    /// - Parameter digest: SHA-256 of the public key as SSH sends it.
    public init?(sha256 digest: [UInt8]) {
        guard digest.count == 32 else { return nil }
        var name: [UInt8] = []
        var (bits, count) = (0, 0)
        for byte in digest {
            (bits, count) = (bits << 8 | Int(byte), count + 8)
            while count >= 6 {
                count -= 6
                name.append(Self.digits[bits >> count & 63])
            }
            bits &= 63
        }
        // 256 bits are 42 digits and four bits more.
        name.append(Self.digits[bits << (6 - count) & 63])
        text = Self.prefix + String(decoding: name, as: UTF8.self)
    }

    public var description: String { text }

    /// Its first characters: enough to tell a person's few keys apart.
    public var short: String { String(text.prefix(Self.prefix.count + 8)) }
}
