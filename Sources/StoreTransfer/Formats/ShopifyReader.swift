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

    private struct Variant {
        var found: FoundProduct
        let hidden: LeftOut?
    }

    private let handle, title, price: CSVHeader.Column
    private let body, type, category, published, status: CSVHeader.Column?
    private let sku, barcode, tracker, quantity: CSVHeader.Column?
    private let options: [CSVHeader.Column]
    private let columnNames: [String: String]
    private let absent: Set<ImportedField>
    private var parents: [String: Parent] = [:]
    private var variants: [Variant] = []
    private var skus = CodeOwners()
    private var barcodes = CodeOwners()

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
        quantity = header.column("Variant Inventory Qty", "Inventory quantity")
        options = (1...3).compactMap { header.column("Option\($0) Value") }
        let named = [
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
        let skuText = cells.text(sku, &collector).withoutTextMark
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
            !(priceText.isEmpty && skuText.isEmpty && values.allSatisfy(\.isEmpty))
        else { return }
        guard let amount = cells.price(priceText, price, &collector),
            let stock = stock(cells, &collector)
        else { return }
        let chosen = values.filter { !$0.isEmpty && $0 != "Default Title" && $0 != parent.title }
        let found = FoundProduct(
            handle: VariantName.handle("shopify", [key] + chosen), row: cells.row.number,
            name: VariantName.name(parent.title, options: chosen), description: parent.description,
            price: amount, stock: .counted(stock.pieces), category: parent.category, sku: skuText.nonEmpty,
            barcode: cells.text(barcode, &collector).withoutTextMark.nonEmpty,
            keeps: absent.union(stock.isCounted ? [] : [.stock]), columns: columnNames)
        skus.claim(found.sku, row: found.row, isShown: parent.hidden == nil)
        barcodes.claim(found.barcode, row: found.row, isShown: parent.hidden == nil)
        variants.append(Variant(found: found, hidden: parent.hidden))
    }

    mutating func finish(into collector: inout ImportCollector) {
        for variant in variants {
            if let reason = variant.hidden, !collector.options.includeUnpublished {
                collector.leaveOut(reason, row: variant.found.row)
                continue
            }
            var found = variant.found
            found.dropForeignCodes(skus: skus, barcodes: barcodes, &collector)
            collector.take(found)
        }
    }

    private func parent(_ cells: Cells, _ title: String, _ collector: inout ImportCollector) -> Parent {
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

    /// A number that is written counts, tracked or not; an empty one of an untracked variant is not counted.
    private func stock(_ cells: Cells, _ collector: inout ImportCollector) -> (pieces: Int, isCounted: Bool)?
    {
        let text = cells.text(quantity, &collector)
        guard text.isEmpty else { return cells.stock(text, quantity, &collector).map { ($0, true) } }
        let isTracked = !cells.text(tracker, &collector).isEmpty
        return isTracked ? (0, true) : (collector.options.untrackedStock, false)
    }
}
