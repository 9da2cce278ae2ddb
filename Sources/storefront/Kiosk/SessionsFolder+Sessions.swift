import Foundation
import StoreDomain
import StoreSQLite

/// A session as it tells of itself: nothing of who is there.
struct KioskSessionRecord: Hashable, Codable, Sendable {
    /// Its process.
    let id: Int32
    /// Where the visitor comes from, as `SessionsFolder.tag` has it.
    let network: String
    let since: Timestamp
    let store: String
}

extension SessionsFolder {
    private static let prefix = "session-"
    private static let earPrefix = "ear-"
    private static let picturePrefix = "picture-"
    /// Beside the folder, not in it: who may write the folder, as every visitor's process may, must not be able to open
    /// what the owner has closed.
    private var closedPath: String { "\(path)-closed" }

    // MARK: - Who is there

    /// Tells that a session is there, as long as what is returned is held.
    func enter(_ record: KioskSessionRecord) throws -> HostSlots {
        let file = "\(path)/\(Self.prefix)\(record.id)"
        let held = try HostSlots(path: file, count: 1)
        _ = held.tryTake()
        try JSONEncoder().encode(record).write(to: URL(filePath: file))
        return held
    }

    /// The session is over.
    func leave(_ id: Int32) {
        for name in [Self.prefix, Self.earPrefix, Self.picturePrefix] { unlink("\(path)/\(name)\(id)") }
    }

    /// The sessions that live, the first to come first. What killed ones have left is removed.
    func sessions() -> [KioskSessionRecord] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let records = names.filter { $0.hasPrefix(Self.prefix) }.compactMap { name -> KioskSessionRecord? in
            let file = "\(path)/\(name)"
            guard let slots = try? HostSlots(path: file, count: 1) else { return nil }
            if slots.tryTake() != nil {
                if let id = Int32(name.dropFirst(Self.prefix.count)) { leave(id) }
                return nil
            }
            // One that has just begun has not told of itself yet.
            return FileManager.default.contents(atPath: file).flatMap {
                try? JSONDecoder().decode(KioskSessionRecord.self, from: $0)
            }
        }
        return records.sorted { ($0.since, $0.id) < ($1.since, $1.id) }
    }

    /// Asks a session to end; nothing happens where it has ended.
    ///
    /// What a session says of itself is whatever its account has written. So only a process of the folder's owner is
    /// ended: who has got hold of a session does not have root end another process.
    ///
    /// - Throws: `CommandFailure` for a number that is no process of the owner's.
    func end(_ id: Int32) throws {
        var folder = stat()
        guard stat(path, &folder) == 0 else { throw failure(path) }
        guard id > 1, Self.user(of: id).map({ $0 == folder.st_uid }) ?? true else {
            throw CommandFailure(
                "\(id) is no session of this kiosk, whatever \(path) says; nothing was ended")
        }
        guard kill(id, SIGTERM) == 0 || errno == ESRCH else {
            throw CommandFailure("session \(id) cannot be ended: \(String(cString: strerror(errno)))")
        }
    }

    // MARK: - What the owner wants of a session

    func earPath(of id: Int32) -> String { "\(path)/\(Self.earPrefix)\(id)" }

    func picturePath(of id: Int32) -> String { "\(path)/\(Self.picturePrefix)\(id)" }

    /// Tells a session something; false where it hears nothing.
    func tell(_ wish: KioskEar.Wish, to id: Int32) -> Bool {
        // What lies there is of the sessions' making: only a pipe is written to, and never waited for.
        let file = open(earPath(of: id), O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return false }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else { return false }
        let bytes = Array(wish.line.utf8)
        return write(file, bytes, bytes.count) == bytes.count
    }

    /// Shows the owner a picture of this session's screen.
    func put(_ picture: String, of id: Int32) throws(StoreError) {
        let draft = "\(picturePath(of: id))-new"
        unlink(draft)
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .device("The picture cannot be shown") }
        defer { close(file) }
        let bytes = Array(picture.utf8.prefix(Self.largestPicture))
        guard write(file, bytes, bytes.count) == bytes.count, rename(draft, picturePath(of: id)) == 0 else {
            throw .device("The picture cannot be shown")
        }
    }

    /// The picture that a session has made of its screen, a row a line; nil while there is none.
    func takePicture(of id: Int32) -> [String]? {
        let path = picturePath(of: id)
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        defer {
            close(file)
            unlink(path)
        }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size <= Self.largestPicture
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: Self.largestPicture)
        let count = read(file, &bytes, bytes.count)
        guard count >= 0 else { return nil }
        return String(decoding: bytes[..<count], as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// 500 columns of 200 rows, with room for marks on letters.
    private static let largestPicture = 1 << 20

    /// Whether it is this session's turn to do what one of them does now and then.
    ///
    /// - Parameter pause: seconds between one turn and the next.
    func takeTurn(_ name: String, every pause: Int, at now: Timestamp) -> Bool {
        let file = open("\(path)/turn-\(name)", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return false }
        defer { close(file) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else { return false }
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = max(0, pread(file, &bytes, bytes.count, 0))
        let (last, seconds) = (
            Int64(String(decoding: bytes[..<count], as: UTF8.self)), now.milliseconds / 1_000
        )
        if let last, last <= seconds, seconds - last < pause { return false }
        let text = Array(String(seconds).utf8)
        return pwrite(file, text, text.count, 0) == text.count && ftruncate(file, text.count) == 0
    }

    /// Whose process it is; nil where it is gone.
    private static func user(of process: Int32) -> uid_t? {
        var folder = stat()
        return stat("/proc/\(process)", &folder) == 0 ? folder.st_uid : nil
    }

    // MARK: - Open and closed

    /// Whether the owner lets nobody in.
    var isClosed: Bool { access(closedPath, F_OK) == 0 }

    /// - Throws: `CommandFailure`.
    func setClosed(_ isClosed: Bool) throws {
        if isClosed {
            let file = open(closedPath, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
            guard file >= 0 else { throw failure(closedPath) }
            close(file)
        } else {
            guard unlink(closedPath) == 0 || errno == ENOENT else { throw failure(closedPath) }
        }
    }

    private func failure(_ path: String) -> CommandFailure {
        CommandFailure("\(path) cannot be changed: \(String(cString: strerror(errno)))")
    }
}
