import StoreDomain
import StorefrontCore

/// The sentences of the products' screen, which pictures and lines share.
enum ProductsWords {
    /// What the list shows.
    static func heading(_ state: ProductsState) -> String {
        let count =
            state.page.map { ": \($0.total.value.grouped)\($0.total.isExact ? "" : " or more")" } ?? ""
        let what = state.showsArchived ? "No longer sold" : "On sale"
        let found = state.sought.isEmpty ? "" : ", found by \u{201C}\(state.sought)\u{201D}"
        return what + found + count
    }

    /// What a product costs, below its form.
    static func cost(_ cost: ProductCost) -> String {
        CostWords.facts(cost).map { "\($0.label): \($0.text)" }.joined(separator: ", ")
    }

    static func title(of form: ProductForm) -> String {
        guard let base = form.base else { return "New product" }
        return base.isArchived ? "\(base.name) (no longer sold)" : base.name
    }

    static func preview(_ draft: PriceBatchDraft, _ plan: PricePlan, _ zone: ShopZone) -> String {
        let what = "\(draft.rule.words) for \(draft.goods.words)"
        let when = plan.period.words(in: zone)
        return "\(what): \(plan.lines.count.counted("price")) would change\(when.isEmpty ? "" : " \(when)")"
    }

    static func change(_ change: PriceChange, _ zone: ShopZone) -> String {
        [
            zone.minuteText(change.at), "\(change.from.displayText) to \(change.to.displayText)",
            change.by.map { "account \($0)" } ?? "the store\u{2019}s operator",
            change.batchID.map { "batch \($0)" },
        ].compactMap(\.self).joined(separator: "  ")
    }
}
