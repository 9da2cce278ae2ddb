import StoreDomain

/// Changes as servers tell them to each other, and as the database's triggers tell what others write: `c` for the
/// catalogue, `s` with products, `o` with orders and whose they are, `d` for discount codes, `a` with accounts, `t` with
/// shifts, `p` for parked sales, `g` for approvals, `*` for any, as in `c s1,2 o17:4,18:`. Short enough for a NOTIFY, whatever it holds.
extension ShopChanges {
    /// NOTIFY takes fewer than 8,000 bytes.
    private static let longest = 7_900

    var notice: String {
        let words = [
            catalogue ? "c" : nil, stock.word("s") { "\($0)" },
            orders.word("o") { "\($0.id):" + ($0.userID.map { "\($0)" } ?? "") }, discounts ? "d" : nil,
            accounts.word("a") { "\($0)" }, shifts.word("t") { "\($0)" }, parked ? "p" : nil,
            approvals ? "g" : nil,
        ]
        let text = words.compactMap(\.self).joined(separator: " ")
        return text.utf8.count <= Self.longest ? text : ShopChanges.everything.notice
    }

    /// What makes no sense comes from a later version: anything may have changed.
    init(notice: String) {
        self.init()
        for word in notice.split(separator: " ") {
            guard let part = Self.part(word) else {
                self = .everything
                return
            }
            merge(part)
        }
    }

    private static func part(_ word: Substring) -> ShopChanges? {
        let rest = word.dropFirst()
        switch word.first {
        case "c": return rest.isEmpty ? ShopChanges(catalogue: true) : nil
        case "s": return Touched(rest) { Int64($0) }.map { ShopChanges(stock: $0) }
        case "o": return Touched(rest) { TouchedOrder(notice: $0) }.map { ShopChanges(orders: $0) }
        case "d": return rest.isEmpty ? ShopChanges(discounts: true) : nil
        case "a": return Touched(rest) { Int64($0) }.map { ShopChanges(accounts: $0) }
        case "t": return Touched(rest) { Int64($0) }.map { ShopChanges(shifts: $0) }
        case "p": return rest.isEmpty ? ShopChanges(parked: true) : nil
        case "g": return rest.isEmpty ? ShopChanges(approvals: true) : nil
        default: return nil
        }
    }
}

extension Touched {
    /// The things behind their letter, in an order of their own; nil for none.
    fileprivate func word(_ letter: String, _ text: (Thing) -> String) -> String? {
        switch self {
        case .any: letter + "*"
        case .some(let things):
            things.isEmpty ? nil : letter + things.map(text).sorted().joined(separator: ",")
        }
    }

    /// - Returns: nil for what makes no sense.
    fileprivate init?(_ text: Substring, _ thing: (Substring) -> Thing?) {
        if text == "*" {
            self = .any
            return
        }
        let texts = text.split(separator: ",")
        let things = texts.compactMap(thing)
        guard things.count == texts.count else { return nil }
        self = .some(Set(things))
    }
}

extension TouchedOrder {
    fileprivate init?(notice: Substring) {
        let parts = notice.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let id = Int64(parts[0]), parts[1].isEmpty || Int64(parts[1]) != nil else {
            return nil
        }
        self.init(id: id, userID: Int64(parts[1]))
    }
}
