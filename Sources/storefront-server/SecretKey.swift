import Glibc
import ProgramKit
import StoreDomain

/// What access tokens are signed with.
enum SecretKey {
    /// The key that is set; in development, where none is, one that is made and kept beside the store.
    ///
    /// - Throws: in production for none, else when it cannot be kept.
    static func resolve(_ settings: Settings, storePath: String?, ids: any IDSource) throws -> Secret {
        guard settings.isDefault(ServerSettings.secretKey) else { return settings[ServerSettings.secretKey] }
        guard settings[ServerSettings.environment] != .production else {
            throw ProgramFailure(
                """
                Production needs a secret key that only this server knows: set SECRET_KEY to \
                \(ServerSettings.minimumSecretBytes) bytes or more
                """)
        }
        let fresh = Secret(ids.idempotencyKey().text + ids.idempotencyKey().text)
        guard let storePath else { return fresh }
        return try kept(at: "\(storePath)-secret", orElse: fresh)
    }

    /// Whoever comes first makes the file; all others read it.
    private static func kept(at path: String, orElse fresh: Secret) throws -> Secret {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            defer { close(descriptor) }
            let text = fresh.revealed
            let count = text.utf8CString.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count - 1) }
            guard count == text.utf8.count, fsync(descriptor) == 0 else {
                unlink(path)
                throw ProgramFailure("\(path) cannot be written: \(String(cString: strerror(errno)))")
            }
            return fresh
        }
        guard errno == EEXIST else {
            throw ProgramFailure("\(path) cannot be made: \(String(cString: strerror(errno)))")
        }
        return try read(path)
    }

    private static func read(_ path: String) throws -> Secret {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            throw ProgramFailure("\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw ProgramFailure("\(path) can be read by others; make it private (chmod 600) or remove it")
        }
        var buffer = [UInt8](repeating: 0, count: 1024)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        guard count >= ServerSettings.minimumSecretBytes else {
            throw ProgramFailure("\(path) holds no secret key; remove it, and a new one is made")
        }
        return Secret(String(decoding: buffer[..<count], as: UTF8.self))
    }
}
