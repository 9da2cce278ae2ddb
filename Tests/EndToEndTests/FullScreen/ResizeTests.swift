import PtyTesting
import Testing

/// From 500×200 down to one cell and back, whatever is open: it stays open, and what was chosen stays chosen.
@Suite(.timeLimit(.minutes(20))) struct ResizeTests {
    @Test(arguments: [
        ("?", "type to find a key"), (":", "Commands"), ("c", "type to narrow down"), ("s", "Sort"),
        ("\u{1b}[20~", "Theme"), ("q", "throw-away store"),
    ])
    func keepsWhatIsOpen(_ keys: String, _ text: String) throws {
        let shop = try PtyShop(Program(), ["--demo"])
        try shop.see("of 240")
        try shop.addOne()
        try shop.press(keys, text)
        for (columns, rows) in [
            (500, 200), (40, 12), (39, 11), (1, 1), (500, 1), (1, 200), (2, 2), (80, 24),
        ] {
            shop.session.forgetOutput()
            try shop.session.resize(columns: columns, rows: rows)
            // The size is taken over when something is drawn for it; of one cell nothing can be read.
            try shop.session.wait(for: "a picture of \(columns)×\(rows)") { !$0.output.isEmpty }
        }
        try shop.press(PtyShop.ctrlL, text, "Cart 1")
        shop.session.send(PtyShop.ctrlC)
        if keys != "q" { shop.session.send(PtyShop.ctrlC) }
        #expect(try shop.exit() == .code(0))
        try shop.expectUntouched()
    }
}
