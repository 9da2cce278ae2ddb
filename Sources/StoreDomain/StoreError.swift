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
    case insufficientStock(productID: Int64, name: String, available: Int)
    case emptyOrder
    /// The store arrives at other figures than the buyer agreed to; nothing was placed.
    indirect case priceChanged(PriceBreakdown)
    /// The order's status does not allow what was asked.
    case wrongStatus(orderID: Int64, status: OrderStatus)
    /// The idempotency key was used before with other content.
    case keyReused
    /// A twin of this request is still under way.
    case keyBusy
    /// The SKU, barcode or code exists already.
    case taken(field: String, value: String)
    /// The payment as given cannot settle the order; says why.
    case paymentRefused(String)
    /// The store's file or disk does not let us; says which file and what to do.
    case storage(StorageFault)
    /// A printer, folder or file beside the store fails; a sentence that says which and what to do.
    case device(String)
    /// The other side cannot be reached; says what happened.
    case unreachable(String)
    /// It is not known whether the request had its effect; ask again with the same key.
    case outcomeUnknown
    /// The other side does not offer this.
    case unsupported(String)

    /// What was not found.
    public enum Subject: Hashable, Sendable, Codable {
        case product(Int64), productCode(String), order(Int64), account(String), discount(String)
        case category(String)
    }
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

extension StoreError {
    /// One sentence for people. The seed's messages are kept word for word where it had one.
    public var message: String {
        switch self {
        case .invalid(let problems):
            problems.map { "\($0.field) \($0.reason)" }.joined(separator: "; ")
        case .notFound(let subject):
            subject.message
        case .emailTaken: "Email already registered"
        case .wrongCredentials: "Invalid email or password"
        case .signInMustWait(let seconds): "Too many failed attempts. Try again in \(waitText(seconds))."
        case .signInRequired: "Sign in to do this"
        case .notAllowed(let permission): "Your account may not \(permission.verb)"
        case .insufficientStock(_, let name, let available):
            "Insufficient stock for \(name). Available: \(available)"
        case .priceChanged(let now): "The price has changed: the total is \(now.total.displayText) now"
        case .emptyOrder: "Order must include at least one item"
        case .wrongStatus(let orderID, let status): "Order \(orderID) is already \(status.word)"
        case .keyReused: "This key was used before for something else"
        case .keyBusy: "The same request is still under way"
        case .taken(let field, let value): "Another product or code already has \(field) \(value)"
        case .paymentRefused(let why): why
        case .storage(let fault): fault.sentence
        case .device(let why), .unreachable(let why): why
        case .outcomeUnknown: "It is not known yet whether this went through"
        case .unsupported(let what): "This server does not offer \(what)"
        }
    }

    /// The same for a person in front of a screen, where the contract's words would be those of a machine.
    public var screenText: String {
        switch self {
        case .insufficientStock(_, let name, let available):
            available > 0 ? "Only \(available) of \(name) left" : "\(name) is sold out"
        default: message
        }
    }

    private func waitText(_ seconds: Int) -> String {
        seconds < 60 ? "\(seconds) \(seconds == 1 ? "second" : "seconds")" : "\((seconds + 59) / 60) min"
    }
}

extension StoreError.Subject {
    /// "Product 7 not found", "Product not found" where there is nothing to name.
    public var message: String {
        switch self {
        case .product(let id): "Product \(id) not found"
        case .productCode(let code): "No product has the code \(code)"
        case .order: "Order not found"
        case .account(let email): "No account has the e-mail \(email)"
        case .discount(let code): "Discount code \(code) not found"
        case .category(let name): "No category is called \(name)"
        }
    }
}
