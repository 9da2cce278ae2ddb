import Foundation
import StoreDomain
import StoreWire
import Synchronization

/// The session with one server, kept in a file of its own (0600) so that the next start is signed in, too.
/// Gone at sign-out.
public final class TokenStore: Sendable {
    /// nil keeps it in memory.
    private let path: String?
    private let server: String
    private let latest = Mutex<Session?>(nil)

    /// - Parameter directory: where the files of all servers lie; nil keeps the session in memory.
    public init(directory: String?, server: ServerAddress) {
        path = directory.map { "\($0)/\(PercentCoding.encode(server.text)).session" }
        self.server = server.text
        latest.withLock { $0 = read() }
    }

    /// Who is signed in, as the server last said.
    public var session: Session? { latest.withLock { $0 } }

    /// The token that counts now for whoever had `session`: they may have signed in again since.
    func token(for session: Session) -> Secret? {
        guard let latest = self.session, latest.user.id == session.user.id else { return session.token }
        return latest.token
    }

    /// - Throws: `device` naming the file that cannot be written; the session counts all the same.
    func keep(_ session: Session) throws(StoreError) {
        latest.withLock { $0 = session }
        guard let path, let token = session.token else { return }
        let body = SessionBody(message: server, user: session.user, accessToken: token)
        do {
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch { throw failure(path) }
        let part = "\(path).part"
        unlink(part)
        let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: Data(body.wireBytes))
            try file.close()
        } catch { throw failure(path) }
        guard rename(part, path) == 0 else { throw failure(path) }
    }

    func forget() {
        latest.withLock { $0 = nil }
        if let path { unlink(path) }
    }

    private func failure(_ path: String) -> StoreError {
        .device("You are signed in, but \(path) cannot be written, so the next start will ask again")
    }

    /// A file that others can read, of another server or that makes no sense is none.
    private func read() -> Session? {
        guard let path else { return nil }
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 == 0,
            status.st_uid == getuid(), status.st_size < 65_536,
            let data = FileManager.default.contents(atPath: path),
            let json = try? JSONParser.parse(data),
            let body = try? SessionBody(WireReader(json, currency: .usd, from: .server)),
            body.message == server
        else { return nil }
        return Session(user: body.user, token: body.accessToken)
    }
}
