import StoreDomain

/// Goods that come back without a receipt, as far as they were told. Nothing of it is booked.
public struct LooseGoods: Hashable, Codable, Sendable {
    /// A product that comes back.
    public struct Line: Hashable, Codable, Sendable, Identifiable {
        public let id: Int64
        public let name: String
        public internal(set) var quantity: Int
        public internal(set) var isLoss = false
    }

    public internal(set) var lines: [Line] = []
    /// What they are worth, as the store says; nil until it did.
    public internal(set) var figures: LooseReturnFigures?
    public internal(set) var name: String?
    public internal(set) var reason: String?
    /// Whose credit the money becomes; nil for a gift card.
    public internal(set) var customer: SaleCustomer?
    /// Another way for the money than store credit.
    public internal(set) var methodID: String?
    public internal(set) var approvalCode: String?
    /// What the store was asked without an answer: it is asked for again as it was.
    var unanswered: LooseReturnsRequest?
    var list = List()

    public var pieces: Int { lines.reduce(0) { $0 + $1.quantity } }
    public var selection: Int { list.row(of: lines.count) ?? 0 }
    public var selected: Line? { list.row(of: lines.count).map { lines[$0] } }

    var back: [LooseReturnDraft.Line] {
        lines.map { LooseReturnDraft.Line(productID: $0.id, quantity: $0.quantity, restocks: !$0.isLoss) }
    }

    mutating func add(_ product: Product, _ count: Int) {
        if let row = lines.firstIndex(where: { $0.id == product.id }) {
            set(lines[row].quantity + count, at: row)
        } else {
            lines.append(
                Line(id: product.id, name: product.name, quantity: min(count, Quantity.range.upperBound)))
            list.select(lines.count - 1, of: lines.count)
        }
        changed()
    }

    mutating func change(by count: Int) {
        guard let row = list.row(of: lines.count) else { return }
        set(lines[row].quantity + count, at: row)
        changed()
    }

    mutating func set(to count: Int) {
        guard let row = list.row(of: lines.count) else { return }
        set(count, at: row)
        changed()
    }

    mutating func toggleLoss() {
        guard let row = list.row(of: lines.count) else { return }
        lines[row].isLoss.toggle()
        changed()
    }

    private mutating func set(_ count: Int, at row: Int) {
        guard count > 0 else {
            lines.remove(at: row)
            return
        }
        lines[row].quantity = min(count, Quantity.range.upperBound)
        list.select(row, of: lines.count)
    }

    private mutating func changed() {
        figures = nil
        approvalCode = nil
    }
}
