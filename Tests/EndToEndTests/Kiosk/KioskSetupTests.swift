import Foundation
import PtyTesting
import Testing

/// What `kiosk setup` and `kiosk check` do to a host, on a real one with a real sshd.
@Suite(
    .serialized, .timeLimit(.minutes(20)),
    .enabled(if: KioskHost.isPossible, "a host of its own takes root, unshare and sshd"))
struct KioskSetupTests {
    @Test(arguments: KioskHost.Kind.possible)
    func leadsIntoTheShopAndLeavesTheHostAsItWas(_ kind: KioskHost.Kind) throws {
        let host = try KioskHost(kind)
        let before = try host.picture()
        try host.install("--demo")
        let check = try host.run("storefront", "kiosk", "check")
        #expect(check.code == 0, "\(check.errors)")

        let visitor = try host.visit()
        try visitor.waitForOutput("of 240")
        visitor.send("q")
        #expect(try visitor.waitForExit() == .code(0))

        // Once more is harmless.
        try host.install("--demo")
        #expect(try host.run("storefront", "kiosk", "setup", "--remove").code == 0)
        #expect(try host.picture() == before)
        #expect(try host.run("id", "shop").code != 0)
        #expect(try host.call().code == 255)
    }

    /// Also while somebody is in the shop.
    @Test(arguments: KioskHost.Kind.possible)
    func closesOnThoseWhoAreThere(_ kind: KioskHost.Kind) throws {
        let host = try KioskHost(kind)
        try host.install("--demo")
        let visitor = try host.visit()
        try visitor.waitForOutput("of 240")
        #expect(try host.processes() > 0)
        let removed = try host.run("storefront", "kiosk", "setup", "--remove")
        #expect(removed.code == 0, "\(removed.errors)")
        _ = try visitor.waitForExit()
        #expect(try host.run("id", "shop").code != 0)
    }

    @Test func showsEveryFileAndWritesNone() throws {
        let host = try KioskHost()
        let before = try host.picture()
        let shown = try host.run("storefront", "kiosk", "setup", "--demo")
        #expect(shown.code == 0)
        for path in [
            "/etc/storefront/kiosk.yaml", "/etc/storefront/kiosk/sshd_config", "/etc/pam.d/storefront-sshd",
        ] {
            #expect(shown.output.contains("# \(path) 0644 root\n"))
        }
        #expect(try host.picture() == before)
    }

    @Test func changesNoFileOfSomebodyElse() throws {
        let host = try KioskHost()
        try host.run(
            "sh", "-c", "mkdir /etc/storefront; echo 'store: demo # mine' > /etc/storefront/kiosk.yaml")
        let before = try host.picture()
        let refused = try host.run("storefront", "kiosk", "setup", "--install")
        #expect(refused.code == 73)
        #expect(
            refused.output.contains("-store: demo # mine\n") && refused.output.contains("+visitors: 64\n"))
        #expect(try host.picture() == before)
    }

    @Test func keepsWhatWasChangedSinceAndTakesTheRest() throws {
        let host = try KioskHost()
        try host.install()
        try host.run("sh", "-c", "echo 'Banner none' >> /etc/storefront/kiosk/sshd_config")
        let removed = try host.run("storefront", "kiosk", "setup", "--remove")
        #expect(removed.code == 0)
        #expect(removed.errors.contains("/etc/storefront/kiosk/sshd_config"))
        #expect(try host.run("ls", "/etc/storefront/kiosk").output == "sshd_config\n")
        #expect(try host.run("storefront", "kiosk", "setup", "--remove").code == 1)
    }

    /// Each way in which a kiosk stops being one, and a word of the sentence that says so.
    @Test(arguments: [
        ("chmod 666 /etc/storefront/kiosk.yaml", "kiosk.yaml"),
        ("chown shop /var/lib/storefront-kiosk", "storefront-kiosk"),
        ("usermod -p '' shop", "password"), ("rm /etc/pam.d/storefront-sshd", "pam.d"),
        ("sed -i s/exec/false/ /etc/storefront/kiosk/sshd_config", "forcecommand"),
        ("echo AcceptEnv LANG >> /etc/storefront/kiosk/sshd_config", "acceptenv"),
        ("echo nonsense >> /etc/storefront/kiosk/sshd_config", "configuration"),
        ("sed -i s/restrict,pty/pty/ /etc/storefront/kiosk/sshd_config", "authorizedkeyscommand"),
        (
            "sed -i s/ExposeAuthInfo.yes/ExposeAuthInfo\\ no/ /etc/storefront/kiosk/sshd_config",
            "exposeauthinfo"
        ),
        ("sed -i s/keys:.*on./keys:\\ off/ /etc/storefront/kiosk.yaml", "keys"),
        ("install -m 666 /dev/null /etc/storefront/kiosk/staff_keys", "staff_keys"),
        ("chown shop /run/storefront-kiosk", "storefront-kiosk"),
        ("chmod 644 /etc/storefront/kiosk/ssh_host_ed25519_key", "hostkeys"),
        ("/etc/init.d/storefront-kiosk stop", "start"),
        ("chmod 777 /usr/local/bin", "/usr/local/bin"), ("userdel -f shop", "shop"),
    ])
    func checkFinds(_ change: String, _ word: String) throws {
        let host = try KioskHost()
        try host.install()
        try host.run("sh", "-c", change)
        let check = try host.run("storefront", "kiosk", "check")
        #expect(check.code == 1)
        #expect(check.errors.contains(word), "\(check.errors)")
    }
}
