import StoreDomain

/// What is asked before the marked orders are cancelled.
extension OrdersState {
    /// Says how many, and which of the marked ones cannot be and why.
    var cancelMarkedQuestion: Confirm {
        let pending = marks.items.filter { $0.status == .pending }
        let others = marks.items.filter { $0.status != .pending }
        let pieces = pending.reduce(0) { $0 + $1.pieces }
        var text =
            "\(pending.count == 1 ? "Its" : "Their") \(pieces.counted("piece")) "
            + "\(pieces == 1 ? "goes" : "go") back into stock."
        if !others.isEmpty {
            let reasons = OrderStatus.allCases.compactMap { status -> String? in
                let count = others.count { $0.status == status }
                if count == 0 { return nil }
                let which = others.count == 1 ? "it" : "\(count)"
                return "\(which) \(count == 1 ? "is" : "are") \(status.word)"
            }
            text +=
                " \(others.count.counted("marked order")) cannot be cancelled: "
                + "\(reasons.joined(separator: ", "))."
        }
        let what = pending.count.counted("order")
        return Confirm(
            .cancelOrders(pending.map(\.id)), title: "Cancel \(what)?", text: text, yes: "Cancel \(what)",
            no: "Keep them", choosesYes: false)
    }
}
