/// What the law and the coins of a country say of a shop's rules: what a new store starts with there, and what a
/// policy becomes by it. Every value can be changed afterwards.
public struct CountryPreset: Hashable, Sendable {
    public let country: Country
    public let currency: Currency
    public let taxMode: TaxMode
    public let taxBase: TaxBase
    /// The first is the standard one. Empty where tax differs from place to place: the policy's own stay.
    public let taxClasses: [TaxTable.Class]
    public let cashRounding: CashRounding
    /// What the tax is called on paper, such as `VAT`.
    public let taxName: String
    /// What stands before the shop's own tax number on paper.
    public let taxNumberName: String
    /// Whether paper has to say of each line which rate it is taxed at.
    public let marksRates: Bool
    public let timeZone: String
    /// What whoever sets the shop up has to know beside, as a sentence; nil where there is nothing.
    public let advice: String?

    /// The policy as the country has it. Name, lines of the receipt, and whatever no law says stay as they are.
    ///
    /// - Throws: `invalid` for a policy in another currency, which a store never changes.
    public func applied(to policy: ShopPolicy) throws(StoreError) -> ShopPolicy {
        guard policy.currency == currency else {
            throw .invalid([
                FieldProblem(
                    "country",
                    """
                    of \(country.name) sells in \(currency.code); this store keeps \(policy.currency.code), the \
                    currency it was made with: make a new one with --country \(country.rawValue)
                    """)
            ])
        }
        var changed = policy
        if !taxClasses.isEmpty { changed.taxes = try TaxTable(classes: taxClasses) }
        changed.taxMode = taxMode
        changed.taxBase = taxBase
        changed.cashRounding = cashRounding
        changed.taxName = taxName
        changed.taxNumberName = taxNumberName
        changed.marksRates = marksRates
        changed.timeZone = timeZone
        return changed
    }

    /// The policy of a new store.
    public func newPolicy() throws(StoreError) -> ShopPolicy {
        try applied(to: ShopPolicy(currency: currency))
    }

    /// What a shop of the country still has to set by itself, as sentences.
    public func open(in policy: ShopPolicy) -> [String] {
        let number =
            policy.taxNumber.isEmpty
            ? ["Receipts have to show the shop\u{2019}s \(taxNumberName): set tax.number"] : []
        return (country == .us ? [] : number) + [advice].compactMap(\.self)
    }
}
