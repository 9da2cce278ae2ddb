import Glibc
import StoreDomain

/// The keys with which somebody may sign in who works in the shop: a file of root's, out of a visitor's reach. A key
/// opens nothing by itself; it lets a password of its role count.
struct StaffKeys: Hashable, Sendable {
    struct Entry: Hashable, Sendable {
        let key: KeyFingerprint
        /// The role whose accounts sign in with it.
        let role: String
        let addedAt: Timestamp
    }

    /// In the order in which they were added.
    private(set) var entries: [Entry] = []

    static let path = "\(KioskPlan.folder)/staff_keys"

    init() {}

    /// - Parameter path: what problems call the text.
    init(_ text: String, from path: String) throws(KioskRefusal) {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 3, let key = KeyFingerprint(words[0]),
                let time = Timestamp(rfc3339: words[2])
            else { throw .settings("\(path) has a line that is no key, role and time: \(line)") }
            entries.append(Entry(key: key, role: words[1], addedAt: time))
        }
    }

    /// Reads the file; there are none without it.
    ///
    /// - Throws: where others than root and this account may have written it.
    init(readingFrom path: String) throws(KioskRefusal) {
        try self.init(access(path, F_OK) == 0 ? OwnersFile.text(at: path) : "", from: path)
    }

    subscript(key: KeyFingerprint) -> Entry? { entries.first { $0.key == key } }

    /// Adds a key, or gives it another role.
    mutating func add(_ entry: Entry) {
        entries.removeAll { $0.key == entry.key }
        entries.append(entry)
    }

    /// False when there was none.
    mutating func remove(_ key: KeyFingerprint) -> Bool {
        let count = entries.count
        entries.removeAll { $0.key == key }
        return entries.count < count
    }

    var text: String {
        "# Keys of those who work here: fingerprint, role, since. Written by storefront kiosk key.\n"
            + entries.map { "\($0.key) \($0.role) \($0.addedAt.rfc3339)\n" }.joined()
    }

    func write(to path: String) throws {
        _ = try HostFiles.makeFolder(PathParts(path).folder)
        try HostFiles.put(HostFile(path, text))
    }
}
