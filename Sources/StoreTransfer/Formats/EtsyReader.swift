import StoreDomain

/// Etsy's listings export: one row a listing, whose variations have neither price nor stock of their own there.
struct EtsyReader: CatalogRowReader {
    static let format = CatalogFormat.etsy

    private let title, price, currency: CSVHeader.Column
    private let description, quantity, sku: CSVHeader.Column?
    private let variations: [CSVHeader.Column]
    private let columnNames: [String: String]
    private let absent: Set<ImportedField>
    private var variants = FoundVariants()

    init?(_ header: CSVHeader) {
        guard let title = header.column("TITLE"), let price = header.column("PRICE"),
            let currency = header.column("CURRENCY_CODE")
        else { return nil }
        (self.title, self.price, self.currency) = (title, price, currency)
        description = header.column("DESCRIPTION")
        quantity = header.column("QUANTITY")
        sku = header.column("SKU")
        variations = (1...3).compactMap { header.column("VARIATION \($0) VALUES") }
        let named: [String: CSVHeader.Column?] = [
            "name": title, "description": description, "price": price, "stock": quantity, "sku": sku,
        ]
        columnNames = named.compactMapValues { $0?.name }
        absent = ImportedField.absent(from: columnNames)
    }

    var columns: [CSVHeader.Column] {
        [title, price, currency] + [description, quantity, sku].compactMap(\.self) + variations
    }

    mutating func read(_ cells: Cells, into collector: inout ImportCollector) {
        let row = cells.row.number
        let name = HTMLText.decodingEntities(cells.text(title, &collector))
        guard !name.isEmpty else { return collector.refuse(cells, title, "is empty") }
        let code = cells.text(currency, &collector)
        let own = collector.options.currency.code
        guard code.isEmpty || code.uppercased() == own else {
            return collector.refuse(cells, currency, "is \(Cells.quoted(code)), but the shop sells in \(own)")
        }
        let priceText = cells.text(price, &collector)
        guard !priceText.isEmpty else { return collector.leaveOut(.unpriced, row: row, name) }
        // One for each combination of variations, parted by commas.
        let skus = cells.text(sku, &collector).split(separator: ",").map(\.trimmedText)
            .filter { !$0.isEmpty }
        let skuCode = skus.count == 1 ? WrittenCode.sku(skus[0]) : .none
        if skus.count > 1 { collector.warn(.severalSKUs, row: row, name) }
        if variations.contains(where: { !cells.text($0, &collector).isEmpty }) {
            collector.warn(.joinedVariations, row: row, name)
        }
        let found = FoundProduct(
            handle: VariantName.handle("etsy", [skuCode.code ?? name]), row: row, name: name,
            description: HTMLText.plain(cells.text(description, &collector)),
            price: cells.amount(priceText, price, &collector),
            stock: cells.stock(cells.text(quantity, &collector), quantity, &collector), sku: skuCode,
            keeps: absent, columns: columnNames)
        variants.add(found, hidden: nil)
    }

    func finish(into collector: inout ImportCollector) { variants.finish(into: &collector) }
}
