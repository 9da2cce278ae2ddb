import StoreDomain

/// What is asked before something that cannot be taken back.
public enum Question: Hashable, Codable, Sendable {
    case quit
    case signOut
    case leaveForm
    case cancelOrder(Int64)
    /// The marked ones that can be.
    case cancelOrders([Int64])
    case leaveCheckout
    case resumeCheckout(PendingCheckout)
    /// The store comes to these figures instead of those agreed to.
    case payNewPrice(PriceBreakdown)
    /// Whether an order that a server without keys holds is the one that this checkout asked for.
    case isThisOrder(Order, PendingCheckout)
    /// Whether to place the order although one like it stands.
    case placeAnew(PendingCheckout)
    /// So much cash, in minor units, is far above what is due.
    case takeCash(Int64)
    /// What stands for the approval code is an article's number.
    case takeApprovalCode(String)
    /// Whether a drawer's count is done; its till sells nothing from then on.
    case keepCount
    /// Whether what was counted of products is booked.
    case bookCounts
    case closeShift
    /// Whether a key is to open the visitor's account no longer.
    case removeKey(KeyFingerprint)
    case forgetVisitor
    /// Whether the rules of a country are to be the shop's.
    case setCountry(Country)
    /// Whether every sign-in of the account with this e-mail ends.
    case signOutEverywhere(String)
    /// A batch of prices.
    case takePricesBack(Int64)
    case customers(CustomersQuestion)
}

/// A question with two answers.
public struct Confirm: Hashable, Codable, Sendable {
    public let question: Question
    public let title: String
    public let text: String
    public let yes: String
    public let no: String
    /// Which of the two Enter takes.
    public internal(set) var choosesYes: Bool

    public init(
        _ question: Question, title: String, text: String, yes: String, no: String, choosesYes: Bool = true
    ) {
        self.question = question
        self.title = title
        self.text = text
        self.yes = yes
        self.no = no
        self.choosesYes = choosesYes
    }
}
