import StoreDomain

/// Changes as servers tell them to each other: `c` for the catalogue, `s` with products, `o` with orders and whose they
/// are, `*` for any, as in `c s1,2 o17:4,18:`. Short enough for a NOTIFY, whatever it holds.
extension ShopChanges {
    /// NOTIFY takes fewer than 8,000 bytes.
    private static let longest = 7_900

    var notice: String {
        var words: [String] = []
        if catalogue { words.append("c") }
        switch stock {
        case .any: words.append("s*")
        case .some(let ids) where ids.isEmpty: break
        case .some(let ids): words.append("s" + ids.sorted().map { "\($0)" }.joined(separator: ","))
        }
        switch orders {
        case .any: words.append("o*")
        case .some(let touched) where touched.isEmpty: break
        case .some(let touched):
            let texts = touched.sorted { $0.id < $1.id }.map { order in
                "\(order.id):" + (order.userID.map { "\($0)" } ?? "")
            }
            words.append("o" + texts.joined(separator: ","))
        }
        let text = words.joined(separator: " ")
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
        case "s":
            if rest == "*" { return ShopChanges(stock: .any) }
            let texts = rest.split(separator: ",")
            let ids = texts.compactMap { Int64($0) }
            return ids.count == texts.count ? ShopChanges(stock: .some(Set(ids))) : nil
        case "o":
            if rest == "*" { return ShopChanges(orders: .any) }
            let texts = rest.split(separator: ",")
            let orders = texts.compactMap { TouchedOrder(notice: $0) }
            return orders.count == texts.count ? ShopChanges(orders: .some(Set(orders))) : nil
        default: return nil
        }
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
