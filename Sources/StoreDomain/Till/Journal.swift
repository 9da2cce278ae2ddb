/// A kind of fact that the journal records: all that changes money, goods, prices, people or settings.
public enum JournalKind: String, Hashable, Sendable, Codable, CaseIterable {
    case orderPlaced = "order.placed"
    case orderPaid = "order.paid"
    case orderCancelled = "order.cancelled"
    /// An order that had been cancelled stands again, as money for it had been taken.
    case orderReopened = "order.reopened"
    /// Money was taken for an order that could not be re-opened.
    case paymentStranded = "payment.stranded"
    case refund = "refund"
    /// A whole sale was taken back within its shift.
    case saleVoided = "sale.voided"
    /// Goods of an earlier sale came back within a sale.
    case saleExchanged = "sale.exchanged"
    /// An invoice was made of a sale.
    case invoiceMade = "sale.invoice"
    /// A receipt was printed, saved or sent once more.
    case copyIssued = "document.copy"
    /// The drawer was opened without a sale.
    case drawerOpened = "drawer.opened"
    /// A sale with goods was cleared before it was paid.
    case saleAbandoned = "sale.abandoned"
    /// A part of the payment was taken back before the sale was paid.
    case tenderTakenBack = "sale.tender-back"
    /// What is to be paid was printed, as no receipt.
    case slipPrinted = "sale.slip"
    /// Goods came back without a receipt.
    case looseReturn = "return"
    case cardIssued = "card.issued"
    /// What was left on a card fell to the shop.
    case cardExpired = "card.expired"
    case shiftOpened = "shift.open"
    /// The drawer was counted; the shift takes no money any more.
    case shiftCounted = "shift.count"
    case shiftClosed = "shift.close"
    /// A Z report was printed or saved, the original or a copy.
    case closingIssued = "shift.print"
    case cashMoved = "shift.cash"
    case saleParked = "sale.parked"
    case saleResumed = "sale.resumed"
    case productAdded = "product.added"
    case productChanged = "product.changed"
    case productsImported = "product.import"
    case pricesChanged = "price.batch"
    /// A batch of prices was made that begins later.
    case pricesPlanned = "price.batch-planned"
    /// The prices before a batch hold again.
    case pricesTakenBack = "price.batch-back"
    case stockMoved = "stock.moved"
    /// More was sold than there was on the books.
    case soldBelowZero = "stock.below"
    /// A sale of somebody who learns: in a chain of its own, and on no total.
    case trainingSale = "training.sale"
    case discountAdded = "discount.added"
    /// A code has other days, or counts no longer, or again.
    case discountChanged = "discount.changed"
    case accountAdded = "account.added"
    case passwordSet = "account.password"
    /// Every sign-in of an account at a server was ended.
    case signedOutEverywhere = "account.signed-out"
    case roleGiven = "account.role"
    case roleChanged = "role.changed"
    /// Nothing is left of an account but its number.
    case accountEmptied = "account.emptied"
    /// What stood under one customer's account stands under another's.
    case customersMerged = "customer.merged"
    /// Everything that is kept about a customer was handed out.
    case customerExported = "customer.exported"
    case policyChanged = "policy.changed"
    case pinSet = "pin.set"
    case pinRemoved = "pin.removed"
    case badgeGiven = "badge.given"
    case badgeTaken = "badge.taken"
    /// A PIN was typed that nobody has.
    case pinFailed = "pin.failed"
    /// The same once too often: no PIN counts any more where this person is signed in.
    case pinLocked = "pin.locked"
    case pinUnlocked = "pin.unlocked"
    /// Another person stands at the till.
    case cashierSwitched = "pin.switched"
    case approvalAsked = "approval.asked"
    case approvalGranted = "approval.granted"
    case approvalRefused = "approval.refused"
    case approvalUsed = "approval.used"
    case approvalExpired = "approval.expired"
    case approvalWithdrawn = "approval.withdrawn"
}

/// A fact to be put on the journal.
public struct JournalEntry: Hashable, Sendable {
    public let kind: JournalKind
    /// What happened, with amounts in minor units; no secrets.
    public let data: [String: CanonicalJSON]

    public init(_ kind: JournalKind, _ data: [String: CanonicalJSON]) {
        self.kind = kind
        self.data = data
    }
}

/// A record of the journal. The records of one chain, a till's or a server's, are numbered from 1 and each
/// carries the hash of the one before it, so that no record can be changed or taken out unseen. This shows
/// tampering; it is no fiscal certificate.
public struct JournalRecord: Hashable, Sendable, Codable {
    /// How many digits of its hash stand on receipts.
    public static let markLength = 8

    /// The till, or `api` for a server and `shell` for commands.
    public let chain: String
    /// Counted from 1 in its chain.
    public let number: Int
    public let at: Timestamp
    /// Who did it; nil for the store's operator.
    public let by: Int64?
    public let kind: JournalKind
    /// The whole record in canonical JSON: what the hash covers.
    public let text: String
    /// Lower-case hexadecimal SHA-256.
    public let hash: String

    public init(
        chain: String, number: Int, at: Timestamp, by: Int64?, kind: JournalKind, text: String, hash: String
    ) {
        self.chain = chain
        self.number = number
        self.at = at
        self.by = by
        self.kind = kind
        self.text = text
        self.hash = hash
    }
}

/// Where a chain stands: how many records it has and the hash of the last.
public struct JournalHead: Hashable, Sendable {
    public let number: Int
    public let hash: String

    public init(number: Int, hash: String) {
        self.number = number
        self.hash = hash
    }
}

/// The chain's rule: h₀ = SHA-256("storefront-journal-v1:" + store's uuid),
/// hₙ = SHA-256(hex(hₙ₋₁) + "\n" + text of record n).
public struct JournalChain: Sendable {
    /// SHA-256 as 64 lower-case hexadecimal digits.
    public typealias Digest = @Sendable (String) -> String

    private let digest: Digest

    public init(digest: @escaping Digest) { self.digest = digest }

    /// Where a chain of this store begins, before its first record.
    public func start(storeID: String) -> JournalHead {
        JournalHead(number: 0, hash: digest("storefront-journal-v1:\(storeID)"))
    }

    /// The record that follows `head`.
    public func record(
        _ entry: JournalEntry, chain: String, after head: JournalHead, at: Timestamp, by: Int64?
    )
        -> JournalRecord
    {
        let number = head.number + 1
        let text = CanonicalJSON.object([
            "at": .integer(at.milliseconds), "by": .optional(by), "data": .object(entry.data),
            "kind": .text(entry.kind.rawValue), "n": .integer(Int64(number)), "till": .text(chain),
        ]).text
        return JournalRecord(
            chain: chain, number: number, at: at, by: by, kind: entry.kind, text: text,
            hash: hash(text, after: head.hash))
    }

    /// The hash of a record's text behind the hash of the record before it.
    public func hash(_ text: String, after hash: String) -> String { digest("\(hash)\n\(text)") }

    /// The number of the first record that does not follow the one before it, by its number or its hash; nil
    /// when all do.
    public func firstBreak(in records: some Sequence<JournalRecord>, after start: JournalHead) -> Int? {
        var head = start
        for record in records {
            guard record.number == head.number + 1, record.hash == hash(record.text, after: head.hash) else {
                return record.number
            }
            head = JournalHead(number: record.number, hash: record.hash)
        }
        return nil
    }
}

/// Where a chain of the journal is broken.
public struct JournalBreak: Hashable, Sendable, Codable {
    public let chain: String
    /// The number of the first record that does not fit.
    public let number: Int

    public init(chain: String, number: Int) {
        self.chain = chain
        self.number = number
    }
}
