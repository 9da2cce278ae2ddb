import StoreDomain
import StorefrontCore

/// An order in sentences.
extension Teller {
    func lines(of order: Order) -> [String] {
        var lines = ["Placed \(timeText(order.createdAt))\(order.userName.map { " by \($0)" } ?? "")."]
        lines += order.items.map {
            "\($0.productName), \($0.quantity) at \($0.unitPrice.displayText), \($0.total.displayText)."
        }
        lines += order.figures.map { "\($0.title) \($0.amount.displayText)." }
        return lines + paymentLines(order)
    }

    func paymentLines(_ order: Order) -> [String] {
        guard !order.payments.isEmpty else { return order.status == .pending ? ["Not paid yet."] : [] }
        let back = order.goodsBack.map { back in
            back.lines.map { "\($0.name), \($0.quantity) back, \($0.amount.displayText)." }
                + back.handedOut.map { "Back by \($0.method.name) \($0.amount.displayText)." }
        }
        return (back ?? [])
            + order.tendered.flatMap { payment in
                [
                    "Paid by \(payment.method.name), \(timeText(payment.paidAt)).",
                    payment.tendered.map { "Cash given \($0.displayText)." },
                    payment.change.map { "Change \($0.displayText)." },
                    payment.approvalCode.map { "Approval code \($0)." },
                ].compactMap { $0 }
            }
    }
}
