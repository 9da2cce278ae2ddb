import Foundation
import StoreDomain

/// A folder of copies of shops: each is named by its shop and its time, so that one folder may hold those of several.
public struct BackupFolder: Sendable {
    /// A copy that lies in the folder.
    public struct Copy: Hashable, Sendable {
        public let path: String
        /// The first digits of the shop's id.
        public let shop: String
        /// When it was made, such as `2026-11-30T105049Z`.
        public let stamp: String
    }

    public let path: String

    public init(_ path: String) { self.path = path }

    /// Where a copy of a shop that is made now goes.
    public func place(for uuid: String, at now: Timestamp) -> String {
        let stamp = Timestamp(seconds: now.milliseconds / 1_000).rfc3339.filter { $0 != ":" }
        return "\(path)/shop-\(Self.mark(of: uuid))-\(stamp).db"
    }

    /// Makes the folder (0700) where there is none.
    ///
    /// - Throws: `storage`.
    public func prepare() throws(StoreError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw .storage(cannotBe("made")) }
    }

    /// The copies, the latest first. Whatever else lies there is passed over.
    ///
    /// - Parameter uuid: the shop; nil for any.
    /// - Throws: `storage` where there is no folder.
    public func copies(of uuid: String? = nil) throws(StoreError) -> [Copy] {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
            throw .storage(cannotBe("read"))
        }
        return names.compactMap { copy(named: $0) }
            .filter { uuid == nil || $0.shop == uuid.map(Self.mark) }
            .sorted { ($0.stamp, $0.shop) > ($1.stamp, $1.shop) }
    }

    /// The path of the latest copy.
    ///
    /// - Throws: `storage` where there is none.
    public func latest(of uuid: String?) throws(StoreError) -> String {
        guard let copy = try copies(of: uuid).first else {
            throw .storage(
                StorageErrors(path: path).fault(
                    .other, "There is no copy of the shop in \(path). Make one, or name another folder."))
        }
        return copy.path
    }

    /// Takes away the copies of a shop that need not be kept, and what killed programs have left of unfinished ones.
    ///
    /// - Returns: their paths.
    /// - Throws: `storage`.
    public func prune(_ uuid: String, _ retention: BackupRetention) throws(StoreError) -> [String] {
        BackupDraft.removeLeftovers(in: path) { $0.wholeMatch(of: Self.names) != nil }
        let own = try copies(of: uuid)
        let superseded = Set(retention.superseded(own.map(\.stamp)))
        let gone = own.filter { superseded.contains($0.stamp) }.map(\.path)
        for path in gone {
            guard unlink(path) == 0 || errno == ENOENT else {
                throw .storage(StorageErrors(path: path).fault(.other, "\(path) cannot be taken away."))
            }
            // Beside a copy that was opened as a store.
            for part in ["-lock", "-wal", "-shm"] { unlink(path + part) }
        }
        return gone
    }

    private static var names: Regex<(Substring, Substring, Substring)> {
        /shop-([0-9a-z]{8})-(\d{4}-\d\d-\d\dT\d{6}Z)\.db/
    }

    private func copy(named name: String) -> Copy? {
        guard let match = name.wholeMatch(of: Self.names) else { return nil }
        let file = "\(path)/\(name)"
        var status = stat()
        guard lstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Copy(path: file, shop: String(match.1), stamp: String(match.2))
    }

    private static func mark(of uuid: String) -> String {
        let digits = uuid.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(8)
        return digits + String(repeating: "0", count: 8 - digits.count)
    }

    private func cannotBe(_ done: String) -> StorageFault {
        StorageErrors(path: path).fault(
            .other, "\(path) cannot be \(done). Check its name and whose the folder above it is.")
    }
}
