import Foundation
import Glibc
import PtyTesting
import StoreDomain
import StoreSQLite
import Testing

@testable import storefront

/// Whoever comes with a key: as sshd tells it, by a file of the session's own account.
@Suite(.timeLimit(.minutes(20))) struct KioskKeyTests {
    private let kiosk: KioskShop
    private let db: String

    init() throws {
        let program = try Program()
        db = program.home.path("srv/shop.db")
        try FileManager.default.createDirectory(
            atPath: program.home.path("srv"), withIntermediateDirectories: true)
        try #require(program.run("demo", "--db", db, "--products", "40").code == 0)
        kiosk = try KioskShop(
            program, "store: db\npath: \(db)\nidle: 10\nstaffKeys: \(program.home.path("etc/staff_keys"))")
    }

    /// A line of `SSH_USER_AUTH` for a key of that name.
    private static func line(_ name: String) -> String {
        var key: [UInt8] = [0, 0, 0, 11] + Array("ssh-ed25519".utf8) + [0, 0, 0, 32]
        key += (0..<32).map { UInt8(truncatingIfNeeded: name.utf8.reduce(0) { $0 &* 31 &+ Int($1) } &+ $0) }
        return "publickey ssh-ed25519 \(Data(key).base64EncodedString())\n"
    }

    private static func fingerprint(_ name: String) throws -> String {
        try #require(PresentedKey.key(in: line(name))).text
    }

    private func open(_ key: String?) throws -> PtyShop { try kiosk.open(try environment(key)) }

    private func environment(_ key: String?) throws -> [String: String] {
        var environment = KioskShop.overSSH
        if let key {
            environment["SSH_USER_AUTH"] = try kiosk.program.home.file("auth-\(key)", Self.line(key)).path
        }
        return environment
    }

    private func owner(_ arguments: String...) throws -> Program.Run {
        try kiosk.program.run(["kiosk"] + arguments + ["--settings", kiosk.settings])
    }

    private func leave(_ shop: PtyShop) throws {
        shop.session.signal(SIGTERM)
        _ = try shop.exit()
    }

    // MARK: - Who is who

    /// Nothing is stored of a key until its owner wants it; from then on he is known, and nobody else is.
    @Test func aKeyIsRememberedWhenItsOwnerWantsIt() throws {
        let first = try open("a")
        try first.see("of 40", "Guest")
        #expect(try owner("key", "list").output.isEmpty)
        try first.press("\u{1b}[15~", "Go on with my key")
        try first.press("\u{1b}k", "Welcome, Visitor")
        try leave(first)
        let listed = try owner("key", "list", "--json").json()["keys"] as? [[String: Any]]
        #expect(listed?.map { $0["fingerprint"] as? String } == [try Self.fingerprint("a")])

        let again = try open("a")
        try again.see("of 40", "Visitor")
        try again.press("\u{1b}[15~", "Set a password", "yours just now")
        for other in ["b", nil] {
            let shop = try open(other)
            try shop.see("of 40", "Guest")
            try leave(shop)
        }
        try leave(again)
        // The owner takes a lost one out.
        #expect(try owner("key", "remove", Self.fingerprint("a")).code == 0)
        #expect(try owner("key", "remove", Self.fingerprint("a")).code == 1)
        let lost = try open("a")
        try lost.see("of 40", "Guest")
        try leave(lost)
    }

    /// Who comes to a line after somebody has left it is nobody.
    @Test func theNextVisitorOfALineIsNobody() throws {
        let shop = try open("a")
        try shop.see("of 40")
        try shop.press("\u{1b}[15~", "Go on with my key")
        try shop.press("\u{1b}k", "Welcome, Visitor")
        shop.session.forgetOutput()
        try shop.see("Press any key to begin")
        try shop.press("x", "of 40", "Guest")
        try leave(shop)
    }

    /// What sshd did not write counts for nothing.
    @Test func onlyAnOwnSmallFileCounts() throws {
        let home = kiosk.program.home
        let good = try home.file("good", Self.line("a")).path
        #expect(PresentedKey.read(good)?.text == (try Self.fingerprint("a")))
        try FileManager.default.createSymbolicLink(
            atPath: home.path("link"), withDestinationPath: good)
        let long = try home.file("long", String(repeating: "\n", count: 70_000) + Self.line("a")).path
        let open = try home.file("open", Self.line("a")).path
        chmod(open, 0o666)
        mkfifo(home.path("pipe"), 0o600)
        var bad = [home.path("link"), long, open, home.path("pipe"), home.path("none"), "/etc/passwd", ""]
        if geteuid() == 0 {
            let others = try home.file("others", Self.line("a")).path
            chown(others, 65_534, 65_534)
            bad.append(others)
        }
        for path in bad { #expect(PresentedKey.read(path) == nil, "\(path)") }
    }

    @Test(arguments: [
        "", "password\n", "publickey\n", "publickey ssh-ed25519\n", "publickey ssh-ed25519 !!!\n",
        "publickey ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
        "publickey ssh-ed25519 /////w==\n",
        "publickey ssh-ed25519-cert-v01@openssh.com "
            + "AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAAA==\n",
    ])
    func whatTellsOfNoKeyIsNone(_ text: String) { #expect(PresentedKey.key(in: text) == nil) }

    /// As `ssh-keygen -l` says of it.
    @Test func theFirstKeyIsTheOneThatCounts() throws {
        let text = "password\n" + Self.line("a") + Self.line("b")
        #expect(PresentedKey.key(in: text)?.text == (try Self.fingerprint("a")))
        let known =
            "publickey ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        let file = try kiosk.program.home.file("known.pub", String(known.dropFirst(10)))
        let listed = try HostCommand("ssh-keygen", "-l", "-f", file.path).run()
        let wanted = try #require(listed?.output.split(separator: " ").dropFirst().first)
        #expect(PresentedKey.key(in: known)?.text == String(wanted))
    }

    // MARK: - Limits

    @Test func threeSessionsOfAKeyAreEnough() throws {
        let shops = try (0..<3).map { _ in try open("a") }
        for shop in shops { try shop.see("of 40") }
        let fourth = try kiosk.run("", try environment("a"))
        #expect(fourth.code == 75)
        #expect(try kiosk.names(of: "limit", "limit") == ["per-key"])
        let other = try open("b")
        try other.see("of 40")
        for shop in shops + [other] { try leave(shop) }
    }

    @Test func aNetworkMakesFiveAccountsInAnHour() throws {
        for key in ["a", "b", "c", "d", "e"] {
            #expect(try kiosk.run("sign in\n:key\nquit\n", try environment(key)).output.contains("Welcome"))
        }
        let sixth = try kiosk.run("sign in\n:key\n:back\nquit\n", try environment("f"))
        #expect(!sixth.output.contains("Welcome") && sixth.output.contains("hour"), "\(sixth.output)")
        // Who is known is let in.
        let known = try kiosk.run("my account\n1\nquit\n", try environment("a")).output
        #expect(known.contains("Forget me") && known.contains("Your code is"), "\(known)")
        // And so is who comes from elsewhere.
        var elsewhere = try environment("g")
        elsewhere["SSH_CONNECTION"] = "203.0.113.9 50000 198.51.100.1 22"
        #expect(try kiosk.run("sign in\n:key\nquit\n", elsewhere).output.contains("Welcome"))
    }

    // MARK: - Those who work here

    @Test func staffSignInByAKeyAndAPassword() throws {
        let staff = (email: "staff@example.com", password: DemoData.password.revealed)
        func signIn(_ key: String?) throws -> Bool {
            let lines = "sign in\n\(staff.email)\n\(staff.password)\n:back\nquit\n"
            return try kiosk.run(lines, try environment(key)).output.contains("Welcome")
        }
        #expect(try !signIn("a"))
        #expect(try owner("key", "add", Self.fingerprint("a"), "--role", "customer").code == 1)
        #expect(try owner("key", "add", Self.fingerprint("a"), "--role", "nonsense").code == 1)
        #expect(try owner("key", "add", Self.fingerprint("a"), "--role", "staff").code == 0)
        #expect(try signIn("a"))
        #expect(try !signIn("b") && !signIn(nil))
        #expect(try owner("key", "list").output.contains("staff"))
        #expect(try owner("key", "remove", Self.fingerprint("a")).code == 0)
        #expect(try !signIn("a"))
    }

    /// Whoever could have written the list is not believed.
    @Test func aListThatOthersMayWriteClosesTheKiosk() throws {
        #expect(try owner("key", "add", Self.fingerprint("a"), "--role", "staff").code == 0)
        chmod(kiosk.program.home.path("etc/staff_keys"), 0o666)
        #expect(try kiosk.run("quit\n", try environment("a")).code == 78)
    }

    // MARK: - Wiping

    @Test func theOwnerWipesWhatIsDue() throws {
        #expect(try kiosk.run("sign in\n:key\nquit\n", try environment("a")).output.contains("Welcome"))
        let kept = try owner("wipe", "--json").json()
        #expect(kept["accounts"] as? Int == 0 && kept["names"] as? Int == 0)
        let wiped = try owner("wipe", "--older-than", "0h", "--json").json()
        #expect(wiped["accounts"] as? Int == 1)
        #expect(try owner("key", "list").output.isEmpty)
        #expect(try owner("wipe", "--older-than", "soon").code == 64)
    }
}
