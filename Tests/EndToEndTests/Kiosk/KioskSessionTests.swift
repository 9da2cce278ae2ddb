import Foundation
import Glibc
import PtyTesting
import StoreDomain
import StoreSQLite
import Testing

@testable import storefront

/// A visitor's session of the real program.
@Suite(.timeLimit(.minutes(20))) struct KioskSessionTests {
    private let kiosk: KioskShop

    init() throws { kiosk = try KioskShop(Program(), "idle: 10") }

    // MARK: - Nothing of the host

    /// Whatever the visitor's client and home say changes nothing, runs nothing and leaves no file.
    @Test func onlyItsOwnFileCounts() throws {
        let program = kiosk.program
        let marker = program.home.path("ran")
        try program.home.file(
            "config/storefront/config.yaml", "theme: light\nprinter.command: touch \(marker)\nplain: true\n")
        try program.home.file(".env", "STOREFRONT_PLAIN=1\nSTOREFRONT_LOG_FILE=\(marker)\n")
        try program.home.file("config/storefront/themes/default.yaml", "name: default\ntext: {fg: red}\n")
        let before = try kiosk.files()
        var environment = KioskShop.overSSH
        environment.merge([
            "STOREFRONT_DB": program.home.path("mine.db"), "STOREFRONT_PRINTER_COMMAND": "touch \(marker)",
            "STOREFRONT_LOG_FILE": marker, "STOREFRONT_PLAIN": "1", "STOREFRONT_REMOTE": "http://127.0.0.1:1",
            "STOREFRONT_RECEIPT_DIRECTORY": program.home.path("receipts"), "NO_COLOR": "1",
            "TERMINFO": program.home.url.path, "TERMINFO_DIRS": program.home.url.path,
            "COLORFGBG": "0;15", "LC_ALL": "C", "TZ": ":/etc/passwd", "SQLITE_TMPDIR": program.home.url.path,
        ]) { $1 }
        let shop = try kiosk.open(environment)
        try shop.see("of 240", "け")
        #expect(!shop.session.ledger.colors.isEmpty)
        try shop.press("+", "Cart 1")
        shop.session.send("q")
        try shop.see("cart is lost")
        shop.session.send("y")
        #expect(try shop.exit() == .code(0))
        try shop.expectUntouched()
        #expect(try kiosk.files() == before)
    }

    @Test(arguments: [SIGHUP, SIGTERM, SIGKILL]) func noEndLeavesAFile(_ signal: Int32) throws {
        let shop = try kiosk.open()
        try shop.see("of 240")
        shop.session.signal(signal)
        _ = try shop.exit()
        #expect(try kiosk.files() == [])
        if signal != SIGKILL { #expect(try kiosk.names(of: "end", "reason").count == 1) }
    }

    /// Code that runs inside the process reaches nothing.
    @Test func isLockedIn() throws {
        let shop = try kiosk.open()
        try shop.see("of 240")
        let status = try String(contentsOfFile: "/proc/\(shop.session.process)/status", encoding: .utf8)
        #expect(status.contains("NoNewPrivs:\t1"))
        if Lockdown.missing(allowsPrograms: false).isEmpty {
            #expect(status.contains("Seccomp:\t2"))
            #expect(try kiosk.names(of: "trouble", "what") == [])
        }
        let limits = try String(contentsOfFile: "/proc/\(shop.session.process)/limits", encoding: .utf8)
        #expect(limits.contains(#/Max core file size\s+0\s+0/#))
        // Every thread has it, not only the first.
        let tasks = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(shop.session.process)/task")
        for task in tasks {
            let path = "/proc/\(shop.session.process)/task/\(task)/status"
            #expect(try String(contentsOfFile: path, encoding: .utf8).contains("NoNewPrivs:\t1"))
        }
        shop.session.send("q")
        #expect(try shop.exit() == .code(0))
    }

    @Test func nothingIsThereThatReachesTheHost() throws {
        let shop = try kiosk.open()
        try shop.see("of 240")
        try shop.press(PtyShop.ctrlZ, "Ctrl-Z")
        #expect(PtyShop.state(of: shop.session.process) != "T")
        try shop.press(":", "narrow")
        try shop.press("about", "About")
        try shop.press("\r", "Tax")
        #expect(!shop.text.contains("/") || !shop.text.contains(kiosk.program.home.url.path))
        shop.session.send("\u{1b}")
        shop.session.send(PtyShop.ctrlC)
        #expect(try shop.exit() == .code(0))
    }

    // MARK: - The next visitor

    /// Of the first visitor nothing reaches the second.
    @Test func theNextVisitorFindsNothingOfTheFirst() throws {
        let shop = try kiosk.open()
        try shop.see("of 240")
        try shop.press("/", "to the list")
        try shop.press("wall clock", "HOM-0012")
        try shop.press("\r+", "Cart 1")
        shop.session.send("\u{1b}[15~")
        try shop.signIn("customer@example.com", sees: "Welcome")
        try shop.press("\u{1b}[20~", "Theme")
        try shop.press("light\r", "Theme light")
        try shop.press("\u{1b}OS", "Orders")
        shop.session.forgetOutput()
        try shop.see("Still there?")
        // The key that answers does nothing else.
        try shop.press("q\(PtyShop.ctrlL)", "Your orders")
        #expect(shop.session.exit == nil && !shop.text.contains("Quit?"), "\(shop.text)")
        shop.session.forgetOutput()
        try shop.see("Press any key to begin")
        shop.session.forgetOutput()
        shop.session.send("x")
        try shop.see("Guest", "of 240", "Cart empty")
        shop.session.send(PtyShop.f3)
        try shop.see("cart is empty")
        shop.session.send("\u{1b}[15~")
        try shop.see("E-mail")
        shop.session.send("\u{1b}[20~")
        try shop.see("default")
        // The demo accounts stand on the sign-in screen for everybody.
        for trace in ["wall clock", "Wall clock", "HOM-0012", "Demo Customer", "Theme light", "Welcome,"] {
            #expect(!shop.text.contains(trace), "\(trace)")
        }
        #expect(try kiosk.names(of: "end", "reason") == ["idle"])
        shop.session.signal(SIGTERM)
        _ = try shop.exit()
        try shop.expectUntouched()
    }

    // MARK: - A store of its own

    @Test func anEmptyOrMissingStoreIsClosed() throws {
        let program = kiosk.program
        let db = program.home.path("srv/shop.db")
        let missing = try KioskShop(program, "store: db\npath: \(db)").run()
        #expect(missing.code == 69 && missing.output.contains("closed") && missing.errors.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: db))
        try FileManager.default.createDirectory(
            atPath: program.home.path("srv"), withIntermediateDirectories: true)
        try #require(
            program.run("--plain", "--db", db, input: "quit\n").code == 0)
        let empty = try KioskShop(program, "store: db\npath: \(db)").run()
        #expect(empty.code == 69 && empty.output.contains("closed"), "\(empty.output)")
        #expect(!empty.output.contains(program.home.url.path))
    }

    /// No home, nothing to write but the store.
    @Test func aStoreNeedsNoHome() throws {
        let program = kiosk.program
        let db = program.home.path("srv/shop.db")
        try FileManager.default.createDirectory(
            atPath: program.home.path("srv"), withIntermediateDirectories: true)
        try #require(program.run("demo", "--db", db, "--products", "40").code == 0)
        let real = try KioskShop(program, "store: db\npath: \(db)")
        var environment = KioskShop.overSSH
        environment["HOME"] = "/nonexistent"
        for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"] {
            environment[name] = "/nonexistent"
        }
        let shop = try real.open(environment)
        try shop.see("of 40")
        try shop.addOne()
        shop.session.hangUp()
        _ = try shop.exit()
        let second = try real.open(environment)
        try second.see("of 40", "Cart empty")
        second.session.send("q")
        #expect(try second.exit() == .code(0))
    }

    /// The token of the first is nowhere that the second could find it.
    @Test func theNextVisitorOfAServerIsNobody() throws {
        let server = try DemoServer()
        let remote = try KioskShop(kiosk.program, "store: remote\nurl: \(server.url)")
        let first = try remote.open()
        try first.see("of 30")
        try first.press("\u{1b}[15~", "E-mail")
        try first.signIn(sees: "Demo Customer")
        #expect(!first.text.contains("127.0.0.1"))
        first.session.signal(SIGKILL)
        _ = try first.exit()
        #expect(try remote.files() == [])
        let second = try remote.open()
        try second.see("of 30", "Guest")
        #expect(!second.text.contains("Demo Customer"))
        second.session.send("q")
        #expect(try second.exit() == .code(0))
    }

    /// Where nothing can be taken back, nobody follows.
    @Test func linesEndWhenNobodyIsThere() throws {
        let shop = try kiosk.open(KioskShop.overSSH.merging(["SSH_ORIGINAL_COMMAND": "plain"]) { $1 })
        try shop.see("Shop> ")
        try shop.press("/kimchi\n", "Shop> ")
        shop.session.forgetOutput()
        try shop.see("Still there?")
        // The line that answers does nothing else.
        try shop.press("quit\n", "Shop> ")
        shop.session.forgetOutput()
        try shop.see("Still there?", "over")
        #expect(try shop.exit() == .code(0))
        try shop.expectUntouched()
        #expect(try kiosk.names(of: "end", "reason") == ["idle"])
    }

    // MARK: - Limits

    @Test func aFloodIsTheEnd() throws {
        let shop = try kiosk.open()
        try shop.see("of 240")
        shop.session.send("\u{1b}[200~")
        shop.session.send([UInt8](repeating: UInt8(ascii: "x"), count: 400_000))
        #expect(try shop.exit() == .code(1))
        try shop.expectUntouched()
        #expect(try kiosk.names(of: "limit", "limit") == ["input"])
        #expect(shop.text.contains("More came at once"))
    }

    @Test func tooManyFromOneAddressAreToldSo() throws {
        let few = try KioskShop(kiosk.program, "perAddress: 1")
        let first = try few.open()
        try first.see("of 240")
        let second = try few.run()
        #expect(second.code == 75 && second.output.contains("full"))
        let other = try few.run("quit\n", ["SSH_CONNECTION": "203.0.113.9 1 198.51.100.1 22"])
        #expect(other.code == 0, "\(other.output)")
        first.session.send("q")
        #expect(try first.exit() == .code(0))
        #expect(try few.run("quit\n").code == 0)
    }

    // MARK: - Without a terminal

    @Test func linesWithoutATerminal() throws {
        let run = try kiosk.run("/kimchi\nabout\nquit\n")
        #expect(run.code == 0 && run.errors.isEmpty)
        #expect(run.output.localizedCaseInsensitiveContains("kimchi"), "\(run.output)")
        #expect(!run.output.contains(kiosk.program.home.url.path) && !run.output.contains("\u{1b}"))
        #expect(try kiosk.files() == [])
    }

    @Test(arguments: [
        ("product/PAN-0023", 0, "Kimchi"), ("search kimchi", 0, "Kimchi"), ("search/zzzz", 66, "nothing"),
        ("category/pantry", 0, "PAN-"), ("category/none", 66, "none"), ("product/NONE", 66, "NONE"),
        ("cart", 0, "empty"), ("order/1", 0, "sign-in"), ("help", 0, "search/WORDS"),
        ("--db /etc/passwd", 64, "search/WORDS"), ("scp -t .", 64, "search/WORDS"),
    ])
    func whatIsAskedForIsTold(_ command: String, _ code: Int32, _ text: String) throws {
        let run = try kiosk.run("", KioskShop.overSSH.merging(["SSH_ORIGINAL_COMMAND": command]) { $1 })
        #expect(run.code == code && run.output.contains(text) && run.errors.isEmpty, "\(run.output)")
        #expect(!run.output.contains("\u{1b}"))
    }

    @Test func whatIsAskedForIsOpened() throws {
        let product = try kiosk.open(
            KioskShop.overSSH.merging(["SSH_ORIGINAL_COMMAND": "product/PAN-0023"]) { $1 })
        try product.see("Kimchi", "PAN-0023")
        product.session.send("q")
        #expect(try product.exit() == .code(0))
        let missing = try kiosk.open(
            KioskShop.overSSH.merging(["SSH_ORIGINAL_COMMAND": "product/NONE"]) { $1 })
        try missing.see("NONE", "of 240")
        missing.session.send("q")
        #expect(try missing.exit() == .code(0))
    }

    @Test func wrongSettingsAreNoShop() throws {
        let wrong = try KioskShop(kiosk.program, "theme: light")
        let run = try wrong.run()
        #expect(run.code == 78 && !run.output.contains("theme") && run.errors.isEmpty)
    }
}

