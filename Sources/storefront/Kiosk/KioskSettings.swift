import Glibc
import StoreDomain
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
    /// Whether the SSH key that a visitor comes with stands for him.
    var keys = true
    /// The keys of those who work in the shop.
    var staffKeys = StaffKeys.path
    /// Days after the end of a visitor's last order for which his name is kept.
    var keepDays = 30

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
        try self.init(yaml: OwnersFile.text(at: path), from: path)
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
        case authorities, invitation, log, keys, staffKeys, keepDays
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
        try number(.keepDays, 1...3_650, &keepDays)
        if let text = found[.keys] {
            guard text == "on" || text == "off" else { throw problem(.keys, "on or off") }
            keys = text == "on"
        }
        if let file = try path(.staffKeys) { staffKeys = file }
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
}

// MARK: - Writing

extension KioskSettings {
    /// How long visitors' accounts are kept.
    var keeping: VisitorKeeping { VisitorKeeping(finished: Int64(keepDays) * 86_400) }

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
        lines += [
            (.keys, keys ? "\"on\"" : "\"off\""), (.staffKeys, Self.quoted(staffKeys)),
            (.keepDays, "\(keepDays)"),
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
