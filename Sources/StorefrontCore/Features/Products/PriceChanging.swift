import StoreDomain

/// Many prices at once: how they change, what that comes to, and earlier ones to take back.
public enum PriceChanging: Hashable, Codable, Sendable {
    /// How they change is typed.
    case asking(PriceBatchDraft.Goods, Form)
    /// What it comes to, before anything is changed.
    case preview(PriceBatchDraft, PricePlan, List)
    case batches([PriceBatch], List)

    static let change = "change"
    static let ending = "rounding"

    static func form() -> Form {
        Form(
            [
                Form.Field(
                    change, label: "Change", placeholder: "such as 5%, -10% or -0.50", limit: 20),
                Form.Field(
                    ending, label: "Ends with", placeholder: ".95, .99 or .00; nothing for any", limit: 8),
            ], keepsPast: true)
    }

    /// The rule that the fields hold; says in the form what is wrong with it.
    static func rule(_ form: inout Form, _ currency: Currency) -> PriceRule? {
        let text = form.text(change).cleanText
        let word = form.text(ending).trimmedText
        let ending = word.isEmpty ? PriceRule.Ending.none : PriceRule.Ending(rawValue: word)
        guard let ending else {
            form.show([Self.ending: "must be .95, .99 or .00"])
            return nil
        }
        do throws(StoreError) {
            let rule = try PriceRule(
                typed: text, isAmount: !text.hasSuffix("%"), ending: ending, currency: currency)
            form.show([:])
            return rule
        } catch {
            guard case .invalid(let problems) = error else { return nil }
            let field = problems.contains { $0.field == Self.ending } ? Self.ending : change
            form.show([field: problems.map(\.reason).joined(separator: ", ")])
            return nil
        }
    }
}

extension PriceBatchDraft.Goods {
    /// "everything on sale", "category Tea", "what is found by mug", "1 product"
    public var words: String {
        switch self {
        case .products(let ids): ids.count.counted("product")
        case .found("", nil): "everything on sale"
        case .found("", let category?): "category \(category)"
        case .found(let text, nil): "what is found by \u{201C}\(text)\u{201D}"
        case .found(let text, let category?): "what is found by \u{201C}\(text)\u{201D} in \(category)"
        }
    }
}
