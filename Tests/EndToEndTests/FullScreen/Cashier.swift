import PtyTesting
import Testing

/// Whoever stands at the counter, on the real program. Every key that is pressed is counted; a scan costs none.
struct Cashier {
    let shop: PtyShop
    private(set) var keys = 0

    init(_ shop: PtyShop) { self.shop = shop }

    /// Presses one key and waits until all of the texts are on the screen.
    mutating func press(_ key: String, _ texts: String...) throws {
        keys += 1
        try send(key, texts)
    }

    /// Types text, a key a character, and waits until it stands in its field: text and Enter at once are a scan.
    mutating func type(_ text: String, _ texts: String...) throws {
        keys += text.count
        try send(text, [text] + texts)
    }

    /// Types what shows as dots.
    mutating func pin(_ digits: String) throws {
        keys += digits.count
        try send(digits, [String(repeating: "\u{2022}", count: digits.count)])
    }

    /// A scanner types the code and Enter at once.
    func scan(_ code: String, _ texts: String...) throws { try send(code + "\r", texts) }

    /// How many keys were pressed since the last time.
    mutating func count() -> Int {
        defer { keys = 0 }
        return keys
    }

    /// Presses one key and waits until the text is on the screen, and what is to be hidden is not.
    mutating func press(_ key: String, _ text: String, hiding hidden: String) throws {
        keys += 1
        try send(key, [text], hidden: hidden)
    }

    private func send(_ keys: String, _ texts: [String], hidden: String? = nil) throws {
        shop.session.send(keys)
        try look(for: texts, hidden: hidden)
    }

    /// Has the whole screen drawn anew until it shows the texts: the program writes only what differs.
    private func look(for texts: [String], hidden: String?) throws {
        guard !texts.isEmpty else { return }
        let deadline = ContinuousClock.now + PtySession.limit
        repeat {
            shop.session.forgetOutput()
            shop.session.send(PtyShop.ctrlL)
            while shop.session.pump(milliseconds: 200) {
                let shown = shop.text
                if texts.allSatisfy(shown.contains), hidden.map(shown.contains) != true { return }
            }
        } while ContinuousClock.now < deadline
        let unwanted = hidden.map { ", without \($0)," } ?? ""
        Issue.record("\(texts)\(unwanted) are not on the screen; there is\n\(shop.text)")
        throw CancellationError()
    }
}
