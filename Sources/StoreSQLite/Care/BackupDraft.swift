import Foundation
import GRDB
import StoreCrypto
import StoreDomain

/// A database file under a name of its own (0600) until it is whole, checked and on disk. Whoever lets go of
/// it before that leaves nothing behind.
final class BackupDraft {
    private let path: String
    private let descriptor: Int32

    /// - Parameter target: what it is to become; it lies in the same directory.
    init(beside target: String) throws {
        let word = RandomSource().idempotencyKey().text.prefix(8)
        path = "\(target).\(word).part"
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError.current }
        // Until it is closed, whatever ends the program: so a draft that a kill has left is told from one in the making.
        flock(descriptor, LOCK_EX | LOCK_NB)
    }

    /// Takes away the drafts in a folder that killed programs have left.
    ///
    /// - Parameter isOurs: whether a file of that name, without what makes it a draft's, would be.
    static func removeLeftovers(in folder: String, where isOurs: (String) -> Bool) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            guard let match = name.wholeMatch(of: /(.+)\.[0-9a-z]{8}\.part(-wal|-shm|-journal)?/),
                isOurs(String(match.1))
            else { continue }
            let path = "\(folder)/\(name)"
            let left = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
            guard left >= 0 else { continue }
            if match.2 == nil ? flock(left, LOCK_EX | LOCK_NB) == 0 : !isBeingMade(path) { unlink(path) }
            close(left)
        }
    }

    /// Whether the draft that a file lies beside is still written.
    private static func isBeingMade(_ path: String) -> Bool {
        guard let dash = path.lastIndex(of: "-") else { return false }
        let draft = open(String(path[..<dash]), O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard draft >= 0 else { return false }
        defer { close(draft) }
        return flock(draft, LOCK_EX | LOCK_NB) != 0
    }

    deinit {
        close(descriptor)
        for part in ["", "-wal", "-shm", "-journal"] { unlink(path + part) }
    }

    /// - Parameter progress: how much is copied, 0…1.
    func fill(from source: some DatabaseReader, progress: (Double) -> Void) throws {
        let queue = try DatabaseQueue(path: path)
        try withoutActuallyEscaping(progress) { progress in
            try source.backup(to: queue, pagesPerStep: 4096) { state in
                progress(Double(state.completedPageCount) / Double(max(1, state.totalPageCount)))
            }
        }
        // One file without a WAL beside it, so that copying that file copies all of it.
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try queue.close()
    }

    /// - Throws: `storage` unless it is a whole and sound store.
    func check() throws {
        var reading = Configuration()
        reading.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: reading)
        defer { try? queue.close() }
        try queue.read { db in
            guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT)
            }
            _ = try db.fetchShop()
        }
    }

    /// Gives it its name, once all of it is on disk.
    ///
    /// - Throws: `POSIXError` with `EEXIST` for a name in use, unless that may be replaced.
    func move(to target: String, replacing: Bool) throws {
        guard fsync(descriptor) == 0 else { throw POSIXError.current }
        try replacing ? rename(to: target) : name(target)
        let parent = (target as NSString).deletingLastPathComponent
        let directory = open(parent.isEmpty ? "." : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw POSIXError.current }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw POSIXError.current }
    }

    /// A second name, unlike a new one, is never given in the place of another file; but memory cards and
    /// the like know no second names.
    private func name(_ target: String) throws {
        guard link(path, target) != 0 else { return }
        guard [EPERM, ENOTSUP].contains(errno), access(target, F_OK) != 0 else { throw POSIXError.current }
        try rename(to: target)
    }

    private func rename(to target: String) throws {
        guard Foundation.rename(path, target) == 0 else { throw POSIXError.current }
    }
}
