import StoreDomain

/// What all screens share: who is there, their basket, the connection, the status line. Handed to every
/// feature beside its own state.
public struct Desk: Hashable, Codable, Sendable {
    public internal(set) var context: AppContext
    public internal(set) var principal: Principal = .guest
    public internal(set) var basket = Basket()
    public internal(set) var status: StatusMessage?
    /// A number typed before a command; nil when none is.
    public internal(set) var number: String?
    /// Of the server; a local store is always connected.
    public internal(set) var connection = ConnectionState.connected
    public internal(set) var viewport = Viewport(
        width: 80, height: 24, shopRows: 16, orderRows: 16, hasSideBar: false)
    public internal(set) var hasMouse = true
    /// The store is new: it has no account yet.
    public internal(set) var isFresh = false
    public internal(set) var requests = Ledger()
    /// A count of the drawer that was begun and left.
    var drawer: DrawerDraft?
    /// A macro that is recorded or played.
    public internal(set) var macro: MacroRun?
    /// What waits for this person's yes or no.
    public internal(set) var approvals: [Approval] = []
    /// What a tester has done; nil for nothing.
    public internal(set) var tested: QAStanding?
    /// How often the receipts of orders were printed.
    var prints: [Int64: Int] = [:]

    public init(context: AppContext) { self.context = context }

    public var policy: ShopPolicy { context.policy }
    public var currency: Currency { context.policy.currency }

    /// "8.5 % before discount", as the policy has it.
    public var taxText: String {
        let policy = context.policy
        let rate = policy.taxes.standardRate(at: Timestamp(milliseconds: .max)).percentText
        return switch policy.taxMode {
        case .included: "\(rate) included"
        case .added: "\(rate) \(policy.taxBase == .beforeDiscount ? "before" : "after") discount"
        }
    }

    public var user: User? {
        switch principal {
        case .user(let session): session.user
        case .guest, .operatorOfStore: nil
        }
    }

    public var owner: CartOwner { principal.owner }

    /// Shows a sentence in the status line.
    public mutating func say(_ kind: StatusMessage.Kind, _ text: String) {
        status = StatusMessage(kind, text)
    }

    /// Says that a file was written; its path ends the sentence.
    mutating func say(_ text: String, file: String) {
        status = StatusMessage(.success, "\(text) \(file)", file: file)
    }

    /// Adds a sentence to what the status line says. A warning or a failure stays one.
    mutating func sayToo(_ kind: StatusMessage.Kind, _ text: String) {
        guard let status else { return say(kind, text) }
        switch status.kind {
        case .keyHint: say(kind, text)
        case .info, .success: say(kind, "\(status.text). \(text)")
        case .warning, .failure: say(status.kind, "\(status.text). \(text)")
        }
    }

    public mutating func say(_ error: StoreError) { status = StatusMessage(.failure, error.screenText) }

    /// Whether receipts can be printed. A kiosk does without the word where there is no printer, and prints each
    /// a few times.
    func printing(_ orders: [Order]) -> Availability {
        guard context.hasPrinter else {
            return context.kiosk == nil ? .disabled("Set printer.command to print receipts") : .absent
        }
        guard let kiosk = context.kiosk, orders.contains(where: { prints[$0.id, default: 0] >= kiosk.copies })
        else { return .enabled }
        return .disabled("A receipt is printed \(kiosk.copies.counted("time")) at most here")
    }

    /// Counts receipts that are about to be printed.
    mutating func notePrinting(_ orders: [Order]) {
        for order in orders { prints[order.id, default: 0] += 1 }
    }

    /// Why nothing can be sold or changed where the store cannot be written.
    static let readOnly = Availability.disabled("The store is read-only: nothing can be sold here")
}

/// What just happened, for the status line.
public struct StatusMessage: Hashable, Codable, Sendable {
    public enum Kind: Hashable, Codable, Sendable {
        case info, success, warning, failure
        /// A key had no meaning. Taken back when more keys follow at once.
        case keyHint
    }

    public let kind: Kind
    public let text: String
    /// The file that the end of the text names.
    public let file: String?
    /// It is about the lock itself, and stands there for anybody.
    public let isOfLock: Bool
    /// What was asked for is done; a warning goes with it.
    public let isDone: Bool

    public init(
        _ kind: Kind, _ text: String, file: String? = nil, isOfLock: Bool = false, isDone: Bool = false
    ) {
        self.isDone = isDone
        self.kind = kind
        self.text = text
        self.file = file
        self.isOfLock = isOfLock
    }
}
