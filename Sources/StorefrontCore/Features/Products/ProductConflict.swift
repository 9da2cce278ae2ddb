import StoreDomain

/// Somebody else changed the product while it was edited here: what they changed, field by field, and which of both
/// holds.
public struct ProductConflict: Hashable, Codable, Sendable {
    /// A field that the other one changed.
    public struct Row: Hashable, Codable, Sendable {
        public let field: ProductField
        /// What it was when this form was opened.
        public let before: String
        public let theirs: String
        /// What stands in this form.
        public let mine: String
        public internal(set) var takesTheirs = true

        /// Whether both changed it.
        public var isContested: Bool { mine != before }
    }

    /// The product as it is now.
    public let now: Product
    /// The form as it was left.
    var mine: ProductForm
    public internal(set) var rows: [Row]
    public internal(set) var list = List()
    public internal(set) var isBusy = false

    init(_ mine: ProductForm, base: Product, now: Product) {
        self.now = now
        self.mine = mine
        rows = now.differences(from: base).compactMap { field in
            let before = base.text(of: field)
            let typed = field == .archived ? before : mine.text(field)
            // What sales took is nobody's change, unless the count was typed over here.
            guard field != .stock || typed != before else { return nil }
            return Row(field: field, before: before, theirs: now.text(of: field), mine: typed)
        }
        // What was typed here and nowhere else stays; of what both changed, a person chooses.
        list.select(rows.firstIndex(where: \.isContested) ?? 0, of: rows.count)
    }

    /// A form on the product as it is now, with what was chosen.
    var resolved: ProductForm {
        var form = ProductForm(now)
        for field in ProductForm.fields {
            let row = rows.first { $0.field == field }
            let text: String? =
                if let row {
                    row.takesTheirs ? nil : row.mine
                } else if let base = mine.base, mine.text(field) != base.text(of: field) {
                    mine.text(field)
                } else {
                    nil
                }
            if let text { form.form.set(field.rawValue, ProductForm.shown(text, field)) }
        }
        return form
    }

    /// Whether the product is sold again, or is no longer; nil to leave that.
    var archives: Bool? {
        rows.first { $0.field == .archived && !$0.takesTheirs }.map { _ in !now.isArchived }
    }
}
