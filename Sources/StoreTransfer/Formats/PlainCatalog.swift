import StoreDomain

/// This program's own form: one row a product, columns by name in any order. `name` and `price` must be
/// there; of a known product, a column that is not leaves things as they are.
public enum PlainCatalog {
    static let columns = [
        "sku", "name", "description", "price", "stock", "category", "barcode", "handle", "tracks_stock",
    ]

    /// The header as a line of a file.
    public static var header: String { CSVWriter.line(columns) }

    /// A product as a line of a file.
    public static func line(_ exported: ExportedProduct) -> String {
        let product = exported.product
        return CSVWriter.line([
            product.sku ?? "", product.name, product.description, product.price.decimalText,
            product.stock.count.map(String.init) ?? "", product.category ?? "", product.barcode ?? "",
            exported.handle, product.stock.isTracked ? "yes" : "no",
        ])
    }
}

struct PlainReader: CatalogRowReader {
    static let format = CatalogFormat.plain

    private let name, price: CSVHeader.Column
    private let sku, description, stock, category, barcode, handle, tracksStock: CSVHeader.Column?
    private let columnNames: [String: String]
    private let absent: Set<ImportedField>
    let ignoredColumns: [String]
    private var rowOfSKU: [String: Int] = [:]
    private var rowOfBarcode: [String: Int] = [:]

    init?(_ header: CSVHeader) {
        guard let name = header.column("name"), let price = header.column("price") else { return nil }
        (self.name, self.price) = (name, price)
        sku = header.column("sku")
        description = header.column("description")
        stock = header.column("stock")
        category = header.column("category")
        barcode = header.column("barcode")
        handle = header.column("handle")
        tracksStock = header.column("tracks_stock")
        ignoredColumns = header.names.filter { !PlainCatalog.columns.contains($0.lowercased()) }
        let named = [
            "name": name, "description": description, "price": price, "stock": stock, "category": category,
            "sku": sku, "barcode": barcode,
        ]
        columnNames = named.compactMapValues { $0?.name }
        absent = ImportedField.absent(from: columnNames)
    }

    /// A row that says `no` is a product that nobody counts, whatever its stock says.
    private func pieces(_ cells: Cells, _ collector: inout ImportCollector) -> Stock? {
        let tracks = cells.text(tracksStock, &collector).lowercased()
        switch tracks {
        case "no", "false", "0": return .untracked
        case "", "yes", "true", "1":
            let text = FormulaGuard.disarmed(cells.text(stock, &collector))
            return text.isEmpty ? .counted(0) : cells.stock(text, stock, &collector).map(Stock.counted)
        case _:
            collector.refuse(cells, tracksStock, "\(Cells.quoted(tracks)) is neither yes nor no")
            return nil
        }
    }

    var columns: [CSVHeader.Column] {
        [name, price] + [sku, description, stock, category, barcode, handle, tracksStock].compactMap(\.self)
    }

    mutating func read(_ cells: Cells, into collector: inout ImportCollector) {
        func text(_ column: CSVHeader.Column?, untrimmed: Bool = false) -> String {
            FormulaGuard.disarmed(cells.text(column, untrimmed: untrimmed, &collector))
        }
        let row = cells.row.number
        let nameText = text(name)
        let skuText = text(sku).nonEmpty
        let barcodeText = text(barcode).nonEmpty
        guard let amount = cells.price(text(price), price, &collector),
            let stock = pieces(cells, &collector)
        else { return }
        if let skuText, let earlier = rowOfSKU.updateValue(row, forKey: CodeOwners.key(skuText)) {
            return collector.refuse(cells, sku, "\(Cells.quoted(skuText)) stands in row \(earlier) too")
        }
        if let barcodeText, let earlier = rowOfBarcode.updateValue(row, forKey: barcodeText) {
            return collector.refuse(
                cells, barcode, "\(Cells.quoted(barcodeText)) stands in row \(earlier) too")
        }
        collector.take(
            FoundProduct(
                handle: text(handle).nonEmpty ?? skuText.map { "plain:\($0)" } ?? "plain:\(nameText)",
                row: row, name: nameText, description: text(description, untrimmed: true), price: amount,
                stock: stock, category: text(category).nonEmpty, sku: skuText, barcode: barcodeText,
                keeps: stock.isTracked ? absent : absent.subtracting([.stock]), columns: columnNames))
    }

    func finish(into collector: inout ImportCollector) {}
}
