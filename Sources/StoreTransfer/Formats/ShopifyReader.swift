import StoreDomain

/// Shopify's product export, in the names it had until 2024 and has since: one row a variant or image; only
/// the first row of a handle has the product's own columns.
struct ShopifyReader: CatalogRowReader {
    static let format = CatalogFormat.shopify

    private struct Parent {
        let title: String
        let description: String
        let category: String?
        let hidden: LeftOut?
    }

    private let handle, title, price: CSVHeader.Column
    private let body, type, category, published, status: CSVHeader.Column?
    private let sku, barcode, tracker, quantity: CSVHeader.Column?
    private let options: [CSVHeader.Column]
    private let columnNames: [String: String]
    private let absent: Set<ImportedField>
    private var parents: [String: Parent] = [:]
    private var variants = FoundVariants()

    init?(_ header: CSVHeader) {
        guard let handle = header.column("Handle", "URL handle"), let title = header.column("Title"),
            let price = header.column("Variant Price")
                ?? (header.has("URL handle") ? header.column("Price") : nil)
        else { return nil }
        (self.handle, self.title, self.price) = (handle, title, price)
        body = header.column("Body (HTML)", "Description")
        type = header.column("Type", "Custom Product Type")
        category = header.column("Product Category", "Standard Product Type")
        published = header.column("Published", "Published on online store")
        status = header.column("Status")
        sku = header.column("Variant SKU", "SKU")
        barcode = header.column("Variant Barcode", "Barcode")
        tracker = header.column("Variant Inventory Tracker", "Inventory tracker")
        quantity = header.column("Variant Inventory Qty", "Variant Inventory Quantity", "Inventory quantity")
        options = (1...3).compactMap { header.column("Option\($0) Value") }
        let named: [String: CSVHeader.Column?] = [
            "name": title, "description": body, "price": price, "stock": quantity,
            "category": type ?? category,
            "sku": sku, "barcode": barcode,
        ]
        columnNames = named.compactMapValues { $0?.name }
        absent = ImportedField.absent(from: columnNames)
    }

    var columns: [CSVHeader.Column] {
        [handle, title, price]
            + [body, type, category, published, status, sku, barcode, tracker, quantity].compactMap(\.self)
            + options
    }

    mutating func read(_ cells: Cells, into collector: inout ImportCollector) {
        let key = cells.text(handle, &collector)
        guard !key.isEmpty else { return collector.refuse(cells, handle, "is empty") }
        let priceText = cells.text(price, &collector)
        let skuCode = WrittenCode.sku(cells.text(sku, &collector))
        let values = options.map { cells.text($0, &collector) }
        let titleText = cells.text(title, &collector)
        if !titleText.isEmpty || parents[key] == nil {
            guard !titleText.isEmpty else { return collector.refuse(cells, title, "is empty") }
            guard parents[key] == nil || parents[key]?.title == titleText else {
                return collector.refuse(cells, handle, "names a product of another title further up")
            }
            if parents[key] == nil { parents[key] = parent(cells, titleText, &collector) }
        }
        // What has neither price, SKU nor options only adds a picture.
        guard let parent = parents[key],
            !(priceText.isEmpty && skuCode == .none && values.allSatisfy(\.isEmpty))
        else { return }
        guard !priceText.isEmpty else { return collector.refuse(cells, price, "is empty") }
        let chosen = values.filter { !$0.isEmpty && $0 != "Default Title" && $0 != parent.title }
        let found = FoundProduct(
            handle: VariantName.handle("shopify", [key] + chosen), row: cells.row.number,
            name: VariantName.name(parent.title, options: chosen), description: parent.description,
            price: cells.amount(priceText, price, &collector), stock: stock(cells, &collector),
            category: parent.category, sku: skuCode,
            barcode: WrittenCode.barcode(cells.text(barcode, &collector)), keeps: absent,
            columns: columnNames)
        variants.add(found, hidden: parent.hidden)
    }

    func finish(into collector: inout ImportCollector) { variants.finish(into: &collector) }

    private func parent(_ cells: Cells, _ title: String, _ collector: inout ImportCollector) -> Parent {
        // Unlisted products are sold to whoever has their address, so they are sold here too.
        let hidden: LeftOut? =
            switch cells.text(status, &collector).lowercased() {
            case "draft": .draft
            case "archived": .archived
            default:
                ["false", "0", "no"].contains(cells.text(published, &collector).lowercased())
                    ? .unpublished : nil
            }
        let ownType = cells.text(type, &collector)
        return Parent(
            title: title, description: HTMLText.plain(cells.text(body, &collector)),
            category: (ownType.isEmpty ? cells.text(category, &collector) : ownType).categoryPath,
            hidden: hidden)
    }

    /// A variant without a tracker is not counted by its shop, whatever number stands beside it.
    private func stock(_ cells: Cells, _ collector: inout ImportCollector) -> FoundStock {
        if tracker != nil, cells.text(tracker, &collector).isEmpty { return .unknown }
        return cells.stock(cells.text(quantity, &collector), quantity, &collector)
    }
}
