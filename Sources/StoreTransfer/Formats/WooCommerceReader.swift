import StoreDomain

/// WooCommerce's product export: one row a product or variation; a variation names its parent by SKU or
/// `id:NNN`, before or behind it.
struct WooCommerceReader: CatalogRowReader {
    static let format = CatalogFormat.woocommerce

    private struct Parent {
        let name: String
        let description: String
        let category: String?
        let hidden: LeftOut?
    }

    private struct Sold {
        var found: FoundProduct
        let hidden: LeftOut?
        /// As the variation names it; nil for a product of its own.
        let parent: String?
        let options: [String]
    }

    private let id, type, name, regularPrice: CSVHeader.Column
    private let sku, barcode, published, inStock, stock: CSVHeader.Column?
    private let shortDescription, description: CSVHeader.Column?
    private let salePrice, saleStarts, saleEnds, categories, parent: CSVHeader.Column?
    private let attributes: [(name: CSVHeader.Column, value: CSVHeader.Column)]
    private let columnNames: [String: String]
    private let absent: Set<ImportedField>

    private var parents: [String: Parent] = [:]
    private var sold: [Sold] = []
    private var skus = CodeOwners()
    private var barcodes = CodeOwners()

    init?(_ header: CSVHeader) {
        guard let id = header.column("ID"), let type = header.column("Type"),
            let name = header.column("Name"), let regularPrice = header.column("Regular price")
        else { return nil }
        (self.id, self.type, self.name, self.regularPrice) = (id, type, name, regularPrice)
        sku = header.column("SKU")
        barcode = header.column("GTIN, UPC, EAN, or ISBN")
        published = header.column("Published")
        inStock = header.column("In stock?")
        stock = header.column("Stock")
        shortDescription = header.column("Short description")
        description = header.column("Description")
        salePrice = header.column("Sale price")
        saleStarts = header.column("Date sale price starts")
        saleEnds = header.column("Date sale price ends")
        categories = header.column("Categories")
        parent = header.column("Parent")
        attributes = (1...20).compactMap { number in
            guard let name = header.column("Attribute \(number) name"),
                let value = header.column("Attribute \(number) value(s)")
            else { return nil }
            return (name, value)
        }
        let named = [
            "name": name, "description": description, "price": regularPrice, "stock": stock ?? inStock,
            "category": categories, "sku": sku, "barcode": barcode,
        ]
        columnNames = named.compactMapValues { $0?.name }
        absent = ImportedField.absent(from: columnNames)
    }

    var columns: [CSVHeader.Column] {
        let optional = [
            sku, barcode, published, inStock, stock, shortDescription, description, salePrice, saleStarts,
            saleEnds, categories, parent,
        ]
        return [id, type, name, regularPrice] + optional.compactMap(\.self)
            + attributes.flatMap { [$0.name, $0.value] }
    }

    mutating func read(_ cells: Cells, into collector: inout ImportCollector) {
        let types = cells.text(type, &collector).lowercased().split(separator: ",").map(\.trimmedText)
        let hidden = hidden(cells, &collector)
        let row = cells.row.number
        if types.contains("variable") {
            readParent(cells, hidden, &collector)
        } else if types.contains("grouped") {
            collector.leaveOut(.grouped, row: row)
        } else if types.contains("external") {
            collector.leaveOut(.external, row: row)
        } else if types.contains("simple") || types.contains("variation") {
            readSold(cells, isVariation: types.contains("variation"), hidden, &collector)
        } else {
            collector.leaveOut(.otherType, row: row)
        }
    }

    mutating func finish(into collector: inout ImportCollector) {
        for var item in sold {
            var hidden = item.hidden
            if let parentName = item.parent {
                guard let parent = parents[parentName.lowercased()] else {
                    collector.refuse(
                        row: item.found.row, column: parent.map { "\"\($0.name)\"" },
                        "\(Cells.quoted(parentName)) is no variable product of this file")
                    continue
                }
                if !item.options.isEmpty {
                    item.found.name = VariantName.name(parent.name, options: item.options)
                }
                if item.found.description.isEmpty { item.found.description = parent.description }
                item.found.category = item.found.category ?? parent.category
                hidden = hidden ?? parent.hidden
            }
            if let hidden, !collector.options.includeUnpublished {
                collector.leaveOut(hidden, row: item.found.row)
                continue
            }
            item.found.dropForeignCodes(skus: skus, barcodes: barcodes, &collector)
            collector.take(item.found)
        }
    }

    // MARK: - Rows

    private mutating func readParent(
        _ cells: Cells, _ hidden: LeftOut?, _ collector: inout ImportCollector
    ) {
        let parent = Parent(
            name: title(cells, &collector), description: text(cells, &collector),
            category: category(cells, &collector), hidden: hidden)
        for key in ["id:\(cells.text(id, &collector))", cells.text(sku, &collector)] where !key.isEmpty {
            parents[key.lowercased()] = parent
        }
    }

