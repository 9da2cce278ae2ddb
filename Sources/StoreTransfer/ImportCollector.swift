import StoreDomain

/// Gathers what the formats find: products, and everything to be said about them.
struct ImportCollector {
    let options: ImportOptions
    private(set) var products: [ImportedProduct] = []
    private(set) var leftOut: [LeftOut: Tally] = [:]
    private(set) var warnings: [ImportWarning: Tally] = [:]
    private(set) var problems: [ImportProblem] = []
    private(set) var problemCount = 0
    private var rowOfHandle: [String: Int] = [:]

    init(options: ImportOptions) { self.options = options }

    mutating func refuse(row: Int?, column: String?, _ reason: String) {
        problemCount += 1
        if problems.count < ImportRefusal.limit {
            problems.append(ImportProblem(row: row, column: column, reason: reason))
        }
    }

    mutating func refuse(_ cells: Cells, _ column: CSVHeader.Column?, _ reason: String) {
        refuse(row: cells.row.number, column: column.map { "\"\($0.name)\"" }, reason)
    }

    mutating func leaveOut(_ reason: LeftOut, row: Int) { leftOut[reason, default: Tally()].add(row: row) }
    mutating func warn(_ warning: ImportWarning, row: Int) {
        warnings[warning, default: Tally()].add(row: row)
    }

    /// Checks a product by the domain's rules and takes it in; a rule broken is told by the file's own
    /// column.
    mutating func take(_ found: FoundProduct) {
        if let earlier = rowOfHandle.updateValue(found.row, forKey: found.handle) {
            refuse(row: found.row, column: nil, "is the same product as row \(earlier)")
            return
        }
        do throws(StoreError) {
            let draft = try ProductDraft(
                name: found.name, description: found.description, price: found.price, stock: found.stock,
                category: found.category, sku: found.sku, barcode: found.barcode)
            products.append(
                ImportedProduct(handle: found.handle, draft: draft, row: found.row, keeps: found.keeps))
        } catch {
            guard case .invalid(let fields) = error else {
                return refuse(row: found.row, column: nil, error.message)
            }
            for field in fields {
                refuse(
                    row: found.row, column: "\"\(found.columns[field.field] ?? field.field)\"", field.reason)
            }
        }
    }
}

/// A product as a format found it, before the domain's rules.
struct FoundProduct {
    var handle: String
    var row: Int
    var name: String
    var description = ""
    var price: Money
    var stock: Stock = .counted(0)
    var category: String?
    var sku: String?
    var barcode: String?
    /// What a known product keeps whatever stands here.
    var keeps: Set<ImportedField> = []
    /// The file's column for each of `ProductDraft`'s field names.
    var columns: [String: String] = [:]
}

/// The cells of one row, by column.
struct Cells {
    let row: CSVRow

    /// The cell's text without white space at its ends; empty for a column that the file does not have.
    /// `untrimmed` keeps the white space.
    func text(
        _ column: CSVHeader.Column?, untrimmed: Bool = false, _ collector: inout ImportCollector
    ) -> String {
        guard let column else { return "" }
        guard let text = row.text(column.index) else {
            collector.refuse(self, column, "is not UTF-8 text; save the file as UTF-8")
            return ""
        }
        return untrimmed ? text : text.trimmedText
    }

    /// An amount, exact or (with a warning) rounded to the minor unit; nil, and refused, when it is none.
    func price(_ text: String, _ column: CSVHeader.Column?, _ collector: inout ImportCollector) -> Money? {
        let amount = AmountText(text, currency: collector.options.currency)
        if let price = try? amount.money() { return price }
        guard !amount.isAmbiguous else {
            collector.refuse(self, column, "\(Cells.quoted(text)) can be read in two ways")
            return nil
        }
        if let price = Money(rounding: text, currency: collector.options.currency) {
            collector.warn(.roundedPrice, row: row.number)
            return price
        }
        collector.refuse(self, column, text.isEmpty ? "is empty" : "\(Cells.quoted(text)) is not an amount")
        return nil
    }

    /// A whole number of pieces, a negative one (with a warning) as 0; nil, and refused, when it is none.
    func stock(_ text: String, _ column: CSVHeader.Column?, _ collector: inout ImportCollector) -> Int? {
        // 12, and 12.0 or 12.000 as some exports write it.
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let isWhole = parts.count == 1 || parts[1].allSatisfy { $0 == "0" }
        guard isWhole, let whole = parts.first, let stock = Int(whole) else {
            collector.refuse(self, column, "\(Cells.quoted(text)) is not a whole number")
            return nil
        }
        if stock < 0 { collector.warn(.negativeStock, row: row.number) }
        return max(0, stock)
    }

    /// The text in quotes, cut when long.
    static func quoted(_ text: String) -> String {
        "\"\(text.count > 40 ? text.prefix(39) + "…" : text[...])\""
    }
}

extension ImportedField {
    /// The fields that a file has no column for, `columns` being `FoundProduct.columns`.
    static func absent(from columns: [String: String]) -> Set<ImportedField> {
        Set(allCases.filter { columns[$0.name] == nil })
    }

    private var name: String {
        switch self {
        case .description: "description"
        case .stock: "stock"
        case .category: "category"
        case .sku: "sku"
        case .barcode: "barcode"
        }
    }
}
