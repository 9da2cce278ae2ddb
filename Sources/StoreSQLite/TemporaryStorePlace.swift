import Foundation
import StoreDomain

/// A private directory for one throw-away store. Whoever lives in it holds a lock in it; the next start
/// removes the directories that nobody lives in any more.
final class TemporaryStorePlace: Sendable {
    private let directory: String
    private let lock: FileLock

    var path: String { (directory as NSString).appendingPathComponent("store.db") }

    private static let prefix = "storefront-demo-"
    private static let lockName = "in-use"

    /// - Parameter parent: where it is made; the system's directory for temporary files.
    /// - Throws: `storage`.
    init(in parent: String = NSTemporaryDirectory()) throws(StoreError) {
        do {
            Self.removeLeftovers(in: parent)
            // Made and locked under a name that the removal of leftovers passes over.
            var template = Array(
                (parent as NSString).appendingPathComponent(".\(Self.prefix)XXXXXX").utf8CString)
            guard mkdtemp(&template) != nil else { throw POSIXError.current }
            let draft = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
            lock = try FileLock(path: (draft as NSString).appendingPathComponent(Self.lockName))
            lock.share(.presence)
            let name = (draft as NSString).lastPathComponent.dropFirst()
            directory = (parent as NSString).appendingPathComponent(String(name))
            guard rename(draft, directory) == 0 else { throw POSIXError.current }
        } catch { throw StorageErrors(path: parent).translate(error) }
    }

    func remove() { try? FileManager.default.removeItem(atPath: directory) }

    private static func removeLeftovers(in parent: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for name in names where name.hasPrefix(prefix) {
            let directory = (parent as NSString).appendingPathComponent(name)
            var status = stat()
            guard lstat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
                status.st_uid == geteuid(), status.st_mode & 0o077 == 0,
                let lock = try? FileLock(path: (directory as NSString).appendingPathComponent(lockName)),
                lock.tryExclusive(.presence)
            else { continue }
            try? FileManager.default.removeItem(atPath: directory)
        }
    }
}
