import StoreDomain

// A stock is two members: the number `stock`, which every client knows, and `tracks_stock` beside it.
extension WireReader {
    /// The stock of a product or of a line. A number that is not there, or null, is not 0: nobody counts it.
    func stock() throws(WireProblem) -> Stock {
        guard try optional("tracks_stock")?.flag() ?? true, let stock = try optional("stock") else {
            return .untracked
        }
        return .counted(try stock.int(in: -Product.maximumStock...Product.maximumStock))
    }

    /// A new stock; nil where the body names none. A number counts the product from now on, `tracks_stock: false`
    /// ends its counting whatever the number beside it, and `tracks_stock: true` needs the number, which for a new
    /// product is 0 unless it says otherwise.
    func stockChange(isNew: Bool) throws(WireProblem) -> Stock? {
        let count = try optional("stock")?.int()
        guard let tracks = try optional("tracks_stock")?.flag() else { return count.map(Stock.counted) }
        guard tracks else { return .untracked }
        if count == nil, !isNew { try require(["stock"]) }
        return count.map(Stock.counted)
    }
}