/// What the owner of a kiosk sees and does.
@Suite(.timeLimit(.minutes(20))) struct KioskOwnerTests {
    private let kiosk: KioskShop

    init() throws { kiosk = try KioskShop(Program()) }

    private func owner(_ arguments: String...) throws -> Program.Run {
        try kiosk.program.run(["kiosk", arguments[0], "--settings", kiosk.settings] + arguments.dropFirst())
    }

    private func sessions() throws -> [Int] {
        let list = try owner("status", "--json").json()["sessions"] as? [[String: Any]] ?? []
        return list.compactMap { $0["id"] as? Int }
    }

    @Test func sessionsAreListedAndEnded() throws {
        #expect(try sessions() == [])
        let (first, second) = (try kiosk.open(), try kiosk.open())
        try first.see("of 240")
        try second.see("of 240")
        #expect(Set(try sessions()) == [Int(first.session.process), Int(second.session.process)])
        #expect(try owner("end", String(first.session.process)).code == 0)
        #expect(try first.exit() == .code(128 + SIGTERM))
        try first.expectUntouched()
        #expect(try sessions() == [Int(second.session.process)])
        second.session.signal(SIGKILL)
        _ = try second.exit()
        #expect(try sessions() == [], "who was killed is not there")
        #expect(try owner("end", String(second.session.process)).code == 1)
    }

    /// What is said stands on every screen, and as a line where there is none.
    @Test func whatTheOwnerSaysIsSeen() throws {
        let shop = try kiosk.open()
        try shop.see("of 240")
        shop.session.forgetOutput()
        let said = try owner("say", "We close\u{1b}[2J in five minutes", "--json")
        #expect(try said.json()["sessions"] as? Int == 1)
        try shop.see("in five minutes")
        #expect(try owner("say", String(repeating: "x", count: 201)).code == 64)
        shop.session.signal(SIGTERM)
        _ = try shop.exit()
        #expect(try owner("say", "Nobody hears").output.contains("0 sessions"))
    }

    /// The owner sees what the visitor sees, but for passwords, and the visitor sees nothing of it.
    @Test func theOwnerLooksAtAScreen() throws {
        let shop = try kiosk.open()
        try shop.see("of 240")
        let id = String(shop.session.process)
        let shown = try owner("watch", id)
        #expect(shown.code == 0 && shown.output.contains("of 240"), "\(shown)")
        try shop.press("\u{1b}[15~", "E-mail")
        try shop.press("me@example.com\t", "Password")
        shop.session.send("hunter2\u{12}")
        try shop.see("hunter2")
        shop.session.forgetOutput()
        let rows = try owner("watch", id, "--json").json()["rows"] as? [String]
        let text = (rows ?? []).joined(separator: "\n")
        #expect(text.contains("me@example.com") && !text.contains("hunter2"), "\(text)")
        shop.session.pump(milliseconds: 50)
        #expect(shop.text.isEmpty)
        #expect(try kiosk.events().count { $0["event"] as? String == "watched" } == 2)
        shop.session.signal(SIGTERM)
        _ = try shop.exit()
        #expect(try owner("watch", id).code == 1)
    }

    /// A picture is what a visitor's process says it is: it is read as text, and only from a file.
    @Test func aPictureThatIsNoneIsNotFollowed() throws {
        let folder = try #require(SessionsFolder(kiosk.program.home.path("sessions")))
        try FileManager.default.createSymbolicLink(
            atPath: folder.picturePath(of: 7), withDestinationPath: "/etc/passwd")
        #expect(folder.takePicture(of: 7) == nil)
        try folder.put("one\ntwo", of: 7)
        #expect(folder.takePicture(of: 7) == ["one", "two"])
        #expect(folder.takePicture(of: 7) == nil)
        // Nor is anything but a pipe written to.
        try kiosk.program.home.file("sessions/ear-7", "mine")
        #expect(!folder.tell(.picture, to: 7))
        #expect(try String(contentsOfFile: folder.earPath(of: 7), encoding: .utf8) == "mine")
    }

    /// Whoever has the sessions' folder, as every visitor's process has, cannot open what its owner has closed.
    @Test func whatIsClosedIsOutOfTheVisitorsReach() throws {
        #expect(try owner("close").code == 0)
        let folder = kiosk.program.home.path("sessions")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
        #expect(try kiosk.run("quit\n").code == 69)
        #expect(try owner("open").code == 0)
    }

    @Test func aClosedKioskLetsNobodyIn() throws {
        let shop = try kiosk.open()
        try shop.see("of 240")
        #expect(try owner("close").code == 0)
        #expect(try owner("status").output.contains("closed"))
        let refused = try kiosk.run()
        #expect(refused.code == 69 && refused.output.contains("closed"))
        try shop.press("+", "Cart 1")
        #expect(try owner("close", "--now").code == 0)
        #expect(try shop.exit() == .code(128 + SIGTERM))
        #expect(try owner("open").code == 0)
        #expect(try kiosk.run("quit\n").code == 0)
    }
}
