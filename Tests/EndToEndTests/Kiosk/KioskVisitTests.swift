import Foundation
import PtyTesting
import StoreSQLite
import Testing

/// Visitors of a kiosk, through a real sshd and a real client.
@Suite(
    .serialized, .timeLimit(.minutes(20)),
    .enabled(if: KioskHost.isPossible, "a host of its own takes root, unshare and sshd"))
struct KioskVisitTests {
    // MARK: - One after the other

    enum Leaving: CaseIterable { case key, hangup, killedClient }

    /// What the first visitor looked for, put into the cart and was called, the second one never sees.
    @Test(arguments: ["--demo", "--db"], Leaving.allCases)
    func theNextVisitorIsNobody(_ shop: String, _ leaving: Leaving) throws {
        let host = try KioskHost()
        try host.open(shop)
        let first = try host.visit()
        try first.waitForOutput("of 240")
        first.send("/xylophone\r")
        try first.waitForOutput("Nothing matches")
        first.send("\u{03}")
        #expect(try first.waitForExit() == .code(0))

        let buyer = try host.visit()
        try buyer.waitForOutput("of 240")
        buyer.send("+")
        try buyer.waitForOutput("Cart 1")
        switch leaving {
        case .key:
            buyer.send("\u{03}")
            try buyer.waitForOutput("the cart is lost")
            buyer.send("y")
        case .hangup: buyer.hangUp()
        case .killedClient: buyer.signal(SIGKILL)
        }
        _ = try buyer.waitForExit()
        try host.waitUntilEmpty()

        let second = try host.visit()
        try second.waitForOutput("of 240")
        #expect(second.outputText.contains("Cart empty"))
        second.send("\u{03}")
        _ = try second.waitForExit()
        for visitor in [buyer, second] { #expect(!visitor.outputText.contains("xylophone")) }
        #expect(!second.outputText.contains("Cart 1"))
    }

    // MARK: - Other ways in

    /// Without a terminal the shop answers in lines, and what stands behind the address is answered and done.
    @Test func answersWithoutATerminal() throws {
        let host = try KioskHost()
        try host.open("--demo")
        let lines = try host.call(input: "quit\n")
        #expect(lines.code == 0 && lines.output.contains("Storefront"), "\(lines)")
        #expect(try host.call(command: ["search/whistle"]).output.contains("Signal whistle"))
        #expect(try host.call(command: ["product/NO-SUCH-SKU"]).code == 66)
        let unknown = try host.call(command: ["cat /etc/passwd"])
        #expect(unknown.code == 64 && !unknown.output.contains("root:"))
    }

    /// Whatever else a client can ask of an sshd is refused.
    @Test func leadsNowhereElse() throws {
        let host = try KioskHost()
        try host.open("--demo")
        for arguments in [["sftp"], ["scp"], ["scp", "-O"]] {
            let copy =
                arguments[0] == "sftp"
                ? try host.copy("sftp", "-b", "/dev/null", "shop@127.0.0.1")
                : try host.copy(
                    "scp", arguments.count > 1 ? "-O" : "-q", "shop@127.0.0.1:/etc/passwd", "/run/taken")
            #expect(copy.code != 0, "\(arguments)")
        }
        #expect(try host.run("test", "-e", "/run/taken").code != 0)
        for forwarding in [["-R", "0:127.0.0.1:1"], ["-w", "0:0"]] {
            let refused = try host.call(
                "-o", "ExitOnForwardFailure=yes", "-N", forwarding[0], forwarding[1])
            #expect(refused.code == 255, "\(forwarding)")
        }
        #expect(try host.call("-W", "127.0.0.1:\(host.port)").code == 255)
        // An agent or a screen of his own changes nothing.
        for option in ["-A", "-X"] {
            let lines = try host.call(option, input: "quit\n")
            #expect(lines.code == 0 && lines.output.contains("Storefront"), "\(option)")
        }
        let subsystem = try host.call("-s", command: ["sftp"])
        #expect(subsystem.code == 255)
        #expect(try host.call(account: "root").code == 255)
        #expect(try host.processes() == 0)
    }

    /// What shares the connection of a visitor gets no second session, and no way through.
    @Test func aConnectionHasOneSession() throws {
        let host = try KioskHost()
        try host.open("--demo")
        let socket = "ControlPath=\(host.home.path("socket"))"
        let visitor = try host.visit("-o", "ControlMaster=yes", "-o", socket)
        try visitor.waitForOutput("of 240")
        let second = try host.call("-o", socket, "-o", "ControlMaster=no", input: "quit\n")
        #expect(second.errors.contains("refused"), "\(second)")
        visitor.send("\u{03}")
        #expect(try visitor.waitForExit() == .code(0))
    }

    // MARK: - Many

    @Test func isFullForTheFifthOfAnAddress() throws {
        let host = try KioskHost()
        try host.open("--demo")
        let visitors = try (0..<4).map { _ in try host.visit() }
        for visitor in visitors { try visitor.waitForOutput("of 240") }
        let fifth = try host.visit()
        #expect(try fifth.waitForExit() == .code(75))
        visitors[0].send("\u{03}")
        _ = try visitors[0].waitForExit()
        let next = try host.visit()
        try next.waitForOutput("of 240")
    }

    /// The line goes, and with it the session, its processes and every file.
    @Test func leavesNothingBehindHoweverManyAreCut() throws {
        let host = try KioskHost()
        try host.open("--demo", "--visitors", "20", "--per-address", "20")
        let early = try host.visit()
        try early.waitForOutput("of 240")
        early.signal(SIGKILL)
        try host.waitUntilEmpty()
        // The sessions' places stay, as empty files.
        let files = try host.files()
        for round in 0..<3 {
            let visitors = try (0..<8).map { _ in try host.visit() }
            for visitor in visitors { try visitor.waitForOutput("of 240") }
            for visitor in visitors {
                if round == 1 { visitor.send(String(repeating: "jk+-", count: 1_000)) }
                visitor.signal(SIGKILL)
            }
            try host.waitUntilEmpty()
        }
        #expect(try host.files() == files)
    }
}

extension KioskHost {
    /// Opens a kiosk of a demo, or of a store with the same products and accounts.
    fileprivate func open(_ shop: String, _ more: String...) throws {
        var arguments = [shop] + more
        if shop == "--db" {
            try run("mkdir", "-p", "/var/lib/shop")
            #expect(try run("storefront", "demo", "--db", "/var/lib/shop/shop.db").code == 0)
            arguments.insert("/var/lib/shop/shop.db", at: 1)
        }
        try install(arguments)
        if shop == "--db" { try run("chown", "-R", "shop", "/var/lib/shop") }
    }

    /// Waits until no process of a visitor's is left.
    fileprivate func waitUntilEmpty() throws {
        let deadline = ContinuousClock.now + PtySession.limit
        while try processes() > 0 {
            try #require(ContinuousClock.now < deadline, "sessions outlive their lines")
            usleep(50_000)
        }
    }

    /// Where a session could leave anything.
    fileprivate func files() throws -> String {
        try run("find", "/run", "/tmp", "/var/tmp", "/var/lib", "/dev/shm", "-user", "shop").output
    }
}
