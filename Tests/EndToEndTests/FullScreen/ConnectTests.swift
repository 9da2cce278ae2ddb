import PtyTesting
import Testing

/// From the first screen of an empty store to the shop of a real server.
@Suite(.timeLimit(.minutes(20))) struct ConnectTests {
    @Test func theFirstScreenLeadsToAServer() throws {
        let server = try DemoServer()
        let program = try Program()
        let shop = try PtyShop(program, [], columns: 100)
        try shop.see("Welcome", "Connect to a server")
        try shop.press("c", "Its shop opens instead")
        try shop.press("me:secret@127.0.0.1\r", "The address must be an address")
        // What was typed is still there, to be changed.
        try shop.press("\u{15}127.0.0.1:1\r", "127.0.0.1:1 cannot be reached")
        try shop.press("\u{15}\(server.url)\r", "Sign in to", "Connected.", "STOREFRONT_REMOTE")
        try shop.press(PtyShop.f7, "of 30")
        try shop.press("q")
        #expect(try shop.exit() == .code(0))
        try shop.expectUntouched()
        withExtendedLifetime(server) {}
    }

    /// What comes behind the address on the same pipe is for the server's shop.
    @Test func linesLeadThereToo() throws {
        let server = try DemoServer()
        let lines = [
            "4", "nobody here", "127.0.0.1:1", "", "connect \(server.url)", ":browse", "add 1", "about",
            "quit",
        ]
        let run = try Program().run("--plain", input: lines.joined(separator: "\n") + "\n")
        #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
        for text in [
            "Error: The address must be an address such as https://shop.example.com.",
            "Error: 127.0.0.1:1 cannot be reached", "Connected. remote: \(server.url) in config.yaml",
            "1 to 10 of 30", "in the cart", "Store \(server.url).",
        ] {
            #expect(run.output.contains(text), "\(text) is not in\n\(run.output)")
        }
        withExtendedLifetime(server) {}
    }

    /// Whoever asked for the tape hears that it has ended, and how the server's shop is recorded.
    @Test func aRecordingEndsThereAndSaysSo() throws {
        let server = try DemoServer()
        let program = try Program()
        let run = try program.run(
            "qa", "record", "--masked", "own.tape", "--plain", input: "connect \(server.url)\n:browse\nquit\n"
        )
        #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
        #expect(run.output.contains("1 to 10 of 30"), "\(run.output)")
        let told = run.output.firstRange(of: "Connected.").map { String(run.output[$0.lowerBound...]) } ?? ""
        for text in ["own.tape", "--masked", "--remote \(server.url)"] {
            #expect(told.contains(text), "\(text) is not in\n\(run.output)")
        }
        withExtendedLifetime(server) {}
    }
}
