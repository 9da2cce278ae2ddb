import StoreCrypto

/// What `kiosk setup --install` made on this host, so that `--remove` takes away this and nothing else.
struct KioskManifest: Hashable, Sendable {
    enum Entry: Hashable, Sendable {
        /// A file with the fingerprint of its text, or of the path that a link leads to.
        case file(path: String, fingerprint: String)
        /// A file whose content is of no interest, as nobody else writes it: the host's key.
        case own(path: String)
        /// A folder that was not there before.
        case folder(path: String)
        /// An account that was not there before.
        case account(String)
    }

    private(set) var entries: [Entry] = []

    init() {}

    /// Adds what is not in it yet; a file's new fingerprint takes the place of its old one.
    mutating func note(_ entry: Entry) {
        if case .file(let path, _) = entry {
            entries.removeAll { if case .file(path, _) = $0 { true } else { false } }
        }
        if !entries.contains(entry) { entries.append(entry) }
    }

    func fingerprint(of path: String) -> String? {
        for case .file(path, let fingerprint) in entries { return fingerprint }
        return nil
    }

    /// Whether a plan takes the place of all that was installed, and leaves nothing of it behind.
    func isWithin(_ plan: KioskPlan) -> Bool {
        let paths = Set(plan.files.map(\.path))
        return entries.allSatisfy { entry in
            switch entry {
            case .file(let path, _): path == KioskPlan.manifestPath || paths.contains(path)
            case .account(let name): name == plan.account
            case .own, .folder: true
            }
        }
    }

    // MARK: - As text, a line an entry

    var text: String {
        "# What storefront kiosk setup --install made. --remove reads it.\n"
            + entries.map { entry in
                switch entry {
                case .file(let path, let fingerprint): "file \(fingerprint) \(path)\n"
                case .own(let path): "own \(path)\n"
                case .folder(let path): "folder \(path)\n"
                case .account(let name): "account \(name)\n"
                }
            }.joined()
    }

    /// - Throws: `CommandFailure` naming the first line that is no entry.
    init(_ text: String) throws {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.isEmpty && !line.hasPrefix("#") {
            let words = line.split(separator: " ", maxSplits: line.hasPrefix("file ") ? 2 : 1).map(
                String.init)
            switch (words[0], words.count) {
            case ("file", 3): entries.append(.file(path: words[2], fingerprint: words[1]))
            case ("own", 2): entries.append(.own(path: words[1]))
            case ("folder", 2): entries.append(.folder(path: words[1]))
            case ("account", 2): entries.append(.account(words[1]))
            default:
                throw CommandFailure(
                    "\(KioskPlan.manifestPath), line \(index + 1) is none of this program's; nothing was removed"
                )
            }
        }
    }
}

extension HostFile {
    var entry: KioskManifest.Entry { .file(path: path, fingerprint: Fingerprint.hex(of: fingerprinted)) }

    private var fingerprinted: String {
        switch content {
        case .text(let text): text
        case .link(let target): target
        }
    }
}
