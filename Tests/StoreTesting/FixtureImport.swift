import StorefrontCore

extension ImportPreview {
    /// What files of tests make of a shop: two products to add, and a draft where drafts come in; a row that cannot come in
    /// from `broken.csv`; nothing to do for `same.csv`.
    public static func fixture(of file: String, _ choices: ImportChoices) -> ImportPreview {
        let isSame = file == "same.csv"
        let refused = file == "broken.csv" ? ["row 3, column \"Price\": \"abc\" is not an amount"] : []
        return ImportPreview(
            file: file, products: 3, added: isSame ? 0 : choices.includesUnpublished ? 3 : 2,
            updated: isSame ? 0 : 1, unchanged: isSame ? 3 : 0,
            caution: choices.untrackedStock == 0
                ? "Caution: most of these products would be sold out: 3 of 3" : nil,
            notes: [
                "Shopify export: 3 products", "left out (1): drafts (row 4 Émile café cup)",
                "note (2): stocks not known: new products sell without counting, known ones keep theirs (row 2, 3)",
            ], refused: refused, refusedCount: refused.count)
    }
}
