import Glibc

/// What a plan is made of on this host.
extension KioskPlan {
    /// Finds out which sshd, which supervisor and which copy of this program the host has.
    ///
    /// - Throws: `CommandFailure` naming what is missing or not safe, and what to do.
    init(
        _ settings: KioskSettings, listen: ListenAddress, account: String, supervisor: Supervisor
    ) throws {
        guard let sshd = HostCommand.find("sshd") else {
            throw CommandFailure("this host has no sshd; install openssh-server and try again")
        }
        let version = try HostCommand(sshd, "-V").run()
        guard let ssh = version.flatMap({ OpenSSHVersion(in: $0.errors + $0.output) }) else {
            throw CommandFailure("\(sshd) is not OpenSSH's, whose configuration the kiosk needs")
        }
        guard ssh >= .oldest else {
            throw CommandFailure("\(sshd) is \(ssh); the kiosk needs \(OpenSSHVersion.oldest) or newer")
        }
        self.init(
            settings: settings, listen: listen, account: account, program: try Self.thisProgram(), sshd: sshd,
            ssh: ssh, supervisor: supervisor)
    }

    /// The supervisor that runs this host.
    static var running: Supervisor { FileStatus.exists("/run/systemd/system") ? .systemd : .initScript }

    private static func thisProgram() throws -> String {
        guard let path = realpath("/proc/self/exe", nil) else {
            throw CommandFailure("/proc is missing, so this program cannot tell where it lies")
        }
        defer { free(path) }
        let text = String(cString: path)
        // sshd hands the command to a shell, and systemd has a syntax of its own.
        guard text.utf8.allSatisfy(isPlain) else {
            throw CommandFailure(
                "\(text) has characters in its path that a shell reads; put the program at /usr/local/bin")
        }
        return text
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: "_"), UInt8(ascii: "+"):
            true
        default: false
        }
    }
}
