import StoreDomain

/// Which print of a document it is: its first is the original, each further one is a copy that says so.
public enum PaperIssue: Hashable, Codable, Sendable {
    case original
    /// Counted from 1.
    case copy(Int)
    /// The store can only be read, so that nobody counts it: it may be one of several.
    case uncounted

    /// - Parameter number: as the store counts: 0 for the original.
    public init(_ number: Int) { self = number == 0 ? .original : .copy(number) }

    /// What stands on the paper; nil on the original.
    public var heading: String? {
        switch self {
        case .original: nil
        case .copy(let number): "COPY \(number)"
        case .uncounted: "COPY"
        }
    }
}

extension CounterServices {
    /// Notes that a document is printed, saved or sent, and says which print of it that is.
    ///
    /// - Parameter till: where that happens; nil where no till is meant.
    public func issue(_ document: IssuedDocument, till: String?, as principal: Principal)
        async throws(StoreError) -> PaperIssue
    {
        do throws(StoreError) {
            return PaperIssue(try await shifts.issue(document, till: till, as: principal))
        } catch {
            switch error {
            // A shop that counts no copies.
            case .unsupported: return .original
            case .storage(let fault) where fault.kind == .readOnly: return .uncounted
            case .storage, .invalid, .notFound, .emailTaken, .wrongCredentials, .signInMustWait,
                .signInRequired, .notAllowed, .insufficientStock, .emptyOrder, .priceChanged, .wrongStatus,
                .keyReused, .keyBusy, .taken, .paymentRefused, .paymentStranded, .notReturnable,
                .otherShift, .shiftOpen, .noShift, .shiftCounting, .countIsOff, .device, .unreachable,
                .outcomeUnknown, .perhapsPlaced, .approvalNeeded, .wrongPIN, .pinLocked, .pinTaken,
                .changedMeanwhile:
                throw error
            }
        }
    }

    /// The same for the receipt of a sale. One that is not paid, or was sold in training, has none: what is printed of
    /// it says so.
    public func issueReceipt(of order: Order, till: String?, as principal: Principal)
        async throws(StoreError) -> PaperIssue
    {
        // The store knows nothing of what was sold in training.
        guard !order.isTraining else { return .original }
        return switch order.status {
        case .pending, .cancelled: .original
        case .paid, .partiallyRefunded, .refunded:
            try await issue(
                order.invoice == nil ? .sale(order.id) : .invoice(order: order.id), till: till, as: principal)
        }
    }
}

extension Outside {
    /// A receipt for paper, a file or mail, counted as such, and found again by its number.
    func issuedReceipt(_ order: Order, _ style: ReceiptStyle, as principal: Principal)
        async throws(StoreError) -> PrintedPage
    {
        let issue = try await services.counter?.issueReceipt(of: order, till: style.till, as: principal)
        return PrintedPage(
            text: receiptText(order, style, issue ?? .original), strong: "TOTAL ", code: order.number?.text)
    }

    /// The same for what came back.
    func issuedRefund(_ returned: ReturnsState.Returned, _ style: ReceiptStyle, as principal: Principal)
        async throws(StoreError) -> PrintedPage
    {
        let document = IssuedDocument.refund(returned.refund.id, order: returned.order.id)
        let issue = try await services.counter?.issue(document, till: style.till, as: principal)
        return PrintedPage(
            text: refundText(returned, style, issue ?? .original), strong: "GIVEN BACK",
            code: returned.refund.number?.text)
    }
}
