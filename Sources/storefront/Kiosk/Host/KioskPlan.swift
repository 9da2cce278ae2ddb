/// What `kiosk setup` was asked for and what it found on the host: enough to write every file.
struct KioskPlan: Sendable {
    enum Supervisor: Sendable {
        /// A socket that starts an sshd for each connection.
        case systemd
        /// One sshd that listens, started by an init script.
        case initScript
    }

    /// What every session is told.
    let settings: KioskSettings
    let listen: ListenAddress
    /// The host's account that every visitor is.
    let account: String
    /// This program, as the host finds it.
    let program: String
    let sshd: String
    let ssh: OpenSSHVersion
    let supervisor: Supervisor

    /// The folder of what only the kiosk's sshd reads.
    static let folder = "/etc/storefront/kiosk"
    static let configurationPath = "\(folder)/sshd_config"
    static let hostKeyPath = "\(folder)/ssh_host_ed25519_key"
    static let manifestPath = "\(folder)/manifest"
    /// The visitors' home: root's, and empty.
    static let home = "/var/lib/storefront-kiosk"
    /// Where the process of a listening sshd is noted, and where the sessions' folder lies.
    static let runFolder = "/run/storefront-kiosk"
    /// What PAM knows the kiosk's sshd by.
    static let service = "storefront-sshd"
    static let socketUnit = "storefront-kiosk.socket"
    static let initScript = "/etc/init.d/storefront-kiosk"
    /// At most so much of the host's memory a session, in MiB.
    static let memoryPerVisitor = 8

    /// sshd as it is started: by the name that PAM is asked with, where that decides.
    var sshdPath: String { ssh.namesItsService ? sshd : "\(Self.folder)/\(Self.service)" }

    /// Every file but the host's key, which is made on the host.
    var files: [HostFile] {
        var files = [
            HostFile(KioskSettings.path, settings.yaml), HostFile(Self.configurationPath, sshdConfiguration),
            HostFile("/etc/pam.d/\(Self.service)", pamService),
        ]
        if !ssh.namesItsService { files.append(HostFile(sshdPath, linkTo: sshd)) }
        switch supervisor {
        case .systemd:
            files += [
                HostFile("/etc/sysusers.d/storefront-kiosk.conf", systemUser),
                HostFile("/etc/tmpfiles.d/storefront-kiosk.conf", temporaryFolders),
                HostFile("/etc/systemd/system/\(Self.socketUnit)", socket),
                HostFile("/etc/systemd/system/storefront-kiosk@.service", sessionService),
                HostFile("/etc/systemd/system/storefront-kiosk.slice", slice),
            ]
        case .initScript:
            files.append(HostFile(Self.initScript, mode: 0o755, script))
        }
        return files
    }
}
