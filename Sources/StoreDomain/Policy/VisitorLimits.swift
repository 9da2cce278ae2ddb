/// What a visitor of a kiosk, whom nobody knows, may take of a shop.
public struct VisitorLimits: Hashable, Sendable, Codable {
    /// Unpaid orders at a time.
    public var pendingOrders: Int
    /// Pieces of a product in an order.
    public var pieces: Int
    /// Percent of what there is of a product, in all of a visitor's unpaid orders together; one piece always.
    public var share: Int
    /// Accounts that a visit makes.
    public var registrations: Int
    /// Accounts that are made from one network in an hour.
    public var registrationsAnHour: Int

    public init(
        pendingOrders: Int = 3, pieces: Int = 10, share: Int = 25, registrations: Int = 2,
        registrationsAnHour: Int = 5
    ) {
        self.registrationsAnHour = registrationsAnHour
        self.pendingOrders = pendingOrders
        self.pieces = pieces
        self.share = share
        self.registrations = registrations
    }

    /// How many pieces of a product an order may ask for.
    ///
    /// - Parameter held: what the visitor's unpaid orders hold of it already.
    public func most(of stock: Stock, held: Int) -> Int {
        guard let count = stock.count else { return pieces }
        return max(0, min(pieces, max(1, (count + held) * share / 100) - held))
    }

    /// Judges an order that a visitor wants to place.
    ///
    /// - Parameters:
    ///   - pending: the visitor's unpaid orders, with their lines.
    ///   - products: those of the draft that are on sale.
    /// - Throws: `invalid` that says what the limit is.
    public func check(_ draft: OrderDraft, pending: [Order], products: [Product]) throws(StoreError) {
        guard pending.count < pendingOrders else {
            throw .invalid([
                FieldProblem("orders", "are \(pending.count) unpaid ones already; pay or cancel one first")
            ])
        }
        let wanted = draft.lines.reduce(into: [Int64: Int]()) { $0[$1.productID, default: 0] += $1.quantity }
        let problems = products.compactMap { product -> FieldProblem? in
            let held = pending.flatMap(\.items).reduce(0) {
                $0 + ($1.productID == product.id ? $1.quantity : 0)
            }
            let most = most(of: product.stock, held: held)
            guard let count = wanted[product.id], count > most else { return nil }
            return FieldProblem(
                product.name,
                most > 0
                    ? "can be ordered \(most) at most here"
                    : "cannot be ordered here again before an order of it is paid")
        }
        guard problems.isEmpty else { throw .invalid(problems) }
    }
}
