import Glibc
import StoreRemote
import Yams

/// What `kiosk.yaml` says: the only settings of a kiosk's session. Nothing of the environment, of `.env` or of a
/// home counts beside it.
struct KioskSettings: Hashable, Sendable {
    /// What is on sale.
    enum Store: Hashable, Sendable {
        /// A demo of his own for each visitor, in memory.
        case demo
        /// A store file, which must be there.
        case file(String)
        /// A store file of which nothing is changed.
        case readOnly(String)
        /// A server's shop.
        case remote(ServerAddress)
    }

    var store = Store.demo
    /// The shop's name where the store tells none of its own; nil for the store's.
    var name: String?
    /// How many visitors there are at once, and how many from one address.
    var visitors = 64
    var perAddress = 4
    /// Seconds without a key after which a visitor is asked whether he is still there.
    var idle = 90
    /// The command that prints a receipt given on its standard input; nil for no printing.
    var printer: String?
    /// Where the sessions tell of themselves; shared by all of them.
    var sessions = "/run/storefront-kiosk/sessions"
    /// The PEM file of the authorities that may vouch for the server; nil for the system's.
    var authorities: String?

    /// How visitors come back, as "ssh shop.example.com"; nil to say nothing of it.
    var invitation: String?
    /// The file that the sessions log to; nil for the system's log.
    var log: String?

    /// Where the file lies.
    static let path = "/etc/storefront/kiosk.yaml"
}

/// Why a kiosk does not begin, and the exit code that says what kind of reason it is.
struct KioskRefusal: Error, Hashable, CustomStringConvertible {
    /// For whoever runs the kiosk; it may name paths, so a visitor never sees it.
    let description: String
    /// As in sysexits.h.
    let code: Int32

    /// The settings are missing, wrong or not safe.
    static func settings(_ sentence: String) -> KioskRefusal { KioskRefusal(description: sentence, code: 78) }
    /// The shop is not there just now.
    static func closed(_ sentence: String) -> KioskRefusal { KioskRefusal(description: sentence, code: 69) }
}

// MARK: - Reading

extension KioskSettings {
    /// Reads the file at `path`.
    ///
    /// - Throws: for a file that is missing, that others than root and this account may have written, or that says
    ///   something that no setting is.
    init(readingFrom path: String) throws(KioskRefusal) {
        try self.init(yaml: Self.text(at: path), from: path)
    }

    /// - Parameter path: what problems call the text.
    init(yaml text: String, from path: String) throws(KioskRefusal) {
        let root: Node?
        // Every value is text here; what else it could be is found by expressions that take much memory.
        do { root = try Yams.compose(yaml: text, .basic) } catch { throw .settings("\(path) is no YAML") }
        guard let root else { return }
        guard case .mapping(let mapping) = root else { throw .settings("\(path) must name settings") }
        var found: [Key: String] = [:]
        for (name, value) in mapping {
            guard let key = name.string.flatMap(Key.init(rawValue:)) else {
                throw .settings("\(path) names \"\(name.string ?? "")\", which is no setting of a kiosk")
            }
            guard let text = value.string, found[key] == nil else {
                throw .settings("\(key.rawValue) in \(path) must be one value, once")
            }
            found[key] = text
        }
        try take(found, from: path)
    }

    /// The names in the file.
    private enum Key: String, CaseIterable {
        case store, path, url, name, visitors, perAddress, idle, printer, sessions
        case authorities, invitation, log
    }

