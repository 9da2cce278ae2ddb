import StoreDomain

/// Asks for one line of text. It stays in front while what was typed is being looked at.
public struct Prompt: Hashable, Codable, Sendable {
    /// What is asked for, for those who draw it and for the one who opened it.
    public enum Purpose: Hashable, Codable, Sendable {
        case discount, findLine, findOrder, server, catalogFile
        /// Why a line has another price than the listed one.
        case priceReason(CartLine.ID, Money)
        /// Whom a till sells to, by name, e-mail or number; and the name and e-mail of somebody new.
        case customer, newCustomer
        /// A sale of which something comes back, why it does, and what the card terminal printed.
        case findSale, returnReason, approvalCode
        /// Why the drawer is opened without a sale.
        case noSaleReason
        /// A product that comes back without a receipt, by its code, and who brings it.
        case returnProduct, returnName
        /// By a code, its last characters, or a name.
        case findGiftCard
        /// The days of a report.
        case reportDays
        /// Products of the back office, by words, SKU or barcode.
        case findProducts
        /// Of the visitor's account, from where it is open.
        case visitorCode
        /// Who stands at the till from now on.
        case pin
        /// A PIN, or the password of whoever is signed in: the screen is locked.
        case unlock
        /// The PIN of whoever approves what is held back.
        indirect case approverPIN(HeldApproval)
        /// One's own from now on, and the password that proves it is one's own.
        case newPIN, pinPassword(Secret)
        /// Whose PIN is set, by the e-mail, and which.
        case pinOwner, pinFor(String)
        /// Who gets a badge, by the e-mail, and what a scanner reads from it.
        case badgeOwner, badgeFor(String)
        /// Whom an invoice is made out to.
        case invoice
        /// What must hold after this step, for a tester.
        case check
        /// Whom a receipt is mailed to.
        case mailReceipt
        /// In the back office; it says itself how it is asked for.
        case office(OfficeEntry)
        /// On the list of customers, likewise.
        case customers(CustomersEntry)
        /// What a macro is called that was recorded, and which key plays the one of that name.
        case macroName, macroKey(String)
    }

    public let purpose: Purpose
    public internal(set) var input: TextInput
    /// Why what was typed does not do, as a sentence.
    public internal(set) var problem: String?
    /// An answer is waited for.
    public internal(set) var isBusy = false
    /// The badge that was scanned before a PIN.
    public var badge: Badge? { badgeRead?.badge }
    /// Whose it is.
    public var badgeName: String? { badgeRead?.name }
    var badgeRead: ReadBadge?

    struct ReadBadge: Hashable, Codable, Sendable {
        let badge: Badge
        let name: String
    }

    public init(_ purpose: Purpose, text: String = "", limit: Int) {
        self.purpose = purpose
        input = TextInput(text, limit: limit, isSecret: purpose.isSecret, content: purpose.content)
        input.selectAll()
    }

    /// Refuses what was typed; the next letter replaces it.
    mutating func refuse(because problem: String) {
        self.problem = problem
        isBusy = false
        input.selectAll()
    }

    /// Refuses what was typed and takes it away.
    mutating func clear(because problem: String) {
        input.set("")
        self.problem = problem
        isBusy = false
    }

    /// Typing takes the complaint back and stops waiting for the answer to what stood there.
    mutating func edit(_ edit: TextEdit) {
        input.apply(edit)
        problem = nil
        isBusy = false
    }
}

extension Prompt.Purpose {
    fileprivate var content: FieldContent {
        switch self {
        case .discount: .codes
        case .findLine, .findOrder, .returnReason, .noSaleReason, .returnName, .reportDays: .words
        case .findSale, .returnProduct, .findGiftCard, .findProducts: .codes
        case .approvalCode: .approvalCode
        case .server: .address
        case .catalogFile: .address
        case .priceReason: .words
        case .customer, .newCustomer, .customers: .words
        case .mailReceipt: .email
        case .visitorCode: .words
        case .pin, .unlock, .approverPIN, .newPIN, .pinPassword, .pinFor: .words
        case .pinOwner, .badgeOwner: .email
        case .badgeFor: .codes
        case .invoice: .words
        case .check: .words
        case .office(let entry): entry.content
        case .macroName, .macroKey: .words
        }
    }
}
