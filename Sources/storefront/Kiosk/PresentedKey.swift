import Foundation
import StoreCrypto
import StoreDomain

/// The SSH key that a visitor has come with, as the kiosk's sshd tells it in the file of `SSH_USER_AUTH`.
enum PresentedKey {
    /// No such file is longer.
    private static let longest = 65_536

    /// Reads the file, once.
    ///
    /// - Parameter path: what the environment says.
    /// - Returns: nil for anything but a small regular file that belongs to this account and that only it may write, and
    ///   for one that tells of no key.
    static func read(_ path: String) -> KeyFingerprint? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
            status.st_mode & 0o022 == 0, status.st_size <= longest
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: longest + 1)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count > 0, count <= longest else { return nil }
        return key(in: String(decoding: bytes[..<count], as: UTF8.self))
    }

    /// The first line that tells of a key: `publickey`, its type, and the key in base64.
    static func key(in text: String) -> KeyFingerprint? {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: " ") }
        guard let line = lines.first(where: { $0.first == "publickey" }), line.count >= 3,
            let key = Data(base64Encoded: String(line[2]))
        else { return nil }
        let bytes = [UInt8](key)
        // It begins with its type; a certificate is signed for many names, and is nobody's key.
        guard type(of: bytes) == String(line[1]), !line[1].contains("-cert-") else { return nil }
        return KeyFingerprint(sha256: Fingerprint.bytes(of: bytes))
    }

    private static func type(of key: [UInt8]) -> String? {
        guard key.count > 4 else { return nil }
        let length = key[..<4].reduce(0) { $0 << 8 | Int($1) }
        guard length <= key.count - 4 else { return nil }
        return String(validating: key[4..<(4 + length)], as: UTF8.self)
    }
}
