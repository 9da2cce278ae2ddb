import Foundation
import StoreCrypto
import StoreDomain
import StoreSQLite

/// What the sessions of a host share: how many there are, from where, and how many passwords are hashed at once. On a
/// counter without the folder there is one session, which shares with none.
struct SessionsFolder: Sendable {
    let path: String

    /// nil where the folder is not there, or not this account's to write.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, access(path, W_OK | X_OK) == 0
        else {
            return nil
        }
        self.path = path
    }

    /// Passwords are hashed by half of the processor.
    func hashing() throws(StoreError) -> HostSlots {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return try HostSlots(path: "\(path)/hashing", count: (cores + 1) / 2)
    }

    func visitors(_ count: Int) throws(StoreError) -> HostSlots {
        try HostSlots(path: "\(path)/visitors", count: count)
    }

    /// - Parameter visitor: as `tag` makes it.
    func visitors(from visitor: String, _ count: Int) throws(StoreError) -> HostSlots {
        try HostSlots(path: "\(path)/from-\(visitor)", count: count)
    }

    /// - Parameter key: as `tag` makes it of a fingerprint.
    func visitors(by key: String, _ count: Int) throws(StoreError) -> HostSlots {
        try HostSlots(path: "\(path)/by-\(key)", count: count)
    }

    /// A text that tells visitors of one network from others for a day, and that says no address.
    ///
    /// - Parameter day: a key of its own belongs to each.
    func tag(_ network: String, at time: Timestamp) -> String? {
        let day = String(time.rfc3339.prefix(10))
        let file = "\(path)/key-\(day)"
        guard let key = key(at: file) else { return nil }
        forgetOlder(than: day)
        return String(Fingerprint.hex(of: key + Fingerprint.hex(of: key + network)).prefix(16))
    }

    private func key(at file: String) -> String? {
        if let key = try? String(contentsOfFile: file, encoding: .utf8), key.utf8.count == 64 { return key }
        let new = (0..<8).map { _ in
            let part = String(UInt32.random(in: .min ... .max), radix: 16)
            return String(repeating: "0", count: 8 - part.count) + part
        }.joined()
        let draft = "\(file)-\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        defer { unlink(draft) }
        let written = write(descriptor, new, 64)
        close(descriptor)
        // Whoever is first makes the day's key.
        guard written == 64, link(draft, file) == 0 || errno == EEXIST else { return nil }
        return try? String(contentsOfFile: file, encoding: .utf8)
    }

    /// What was said of earlier days is forgotten: without its key no tag says anything.
    private func forgetOlder(than day: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in names where name.hasPrefix("key-") && name.utf8.count == 14 && name < "key-\(day)" {
            unlink("\(path)/\(name)")
        }
    }
}
