import PtyTesting
import Testing

/// Five customers at a counter. Every key that the cashier presses is counted, so that the numbers can only fall.
/// A scan costs none.
@Suite(.serialized, .timeLimit(.minutes(20))) struct FiveCustomersTests {
    private static let (enter, down, f7) = ("\r", "\u{1b}[B", PtyShop.f7)

    @Test func fiveCustomersTakeThirtyFiveKeys() throws {
        let program = try Program()
        let shop = try PtyShop(program, ["--db", try PtyShop.store(program)])
        try shop.signIn("staff@example.com")
        try shop.see("of 40")
        var cashier = Cashier(shop)

        // One item, 20.00 in cash.
        try cashier.scan("2000000000237", "Cart 1")
        try cashier.press("o", "To pay", "F7", "$20.00")
        try cashier.press(Self.f7, "Change")
        try cashier.press(Self.enter, "is paid", "TOTAL")
        #expect(cashier.count() == 3)

        // Three items, one of them twice, exact cash.
        try cashier.scan("2000000000336", "Cart 1")
        try cashier.scan("2000000000183", "Cart 2")
        try cashier.scan("2000000000183", "Cart 3")
        try cashier.scan("2000000000329", "Cart 4")
        try cashier.press("o", "To pay")
        try cashier.press(Self.enter, "is paid", "TOTAL")
        #expect(cashier.count() == 2)

        // One item by search, by card with the six digits of its approval.
        try cashier.press("/", "of 40")
        try cashier.type("matc", "1\u{2013}1 of 1")
        try cashier.press(Self.enter, "Matcha", "+ add")
        try cashier.press("+", "Cart 1")
        try cashier.press("o", "To pay")
        try cashier.press(Self.down, "Approval code")
        try cashier.type("735201")
        try cashier.press(Self.enter, "is paid", "TOTAL")
        #expect(cashier.count() == 16)

        // Two items with a discount code, 50.00 in cash.
        try cashier.scan("2000000000077", "Cart 1")
        try cashier.scan("2000000000039", "Cart 2")
        try cashier.press("%", "Discount code")
        try cashier.type("SAVE10")
        try cashier.press(Self.enter, "Discount SAVE10")
        try cashier.press("o", "To pay", "F7", "$50.00")
        try cashier.press(Self.f7, "Change")
        try cashier.press(Self.enter, "is paid", "TOTAL", "SAVE10")
        #expect(cashier.count() == 11)

        // One item, taken out again, two others, exact cash.
        try cashier.scan("2000000000091", "Cart 1")
        try cashier.press("u", "Cart empty")
        try cashier.scan("2000000000138", "Cart 1")
        try cashier.scan("2000000000169", "Cart 2")
        try cashier.press("o", "To pay")
        try cashier.press(Self.enter, "is paid", "TOTAL")
        #expect(cashier.count() == 3)

        shop.session.send("q")
        #expect(try shop.exit() == .code(0))
        let sold = try program.run("order", "list", "--db", program.home.path("shop.db"), "--json")
        let orders = try #require(try sold.json()["orders"] as? [[String: Any]])
        #expect(orders.prefix(5).allSatisfy { $0["status"] as? String == "paid" })
        #expect(try program.run("verify", "--db", program.home.path("shop.db")).code == 0)
    }
}
