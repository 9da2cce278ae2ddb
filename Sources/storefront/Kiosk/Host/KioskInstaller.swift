import Foundation

/// Puts a plan's files on the host, makes account and key, and opens the door; takes all of it away again.
struct KioskInstaller {
    /// A file that is there already, is another, and is none that an earlier installation wrote.
    struct Difference {
        let file: HostFile
        let found: HostFiles.Found
    }

    let plan: KioskPlan

    // MARK: - Installing

    /// Every file of the plan that differs from one on the host which nobody but this program should have
    /// written. Nothing may be installed while there is one.
    func differences() throws -> [Difference] {
        let manifest = try Self.manifest() ?? KioskManifest()
        return try plan.files.compactMap { file in
            let found = try HostFiles.look(at: file.path)
            guard found != .nothing, !file.is(found) else { return nil }
            // What an earlier installation wrote, and nobody changed since, gives way.
            if let noted = manifest.fingerprint(of: file.path),
                try HostFiles.fingerprint(of: file.path) == noted
            {
                return nil
            }
            return Difference(file: file, found: found)
        }
    }

    /// Installs what is missing or was changed by another plan, then opens the kiosk. May be repeated.
    ///
    /// - Throws: `CommandFailure`, also where the kiosk that is installed has files or an account that this plan
    ///   lacks. What was made until then is in the manifest, so that `remove` takes it away.
    func install() throws {
        var manifest = try Self.manifest() ?? KioskManifest()
        guard manifest.isWithin(plan) else {
            throw CommandFailure(
                "this host has a kiosk of another account or another way to start; take it away first: kiosk setup --remove"
            )
        }
        func note(_ entry: KioskManifest.Entry) throws {
            manifest.note(entry)
            try HostFiles.put(HostFile(KioskPlan.manifestPath, manifest.text))
        }
        // The manifest's own folders first, as it has to be there before anything else is.
        let folders = try HostFiles.makeFolder(KioskPlan.folder)
        for folder in folders { try note(.folder(path: folder)) }
        for file in plan.files {
            for folder in try HostFiles.makeFolder(PathParts(file.path).folder) {
                try note(.folder(path: folder))
            }
            // Noted before it is written: a file that is not there is nothing to take away, but one that is
            // not noted would stay.
            try note(file.entry)
            if !file.is(try HostFiles.look(at: file.path)) { try HostFiles.put(file) }
        }
        if getpwnam(plan.account) == nil {
            try note(.account(plan.account))
            try makeAccount()
        }
        if case .nothing = try HostFiles.look(at: KioskPlan.home) {
            for folder in try HostFiles.makeFolder(KioskPlan.home) { try note(.folder(path: folder)) }
        }
        if case .nothing = try HostFiles.look(at: KioskPlan.hostKeyPath) {
            try note(.own(path: KioskPlan.hostKeyPath))
            try note(.own(path: "\(KioskPlan.hostKeyPath).pub"))
            try HostCommand(
                "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "storefront kiosk", "-f",
                KioskPlan.hostKeyPath
            ).require()
        }
        try open()
    }

    private func makeAccount() throws {
        switch plan.supervisor {
        case .systemd: try HostCommand("systemd-sysusers", "/etc/sysusers.d/storefront-kiosk.conf").require()
        case .initScript:
            try HostCommand(
                "useradd", "--system", "--user-group", "--home-dir", KioskPlan.home, "--no-create-home",
                "--shell",
                "/bin/sh", "--comment", "Visitors of the storefront kiosk", plan.account
            ).require()
        }
    }

    private func open() throws {
        switch plan.supervisor {
        case .systemd:
            try HostCommand("systemd-tmpfiles", "--create", "/etc/tmpfiles.d/storefront-kiosk.conf").require()
            try HostCommand("systemctl", "daemon-reload").require()
            try HostCommand("systemctl", "enable", "--quiet", KioskPlan.socketUnit).require()
            // Also where it listens already: on what it was told before.
            try HostCommand("systemctl", "restart", KioskPlan.socketUnit).require()
        case .initScript:
            try HostCommand("update-rc.d", "storefront-kiosk", "defaults").require()
            try HostCommand(KioskPlan.initScript, "restart").require()
        }
    }

    // MARK: - Removing

    /// Nil when nothing was installed here.
    static func manifest() throws -> KioskManifest? {
        switch try HostFiles.look(at: KioskPlan.manifestPath) {
        case .nothing: nil
        case .text(let text): try KioskManifest(text)
        case .link, .other:
            throw CommandFailure("\(KioskPlan.manifestPath) is no file of this program's; nothing was done")
        }
    }

    /// Closes the kiosk and takes away what the manifest names. Files that somebody changed stay.
    ///
    /// - Returns: the paths that stay because they are not as they were installed.
    static func remove(_ manifest: KioskManifest) throws -> [String] {
        try closeDoor()
        var kept: [String] = []
        for case .file(let path, let fingerprint) in manifest.entries {
            switch try HostFiles.fingerprint(of: path) {
            case nil: break
            case fingerprint: try take(path)
            case .some: kept.append(path)
            }
        }
        for case .own(let path) in manifest.entries { try take(path) }
        for case .account(let name) in manifest.entries where getpwnam(name) != nil {
            try HostCommand("userdel", name).require()
        }
        try closeBooks()
        try take(KioskPlan.manifestPath)
        try removeRunFolder()
        for case .folder(let path) in manifest.entries.reversed() where rmdir(path) != 0 && errno != ENOENT {
            if errno != ENOTEMPTY { throw CommandFailure("\(path) cannot be removed: \(reason)") }
            if kept.isEmpty { kept.append(path) }
        }
        return kept
    }

    private static func closeDoor() throws {
        if FileStatus.exists("/etc/systemd/system/\(KioskPlan.socketUnit)") {
            try HostCommand("systemctl", "disable", "--quiet", "--now", KioskPlan.socketUnit).require()
            try HostCommand("systemctl", "stop", "storefront-kiosk.slice").require()
        }
        if FileStatus.exists(KioskPlan.initScript) { try HostCommand(KioskPlan.initScript, "stop").require() }
    }

    /// What systemd and init remember of units and scripts that are gone.
    private static func closeBooks() throws {
        if FileStatus.exists("/run/systemd/system") {
            try HostCommand("systemctl", "daemon-reload").require()
        }
        if HostCommand.find("update-rc.d") != nil {
            try HostCommand("update-rc.d", "storefront-kiosk", "remove").require()
        }
    }

    private static func removeRunFolder() throws {
        guard FileStatus.exists(KioskPlan.runFolder) else { return }
        do { try FileManager.default.removeItem(atPath: KioskPlan.runFolder) } catch {
            throw CommandFailure("\(KioskPlan.runFolder) cannot be removed: \(error.localizedDescription)")
        }
    }

    private static func take(_ path: String) throws {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw CommandFailure("\(path) cannot be removed: \(reason)")
        }
    }

    private static var reason: String { String(cString: strerror(errno)) }
}

extension HostFile {
    /// Whether that is what the file has to be.
    func `is`(_ found: HostFiles.Found) -> Bool {
        switch content {
        case .text(let text): found == .text(text)
        case .link(let target): found == .link(to: target)
        }
    }
}
