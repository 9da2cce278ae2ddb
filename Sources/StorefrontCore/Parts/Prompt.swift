import StoreDomain

/// Asks for one line of text. It stays in front while what was typed is being looked at.
public struct Prompt: Hashable, Codable, Sendable {
    /// What is asked for, for those who draw it and for the one who opened it.
    public enum Purpose: Hashable, Codable, Sendable {
        case discount, findLine, findOrder, server, catalogFile
        /// Why a line has another price than the listed one.
        case priceReason(CartLine.ID, Money)
        /// The e-mail of whom a till sells to.
        case customer
        /// A sale of which something comes back, why it does, and what the card terminal printed.
        case findSale, returnReason, approvalCode
        /// Of the visitor's account, from where it is open.
        case visitorCode
        /// Whom a receipt is mailed to.
        case mailReceipt
    }

    public let purpose: Purpose
    public internal(set) var input: TextInput
    /// Why what was typed does not do, as a sentence.
    public internal(set) var problem: String?
    /// An answer is waited for.
    public internal(set) var isBusy = false

    public init(_ purpose: Purpose, text: String = "", limit: Int) {
        self.purpose = purpose
        input = TextInput(text, limit: limit, content: purpose.content)
        input.selectAll()
    }

    /// Refuses what was typed; the next letter replaces it.
    mutating func refuse(because problem: String) {
        self.problem = problem
        isBusy = false
        input.selectAll()
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
        case .findLine, .findOrder, .returnReason: .words
        case .findSale: .codes
        case .approvalCode: .approvalCode
        case .server: .address
        case .catalogFile: .address
        case .priceReason: .words
        case .customer, .mailReceipt: .email
        case .visitorCode: .words
        }
    }
}
