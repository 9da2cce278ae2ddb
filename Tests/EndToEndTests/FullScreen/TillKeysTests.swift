import Foundation
import GRDB
import PtyTesting
import Testing

/// What selling at the till costs in keys, on the real program. A scan costs none.
@Suite(.serialized, .timeLimit(.minutes(20))) struct TillKeysTests {
    private static let (enter, f2) = ("\r", PtyShop.f2)
    private static let paidParts = "SELECT count(*) FROM basket WHERE content LIKE '%\"tenders\":[{%'"

    @Test func everySaleTakesItsFewKeys() throws {
        let program = try Program()
        let shop = try PtyShop(program, ["--db", try PtyShop.store(program)])
        try shop.signIn("staff@example.com")
        try shop.see("of 40")
        var cashier = Cashier(shop)
        try cashier.press(Self.f2, "Ready to sell")
        _ = cashier.count()

        // 20.00 in cash, and the next sale begins by a scan.
        try cashier.scan("2000000000237", "Cart 1", "TO PAY")
        try cashier.type("20")
        try cashier.press("c", "CHANGE", "Next, please")
        #expect(cashier.count() == 3)

        // Exact cash.
        try cashier.scan("2000000000336", "Cart 1", "TO PAY")
        try cashier.press("c", "exactly")
        try cashier.press(Self.enter, "Next, please")
        #expect(cashier.count() == 2)

        // Card, with the six digits of its approval.
        try cashier.scan("2000000000183", "Cart 1", "TO PAY")
        try cashier.press("k", "card terminal")
        try cashier.type("735201")
        try cashier.press(Self.enter, "Next, please")
        #expect(cashier.count() == 2 + 6)

        // Park, and take up again.
        try cashier.scan("2000000000077", "Cart 1", "TO PAY")
        try cashier.press("p", "Parked as 10", "Cart empty")
        #expect(cashier.count() == 1)
        try cashier.press("p", "Parked sales")
        try cashier.press(Self.enter, "Taken up", "Cart 1")
        #expect(cashier.count() == 2)

        // A part in cash, the rest by card.
        try cashier.type("1")
        try cashier.press("c", "LEFT")
        try cashier.press("k", "card terminal")
        try cashier.type("999")
        try cashier.press(Self.enter, "Next, please")

        shop.session.send("q")
        #expect(try shop.exit() == .code(0))
        let sold = try program.run("order", "list", "--db", program.home.path("shop.db"), "--json")
        let orders = try #require(try sold.json()["orders"] as? [[String: Any]])
        #expect(orders.prefix(4).allSatisfy { $0["status"] as? String == "paid" })
        #expect(try program.run("verify", "--db", program.home.path("shop.db")).code == 0)
    }

    /// A whole sale comes back by a scan of its receipt, and the X report shows.
    @Test func aFullReturnIsThreeKeysAndTheXReportTwo() throws {
        let program = try Program()
        let store = try PtyShop.store(program)
        let shop = try PtyShop(program, ["--db", store])
        try shop.signIn("admin@example.com")
        try shop.see("of 40")
        var cashier = Cashier(shop)
        try cashier.press(Self.f2, "Ready to sell")
        try cashier.scan("2000000000237", "Cart 1", "TO PAY")
        try cashier.press("c", "exactly")
        try cashier.press(Self.enter, "Next, please")
        let sold = try program.run("order", "list", "--db", store, "--json")
        let orders = try #require(try sold.json()["orders"] as? [[String: Any]])
        let receipt = try #require(orders.first?["number"] as? String)
        _ = cashier.count()
        try cashier.scan(receipt, "Return of order")
        try cashier.press("a", "Given back")
        try cashier.press(Self.enter, "why?")
        try cashier.press(Self.enter, "Refund F1-")
        #expect(cashier.count() == 3)
        try cashier.press(PtyShop.f7, "Open since")
        try cashier.press("x", "X REPORT")
        #expect(cashier.count() == 2)
        shop.session.send("q")
        #expect(try shop.exit() == .code(0))
        #expect(try program.run("verify", "--db", store).code == 0)
    }

    /// Another cashier takes over in the middle of a sale, and a senior approves what is beyond a cashier's limit.
    @Test func anotherCashierIsSixKeysAndApprovingFive() throws {
        let program = try Program()
        let store = try PtyShop.store(program)
        let shop = try PtyShop(program, ["--db", store])
        try shop.signIn("staff@example.com")
        try shop.see("of 40")
        var cashier = Cashier(shop)
        try cashier.press(Self.f2, "Ready to sell")
        try cashier.scan("2000000000237", "Cart 1", "TO PAY")
        _ = cashier.count()
        try cashier.press(PtyShop.f5, "Who is at the till?")
        try cashier.pin("1111")
        try cashier.press(Self.enter, "Demo Cashier is at the till", "Cart 1", "TO PAY")
        #expect(cashier.count() == 6)

        // 15 % are beyond a cashier's 10 %.
        try cashier.type("15")
        try cashier.press("%", "15 %")
        try cashier.press("c", "exactly")
        try cashier.press(Self.enter, "Demo Senior")
        _ = cashier.count()
        try cashier.pin("2222")
        try cashier.press(Self.enter, "Next, please")
        #expect(cashier.count() == 5)

        // Locked, it shows nothing of the sale; the PIN has it again.
        try cashier.scan("2000000000336", "Cart 1", "TO PAY")
        try cashier.press("\u{1B}l", "Locked", hiding: "TO PAY")
        try cashier.scan("2000000000183", "nobody")
        try cashier.pin("1111")
        try cashier.press(Self.enter, "Cart 1", "TO PAY")
        try cashier.press("c", "exactly")
        try cashier.press(Self.enter, "Next, please")
        shop.session.send("q")
        #expect(try shop.exit() == .code(0))
        #expect(try program.run("verify", "--db", store).code == 0)
        let journal = try program.run("journal", "list", "1", "--db", store, "--json")
        #expect(journal.output.contains("approval.used") && journal.output.contains("Demo Senior"))
        // Moments and hashes have such digits in the middle.
        #expect(!journal.output.contains(/\b2222\b/))
    }

    /// The program is killed while a sale stands on the till: the next run has all of it.
    @Test func aKilledTillHasItsSaleAgain() throws {
        let program = try Program()
        let store = try PtyShop.store(program)
        let first = try PtyShop(program, ["--db", store])
        try first.signIn("staff@example.com")
        try first.see("of 40")
        var cashier = Cashier(first)
        try cashier.press(Self.f2, "Ready to sell")
        try cashier.scan("2000000000237", "Cart 1", "TO PAY")
        try cashier.type("1")
        try cashier.press("c", "LEFT")
        // The screen is a moment ahead of the state file.
        let state = try DatabaseQueue(path: program.home.path("state/storefront/state.db"))
        let deadline = ContinuousClock.now + PtySession.limit
        while try state.read({ try Int.fetchOne($0, sql: Self.paidParts) }) == 0 {
            try #require(ContinuousClock.now < deadline, "the part is not kept")
            first.session.pump(milliseconds: 10)
        }
        first.session.signal(SIGKILL)
        _ = try? first.exit()

        let next = try PtyShop(program, ["--db", store])
        try next.signIn("staff@example.com", isKnown: true)
        var again = Cashier(next)
        try again.press(Self.f2, "LEFT", "Cart 1")
        try again.press("c", "exactly")
        try again.press(Self.enter, "Next, please")
        next.session.send("q")
        #expect(try next.exit() == .code(0))
        #expect(try program.run("verify", "--db", store).code == 0)
    }
}
