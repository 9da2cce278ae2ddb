import Foundation
import StoreRemote
import Testing

@testable import storefront

/// The one file that a kiosk's session takes its settings from.
@Suite struct KioskSettingsTests {
    private let home: TemporaryHome

    init() throws { home = try TemporaryHome() }

    private func read(_ text: String, mode: Int = 0o644) throws -> Result<KioskSettings, KioskRefusal> {
        let path = try home.file("kiosk.yaml", text).path
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return Result { () throws(KioskRefusal) in try KioskSettings(readingFrom: path) }
    }

    private func code(_ text: String, mode: Int = 0o644) throws -> Int32? {
        if case .failure(let refusal) = try read(text, mode: mode) { refusal.code } else { nil }
    }

    @Test func whatIsWrittenIsRead() throws {
        var settings = KioskSettings()
        settings.store = .file("/srv/shop/\"odd\" \\ name.db")
        (settings.name, settings.visitors, settings.perAddress) = ("Crème & Co: №1 #", 12, 3)
        (settings.idle, settings.printer) = (45, "lp -d 'front desk'\t")
        settings.sessions = "/run/other"
        (settings.authorities, settings.invitation) = ("/etc/ca.pem", "ssh shop@example.com")
        settings.log = "/var/log/kiosk"
        (settings.keys, settings.staffKeys, settings.keepDays) = (false, "/etc/other keys", 7)
        #expect(try read(settings.yaml).get() == settings)
        settings.store = .remote(try ServerAddress("https://shop.example.com/api"))
        #expect(try read(settings.yaml).get() == settings)
        settings.store = .readOnly("/srv/shop.db")
        #expect(try read(settings.yaml).get() == settings)
        #expect(try read(KioskSettings().yaml).get() == KioskSettings())
        #expect(try read("").get() == KioskSettings())
    }

    @Test(arguments: [
        "store: shop", "store: db", "store: remote\nurl: ftp://x", "visitors: 0", "visitors: many", "idle: 5",
        "nothing: 1", "- a", "store: [demo]", "sessions: run", "keys: maybe", "keepDays: 0", "a: [",
        "name: ''",
        "store: db\npath: shop.db",
    ])
    func whatNoSettingIsIsRefused(_ text: String) throws { #expect(try code(text) == 78) }

    @Test(arguments: [0o664, 0o646, 0o666]) func aFileThatOthersMayWriteIsRefused(_ mode: Int) throws {
        #expect(try code("store: demo", mode: mode) == 78)
    }

    @Test func aFolderThatOthersMayWriteIsRefused() throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: home.url.path)
        #expect(try code("store: demo") == 78)
        try FileManager.default.setAttributes([.posixPermissions: 0o1777], ofItemAtPath: home.url.path)
        #expect(try code("store: demo") == nil)
    }

    @Test func whatIsNoFileIsRefused() throws {
        let missing = Result { () throws(KioskRefusal) in
            try KioskSettings(readingFrom: home.path("missing.yaml"))
        }
        #expect(throws: KioskRefusal.self) { try missing.get() }
        let folder = Result { () throws(KioskRefusal) in try KioskSettings(readingFrom: home.url.path) }
        #expect(throws: KioskRefusal.self) { try folder.get() }
    }
}

/// What is taken of a visitor's client.
@Suite struct VisitorSurroundingsTests {
    @Test func aNetworkStandsForAnAddress() {
        func network(_ connection: String?) -> String {
            VisitorSurroundings(connection.map { ["SSH_CONNECTION": $0] } ?? [:]).network
        }
        #expect(network("192.0.2.7 50000 198.51.100.1 22") == network("192.0.2.99 1 198.51.100.1 22"))
        #expect(network("192.0.2.7 1 x 22") != network("192.0.3.7 1 x 22"))
        #expect(network("::ffff:192.0.2.7 1 x 22") == network("192.0.2.9 1 x 22"))
        #expect(network("2001:db8:1:2::3 1 x 22") == network("2001:db8:1:ffff::4 1 x 22"))
        #expect(network("2001:db8:1::3 1 x 22") != network("2001:db8:2::3 1 x 22"))
        #expect(network(nil) == "counter" && network("no address") == "unknown")
    }

    @Test(arguments: ["../../tmp/x", "a b", "", String(repeating: "x", count: 65), "\u{1b}[2J", "x/y"])
    func aTerminalIsAName(_ name: String) {
        #expect(VisitorSurroundings(["TERM": name]).terminal == nil)
    }

    @Test func aTrueTerminalIsTaken() {
        #expect(VisitorSurroundings(["TERM": "xterm-256color"]).terminal == "xterm-256color")
    }
}

/// What a visitor may ask for at once.
@Suite struct KioskLinkTests {
    @Test func whatIsOnTheListIsOpened() {
        #expect(KioskLink("product/PAN-0023") == .product("PAN-0023"))
        #expect(KioskLink("search green tea") == .search("green tea"))
        #expect(KioskLink("search/a/b") == .search("a/b"))
        #expect(KioskLink("category/Tea & Coffee") == .category("Tea & Coffee"))
        #expect(KioskLink("order/12") == .order(12) && KioskLink("orders") == .orders)
        #expect(KioskLink("plain") == .plain && KioskLink("help") == .help && KioskLink("cart") == .cart)
    }

    @Test(arguments: [
        "", " ", "--help", "-c sh", "sh", "scp -t /", "plain/--db", "product", "product/", "order/x",
        "order/-1",
        "order/99999999999999999999", "internal-sftp", "/product/x", "help me",
        "search/" + String(repeating: "x", count: 200), "kiosk --settings /tmp/x",
    ])
    func nothingElseIs(_ command: String) { #expect(KioskLink(command) == nil) }
}
