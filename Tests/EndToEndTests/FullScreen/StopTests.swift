import Glibc
import PtyTesting
import Testing

/// Stopped and continued under a shell, whatever the screen shows and whatever happens meanwhile.
@Suite(.serialized, .timeLimit(.minutes(20))) struct StopTests {
    private func started() throws -> PtyShop {
        let shop = try PtyShop.underShell(Program(), ["--demo"])
        try shop.see("of 240", "quit")
        return shop
    }

    /// The shell has the terminal again.
    private func expectStopped(_ shop: PtyShop) throws {
        try shop.see("Stopped", "$ ")
        #expect(shop.session.ledger.leftOver == [])
    }

    private func leave(_ shop: PtyShop) throws {
        shop.session.forgetOutput()
        shop.session.send(PtyShop.ctrlC)
        try shop.see("$ ")
        shop.session.send("exit 7\n")
        #expect(try shop.exit() == .code(7))
        #expect(shop.session.ledger.leftOver == [])
    }

    @Test func comesBackToTheQuestionInTheSizeThatTheWindowHasByThen() throws {
        let shop = try started()
        try shop.addOne()
        try shop.press("q", "throw-away store", "Stay")
        shop.session.forgetOutput()
        shop.session.send(PtyShop.ctrlZ)
        try expectStopped(shop)
        try shop.session.resize(columns: 100, rows: 30)
        try shop.press("fg\n", "throw-away store", "Stay", "1–18 of 240")
        // Stopped by somebody else, in another size again.
        shop.session.forgetOutput()
        // While it still draws, as likely as not.
        #expect(kill(try shop.job(), SIGTSTP) == 0)
        try expectStopped(shop)
        try shop.session.resize(columns: 80, rows: 24)
        try shop.press("fg\n", "throw-away store", "Stay")
        try shop.press("\u{1b}")
        try shop.press(PtyShop.ctrlL, "Cart 1", "quit")
        try shop.press("q", "throw-away store")
        try leave(shop)
    }

    @Test(arguments: [SIGTERM, SIGHUP]) func killedWhileStoppedItEndsInOrder(_ signal: Int32) throws {
        let shop = try started()
        shop.session.forgetOutput()
        shop.session.send(PtyShop.ctrlZ)
        try expectStopped(shop)
        // The shell may still take it for stopped; its `wait` then returns at once, with 148.
        let wait = "c=148; while [ $c = 148 ]; do wait %1; c=$?; done; echo ended with $c"
        try shop.press("kill -\(signal) %1; \(wait)\n", "ended with \(128 + signal)")
        shop.session.send("exit 7\n")
        #expect(try shop.exit() == .code(7))
        #expect(shop.session.ledger.leftOver == [])
        #expect(try shop.crashReports() == [])
    }

    /// The shell goes, and with it whatever it had stopped.
    @Test func endsWithItsShell() throws {
        let shop = try started()
        shop.session.forgetOutput()
        shop.session.send(PtyShop.ctrlZ)
        try expectStopped(shop)
        let job = try shop.job()
        shop.session.send("exit\n")
        try shop.see("stopped jobs")
        shop.session.send("exit\n")
        _ = try shop.exit()
        try shop.session.wait(for: "the program's end") { _ in
            // Nobody waits for it here; dead it may stay.
            PtyShop.state(of: job).map { $0 == "Z" } ?? true
        }
        #expect(shop.session.ledger.leftOver == [])
    }

    /// In the background it does not take the screen from the shell.
    @Test func waitsInTheBackgroundForItsTurn() throws {
        let shop = try started()
        shop.session.forgetOutput()
        shop.session.send(PtyShop.ctrlZ)
        try expectStopped(shop)
        let job = try shop.job()
        shop.session.send("bg\n")
        try shop.session.wait(for: "the stop for want of the terminal") { _ in
            PtyShop.state(of: job) == "T"
        }
        #expect(shop.session.ledger.leftOver == [])
        try shop.press("fg\n", "of 240", "quit")
        try leave(shop)
    }
}
