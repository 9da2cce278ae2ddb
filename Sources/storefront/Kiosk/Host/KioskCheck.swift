import ArgumentParser
import Glibc

/// `storefront kiosk check`: what is wrong with the kiosk of this host.
struct KioskCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say what is wrong with this host's kiosk, a sentence each.",
        discussion: "Changes nothing. Runs as root, and exits with 1 when something is wrong.")

    func run() throws {
        guard geteuid() == 0 else {
            throw CommandFailure(
                "what visitors may do is asked of sshd, whose key only root reads; run it as root")
        }
        let findings = try KioskExamination.ofHost()
        for finding in findings { Console.complain(finding) }
        if !findings.isEmpty { throw ExitCode.failure }
        Console.line("The kiosk is as it should be.")
    }
}
