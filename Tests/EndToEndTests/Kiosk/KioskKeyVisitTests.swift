import Foundation
import PtyTesting
import Testing

/// Visitors with keys, through a real sshd and a real client.
@Suite(
    .serialized, .timeLimit(.minutes(20)),
    .enabled(if: KioskHost.isPossible, "a host of its own takes root, unshare and sshd"))
struct KioskKeyVisitTests {
    private static let goOn = "\u{1b}k"
    private static let f5 = "\u{1b}[15~"

    /// A kiosk on a store file, and keys below `/run/keys`.
    private func host(
        _ kind: KioskHost.Kind = .plain, _ arguments: String..., keys: [String]
    ) throws -> KioskHost {
        let host = try KioskHost(kind)
        try host.run("mkdir", "-p", "/var/lib/shop", "/run/keys")
        #expect(try host.run("storefront", "demo", "--db", "/var/lib/shop/shop.db").code == 0)
        try host.install(["--db", "/var/lib/shop/shop.db"] + arguments)
        try host.run("chown", "-R", "shop", "/var/lib/shop")
        for key in keys {
            let made = try host.run(
                "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "/run/keys/\(key)")
            try #require(made.code == 0, "\(made.errors)")
        }
        return host
    }

    private static func with(_ key: String) -> [String] {
        ["-o", "IdentitiesOnly=yes", "-i", "/run/keys/\(key)"]
    }

    /// Comes, and leaves with what the header calls him.
    private func name(_ host: KioskHost, _ options: [String]) throws -> String {
        let visitor = try host.visit(options)
        try visitor.waitForOutput("of 240")
        let text = visitor.outputText
        visitor.send("\u{03}")
        _ = try visitor.waitForExit()
        return text.contains("Visitor") ? "Visitor" : text.contains("Guest") ? "Guest" : text
    }

    private func remember(_ host: KioskHost, _ key: String) throws {
        let visitor = try host.visit(Self.with(key))
        try visitor.waitForOutput("of 240")
        visitor.send(Self.f5)
        try visitor.waitForOutput("Go on with my key")
        visitor.send(Self.goOn)
        try visitor.waitForOutput("Welcome, Visitor")
        visitor.send("\u{03}")
        _ = try visitor.waitForExit()
    }

    @Test(arguments: KioskHost.Kind.possible)
    func aKeyStandsForItsVisitorAndNobodyElse(_ kind: KioskHost.Kind) throws {
        let host = try host(kind, keys: ["a", "b"])
        let check = try host.run("storefront", "kiosk", "check")
        #expect(check.code == 0, "\(check.errors)")
        #expect(try name(host, Self.with("a")) == "Guest")
        try remember(host, "a")
        #expect(try name(host, Self.with("a")) == "Visitor")
        #expect(try name(host, Self.with("b")) == "Guest")
        #expect(try name(host, ["-o", "PubkeyAuthentication=no"]) == "Guest")
        // It is the key that ssh-keygen lists.
        let listed = try host.run("ssh-keygen", "-l", "-f", "/run/keys/a.pub").output
        let fingerprint = try #require(listed.split(separator: " ").dropFirst().first)
        #expect(try host.run("storefront", "kiosk", "key", "list").output.contains(fingerprint))
    }

    /// Any of them is let in, so that no client runs out of tries.
    @Test func theFirstOfTenKeysCounts() throws {
        let names = (0..<10).map { "k\($0)" }
        let host = try host(keys: names)
        try remember(host, "k0")
        let all = names.flatMap { ["-i", "/run/keys/\($0)"] }
        #expect(try name(host, ["-o", "IdentitiesOnly=yes"] + all) == "Visitor")
        #expect(try name(host, ["-o", "IdentitiesOnly=yes"] + all.reversed().chunks(2)) == "Guest")
    }

    /// A certificate stands for nobody: its client goes on with the key that it is of.
    @Test func aCertificateIsNoKey() throws {
        let host = try host(keys: ["a", "ca"])
        try remember(host, "a")
        let signed = try host.run(
            "ssh-keygen", "-q", "-s", "/run/keys/ca", "-I", "root", "-n", "root,shop", "/run/keys/a.pub")
        try #require(signed.code == 0, "\(signed.errors)")
        #expect(try name(host, Self.with("a")) == "Visitor")
        // Without the key's own turn it lets nobody in by itself, and is not remembered.
        let keys = try host.run("storefront", "kiosk", "key", "list", "--json").output
        #expect(keys.contains("\"count\":1"), "\(keys)")
    }

    /// What the client says of itself is not taken, even where somebody has told sshd to take it.
    @Test func aForgedWordOfSshdCountsForNothing() throws {
        let host = try host(keys: ["a"])
        try remember(host, "a")
        try host.run(
            "sh", "-c",
            """
            printf 'publickey %s\\n' "$(cut -d' ' -f1,2 /run/keys/a.pub)" > /run/forged
            chown shop /run/forged; chmod 600 /run/forged
            """)
        let forged = ["-o", "PubkeyAuthentication=no", "-o", "SetEnv=SSH_USER_AUTH=/run/forged"]
        #expect(try name(host, forged) == "Guest")
        try host.run(
            "sh", "-c",
            "echo 'AcceptEnv *' >> /etc/storefront/kiosk/sshd_config; /etc/init.d/storefront-kiosk restart")
        #expect(try name(host, forged) == "Guest")
        #expect(try host.run("storefront", "kiosk", "check").errors.contains("acceptenv"))
    }

    @Test func withoutKeyIdentityEverybodyIsAGuest() throws {
        let host = try host(.plain, "--no-key-identity", keys: ["a"])
        let check = try host.run("storefront", "kiosk", "check")
        #expect(check.code == 0, "\(check.errors)")
        let visitor = try host.visit(Self.with("a"))
        try visitor.waitForOutput("of 240")
        visitor.send(Self.f5)
        try visitor.waitForOutput("E-mail")
        #expect(!visitor.outputText.contains("Go on with my key"))
        visitor.send("\u{03}")
        _ = try visitor.waitForExit()
    }

    /// What a visitor's account can reach opens nothing that root has closed.
    @Test func theVisitorsAccountCannotOpenWhatIsClosed() throws {
        let host = try host(keys: [])
        #expect(try host.run("storefront", "kiosk", "close").code == 0)
        let tries = try host.run(
            "su", "-s", "/bin/sh", "shop", "-c",
            "rm -rf /run/storefront-kiosk/*closed /run/storefront-kiosk/sessions/* 2>&1; storefront kiosk open"
        )
        #expect(tries.code != 0)
        #expect(try host.call(input: "quit\n").code == 69)
        #expect(try host.run("storefront", "kiosk", "open").code == 0)
        #expect(try host.call(input: "quit\n").code == 0)
    }
}

extension Sequence<String> {
    /// Words that were reversed pair by pair, each pair the right way round again.
    fileprivate func chunks(_ size: Int) -> [String] {
        let all = Array(self)
        return stride(from: 0, to: all.count, by: size).flatMap {
            all[$0..<Swift.min($0 + size, all.count)].reversed()
        }
    }
}
