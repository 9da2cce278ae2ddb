import StoreDomain

/// An order as a receipt: to read, print and save.
public struct ReceiptState: Feature {
    public static let kind = ScreenKind.receipt

    public private(set) var order: Order
    /// The e-mail of whose order it is; nil where that is not known.
    public let email: String?
    private var firstLine = 0

    public init(_ order: Order, email: String? = nil) {
        self.order = order
        self.email = email
    }

    public var title: String { order.invoice.map { "Invoice \($0.number.text)" } ?? "Receipt \(order.id)" }
    public var scroll: Int? {
        get { firstLine }
        set { firstLine = newValue ?? 0 }
    }

    public var takesCodes: Bool { true }
    public var isAfterSale: Bool { true }
    public func copied(_ desk: Desk) -> Copied? { .receipt(order, ReceiptStyle(desk)) }

    public func hints(_ desk: Desk) -> [Hint] {
        [
            Hint(.newSale, "next sale"), Hint(.printReceipt), Hint(.saveReceipt, "save to a file"),
            Hint(.mailReceipt), Hint(.makeInvoice, "invoice"), Hint(.openOrders),
        ]
    }

    /// As `n`: the next sale.
    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] { [.newSale(searches: false)] }

    public mutating func back(_ desk: inout Desk) -> [Step] { [.pop, .tell(.stockChanged)] }

    public mutating func enterText(_ text: String, for purpose: Prompt.Purpose, _ desk: inout Desk)
        -> [Step]
    {
        guard case .invoice = purpose else { return desk.mailReceipt(of: order, to: text, for: purpose) }
        // The prompt has looked at it.
        guard let party = try? InvoiceParty(typed: text) else { return [] }
        return [.ask(.receipt(.makeInvoice(order.id, party, till: desk.context.till)))]
    }

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .receipt(.invoiced(.success(let order))) = reply, order.id == self.order.id else {
            return []
        }
        // What the answer does not tell, such as the codes of gift cards, stays in sight.
        self.order = self.order.with(invoice: order.invoice)
        return []
    }

    public static let commands: [CommandSpec] = [
        CommandSpec(
            .newSale, "New sale", "Begin the next sale, as Enter and a scan do",
            in: .screens([.checkout, .receipt]), keys: ["n"],
            available: { feature, _ in feature.isAfterSale ? .enabled : .absent }
        ) { _, _, _ in [.newSale(searches: false)] },
        CommandSpec(
            .printReceipt, "Print", "Send the receipt to the printer", on: ReceiptState.self, keys: ["p"],
            available: { receipt, desk in desk.printing([receipt.order]) }
        ) { receipt, desk, _ in
            desk.notePrinting([receipt.order])
            return [.ask(.receipt(.print(receipt.order, ReceiptStyle(desk))))]
        },
        CommandSpec(
            .saveReceipt, "Save", "Write the receipt to a file", on: ReceiptState.self, keys: ["s"],
            traits: [.ofHost],
            available: { _, desk in
                desk.context.isThrowAway
                    ? .disabled("This is a throw-away shop: nothing is kept") : .enabled
            }
        ) { receipt, desk, _ in [.ask(.receipt(.save(receipt.order, ReceiptStyle(desk))))] },
        CommandSpec(
            .mailReceipt, "Mail", "Mail the receipt to the customer", in: .screens([.receipt, .till]),
            keys: ["m"], spoken: Spoken(["mail"], argument: .text), traits: [.ofHost],
            available: { feature, desk in
                guard desk.context.hasMail else { return .disabled("Set mail.command to mail receipts") }
                return feature.mailable == nil ? .disabled("Nothing was sold here yet") : .enabled
            }
        ) { feature, desk, _ in
            guard let sale = feature.mailable else { return [] }
            let isOwn = sale.order.userID != nil && sale.order.userID == desk.user?.id
            let email = sale.email ?? (isOwn ? desk.user?.email : nil)
            return [.open(.prompt(Prompt(.mailReceipt, text: email ?? "", limit: 254)))]
        },
        CommandSpec(
            .makeInvoice, "Invoice",
            "Make the invoice of the sale, with a number of its own: a name; an address; a tax number",
            on: ReceiptState.self, keys: ["i"], spoken: Spoken(["invoice"], argument: .text),
            available: { receipt, desk in
                guard desk.sellsAtTill else { return .absent }
                if desk.context.isReadOnly { return Desk.readOnly }
                if let invoice = receipt.order.invoice {
                    return .disabled("It has one: \(invoice.number.text), for \(invoice.party.name)")
                }
                if receipt.order.isTraining { return .disabled("Training makes no invoice") }
                return receipt.order.status.isReturnable
                    ? .enabled : .disabled("Order \(receipt.order.id) is \(receipt.order.status.word)")
            }
        ) { receipt, _, _ in
            [.open(.prompt(Prompt(.invoice, text: receipt.order.userName ?? "", limit: 400)))]
        },
    ]
}

extension Command {
    public static let newSale = Command("newSale")
    public static let printReceipt = Command("printReceipt")
    public static let saveReceipt = Command("saveReceipt")
    public static let mailReceipt = Command("mailReceipt")
    public static let makeInvoice = Command("makeInvoice")
}

