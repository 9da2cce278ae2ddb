import StoreDomain
import StoreWire
import Synchronization

/// The session with one server, kept in a file of its own so that the next start is signed in, too. Gone at
/// sign-out.
public final class TokenStore: Sendable {
    /// nil keeps it in memory.
    private let file: PrivateFile?
    private let server: String
    /// What is kept is read, and left as it is.
    private let isReadOnly: Bool
    private let latest = Mutex<Session?>(nil)

    /// - Parameter directory: where the files of all servers lie; nil keeps the session in memory.
    public init(directory: String?, server: ServerAddress, isReadOnly: Bool = false) {
        self.isReadOnly = isReadOnly
        file = directory.map { PrivateFile(path: "\($0)/\(PercentCoding.encode(server.text)).session") }
        self.server = server.text
        latest.withLock { $0 = read() }
    }

    /// Who is signed in, as the server last said.
    public var session: Session? { latest.withLock { $0 } }

    /// The token that counts now for an earlier session of the same account, which may have signed in again
    /// since.
    func token(for session: Session) -> Secret? {
        guard let latest = self.session, latest.user.id == session.user.id else { return session.token }
        return latest.token
    }

    /// - Throws: `device` naming the file that cannot be written; the session counts all the same.
    func keep(_ session: Session) throws(StoreError) {
        latest.withLock { $0 = session }
        guard !isReadOnly, let file, let token = session.token else { return }
        let body = SessionBody(message: server, user: session.user, accessToken: token)
        guard file.write(body.wireBytes) else {
            throw .device(
                "You are signed in, but \(file.path) cannot be written, so the next start will ask again")
        }
    }

    func forget() {
        latest.withLock { $0 = nil }
        if !isReadOnly { file?.remove() }
    }

    /// A file of another server or that makes no sense is none.
    private func read() -> Session? {
        guard let data = file?.read(), let json = try? JSONParser.parse(data),
            let body = try? SessionBody(WireReader(json, currency: .usd, from: .server)),
            body.message == server
        else { return nil }
        return Session(user: body.user, token: body.accessToken)
    }
}
