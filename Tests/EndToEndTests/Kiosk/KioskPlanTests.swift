import Testing

@testable import storefront

@Suite("The files of a kiosk")
struct KioskPlanTests {
    static func plan(
        _ store: KioskSettings.Store = .demo, ssh: OpenSSHVersion = OpenSSHVersion(9, 2),
        supervisor: KioskPlan.Supervisor = .systemd, listen: ListenAddress = .standard
    ) -> KioskPlan {
        var settings = KioskSettings()
        settings.store = store
        return KioskPlan(
            settings: settings, listen: listen, account: "shop", program: "/usr/bin/storefront",
            sshd: "/usr/sbin/sshd", ssh: ssh, supervisor: supervisor)
    }

    private static func text(_ plan: KioskPlan, _ path: String) throws -> String {
        let file = try #require(plan.files.first { $0.path.hasSuffix(path) }, "no \(path)")
        guard case .text(let text) = file.content else {
            Issue.record("\(path) is a link")
            return ""
        }
        return text
    }

    @Test("What the settings' file says is what the sessions read")
    func settings() throws {
        let plan = Self.plan(.readOnly("/srv/a \"shop\".db"))
        let text = try Self.text(plan, "kiosk.yaml")
        #expect(try KioskSettings(yaml: text, from: "kiosk.yaml") == plan.settings)
    }

    @Test("An older sshd is started by the name that PAM is asked with; a newer one is told it")
    func pamService() throws {
        let old = Self.plan(ssh: OpenSSHVersion(9, 7))
        #expect(old.files.contains { $0.path == old.sshdPath && $0.content == .link(to: "/usr/sbin/sshd") })
        #expect(try !Self.text(old, "sshd_config").contains("PAMServiceName"))
        let new = Self.plan(ssh: OpenSSHVersion(9, 8))
        #expect(new.sshdPath == "/usr/sbin/sshd")
        #expect(try Self.text(new, "sshd_config").contains("PAMServiceName storefront-sshd\n"))
    }

    @Test("Any key is let in and told, or none is asked for")
    func keys() throws {
        let text = try Self.text(Self.plan(), "sshd_config")
        #expect(text.contains("AuthorizedKeysCommand /bin/echo restrict,pty %t %k\n"))
        #expect(text.contains("ExposeAuthInfo yes\n") && !text.contains("PubkeyAuthentication no"))
        var settings = KioskSettings()
        settings.keys = false
        let plan = KioskPlan(
            settings: settings, listen: .standard, account: "shop", program: "/usr/bin/storefront",
            sshd: "/usr/sbin/sshd", ssh: OpenSSHVersion(9, 2), supervisor: .systemd)
        let without = try Self.text(plan, "sshd_config")
        #expect(without.contains("PubkeyAuthentication no\n") && !without.contains("AuthorizedKeysCommand"))
    }

    @Test("Only a session that needs it has the network")
    func network() throws {
        let unit = "storefront-kiosk@.service"
        #expect(try Self.text(Self.plan(), unit).contains("PrivateNetwork=yes"))
        #expect(try Self.text(Self.plan(.file("/srv/s.db")), unit).contains("PrivateNetwork=yes"))
        let named = try Self.text(Self.plan(.remote(.init("https://shop.example.com"))), unit)
        #expect(!named.contains("PrivateNetwork") && !named.contains("IPAddressDeny"))
        for (address, allowed) in [
            ("http://10.0.0.7:8080", "10.0.0.7"), ("https://[2001:db8::1]:8443", "2001:db8::1"),
            ("http://localhost:8080", "localhost"),
        ] {
            let text = try Self.text(Self.plan(.remote(.init(address))), unit)
            #expect(text.contains("IPAddressDeny=any\nIPAddressAllow=\(allowed)\n"), "\(address)")
        }
    }

    @Test("A store file's folder may be written, and nothing else of the host's")
    func writable() throws {
        let unit = "storefront-kiosk@.service"
        let sessions = "ReadWritePaths=/run/storefront-kiosk/sessions"
        #expect(try Self.text(Self.plan(.file("/srv/shop/s.db")), unit).contains("\(sessions) /srv/shop\n"))
        #expect(try Self.text(Self.plan(.readOnly("/srv/shop/s.db")), unit).contains("\(sessions)\n"))
        #expect(try Self.text(Self.plan(.file("/home/ann/s.db")), unit).contains("ProtectHome=read-only"))
        #expect(try Self.text(Self.plan(.file("/srv/shop/s.db")), unit).contains("ProtectHome=yes"))
    }

