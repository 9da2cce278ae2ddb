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
    private var closedPath: String { "\(path)/closed" }

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
    func leave(_ id: Int32) { unlink("\(path)/\(Self.prefix)\(id)") }

    /// The sessions that live, the first to come first. What killed ones have left is removed.
    func sessions() -> [KioskSessionRecord] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let records = names.filter { $0.hasPrefix(Self.prefix) }.compactMap { name -> KioskSessionRecord? in
            let file = "\(path)/\(name)"
            guard let slots = try? HostSlots(path: file, count: 1) else { return nil }
            if slots.tryTake() != nil {
                unlink(file)
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
