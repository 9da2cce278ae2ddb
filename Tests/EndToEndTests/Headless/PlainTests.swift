import Foundation
import Testing

/// The built program line by line: through pipes, on a terminal, and at its ends.
@Suite(.timeLimit(.minutes(20))) struct PlainTests {
    private static let clock = ["STOREFRONT_FIXED_CLOCK": "2026-11-22T14:05:09Z"]

    @Test func aSaleThroughAPipe() throws {
        let lines = [
            "/whistle", "add 1 3", "cart", "checkout", "staff@example.com", "storefront-demo", "cash", "30",
            "receipt", "quit",
        ]
        let run = try Program().run(
            "--plain", "--demo", input: lines.joined(separator: "\n") + "\n",
            environment: Self.clock.merging(["TERM": "dumb"]) { $1 })
        #expect(run.code == 0)
        #expect(run.errors.isEmpty)
        for text in ["Signal whistle: 3 in the cart.\n", "Change $1.03.\n", "Thank you!\n", "E-mail: staff@"]
        {
            #expect(run.output.contains(text), "\(text) is not in\n\(run.output)")
        }
        #expect(!run.output.contains("storefront-demo\n"), "what is typed for a password is not repeated")
        #expect(run.output.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A })
    }

    @Test func settingsAndLocaleCount() throws {
        let program = try Program()
        let run = try program.run(
            "--demo", input: "2\n", environment: ["STOREFRONT_PLAIN": "1", "LANG": "C"])
        #expect(run.code == 0)
        #expect(run.output.contains("2. ?????? Kendama") && run.output.utf8.allSatisfy { $0 < 0x80 })
        try program.home.file("config/storefront/config.yaml", "plain: true\n")
        #expect(try program.run("--demo", input: "").output.hasSuffix("Shop> \n"))
        #expect(try program.run("doctor").output.contains("plain"))
        #expect(try program.run("--help").output.contains("--plain"))
        #expect(try program.run("product", "list", "--plain").code == 64)
    }

    /// What was put into the cart is there at the next start, whichever way the lines ended.
    @Test func theCartIsKept() throws {
        let program = try Program()
        let db = program.home.path("shop.db")
        try #require(program.run("demo", "--db", db, "--products", "20").code == 0)
        let first = try program.run("--plain", "--db", db, input: ":browse\nadd 1 2\ncart")
        #expect(first.code == 0)
        #expect(first.output.hasSuffix("Your cart is kept: 2 pieces.\n"), "\(first.output)")
        let second = try program.run("--plain", "--db", db, input: ":browse\ncart\nquit\n")
        #expect(second.output.contains("Your cart is still here: 2 pieces.\n"), "\(second.output)")
    }

    @Test func aFileIsLookedAtAndImported() throws {
        let program = try Program()
        let db = program.home.path("shop.db")
        try #require(program.run("demo", "--db", db, "--products", "3").code == 0)
        let file = program.home.path("goods.csv")
        try program.home.file("goods.csv", "name;price;sku\nBlue mug;12,50;M-1\n;;\nTray;9;M-2\n")
        let lines = [
            ":sign in", "staff@example.com", "storefront-demo", "import", file, "confirm", "shop", "/mug",
            "quit",
        ]
        let run = try program.run(
            "--plain", "--db", db, input: lines.joined(separator: "\n") + "\n", environment: Self.clock)
        #expect(run.code == 0)
        #expect(run.output.contains("2 to add, 0 to update, 0 unchanged."), "\(run.output)")
        #expect(run.output.contains("Imported: 2 added"), "\(run.output)")
        #expect(run.output.contains("Blue mug, $12.50"), "\(run.output)")
        let gone = try program.run(
            "--plain", "--db", db,
            input: ":sign in\nstaff@example.com\nstorefront-demo\nimport\n/dev/zero\nback\nquit\n",
            environment: Self.clock)
        #expect(
            gone.code == 0 && gone.output.contains("/dev/zero is not there, or is no file"), "\(gone.output)")
    }

    /// Nobody has to ask for lines where there can be nothing else.
    @Test func terminalsWithoutACursorHaveLines() throws {
        let terminal = try PseudoTerminal()
        let program = try Program()
        defer { withExtendedLifetime(program) {} }
        let process = try program.process(["--demo"], environment: ["TERM": "dumb"])
        process.standardInput = terminal.program
        process.standardOutput = terminal.program
        process.standardError = terminal.program
        try process.run()
        try terminal.wait(for: "Shop> ")
        try terminal.type("quit\n")
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(!terminal.seen.contains("\u{1b}"))
    }

    @Test func aPasswordIsNotSeen() throws {
        let terminal = try PseudoTerminal()
        let program = try Program()
        defer { withExtendedLifetime(program) {} }
        let process = try program.process(["--plain", "--demo"], environment: ["TERM": "dumb"])
        process.standardInput = terminal.program
        process.standardOutput = terminal.program
        process.standardError = FileHandle.nullDevice
        try process.run()
        try terminal.wait(for: "Shop> ")
        try terminal.type("sign in\n")
        try terminal.wait(for: "E-mail: ")
        #expect(terminal.echoes)
        try terminal.type("staff@example.com\n")
        try terminal.wait(for: "Password: ")
        try terminal.wait { !$0.echoes }
        try terminal.type("storefront-demo\n")
        try terminal.wait(for: "Welcome, Demo Staff.")
        try terminal.wait { $0.echoes }
        #expect(terminal.seen.ranges(of: "storefront-demo").count == 1, "the demo's own words alone")
        try terminal.type("sign out\ny\ncustomer@example.com\n")
        try terminal.wait { !$0.echoes }
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 128 + SIGTERM)
        #expect(terminal.echoes, "the terminal is as it was")
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func signalsEndIt(signal: Int32) throws {
        let program = try Program()
        defer { withExtendedLifetime(program) {} }
        let process = try program.process(["--plain", "--demo"])
        // Whoever runs the tests may ignore signals, as nohup does, and a child would ignore them as well.
        process.arguments = ["--default-signal", try Program.executable().path] + (process.arguments ?? [])
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var seen = ""
        while !seen.hasSuffix("Shop> ") {
            let data = output.fileHandleForReading.availableData
            try #require(!data.isEmpty, "it ended; seen: \(seen)")
            seen += String(decoding: data, as: UTF8.self)
        }
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 128 + signal)
    }

    /// `| head`: nobody reads on, and it ends as by a hang-up.
    @Test func aReaderThatIsGoneEndsIt() throws {
        let program = try Program()
        defer { withExtendedLifetime(program) {} }
        let process = try program.process(["--plain", "--demo"])
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        try output.fileHandleForWriting.close()
        _ = output.fileHandleForReading.availableData
        try output.fileHandleForReading.close()
        try input.fileHandleForWriting.write(contentsOf: Data("cart\ncart\n".utf8))
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 128 + SIGHUP)
    }
}

extension PseudoTerminal {
    /// Waits until something is so; fails after half a minute.
    fileprivate func wait(until isSo: (PseudoTerminal) -> Bool) throws {
        let deadline = Date().addingTimeInterval(30)
        while !isSo(self) { try #require(Date() < deadline) }
    }
}
