import StoreDomain

/// Square's library export: one row a variation, each with its item's name; a stock for each location.
struct SquareReader: CatalogRowReader {
    static let format = CatalogFormat.square

    private let item, price: CSVHeader.Column
    private let token, reference, variation, sku, barcode, description, category: CSVHeader.Column?
    private let archived, sellable, stockable: CSVHeader.Column?
    private let quantities: [CSVHeader.Column]
    private let columnNames: [String: String]
    private let absent: Set<ImportedField>
    private var variants = FoundVariants()

    init?(_ header: CSVHeader) {
        guard let item = header.column("Item Name"), let price = header.column("Price"),
            header.has("Variation Name") || header.has("Token")
        else { return nil }
        (self.item, self.price) = (item, price)
        token = header.column("Token")
        reference = header.column("Reference Handle")
        variation = header.column("Variation Name")
        sku = header.column("SKU")
        barcode = header.column("GTIN")
        description = header.column("Description")
        category = header.column("Reporting Category", "Category", "Categories")
        archived = header.column("Archived")
        sellable = header.column("Sellable")
        stockable = header.column("Stockable")
        quantities = header.columns { $0 == "current quantity" || $0.hasPrefix("current quantity ") }
        let named: [String: CSVHeader.Column?] = [
            "name": item, "description": description, "price": price, "stock": quantities.first,
            "category": category, "sku": sku, "barcode": barcode,
        ]
        columnNames = named.compactMapValues { $0?.name }
        absent = ImportedField.absent(from: columnNames)
    }

    var columns: [CSVHeader.Column] {
        [item, price]
            + [
                token, reference, variation, sku, barcode, description, category, archived, sellable,
                stockable,
            ].compactMap(\.self) + quantities
    }

    mutating func read(_ cells: Cells, into collector: inout ImportCollector) {
        func text(_ column: CSVHeader.Column?) -> String {
            FormulaGuard.disarmed(cells.text(column, &collector))
        }
        func says(_ column: CSVHeader.Column?, _ letter: String) -> Bool {
            text(column).lowercased().hasPrefix(letter)
        }
        let itemText = text(item)
        guard !itemText.isEmpty else { return collector.refuse(cells, item, "is empty") }
        let kind = text(variation)
        // What Square calls a variation that has no name of its own.
        let options = kind.isEmpty || kind.lowercased() == "regular" || kind == itemText ? [] : [kind]
        let name = VariantName.name(itemText, options: options)
        let priceText = text(price)
        // `variable`: the price is asked for at the till.
        guard !priceText.isEmpty, priceText.lowercased() != "variable" else {
            return collector.leaveOut(.unpriced, row: cells.row.number, name)
        }
        let found = FoundProduct(
            handle: VariantName.handle("square", text(token).nonEmpty.map { [$0] } ?? [itemText] + options),
            row: cells.row.number, name: name, description: HTMLText.plain(text(description)),
            price: cells.amount(priceText, price, &collector),
            stock: stock(cells, isCounted: !says(stockable, "n"), &collector),
            category: EscapedText.list(text(category)).first?.categoryPath,
            sku: WrittenCode.sku(text(sku)), barcode: WrittenCode.barcode(text(barcode)), keeps: absent,
            columns: columnNames)
        variants.add(
            found, hidden: says(archived, "y") ? .archived : says(sellable, "n") ? .notSellable : nil)
    }

    func finish(into collector: inout ImportCollector) { variants.finish(into: &collector) }

    /// The numbers of all locations that have one.
    private func stock(_ cells: Cells, isCounted: Bool, _ collector: inout ImportCollector) -> FoundStock {
        guard isCounted else { return .unknown }
        var places: [Written] = []
        for column in quantities {
            let text = FormulaGuard.disarmed(cells.text(column, &collector))
            if case .written(let place, _) = cells.stock(text, column, &collector, .mayBeFraction) {
                places += place
            }
        }
        return places.isEmpty ? .unknown : .written(places, .mayBeFraction)
    }
}
