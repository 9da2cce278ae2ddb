/// Everything a service can refuse or fail with. The one error type of every service, local or remote; a
/// server turns it into a status once, a screen into words once.
public enum StoreError: Error, Hashable, Sendable, Codable {
    /// Input that breaks a rule, by field.
    case invalid([FieldProblem])
    case notFound(Subject)
    case emailTaken
    /// Unknown e-mail or wrong password; which of them is never said.
    case wrongCredentials
    /// Too many failures; the next try is heard after this many seconds.
    case signInMustWait(seconds: Int)
    /// No session, or one that has ended.
    case signInRequired
    case notAllowed(Permission)
    /// Somebody else must approve it. What was asked stands beside it, once the store has it; when it is granted, the
    /// same action is done by doing it again.
    indirect case approvalNeeded(ApprovalNeed, Approval?)
    /// Nobody has this PIN.
    case wrongPIN
    /// Too many wrong PINs: an admin or signing in by the password unlocks it.
    case pinLocked
    /// Another account has this PIN; whose is never said.
    case pinTaken
    case insufficientStock(productID: Int64, name: String, available: Int)
    case emptyOrder
    /// The store arrives at other figures than the buyer agreed to; nothing was placed.
    indirect case priceChanged(PriceBreakdown)
    /// Somebody changed the product since it was seen; with what it is now. Nothing was changed.
    indirect case changedMeanwhile(Product)
    /// The order's status does not allow what was asked.
    case wrongStatus(orderID: Int64, status: OrderStatus)
    /// The idempotency key was used before with other content.
    case keyReused
    /// A twin of this request is still under way.
    case keyBusy
    /// The SKU, barcode or code exists already.
    case taken(field: String, value: String)
    /// The payment as given cannot settle the order.
    case paymentRefused(PaymentProblem)
    /// Money was taken for an order that cannot stand any more, as something of it is sold out. The payment is
    /// on record as stranded; the money must be given back.
    case paymentStranded(StrandedPayment, soldOut: String)
    /// More of a line is to come back than is left of it.
    case notReturnable(name: String, left: Int)
    /// The order was not sold in the shift that is open at this till, so that it cannot be voided any more.
    case otherShift(orderID: Int64, till: String)
    /// A shift is open at this till already.
    case shiftOpen(till: String, since: Timestamp)
    /// No shift is open at this till.
    case noShift(till: String)
    /// The till's shift is being counted, so nothing is sold and no cash moves until it is closed.
    case shiftCounting(till: String)
    /// The count is off by more than the policy tolerates; it takes a reason. Who may not see what should be in
    /// the drawer and may still count again is not told by how much.
    case countIsOff(variance: Money?)
    /// The store's file or disk does not let us; says which file and what to do.
    case storage(StorageFault)
    /// A printer, folder or file beside the store fails; a sentence that says which and what to do.
    case device(String)
    /// The other side cannot be reached; says what happened.
    case unreachable(String)
    /// It is not known whether the request had its effect; ask again with the same key.
    case outcomeUnknown
    /// A server without keys has an order that an earlier try, whose answer was lost, may have placed. Whose
    /// order it is, the buyer says; nothing was placed now.
    indirect case perhapsPlaced(Order)
    /// The other side does not offer this.
    case unsupported(String)

    /// What was not found.
    public enum Subject: Hashable, Sendable, Codable {
        case product(Int64), productCode(String), order(Int64), account(String), discount(String)
        case category(String), orderItem(Int64), shift(Int64), parkedSale(String), policy(String)
        case approval(Int64)
        case giftCard(Int64), looseReturn(String), priceBatch(Int64), customer(Int64)
    }
}

/// Why a payment cannot settle an order.
public enum PaymentProblem: Hashable, Sendable, Codable {
    /// Cash without what was given.
    case cashNotNamed
    /// What was typed is no amount, or could be two.
    case notAnAmount(AmountProblem)
    /// A scanner typed it where an amount belongs.
    case scannedCode(String)
    case tooLittle(missing: Money)
    case tooMuchCash
    /// Tenders other than cash come to more than the order.
    case moreThanDue(due: Money)
    /// Its amount is nothing or less.
    case noAmount
    /// What goes back is another amount than the one that was agreed to.
    case comesTo(Money)
    case approvalCodeMissing
    /// A gift card pays by its code.
    case cardCodeMissing
    /// No gift card has the code.
    case cardUnknown
    case cardExpired
    /// A card, or a customer's credit, holds less than is asked of it.
    case cardHolds(left: Money)
    /// Store credit is a customer's, and none is named or they have none.
    case noCredit
    /// The approval code has characters that no card terminal prints.
    case approvalCodeUnusable
    /// No method was named, and the shop has none to take by itself.
    case methodNotChosen
    case methodNotTaken
    /// The shop takes no payments over its API.
    case noPaymentsHere
    /// A server's own words.
    case told(String)
}

/// One input field and why it was refused.
public struct FieldProblem: Hashable, Sendable, Codable {
    /// The field's name in the contract, such as `email`.
    public let field: String
    /// A sentence without the field's name at its start: "must be 8 characters or more".
    public let reason: String

    public init(_ field: String, _ reason: String) {
        self.field = field
        self.reason = reason
    }
}

/// Why a store file cannot be used.
public struct StorageFault: Hashable, Sendable, Codable {
    public enum Kind: Hashable, Sendable, Codable {
        /// Another program held the file longer than we wait.
        case busy
        case full, readOnly, unreadable, corrupt, notAStore, newerSchema, other
        /// The database's server does not answer; it may be back soon.
        case unreachable
    }

    public let kind: Kind
    public let path: String
    /// One sentence for people: what is wrong with which file and what to do.
    public let sentence: String

    public init(_ kind: Kind, path: String, sentence: String) {
        self.kind = kind
        self.path = path
        self.sentence = sentence
    }
}