    @Test("Without systemd one sshd listens where it is told, and no unit is written")
    func initScript() throws {
        let plan = Self.plan(supervisor: .initScript, listen: try #require(.init(argument: "[::1]:22")))
        #expect(!plan.files.contains { $0.path.contains("systemd") || $0.path.contains("sysusers") })
        #expect(try Self.text(plan, "sshd_config").contains("ListenAddress [::1]:22\n"))
        #expect(plan.files.first { $0.path == KioskPlan.initScript }?.mode == 0o755)
        #expect(try !Self.text(Self.plan(), "sshd_config").contains("ListenAddress"))
    }
}

@Suite("Where a kiosk listens")
struct ListenAddressTests {
    @Test(
        "A port alone, or with an address",
        arguments: [
            ("2222", nil, 2222), ("127.0.0.1:22", "127.0.0.1:22", 22), ("[::1]:80", "[::1]:80", 80),
            ("0.0.0.0:65535", "0.0.0.0:65535", 65535),
        ] as [(String, String?, UInt16)])
    func taken(text: String, bound: String?, port: UInt16) throws {
        let address = try #require(ListenAddress(argument: text))
        #expect(address.bound == bound && address.port == port)
        #expect(ListenAddress(argument: address.description) == address)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "0", "65536", "-1", "+22", "host:22", "127.0.0.1", "::1:22", "[::1]", "[127.0.0.1]:22", ":22",
            "127.0.0.1:", "1.2.3:22", "22\nPermitRootLogin yes",
        ])
    func refused(text: String) { #expect(ListenAddress(argument: text) == nil) }
}

@Suite("What sshd would do")
struct SSHDSettingsTests {
    private static let safe = """
        permitrootlogin no
        passwordauthentication no
        authorizedkeysfile none
        disableforwarding yes
        permituserrc no
        permituserenvironment no
        maxsessions 1
        pubkeyauthentication no
        allowusers shop
        forcecommand exec /usr/bin/storefront kiosk
        """

    @Test("A kiosk's own configuration is well")
    func safeOne() {
        let settings = SSHDSettings(Self.safe)
        #expect(settings.findings.isEmpty)
        #expect(settings.account == "shop" && settings.program == "/usr/bin/storefront")
    }

    @Test(
        "Each line that is weakened, doubled, left out or added is a finding",
        arguments: safe.split(separator: "\n").map(String.init) + [
            "acceptenv LANG", "subsystem sftp internal-sftp",
        ])
    func weakened(line: String) {
        let key = line.prefix { $0 != " " }
        if Self.safe.contains(line) {
            let without = Self.safe.replacing(line, with: "")
            #expect(SSHDSettings(without).findings.count == 1)
            #expect(
                SSHDSettings(without + "\n\(key) other").findings.count
                    == (key == "allowusers" ? 0 : 1))
            #expect(
                SSHDSettings(Self.safe + "\n\(key) other").findings.count
                    == (key == "forcecommand" ? 0 : 1))
        } else {
            #expect(SSHDSettings(Self.safe + "\n" + line).findings.count == 1)
        }
    }

    @Test(
        "The version is found wherever sshd says it",
        arguments: [
            ("unknown option -- V\nOpenSSH_9.2p1 Debian-2+deb12u10, OpenSSL 3.0.19", OpenSSHVersion(9, 2)),
            ("OpenSSH_10.0p2, OpenSSL 3.5.1", OpenSSHVersion(10, 0)), ("dropbear v2022.83", nil),
            ("OpenSSH_", nil),
        ] as [(String, OpenSSHVersion?)])
    func version(text: String, version: OpenSSHVersion?) { #expect(OpenSSHVersion(in: text) == version) }

    @Test("Versions are compared as numbers")
    func order() { #expect(OpenSSHVersion(10, 0) > OpenSSHVersion(9, 9)) }
}

@Suite("What a kiosk's set-up remembers")
struct KioskManifestTests {
    @Test("It reads what it wrote, and a file written anew has its new fingerprint")
    func roundTrip() throws {
        var manifest = KioskManifest()
        manifest.note(.folder(path: "/etc/a b"))
        for text in ["one", "two"] { manifest.note(HostFile("/etc/a b/c", text).entry) }
        manifest.note(.own(path: "/etc/key"))
        manifest.note(.account("shop"))
        manifest.note(.account("shop"))
        #expect(try KioskManifest(manifest.text) == manifest)
        #expect(manifest.entries.count == 4)
        #expect(manifest.fingerprint(of: "/etc/a b/c") != nil)
        guard case .file(_, let fingerprint) = HostFile("/etc/a b/c", "two").entry else { return }
        #expect(manifest.fingerprint(of: "/etc/a b/c") == fingerprint)
    }

    @Test(
        "A line of anybody else's is refused, and nothing is taken away",
        arguments: ["rm /etc", "file x", "account"])
    func foreign(line: String) { #expect(throws: CommandFailure.self) { try KioskManifest(line + "\n") } }

    @Test("A plan that would leave a part of the old kiosk behind is told from one that would not")
    func replaced() {
        var manifest = KioskManifest()
        for file in KioskPlanTests.plan().files { manifest.note(file.entry) }
        manifest.note(.account("shop"))
        #expect(manifest.isWithin(KioskPlanTests.plan(.file("/srv/s.db"))))
        #expect(!manifest.isWithin(KioskPlanTests.plan(supervisor: .initScript)))
        manifest.note(.account("guest"))
        #expect(!manifest.isWithin(KioskPlanTests.plan()))
    }
}
