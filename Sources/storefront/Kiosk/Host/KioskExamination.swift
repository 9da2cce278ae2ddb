import Glibc

/// What is wrong with a kiosk on this host: a sentence each, with what to do.
struct KioskExamination {
    private(set) var findings: [String] = []

    /// What would be wrong with a kiosk before it is installed.
    static func ofPaths(_ plan: KioskPlan) -> [String] {
        var examination = KioskExamination()
        examination.examineProgram(plan.program, for: .nobody)
        switch plan.settings.store {
        case .file(let path), .readOnly(let path):
            if !FileStatus.isRegular(path) { examination.find("\(path), the store, is not there") }
        case .demo, .remote: break
        }
        return examination.findings
    }

    /// Examines the kiosk that is installed, as root.
    static func ofHost() throws -> [String] {
        var examination = KioskExamination()
        try examination.examine()
        return examination.findings
    }

    private mutating func find(_ sentence: String) { findings.append(sentence) }

    private mutating func examine() throws {
        guard let manifest = try KioskInstaller.manifest() else {
            return find("no kiosk is installed here: run storefront kiosk setup --install")
        }
        for case .file(let path, _) in manifest.entries where try HostFiles.look(at: path) == .nothing {
            find("\(path) is gone: run storefront kiosk setup --install again")
        }
        let settings: KioskSettings
        do { settings = try KioskSettings(readingFrom: KioskSettings.path) } catch {
            return find(error.description)
        }
        do { _ = try StaffKeys(readingFrom: settings.staffKeys) } catch { find(error.description) }
        guard let sshd = try readSSHD(manifest) else { return }
        findings += sshd.findings
        if settings.keys != (sshd["pubkeyauthentication"] == ["yes"]) {
            find(
                "keys in \(KioskSettings.path) is \(settings.keys ? "on" : "off"), and sshd is told otherwise: run storefront kiosk setup --install again"
            )
        }
        if let account = sshd.account { try examineAccount(account, sshd.program, settings) }
        try examineDoor()
        examineHost(settings)
    }

    // MARK: - The parts

    private mutating func readSSHD(_ manifest: KioskManifest) throws -> SSHDSettings? {
        let configuration = ["-f", KioskPlan.configurationPath]
        guard let test = try HostCommand(["sshd", "-t"] + configuration).run() else {
            find("this host has no sshd: install openssh-server")
            return nil
        }
        guard test.succeeded else {
            find("sshd does not take its configuration: \(test.complaint)")
            return nil
        }
        // Only a host with an AllowUsers of its own needs the name, so that any will do for the rest.
        let asked = ["sshd", "-T", "-C", "user=nobody,host=localhost,addr=127.0.0.1"] + configuration
        guard let told = try HostCommand(asked).run(), told.succeeded else {
            find("sshd does not tell what it would do: run sshd -T -f \(KioskPlan.configurationPath)")
            return nil
        }
        return SSHDSettings(told.output)
    }

    private mutating func examineProgram(_ program: String, for safety: PathSafety) {
        if let path = safety.writable(program) {
            find(
                "\(path) can be changed by whom it must not be: visitors run \(program); chown root and chmod go-w"
            )
        }
        if let path = PathSafety.nobody.unreachable(program) {
            find("\(path) is closed to visitors, who run \(program); put the program at /usr/local/bin")
        }
        if !PathSafety.nobody.has(0o1, on: program) {
            find("\(program) cannot be run by visitors: chmod a+x")
        }
    }

    private mutating func examineAccount(
        _ name: String, _ program: String?, _ settings: KioskSettings
    ) throws {
        guard let account = getpwnam(name) else {
            return find("the account \(name) is missing: run storefront kiosk setup --install again")
        }
        guard account.pointee.pw_uid != 0 else { return find("the account \(name) is the administrator's") }
        let safety = PathSafety(account)
        let (home, shell) = (
            String(cString: account.pointee.pw_dir), String(cString: account.pointee.pw_shell)
        )
        if try hasPassword(name) {
            find(
                "the account \(name) has a password, with which the host's other sshd lets it in: passwd -l \(name)"
            )
        }
        // What is closed is noted beside the sessions' folder.
        let noted = PathParts(settings.sessions).folder
        for path in [
            home, shell, KioskSettings.path, KioskPlan.configurationPath, settings.staffKeys, noted,
        ] {
            if let writable = safety.writable(path) {
                find(
                    "\(writable) can be changed by \(name), and so by any visitor: chown root and chmod go-w")
            }
        }
        if !FileStatus.exists(home) {
            find("\(home), the visitors' home, is missing: make it, root's and empty")
        }
        if let program { examineProgram(program, for: safety) }
        if !safety.has(0o7, on: settings.sessions) {
            find("\(settings.sessions) is not \(name)'s own: start the kiosk anew")
        }
        examineStore(settings.store, name, safety)
    }

    /// Whether any password lets the account in; `!` or `*` before it means that none does.
    private func hasPassword(_ name: String) throws -> Bool {
        guard let line = try HostCommand("getent", "shadow", name).run(), line.succeeded else { return false }
        let fields = line.output.split(separator: ":", omittingEmptySubsequences: false)
        return fields.count > 1 && !fields[1].hasPrefix("!") && !fields[1].hasPrefix("*")
    }

    private mutating func examineStore(_ store: KioskSettings.Store, _ name: String, _ safety: PathSafety) {
        switch store {
        case .demo, .remote: break
        case .readOnly(let path):
            if let closed = safety.unreachable(path) {
                find("\(closed) is closed to \(name), who shops in \(path)")
            }
        case .file(let path):
            if let closed = safety.unreachable(path) {
                find("\(closed) is closed to \(name), who shops in \(path)")
            } else if !safety.has(0o2, on: path) || !safety.has(0o3, on: PathParts(path).folder) {
                find("\(name) cannot write \(path) and its folder: give both to a group that \(name) is in")
            }
        }
    }

    private mutating func examineDoor() throws {
        if FileStatus.exists("/etc/systemd/system/\(KioskPlan.socketUnit)") {
            for unit in [KioskPlan.socketUnit, "storefront-kiosk@.service"] {
                let path = "/etc/systemd/system/\(unit)"
                if let verified = try HostCommand("systemd-analyze", "verify", path).run(),
                    !verified.succeeded
                {
                    find("systemd does not take \(path): \(verified.complaint)")
                }
            }
            if let active = try HostCommand("systemctl", "is-active", KioskPlan.socketUnit).run(),
                !active.succeeded
            {
                find("the kiosk is not open: systemctl start \(KioskPlan.socketUnit)")
            }
        } else if let status = try HostCommand(KioskPlan.initScript, "status").run(), !status.succeeded {
            find("the kiosk is not open: \(KioskPlan.initScript) start")
        }
    }

    private mutating func examineHost(_ settings: KioskSettings) {
        if let locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil) {
            freelocale(locale)
        } else {
            find("this host has no locale C.UTF-8, so that visitors see question marks: install locales")
        }
        findings += Lockdown.missing(allowsPrograms: settings.printer != nil)
        let memory = (sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))) >> 20
        let needed = settings.visitors * KioskPlan.memoryPerVisitor
        if needed > memory / 2 {
            find(
                """
                \(settings.visitors) visitors take up to \(needed) MiB, more than half of this host's \(memory) MiB: \
                set fewer visitors
                """)
        }
    }
}
