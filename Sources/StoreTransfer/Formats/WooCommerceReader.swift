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
        let stock: FoundStock
    }

    private struct Sold {
        var found: FoundProduct
        let hidden: LeftOut?
        /// As the variation names it; nil for a product of its own.
        let parent: String?
        let options: [String]
        let sharesStock: Bool
        let prices: Prices
    }

    /// What a product costs, by the days of its sale.
    private struct Prices {
        let regular: Written?
        let sale: Written?
        let starts: String
        let ends: String
    }

    private let name, regularPrice: CSVHeader.Column
    private let id, type, sku, barcode, published, inStock, manageStock, stock: CSVHeader.Column?
    private let shortDescription, description: CSVHeader.Column?
    private let salePrice, saleStarts, saleEnds, categories, parent: CSVHeader.Column?
    private let attributes: [(name: CSVHeader.Column?, value: CSVHeader.Column)]
    private let columnNames: [String: String]
    private let absent: Set<ImportedField>

    private var parents: [String: Parent] = [:]
    private var sold: [Sold] = []
    /// Whether a date of the file shows that days come before months between slashes, or behind them.
    private var slashes: Set<Bool> = []

    init?(_ header: CSVHeader) {
        guard let name = header.column(anyOf: WooCommerceNames.name),
            let regularPrice = header.column(anyOf: WooCommerceNames.regularPrice), !header.has("price")
        else { return nil }
        (self.name, self.regularPrice) = (name, regularPrice)
        id = header.column(anyOf: WooCommerceNames.id)
        type = header.column(anyOf: WooCommerceNames.type)
        sku = header.column(anyOf: WooCommerceNames.sku)
        barcode = header.columns(where: WooCommerceNames.isBarcode).first
        published = header.column(anyOf: WooCommerceNames.published)
        inStock = header.column(anyOf: WooCommerceNames.inStock)
        manageStock = header.column(anyOf: WooCommerceNames.manageStock)
        stock = header.column(anyOf: WooCommerceNames.stock)
        shortDescription = header.column(anyOf: WooCommerceNames.shortDescription)
        description = header.column(anyOf: WooCommerceNames.description)
        salePrice = header.column(anyOf: WooCommerceNames.salePrice)
        saleStarts = header.column(anyOf: WooCommerceNames.saleStarts)
        saleEnds = header.column(anyOf: WooCommerceNames.saleEnds)
        categories = header.column(anyOf: WooCommerceNames.categories)
        parent = header.column(anyOf: WooCommerceNames.parent)
        let found = header.names.indices.compactMap { index in
            WooCommerceNames.attribute(CSVHeader.key(header.names[index])).map {
                ($0, CSVHeader.Column(index: index, name: header.names[index]))
            }
        }
        let byPlace = Dictionary(found) { first, _ in first }
        attributes = (1...50).compactMap { number in
            byPlace[.value(number)].map { (byPlace[.name(number)], $0) }
        }
        let named: [String: CSVHeader.Column?] = [
            "name": name, "description": description ?? shortDescription, "price": regularPrice,
            "stock": stock ?? inStock, "category": categories, "sku": sku, "barcode": barcode,
        ]
        columnNames = named.compactMapValues { $0?.name }
        absent = ImportedField.absent(from: columnNames)
    }

    var columns: [CSVHeader.Column] {
        let optional = [
            id, type, sku, barcode, published, inStock, manageStock, stock, shortDescription, description,
            salePrice, saleStarts, saleEnds, categories, parent,
        ]
        return [name, regularPrice] + optional.compactMap(\.self)
            + attributes.flatMap { [$0.name, $0.value].compactMap(\.self) }
    }

    mutating func read(_ cells: Cells, into collector: inout ImportCollector) {
        // `simple, downloadable, virtual`; without a type it is a simple product, or the variation of one.
        var types = text(cells, type, &collector).lowercased().split(separator: ",").map(\.trimmedText)
        types.removeAll { $0.isEmpty || $0 == "virtual" || $0 == "downloadable" }
        if types.isEmpty {
            types = [text(cells, parent, &collector).isEmpty ? "simple" : "variation"]
        }
        let hidden = hidden(cells, &collector)
        let row = cells.row.number
        if types.contains("variable") {
            readParent(cells, hidden, &collector)
        } else if types.contains("grouped") {
            collector.leaveOut(.grouped, row: row, title(cells, &collector))
        } else if types.contains("external") {
            collector.leaveOut(.external, row: row, title(cells, &collector))
        } else if types.contains("simple") || types.contains("variation") {
            readSold(cells, isVariation: types.contains("variation"), hidden, &collector)
        } else {
            collector.leaveOut(.otherType, row: row, title(cells, &collector))
        }
    }

    mutating func finish(into collector: inout ImportCollector) {
        var variants = FoundVariants()
        for var item in sold {
            var hidden = item.hidden
            if let parentName = item.parent {
                if let parent = parents[parentName.folded] {
                    if !item.options.isEmpty {
                        item.found.name = VariantName.name(parent.name, options: item.options)
                    }
                    if item.found.description.isEmpty { item.found.description = parent.description }
                    item.found.category = item.found.category ?? parent.category
                    hidden = hidden ?? parent.hidden
                    if item.sharesStock { item.found.stock = parent.stock.shared }
                } else {
                    collector.warn(.missingParent, row: item.found.row, item.found.name)
                }
            }
            let (price, isUnreadable) = todaysPrice(item.prices, collector.options)
            guard let price else {
                collector.leaveOut(.unpriced, row: item.found.row, item.found.name)
                continue
            }
            if isUnreadable {
                let dates = [item.prices.starts, item.prices.ends].filter { !$0.isEmpty }
                collector.warn(.unreadableDate, row: item.found.row, dates.joined(separator: " – "))
            }
            item.found.price = price
            variants.add(item.found, hidden: hidden)
        }
        variants.finish(into: &collector)
    }

    // MARK: - Rows

    private mutating func readParent(
        _ cells: Cells, _ hidden: LeftOut?, _ collector: inout ImportCollector
    ) {
        let parent = Parent(
            name: title(cells, &collector), description: descriptionText(cells, &collector),
            category: category(cells, &collector), hidden: hidden,
            stock: stockNow(cells, &collector).stock)
        for key in ["id:\(text(cells, id, &collector))", text(cells, sku, &collector)] where !key.isEmpty {
            parents[key.folded] = parent
        }
    }

    private mutating func readSold(
        _ cells: Cells, isVariation: Bool, _ hidden: LeftOut?, _ collector: inout ImportCollector
    ) {
        let idText = text(cells, id, &collector)
        let skuCode = WrittenCode.sku(text(cells, sku, &collector))
        let nameText = title(cells, &collector)
        guard let key = idText.nonEmpty ?? skuCode.code ?? (id == nil ? nameText.nonEmpty : nil) else {
            return collector.refuse(cells, id ?? sku, "is empty, and there is no SKU either")
        }
        let prices = prices(cells, &collector)
        let (stock, isShared) = stockNow(cells, &collector)
        let found = FoundProduct(
            handle: VariantName.handle("woo", [key]), row: cells.row.number, name: nameText,
            description: descriptionText(cells, &collector),
            price: prices.regular ?? Written(text: "", row: cells.row.number, column: nil), stock: stock,
            category: category(cells, &collector), sku: skuCode,
            barcode: WrittenCode.barcode(text(cells, barcode, &collector)), keeps: absent,
            columns: columnNames)
        sold.append(
            Sold(
                found: found, hidden: hidden, parent: isVariation ? text(cells, parent, &collector) : nil,
                options: isVariation ? options(cells, &collector) : [], sharesStock: isShared, prices: prices)
        )
    }

    // MARK: - Cells

    /// The text of a cell. Their exporter puts an apostrophe before what a spreadsheet would run: `'-1`.
    private func text(
        _ cells: Cells, _ column: CSVHeader.Column?, _ collector: inout ImportCollector
    ) -> String {
        FormulaGuard.disarmed(cells.text(column, &collector))
    }

    /// 1 is published, 0 private, -1 a draft, 2 waits for review; true and false are taken by their importer
    /// too, and nothing means published. Whether a catalogue lists it (`Visibility`) says nothing of its sale.
    private func hidden(_ cells: Cells, _ collector: inout ImportCollector) -> LeftOut? {
        let text = text(cells, published, &collector).lowercased()
        switch text {
        case "", "true", "yes", "publish": return nil
        case "false", "no", "draft": return .draft
        case "private": return .isPrivate
        case "pending": return .pending
        case _:
            switch Money(rounding: text, currency: .usd)?.minorUnits {
            case 100: return nil
            case 0: return .isPrivate
            case 200: return .pending
            case _: return .draft
            }
        }
    }

    private func title(_ cells: Cells, _ collector: inout ImportCollector) -> String {
        HTMLText.decodingEntities(text(cells, name, &collector))
    }

    private func descriptionText(_ cells: Cells, _ collector: inout ImportCollector) -> String {
        let long = HTMLText.plain(EscapedText.lines(text(cells, description, &collector)))
        return long.isEmpty
            ? HTMLText.plain(EscapedText.lines(text(cells, shortDescription, &collector))) : long
    }

    /// The deepest of the paths, the first of several.
    private func category(_ cells: Cells, _ collector: inout ImportCollector) -> String? {
        let text = HTMLText.decodingEntities(text(cells, categories, &collector))
        var best: (depth: Int, path: String)?
        for path in EscapedText.list(text) {
            let depth = path.split(separator: ">").count
            if let category = path.categoryPath, depth > best?.depth ?? 0 { best = (depth, category) }
        }
        return best?.path
    }

    /// Chosen attributes; `Logo: Yes` where the value alone would say nothing.
    private func options(_ cells: Cells, _ collector: inout ImportCollector) -> [String] {
        var options: [String] = []
        for attribute in attributes {
            let written = EscapedText.list(text(cells, attribute.value, &collector)).joined(separator: ", ")
            let value = HTMLText.decodingEntities(written)
            if ["yes", "no"].contains(value.lowercased()), attribute.name != nil {
                options.append("\(text(cells, attribute.name, &collector)): \(value)")
            } else if !value.isEmpty {
                options.append(value)
            }
        }
        return options
    }

    private mutating func prices(_ cells: Cells, _ collector: inout ImportCollector) -> Prices {
        func amount(_ column: CSVHeader.Column?, _ collector: inout ImportCollector) -> Written? {
            let text = text(cells, column, &collector)
            return text.isEmpty ? nil : cells.amount(text, column, &collector)
        }
        let dates = [saleStarts, saleEnds].map { text(cells, $0, &collector) }
        for date in dates where slashes.count < 2 && date.contains("/") {
            if let dayFirst = WrittenDate(date).showsDayFirst { slashes.insert(dayFirst) }
        }
        return Prices(
            regular: amount(regularPrice, &collector), sale: amount(salePrice, &collector), starts: dates[0],
            ends: dates[1])
    }

    /// What people pay today: the sale price while it runs, else the regular one. A sale whose days cannot be
    /// read, or can be two with different ends, does not run.
    private func todaysPrice(_ prices: Prices, _ options: ImportOptions) -> (Written?, isUnreadable: Bool) {
        guard let sale = prices.sale else { return (prices.regular, false) }
        func answers(
            _ text: String, _ holds: (WrittenDate.Moment, Timestamp, ShopZone) -> Bool
        ) -> Set<Bool> {
            guard !text.isEmpty else { return [true] }
            let meanings = WrittenDate(text).meanings(dayFirst: slashes.count == 1 ? slashes.first : nil)
            return Set(meanings.map { holds($0, options.now, options.zone) })
        }
        let begun = answers(prices.starts) { WrittenDate.hasBegun($0, at: $1, in: $2) }
        let open = answers(prices.ends) { WrittenDate.goesOn($0, at: $1, in: $2) }
        if begun == [false] || open == [false] { return (prices.regular, false) }
        guard begun == [true], open == [true] else { return (prices.regular, true) }
        return (sale, false)
    }

    /// A number counts. `parent` is the number of the product whose variation it is. Without one, or where the
    /// shop does not manage it, it is not known, but for what is out of stock.
    private func stockNow(_ cells: Cells, _ collector: inout ImportCollector) -> (
        stock: FoundStock, isShared: Bool
    ) {
        let written = text(cells, stock, &collector)
        if written.lowercased() == "parent" { return (.unknown, true) }
        let isManaged = !["0", "no", "false"].contains(text(cells, manageStock, &collector).lowercased())
        if isManaged, !written.isEmpty {
            return (cells.stock(written, stock, &collector, .mayBeFraction), false)
        }
        let isOut = ["0", "no", "false", "outofstock"].contains(
            text(cells, inStock, &collector).lowercased())
        return (isOut ? .none : .unknown, false)
    }
}

extension FoundStock {
    /// The same as the stock of one of several variants.
    fileprivate var shared: FoundStock {
        switch self {
        case .none, .uncounted, .unknown: self
        case .written(let places, let rules): .written(places, rules.union(.shared))
        }
    }
}

/// How WooCommerce writes what would part its cells' texts.
enum EscapedText {
    /// A list: parted by commas, a comma that belongs to an entry written `\,`.
    static func list(_ text: String) -> [String] {
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

    /// A description: a line end is written `\n`, a backslash before an `n` `\\n`; some write the tabs before
    /// tags likewise.
    static func lines(_ text: String) -> String {
        text.split(separator: "\\\\n", omittingEmptySubsequences: false)
            .map { $0.replacing("\\n", with: "\n").replacing("\\t<", with: "\t<") }
            .joined(separator: "\\n")
    }
}
