/// Whom an invoice is made out to.
public struct InvoiceParty: Hashable, Sendable, Codable {
    /// 1…100 characters.
    public let name: String
    /// The lines of the address: 0…6, each of 1…100 characters.
    public let address: [String]
    /// 1…40 characters; nil for who has none.
    public let taxNumber: String?

    /// - Throws: `invalid`.
    public init(name: String, address: [String] = [], taxNumber: String? = nil) throws(StoreError) {
        var problems: [FieldProblem] = []
        self.name = name.cleanText
        if !(1...100).contains(self.name.count) {
            problems.append(FieldProblem("name", "must be 1 to 100 characters"))
        }
        self.address = address.map(\.cleanText).filter { !$0.isEmpty }
        if self.address.count > 6 || self.address.contains(where: { $0.count > 100 }) {
            problems.append(FieldProblem("address", "must be at most 6 lines of 100 characters"))
        }
        let number = taxNumber?.cleanText ?? ""
        self.taxNumber = number.isEmpty ? nil : number
        if number.count > 40 { problems.append(FieldProblem("tax_number", "must be at most 40 characters")) }
        guard problems.isEmpty else { throw .invalid(problems) }
    }

    /// As it is typed in one line: name; address with commas between its lines; tax number.
    ///
    /// - Throws: `invalid`, also for more than three parts.
    public init(typed text: String) throws(StoreError) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 3 else {
            throw .invalid([
                FieldProblem(
                    "invoice", "must be a name; an address; a tax number, with semicolons between them")
            ])
        }
        try self.init(
            name: parts.first ?? "",
            address: parts.count > 1 ? parts[1].split(separator: ",").map(String.init) : [],
            taxNumber: parts.count > 2 ? parts[2] : nil)
    }

    /// What `init(typed:)` reads.
    public var typed: String {
        let number = taxNumber.map { "; \($0)" } ?? ""
        return address.isEmpty && number.isEmpty
            ? name : "\(name); \(address.joined(separator: ", "))\(number)"
    }
}

/// The invoice of a sale: a document of its own beside the receipt, which says the same of the sale and whom it is
/// made out to. A sale has one at most; it is never changed.
public struct Invoice: Hashable, Sendable, Codable {
    public let number: DocumentNumber
    public let party: InvoiceParty
    /// Who made it; nil for the store's operator.
    public let madeBy: Int64?
    public let at: Timestamp

    public init(number: DocumentNumber, party: InvoiceParty, madeBy: Int64?, at: Timestamp) {
        self.number = number
        self.party = party
        self.madeBy = madeBy
        self.at = at
    }

    /// The invoice of a sale at a till.
    ///
    /// - Parameter last: the last position given in the till's series of invoices.
    /// - Throws: `wrongStatus` for an order that is not paid, or of which everything came back.
    public static func make(
        of order: Order, to party: InvoiceParty, till: String, last: Int, by madeBy: Int64?, at now: Timestamp
    ) throws(StoreError) -> Invoice {
        guard order.status.isReturnable else { throw .wrongStatus(orderID: order.id, status: order.status) }
        return Invoice(
            number: DocumentNumber(series: NumberSeries(.invoice, till: till), position: last + 1),
            party: party, madeBy: madeBy, at: now)
    }

    /// The fact for the journal.
    public func entry(of orderID: Int64) -> JournalEntry {
        JournalEntry(
            .invoiceMade,
            [
                "order": .integer(orderID), "number": .text(number.text), "name": .text(party.name),
                "address": .array(party.address.map { .text($0) }), "tax_number": .optional(party.taxNumber),
            ])
    }
}
