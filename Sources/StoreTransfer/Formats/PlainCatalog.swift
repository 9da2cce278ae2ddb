import StoreDomain

/// This program's own form: one row a product, columns by name in any order. `name` and `price` must be
/// there; of a known product, a column that is not leaves things as they are.
public enum PlainCatalog {
    static let columns = [
        "sku", "name", "description", "price", "stock", "category", "barcode", "handle", "tracks_stock",
    ]

    /// The header as a line of a file.
    public static var header: String { CSVWriter.line(columns) }

    /// A product as a line of a file; the stock of one that sells without counting is empty.
    public static func line(_ exported: ExportedProduct) -> String {
        let product = exported.product
        return CSVWriter.line([
            product.sku ?? "", product.name, product.description, product.price.decimalText,
            product.stock.count.map(String.init) ?? "", product.category ?? "", product.barcode ?? "",
            exported.handle, product.stock.isTracked ? "yes" : "no",
        ])
    }

    /// What people call a stock, the first that is there counts.
    static let stockNames = [
        "stock", "qty", "quantity", "on hand", "qty on hand", "quantity on hand", "stock on hand",
        "inventory",
        "inventory quantity", "inventory qty", "stock quantity", "stock qty", "stock level", "current stock",
        "current quantity", "available", "available quantity", "in stock", "count", "units", "bestand",
        "lagerbestand", "lager", "menge", "stückzahl", "quantité", "cantidad", "existencias", "inventario",
        "quantità", "giacenza", "magazzino", "voorraad", "aantal", "quantidade", "estoque", "ilość", "stan",
        "остаток", "количество", "在庫", "在庫数", "lagersaldo", "antal",
    ]

    static let barcodeNames = ["barcode", "ean", "ean13", "ean-13", "upc", "gtin", "bar code"]
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
        stock = header.column(anyOf: PlainCatalog.stockNames)
        category = header.column("category")
        barcode = header.column(anyOf: PlainCatalog.barcodeNames)
        handle = header.column("handle")
        tracksStock = header.column("tracks_stock")
        let named: [String: CSVHeader.Column?] = [
            "name": name, "description": description, "price": price, "stock": stock, "category": category,
            "sku": sku, "barcode": barcode,
        ]
        let read = Set((Array(named.values) + [handle, tracksStock]).compactMap { $0?.index })
        ignoredColumns = header.names.indices.filter { !read.contains($0) && !header.names[$0].isEmpty }
            .map { header.names[$0] }
        columnNames = named.compactMapValues { $0?.name }
        absent = ImportedField.absent(from: columnNames)
    }

    var columns: [CSVHeader.Column] {
        [name, price] + [sku, description, stock, category, barcode, handle, tracksStock].compactMap(\.self)
    }

    mutating func read(_ cells: Cells, into collector: inout ImportCollector) {
        func text(_ column: CSVHeader.Column?, untrimmed: Bool = false) -> String {
            FormulaGuard.disarmed(cells.text(column, untrimmed: untrimmed, &collector))
        }
        /// An apostrophe that the export put there hides a code as it is; any other is a spreadsheet's.
        func code(_ column: CSVHeader.Column?, _ read: (String) -> WrittenCode) -> WrittenCode {
            let written = cells.text(column, &collector)
            let disarmed = FormulaGuard.disarmed(written)
            return disarmed == written ? read(written) : .clean(disarmed)
        }
        let row = cells.row.number
        let nameText = text(name)
        let skuCode = code(sku, WrittenCode.sku)
        let barcodeCode = code(barcode, WrittenCode.barcode)
        if let sku = skuCode.code, let earlier = rowOfSKU.updateValue(row, forKey: CodeOwners.key(sku)) {
            return collector.refuse(cells, self.sku, "\(Cells.quoted(sku)) stands in row \(earlier) too")
        }
        if let barcode = barcodeCode.code,
            let earlier = rowOfBarcode.updateValue(row, forKey: CodeOwners.key(barcode))
        {
            return collector.refuse(
                cells, self.barcode, "\(Cells.quoted(barcode)) stands in row \(earlier) too")
        }
        let own = skuCode.code.map { "plain:\($0)" } ?? "plain:\(nameText)"
        collector.take(
            FoundProduct(
                handle: text(handle).nonEmpty ?? own, row: row, name: nameText,
                description: text(description, untrimmed: true),
                price: cells.amount(text(price), price, &collector),
                stock: pieces(cells, &collector), category: text(category).nonEmpty,
                sku: skuCode, barcode: barcodeCode, keeps: absent, columns: columnNames))
    }

    func finish(into collector: inout ImportCollector) {}

    /// A row that says `no` is a product that nobody counts, whatever its stock says.
    private func pieces(_ cells: Cells, _ collector: inout ImportCollector) -> FoundStock {
        let tracks = cells.text(tracksStock, &collector)
        switch tracks.lowercased() {
        case "no", "false", "0": return .uncounted
        case "", "yes", "true", "1":
            return cells.stock(FormulaGuard.disarmed(cells.text(stock, &collector)), stock, &collector)
        case _:
            collector.refuse(cells, tracksStock, "\(Cells.quoted(tracks)) is neither yes nor no")
            return .unknown
        }
    }
}
