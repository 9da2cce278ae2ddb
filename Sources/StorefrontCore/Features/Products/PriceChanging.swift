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
    static let first = "first_day"
    static let last = "last_day"

    static func form() -> Form {
        Form(
            [
                Form.Field(
                    change, label: "Change", placeholder: "such as 5%, -10% or -0.50", limit: 20),
                Form.Field(
                    ending, label: "Ends with", placeholder: ".95, .99 or .00; nothing for any", limit: 8),
                Form.Field(
                    first, label: "First day", placeholder: "such as 2026-12-01; nothing for at once",
                    limit: 10),
                Form.Field(
                    last, label: "Last day", placeholder: "nothing until they are taken back", limit: 10),
            ], keepsPast: true)
    }

    /// What the fields ask for; says in the form what is wrong with it.
    static func draft(_ goods: PriceBatchDraft.Goods, _ form: inout Form, _ currency: Currency)
        -> PriceBatchDraft?
    {
        do throws(StoreError) {
            let text = form.text(change).cleanText
            let word = form.text(ending).trimmedText
            guard let ending = word.isEmpty ? PriceRule.Ending.none : PriceRule.Ending(rawValue: word) else {
                throw .invalid([FieldProblem(Self.ending, "must be .95, .99 or .00")])
            }
            let rule = try PriceRule(
                typed: text, isAmount: !text.hasSuffix("%"), ending: ending, currency: currency)
            let days = try ValidDays(
                first: ShopDay.typed(form.text(first), first), last: ShopDay.typed(form.text(last), last))
            form.show([:])
            return PriceBatchDraft(goods, rule, days: days)
        } catch {
            refuse(error, &form)
            return nil
        }
    }

    /// Says what is wrong by its field, what is of none by the change's.
    ///
    /// - Returns: whether it is something that the fields say.
    @discardableResult
    static func refuse(_ error: StoreError, _ form: inout Form) -> Bool {
        guard case .invalid(let problems) = error else { return false }
        let names = Set([ending, first, last])
        var shown: [String: String] = [:]
        for problem in problems {
            let field = names.contains(problem.field) ? problem.field : change
            shown[field] = [shown[field], problem.reason].compactMap(\.self).joined(separator: ", ")
        }
        form.show(shown)
        return true
    }
}

extension PriceChanging {
    /// Asks whether what a batch does is to be undone.
    static func takingBack(_ batch: PriceBatch) -> Confirm {
        if case .waiting = batch.state {
            return Confirm(
                .takePricesBack(batch.id), title: "Call the prices off?",
                text: "\(batch.title) for \(batch.count.counted("product")) does not begin.",
                yes: "Call off", no: "Leave", choosesYes: false)
        }
        return Confirm(
            .takePricesBack(batch.id), title: "Take the prices back?",
            text: "\(batch.count.counted("product")) get the price before \(batch.title). "
                + "What was changed since keeps its price.",
            yes: "Take back", no: "Leave", choosesYes: false)
    }

    /// "changed", "changed until 2026-12-24", "will change from 2026-12-01"
    static func done(_ batch: PriceBatch, _ days: ValidDays) -> String {
        let verb = batch.period.from == nil ? "changed" : "will change"
        return days == .always ? verb : "\(verb) \(days.words)"
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