extension Feature {
    /// The sale whose receipt is in sight, or was made here last, with its customer's e-mail.
    fileprivate var mailable: (order: Order, email: String?)? {
        if let receipt = self as? ReceiptState { return (order: receipt.order, email: receipt.email) }
        return (self as? TillState)?.sold.map { (order: $0.order, email: $0.email) }
    }
}

extension Desk {
    /// Mails the receipt of an order to the address that was typed.
    func mailReceipt(of order: Order, to text: String, for purpose: Prompt.Purpose) -> [Step] {
        guard case .mailReceipt = purpose, let email = try? Email(text) else { return [] }
        return [.ask(.receipt(.mail(order, ReceiptStyle(self), to: email)))]
    }
}

/// What stands around the figures of a receipt, as the policy has it when it is asked for.
public struct ReceiptStyle: Hashable, Codable, Sendable {
    public let shopName: String
    /// Lines above and below.
    public let header: [String]
    public let footer: [String]
    /// What the tax is called.
    public let taxName: String
    /// "VAT No GB123456789"; nil where the shop has none.
    public let taxNumber: String?
    /// Whether each line says which rate is its own, where there are several.
    public let marksRates: Bool
    /// The shop is a demo: the receipt says so.
    public let isDemo: Bool
    public let width: ReceiptWidth
    /// The shop's, for the time of the payment.
    public let timeZone: String
    /// Where it is printed; nil where no till is.
    public let till: String?

    public init(
        _ policy: ShopPolicy, isDemo: Bool, width: ReceiptWidth = .standard, till: String? = nil
    ) {
        self.till = till
        shopName = policy.shopName
        header = policy.receiptHeader
        footer = policy.receiptFooter
        taxName = policy.taxName
        taxNumber = policy.taxNumber.isEmpty ? nil : "\(policy.taxNumberName) \(policy.taxNumber)"
        marksRates = policy.marksRates
        self.isDemo = isDemo
        self.width = width
        timeZone = policy.timeZone
    }

    public init(_ desk: Desk) {
        self.init(
            desk.policy, isDemo: desk.context.isDemo, width: desk.context.receiptWidth,
            till: desk.context.hasTill ? desk.context.till : nil)
    }
}

/// The columns of the paper that a till prints on: rolls of 58 and 80 mm in the two usual type sizes, and sheets.
public enum ReceiptWidth: Int, Hashable, Codable, Sendable, CaseIterable {
    case roll58 = 32
    case standard = 42
    case roll80 = 48
    case sheet = 80
}

public enum ReceiptRequest: Hashable, Codable, Sendable {
    case print(Order, ReceiptStyle)
    case save(Order, ReceiptStyle)
    case mail(Order, ReceiptStyle, to: Email)
    case makeInvoice(Int64, InvoiceParty, till: String)

    var terms: Terms {
        switch self {
        case .print: Terms(title: "Printing", mustFinish: true)
        case .save: Terms(mustFinish: true)
        case .mail: Terms(title: "Mailing", mustFinish: true)
        case .makeInvoice: Terms(title: "Making the invoice", mustFinish: true, screen: .receipt)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> ReceiptAction {
        switch self {
        case .print(let order, let style):
            .printed(
                await .of { () throws(StoreError) in
                    try await outside.ports.printReceipt(
                        outside.issuedReceipt(order, style, as: principal))
                    return Done()
                })
        case .save(let order, let style):
            .saved(
                await .of { () throws(StoreError) in
                    try await outside.ports.saveReceipt(
                        outside.issuedReceipt(order, style, as: principal).text, orderID: order.id)
                })
        case .mail(let order, let style, let recipient):
            .mailed(
                to: recipient,
                await .of { () throws(StoreError) in
                    try await outside.ports.mailReceipt(
                        outside.issuedReceipt(order, style, as: principal).text,
                        subject: order.mailSubject(style), to: recipient)
                    return Done()
                })
        case .makeInvoice(let orderID, let party, let till):
            .invoiced(
                await .of { () throws(StoreError) in
                    guard let counter = outside.services.counter else { throw .unsupported("invoices") }
                    return try await counter.till.makeInvoice(
                        of: orderID, to: party, till: till, as: principal)
                })
        }
    }
}

public enum ReceiptAction: Hashable, Codable, Sendable {
    case printed(Answer<Done>)
    /// The path of the file.
    case saved(Answer<String>)
    case mailed(to: Email, Answer<Done>)
    case invoiced(Answer<Order>)

    var failure: StoreError? {
        switch self {
        case .printed(let answer): answer.failure
        case .saved(let answer): answer.failure
        case .mailed(_, let answer): answer.failure
        case .invoiced(let answer): answer.failure
        }
    }
}

extension AppState {
    mutating func receive(_ action: ReceiptAction) {
        switch action {
        case .printed(.success): desk.say(.success, "Receipt sent to the printer")
        case .saved(.success(let path)): desk.say("Receipt saved as", file: path)
        case .mailed(let recipient, .success): desk.say(.success, "Receipt mailed to \(recipient.address)")
        case .mailed(let recipient, .failure(let error)):
            desk.say(.failure, "Not mailed to \(recipient.address): \(error.screenText)")
        case .invoiced(.success(let order)):
            guard let invoice = order.invoice else { return }
            desk.say(.success, "Invoice \(invoice.number.text) is made out to \(invoice.party.name)")
        case .printed(.failure(let error)), .saved(.failure(let error)), .invoiced(.failure(let error)):
            desk.say(error)
        }
    }
}
