/// Something at a till that made no document, and that the report of its shift counts.
public enum TillHappening: Hashable, Sendable, Codable {
    /// The drawer was opened without a sale.
    case noSale(reason: String)
    /// A sale with goods was cleared before it was paid.
    case abandoned(pieces: Int, amount: Money)
    /// A part of the payment was taken back before the sale was paid.
    case tenderTakenBack(methodID: String, amount: Money)
    /// What is to be paid was printed, as no receipt.
    case slip(amount: Money)

    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case noSale = "no-sale"
        case abandoned
        case tenderTakenBack = "tender-back"
        case slip
    }

    public var kind: Kind {
        switch self {
        case .noSale: .noSale
        case .abandoned: .abandoned
        case .tenderTakenBack: .tenderTakenBack
        case .slip: .slip
        }
    }

    /// What it was about; nil where no money was.
    public var amount: Money? {
        switch self {
        case .noSale: nil
        case .abandoned(_, let amount), .tenderTakenBack(_, let amount), .slip(let amount): amount
        }
    }

    public var reason: String? {
        switch self {
        case .noSale(let reason): reason
        case .abandoned, .tenderTakenBack, .slip: nil
        }
    }

    /// What whoever lets it happen needs.
    public var permission: Permission {
        switch self {
        case .noSale: .noSale
        case .abandoned, .tenderTakenBack, .slip: .sell
        }
    }

    /// With a reason that is one, and figures that can be.
    ///
    /// - Throws: `invalid`.
    public func checked() throws(StoreError) -> TillHappening {
        switch self {
        case .noSale(let reason): return .noSale(reason: try Reason.checked(reason))
        case .abandoned(let pieces, let amount):
            guard pieces > 0, !amount.isNegative else {
                throw .invalid([FieldProblem("pieces", "must be 1 or more, and the amount 0.00 or more")])
            }
        case .tenderTakenBack(_, let amount), .slip(let amount):
            guard !amount.isNegative else { throw .invalid([FieldProblem("amount", "must be 0.00 or more")]) }
        }
        return self
    }

    /// The fact for the journal.
    public func entry(till: String, shiftID: Int64?) -> JournalEntry {
        var data: [String: CanonicalJSON] = ["on": .text(till), "shift": .optional(shiftID)]
        switch self {
        case .noSale(let reason):
            data["reason"] = .text(reason)
            return JournalEntry(.drawerOpened, data)
        case .abandoned(let pieces, let amount):
            data["pieces"] = .integer(Int64(pieces))
            data["amount"] = .minor(amount)
            return JournalEntry(.saleAbandoned, data)
        case .tenderTakenBack(let methodID, let amount):
            data["method"] = .text(methodID)
            data["amount"] = .minor(amount)
            return JournalEntry(.tenderTakenBack, data)
        case .slip(let amount):
            data["amount"] = .minor(amount)
            return JournalEntry(.slipPrinted, data)
        }
    }
}

/// A document that is printed, saved or sent: its first time is the original, each further one a copy.
public enum IssuedDocument: Hashable, Sendable, Codable {
    /// The receipt of a sale.
    case sale(Int64)
    /// The receipt of a refund or void.
    case refund(Int64, order: Int64)
    /// The invoice of an order.
    case invoice(order: Int64)
    /// The Z report of a closed shift.
    case closing(Int64)
}

/// One print of a document, to be noted.
public struct DocumentIssue: Hashable, Sendable {
    public let document: IssuedDocument
    /// Where it happens; nil where no till is meant, as over the API.
    public let till: String?
    /// The shift that is open there.
    public let shiftID: Int64?
    public let by: Int64?
    public let at: Timestamp

    public init(_ document: IssuedDocument, till: String?, shiftID: Int64?, by: Int64?, at: Timestamp) {
        self.document = document
        self.till = till
        self.shiftID = shiftID
        self.by = by
        self.at = at
    }
}