    private mutating func readSold(
        _ cells: Cells, isVariation: Bool, _ hidden: LeftOut?, _ collector: inout ImportCollector
    ) {
        let row = cells.row.number
        let idText = cells.text(id, &collector)
        let skuText = cells.text(sku, &collector).withoutTextMark
        guard !(idText.isEmpty && skuText.isEmpty) else {
            return collector.refuse(cells, id, "is empty, and there is no SKU either")
        }
        let (priceText, priceColumn) = todaysPrice(cells, &collector)
        guard !priceText.isEmpty else { return collector.leaveOut(.unpriced, row: row) }
        guard let price = cells.price(priceText, priceColumn, &collector),
            let stock = stockNow(cells, &collector)
        else { return }
        let found = FoundProduct(
            handle: VariantName.handle("woo", [idText.isEmpty ? skuText : idText]), row: row,
            name: title(cells, &collector), description: text(cells, &collector), price: price,
            stock: .counted(stock.pieces), category: category(cells, &collector), sku: skuText.nonEmpty,
            barcode: cells.text(barcode, &collector).withoutTextMark.nonEmpty,
            keeps: absent.union(stock.isCounted ? [] : [.stock]), columns: columnNames)
        skus.claim(found.sku, row: row, isShown: hidden == nil)
        barcodes.claim(found.barcode, row: row, isShown: hidden == nil)
        sold.append(
            Sold(
                found: found, hidden: hidden, parent: isVariation ? cells.text(parent, &collector) : nil,
                options: isVariation ? options(cells, &collector) : []))
    }

    // MARK: - Cells

    private func hidden(_ cells: Cells, _ collector: inout ImportCollector) -> LeftOut? {
        switch cells.text(published, &collector) {
        case "-1": .draft
        case "0": .isPrivate
        default: nil
        }
    }

    private func title(_ cells: Cells, _ collector: inout ImportCollector) -> String {
        HTMLText.decodingEntities(cells.text(name, &collector))
    }

    private func text(_ cells: Cells, _ collector: inout ImportCollector) -> String {
        let long = HTMLText.plain(cells.text(description, &collector))
        return long.isEmpty ? HTMLText.plain(cells.text(shortDescription, &collector)) : long
    }

    /// The deepest of the paths, the first of several.
    private func category(_ cells: Cells, _ collector: inout ImportCollector) -> String? {
        let text = HTMLText.decodingEntities(cells.text(categories, &collector))
        var best: (depth: Int, path: String)?
        for path in ListText.split(text) {
            let depth = path.split(separator: ">").count
            if let category = path.categoryPath, depth > best?.depth ?? 0 { best = (depth, category) }
        }
        return best?.path
    }

    /// Chosen attributes; `Logo: Yes` where the value alone would say nothing.
    private func options(_ cells: Cells, _ collector: inout ImportCollector) -> [String] {
        var options: [String] = []
        for attribute in attributes {
            let value = HTMLText.decodingEntities(cells.text(attribute.value, &collector))
            if ["yes", "no"].contains(value.lowercased()) {
                options.append("\(cells.text(attribute.name, &collector)): \(value)")
            } else if !value.isEmpty {
                options.append(value)
            }
        }
        return options
    }

    /// What people pay today: the sale price while it runs, else the regular one.
    private func todaysPrice(_ cells: Cells, _ collector: inout ImportCollector) -> (
        String, CSVHeader.Column?
    ) {
        let sale = cells.text(salePrice, &collector)
        let today = CivilTime(collector.options.now).dateText
        let starts = cells.text(saleStarts, &collector).prefix(10)
        let ends = cells.text(saleEnds, &collector).prefix(10)
        let runs = (starts.isEmpty || starts <= today) && (ends.isEmpty || today <= ends)
        return sale.isEmpty || !runs
            ? (cells.text(regularPrice, &collector), regularPrice) : (sale, salePrice)
    }

    /// A number counts; without one a product in stock is not counted, and one out of stock has none.
    private func stockNow(_ cells: Cells, _ collector: inout ImportCollector) -> (
        pieces: Int, isCounted: Bool
    )? {
        let text = cells.text(stock, &collector)
        guard text.isEmpty else { return cells.stock(text, stock, &collector).map { ($0, true) } }
        let isOut = cells.text(inStock, &collector) == "0"
        return isOut ? (0, true) : (collector.options.untrackedStock, false)
    }
}

/// WooCommerce's lists: parted by commas, a comma that belongs to an entry written `\,`.
enum ListText {
    static func split(_ text: String) -> [String] {
        var entries = [""]
        var isEscaped = false
        for character in text {
            if isEscaped {
                entries[entries.count - 1] += character == "," ? "," : "\\\(character)"
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "," {
                entries.append("")
            } else {
                entries[entries.count - 1].append(character)
            }
        }
        if isEscaped { entries[entries.count - 1] += "\\" }
        return entries.map(\.trimmedText).filter { !$0.isEmpty }
    }
}
