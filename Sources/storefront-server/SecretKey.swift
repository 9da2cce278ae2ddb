import Glibc
import ProgramKit
import StoreDomain

/// What access tokens are signed with.
enum SecretKey {
    /// The key that is set; in development, where none is, one that is made and kept beside the store, in
    /// `path` + `-secret`. Without a place, a new one that nothing keeps.
    ///
    /// - Throws: `ProgramFailure` … in production when none is set; when the kept one cannot be made, written or
    ///   read, can be read by others, or is too short.
    static func resolve(
        _ settings: Settings, besides path: @autoclosure () throws -> String?, ids: any IDSource
    ) throws -> Secret {
        guard settings.isDefault(ServerSettings.secretKey) else { return settings[ServerSettings.secretKey] }
        guard settings[ServerSettings.environment] != .production else {
            throw ProgramFailure(
                """
                Production needs a secret key that only this server knows: set SECRET_KEY to \
                \(ServerSettings.minimumSecretBytes) characters or more
                """)
        }
        let fresh = Secret(ids.idempotencyKey().text + ids.idempotencyKey().text)
        guard let path = try path() else { return fresh }
        return try kept(at: "\(path)-secret", orElse: fresh)
    }

    /// Reads the file at `path`. When there is none, writes `fresh` to a draft and links the draft to `path`, so
    /// that the file is whole from its first moment and of several servers all use the first one's key.
    private static func kept(at path: String, orElse fresh: Secret) throws -> Secret {
        if let kept = try read(path) { return kept }
        var draft = Array("\(path)-XXXXXX".utf8CString)
        let descriptor = mkstemp(&draft)
        guard descriptor >= 0 else { throw failure("\(path) cannot be made") }
        defer {
            close(descriptor)
            unlink(draft)
        }
        let text = Array(fresh.revealed.utf8)
        guard write(descriptor, text, text.count) == text.count, fsync(descriptor) == 0 else {
            throw failure("\(path) cannot be written")
        }
        if link(draft, path) == 0 { return fresh }
        guard errno == EEXIST, let kept = try read(path) else { throw failure("\(path) cannot be made") }
        return kept
    }

    /// The key that the file holds; nil when there is no file.
    private static func read(_ path: String) throws -> Secret? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("\(path) cannot be read")
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

    /// A sentence that ends with what the last system call said.
    private static func failure(_ what: String) -> ProgramFailure {
        ProgramFailure("\(what): \(String(cString: strerror(errno)))")
    }
}
