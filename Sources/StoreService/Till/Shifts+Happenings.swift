import StoreDomain

// What happens at a till beside sales: documents that are printed, and what makes no document.
extension Shifts {
    public func issue(_ document: IssuedDocument, till: String?, as principal: Principal)
        async throws(StoreError) -> Int
    {
        try await core.write(as: principal) { work in try work.issue(document, till: till) }
    }

    public func note(_ happening: TillHappening, till: String, as principal: Principal)
        async throws(StoreError)
    {
        try await core.write(
            as: principal, needing: happening.permission, doing: .happening(happening, till: till)
        ) { work in
            try work.check(till)
            let checked = try happening.checked()
            if let amount = checked.amount { try work.check(amount, "amount") }
            let shift = try work.tx.openShift(of: till)
            try work.tx.insert(
                checked, till: till, shiftID: shift?.id, by: work.principal.userID, at: work.now)
            try work.record([checked.entry(till: till, shiftID: shift?.id)])
        }
    }
}

extension Work {
    /// A document as it is found for being printed.
    private struct Paper {
        let number: DocumentNumber?
        /// Whether it is about something that this person bought.
        let isOwn: Bool
        var orderID: Int64?
        var shiftID: Int64?
    }

    fileprivate func issue(_ document: IssuedDocument, till: String?) throws -> Int {
        if let till { try check(till) }
        let paper = try paper(document)
        let shift = try till.flatMap { try tx.openShift(of: $0) }
        let copy = try tx.note(
            DocumentIssue(document, till: till, shiftID: shift?.id, by: principal.userID, at: now))
        if copy > 0, !paper.isOwn { try principal.require(.reprint) }
        switch document {
        case .closing(let shiftID):
            try record(
                .closingIssued,
                [
                    "shift": .integer(shiftID), "number": .optional(paper.number?.text),
                    "copy": .integer(Int64(copy)),
                ])
        // The original belongs to the document, which is on the journal itself.
        case .sale, .refund, .invoice:
            guard copy > 0 else { break }
            try record(
                .copyIssued,
                [
                    "order": .optional(paper.orderID), "number": .optional(paper.number?.text),
                    "copy": .integer(Int64(copy)), "on": .optional(till), "shift": .optional(shift?.id),
                ])
        }
        return copy
    }

    /// - Throws: `notFound`, `wrongStatus` for an order that is not paid, `invalid` for a shift that is open.
    private func paper(_ document: IssuedDocument) throws -> Paper {
        switch document {
        case .sale(let id):
            let order = try visibleOrder(id)
            guard order.status.hasPayments else {
                throw StoreError.wrongStatus(orderID: id, status: order.status)
            }
            return Paper(number: order.number, isOwn: isOwn(order), orderID: id)
        case .refund(let id, let orderID):
            let order = try visibleOrder(orderID)
            guard let refund = try tx.refunds(of: orderID).first(where: { $0.id == id }) else {
                throw StoreError.notFound(.order(orderID))
            }
            return Paper(number: refund.number, isOwn: isOwn(order), orderID: orderID)
        case .invoice(let id):
            let order = try visibleOrder(id)
            guard let invoice = order.invoice else { throw StoreError.notFound(.order(id)) }
            return Paper(number: invoice.number, isOwn: isOwn(order), orderID: id)
        case .closing(let id):
            let shift = try visibleShift(id)
            guard let number = shift.number else {
                throw StoreError.invalid([FieldProblem("shift", "must be closed")])
            }
            return Paper(number: number, isOwn: false, shiftID: id)
        }
    }

    private func isOwn(_ order: Order) -> Bool {
        order.userID != nil && order.userID == principal.userID
    }
}
