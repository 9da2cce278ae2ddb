import Foundation
import StoreDomain
import StoreSQLite
import Testing

/// The real program, as a person at a terminal has it.
@Suite(
    .serialized, .enabled(if: Tmux.path != nil, "tmux is missing: apt-get install tmux"),
    .timeLimit(.minutes(20)))
struct ShoppingTests {
    static let kinds = [
        Tmux.Kind(term: "xterm-256color"), Tmux.Kind(term: "screen-256color"), Tmux.Kind(term: "linux"),
        Tmux.Kind(term: "vt100"), Tmux.Kind(term: "xterm-256color", locale: "C"),
    ]

    @Test(arguments: kinds) func aWholeSale(on kind: Tmux.Kind) throws {
        let program = try Program()
        let tmux = try Tmux(program, "--demo", kind: kind)
        try tmux.see("Shop", "Guest", "demo", "of 240")
        try tmux.press("F5")
        try tmux.see("Sign in", "staff@example.com")
        try tmux.type("staff@example.com")
        try tmux.press("Tab")
        try tmux.type(DemoData.password.revealed)
        try tmux.press("Enter")
        try tmux.see("Welcome, Demo Staff", "of 240")

        // Search, then filter what was found.
        try tmux.type("/")
        try tmux.type("e")
        try tmux.see("Best match")
        try tmux.seeGone("of 240")
        try tmux.press("Enter")
        try tmux.type("c")
        try tmux.see("Category", "type to narrow down")
        try tmux.press("Down", "Enter")
        try tmux.seeGone("All categories")
        try tmux.type("x")
        try tmux.see("of 240", "Newest", "All categories")
        try tmux.type("g2+")
        try tmux.see("Cart 2")

        try tmux.press("F3")
        try tmux.see("Subtotal", "Cart 2")
        try tmux.type("%")
        try tmux.see("Discount code")
        try tmux.type("SAVE20")
        // Text and Enter at once would be a scan.
        try tmux.see("SAVE20")
        try tmux.press("Enter")
        try tmux.see("Discount SAVE20")
        try tmux.press("Enter")
        try tmux.see("Cash given")
        try tmux.type("99999")
        try tmux.see("99999")
        try tmux.press("Enter")
        try tmux.see("Take it")
        try tmux.type("y")
        try tmux.see("is paid", "Change")
        try tmux.type("v")
        let receipt = try tmux.see("TOTAL", "DEMO - not a real sale")
        #expect(receipt.contains("2026-11-22 14:05"), "\(receipt)")
        try tmux.press("F4")
        let orders = try tmux.see("Orders", "2026-11-22 14:05", "paid")
        if kind.locale == "C" {
            let isPlain = orders.unicodeScalars.allSatisfy(\.isASCII)
            #expect(isPlain, "\(orders)")
        }
        try tmux.type("q")
        #expect(try tmux.exitCode() == 0)
    }

    /// Every letter of the code would do something: s sorts, c chooses a category, q leaves.
    @Test func aScannedLabelIsACodeAndNoCommands() throws {
        let program = try Program()
        let tmux = try Tmux(program, "--demo")
        try tmux.see("of 240")
        try tmux.press("csq-1", "Enter")
        try tmux.see("No product has the code csq-1", "Newest", "All categories")
        try tmux.type("3")
        try tmux.press("Enter")
        try tmux.see("Cart 3")
        try tmux.press("Enter")
        try tmux.see("Product", "SKU")
        try tmux.press("Escape")
        let listed = try tmux.see("of 240")
        #expect(!listed.contains("No product has"), "\(listed)")
        try tmux.press("C-c", "C-c")
        #expect(try tmux.exitCode() == 0)
    }

    @Test func aMisspeltSettingIsSaidAndStopsNothing() throws {
        let program = try Program()
        try program.home.file("config/storefront/config.yaml", "them: dark\n")
        let tmux = try Tmux(program, "--demo")
        try tmux.see("of 240", "config.yaml, line 1: them is no")
        try tmux.type("q")
        #expect(try tmux.exitCode() == 0)
    }

    @Test func escapeNeverEndsItAndCtrlCDoes() throws {
        let program = try Program()
        let tmux = try Tmux(program, "--demo")
        try tmux.see("of 240")
        for _ in 0..<3 {
            try tmux.press("F1")
            try tmux.see("type to find a key")
            try tmux.press("Escape")
            try tmux.seeGone("type to find a key")
        }
        try tmux.press("Escape", "Escape")
        try tmux.press("F3")
        try tmux.see("Your cart is empty")
        try tmux.press("F2")
        try tmux.see("of 240")
        try tmux.type("+")
        try tmux.see("Cart 1")
        try tmux.press("C-c")
        try tmux.see("throw-away store", "Stay")
        try tmux.press("C-c")
        #expect(try tmux.exitCode() == 0)
    }

    @Test func aFirstStartOffersHowToBegin() throws {
        let program = try Program()
        let tmux = try Tmux(program)
        try tmux.see("Welcome", "demo data")
        try tmux.type("d")
        try tmux.see("The demo shop is ready", "customer@example.com")
        try tmux.press("F7")
        try tmux.see("of 240")
        try tmux.type("+")
        try tmux.see("Cart 1")
        try tmux.type("q")
        #expect(try tmux.exitCode() == 0, "nothing is lost, so nothing is asked")
        let again = try Tmux(program)
        try again.see("Sign in")
        try again.press("F7")
        try again.see("Cart 1")
        try again.type("q")
        #expect(try again.exitCode() == 0)
    }
}