    private mutating func take(_ found: [Key: String], from file: String) throws(KioskRefusal) {
        func problem(_ key: Key, _ allowed: String) -> KioskRefusal {
            .settings("\(key.rawValue) in \(file) must be \(allowed)")
        }
        func number(_ key: Key, _ range: ClosedRange<Int>, _ value: inout Int) throws(KioskRefusal) {
            guard let text = found[key] else { return }
            guard let new = Int(text), range.contains(new) else {
                throw problem(key, "\(range.lowerBound) to \(range.upperBound)")
            }
            value = new
        }
        func path(_ key: Key) throws(KioskRefusal) -> String? {
            guard let text = found[key] else { return nil }
            guard text.hasPrefix("/"), text.utf8.count < Int(PATH_MAX) else {
                throw problem(key, "a path from /")
            }
            return text
        }
        let storePath = try path(.path)
        switch found[.store] ?? "demo" {
        case "demo": store = .demo
        case "db":
            guard let storePath else { throw problem(.path, "the store file, for store: db") }
            store = .file(storePath)
        case "read-only":
            guard let storePath else { throw problem(.path, "the store file, for store: read-only") }
            store = .readOnly(storePath)
        case "remote":
            guard let url = found[.url], let address = try? ServerAddress(url) else {
                throw problem(.url, "a server's address, for store: remote")
            }
            store = .remote(address)
        default: throw problem(.store, "demo, db, read-only or remote")
        }
        try number(.visitors, 1...10_000, &visitors)
        try number(.perAddress, 1...10_000, &perAddress)
        try number(.idle, 10...86_400, &idle)
        if let text = found[.name] {
            guard !text.isEmpty, text.count <= 60 else { throw problem(.name, "1 to 60 characters") }
            name = text
        }
        if let command = found[.printer], !command.isEmpty { printer = command }
        if let folder = try path(.sessions) { sessions = folder }
        authorities = try path(.authorities)
        log = try path(.log)
        if let text = found[.invitation] {
            guard !text.isEmpty, text.count <= 60 else { throw problem(.invitation, "1 to 60 characters") }
            invitation = text
        }
    }

    // MARK: - The file

    /// No settings are longer.
    private static let longest = 65_536

    private static func text(at path: String) throws(KioskRefusal) -> String {
        try checkFolder(of: path)
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard file >= 0 else { throw .settings("\(path) cannot be read: storefront kiosk setup writes it") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .settings("\(path) is no file")
        }
        guard !isWritableByOthers(status) else {
            throw .settings("\(path) can be written by others than root and this account; chmod go-w")
        }
        var bytes = [UInt8](repeating: 0, count: longest + 1)
        let count = read(file, &bytes, bytes.count)
        guard count >= 0, count <= longest, let text = String(validating: bytes[..<count], as: UTF8.self)
        else {
            throw .settings("\(path) is no text of at most \(longest) bytes")
        }
        return text
    }

    /// Whoever may write the folder may put another file in the place of the settings.
    private static func checkFolder(of path: String) throws(KioskRefusal) {
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        var status = stat()
        guard stat(folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder, &status) == 0 else { return }
        guard !isWritableByOthers(status) || status.st_mode & S_ISVTX != 0 else {
            throw .settings("The folder of \(path) can be written by others; chmod go-w")
        }
    }

    private static func isWritableByOthers(_ status: stat) -> Bool {
        status.st_mode & 0o022 != 0 || (status.st_uid != 0 && status.st_uid != geteuid())
    }
}

// MARK: - Writing

extension KioskSettings {
    /// The file that says this.
    var yaml: String {
        var lines: [(Key, String)] = []
        switch store {
        case .demo: lines.append((.store, "demo"))
        case .file(let path): lines += [(.store, "db"), (.path, Self.quoted(path))]
        case .readOnly(let path): lines += [(.store, "read-only"), (.path, Self.quoted(path))]
        case .remote(let server): lines += [(.store, "remote"), (.url, Self.quoted(server.text))]
        }
        if let name { lines.append((.name, Self.quoted(name))) }
        lines += [
            (.visitors, "\(visitors)"), (.perAddress, "\(perAddress)"), (.idle, "\(idle)"),
        ]
        if let printer { lines.append((.printer, Self.quoted(printer))) }
        lines.append((.sessions, Self.quoted(sessions)))
        if let authorities { lines.append((.authorities, Self.quoted(authorities))) }
        if let invitation { lines.append((.invitation, Self.quoted(invitation))) }
        if let log { lines.append((.log, Self.quoted(log))) }
        return lines.map { "\($0.0.rawValue): \($0.1)\n" }.joined()
    }

    /// As YAML takes any text.
    private static func quoted(_ text: String) -> String {
        "\""
            + text.unicodeScalars.map { scalar -> String in
                if scalar == "\"" || scalar == "\\" { return "\\\(scalar)" }
                let code = String(scalar.value, radix: 16)
                return scalar.value < 0x20 ? "\\x" + (code.count < 2 ? "0" : "") + code : String(scalar)
            }.joined() + "\""
    }
}
