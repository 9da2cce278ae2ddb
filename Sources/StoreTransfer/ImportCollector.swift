import StoreDomain

/// Gathers what the formats find: products, and everything to be said about them.
///
/// What a number means may depend on all others of the file, so numbers are read at its end.
struct ImportCollector {
    let options: ImportOptions
    private(set) var products: [ImportedProduct] = []
    private(set) var leftOut: [LeftOut: Tally] = [:]
    private(set) var warnings: [ImportWarning: Tally] = [:]
    private(set) var problems: [ImportProblem] = []
    private(set) var problemCount = 0
    private var found: [FoundProduct] = []
    private var rowOfHandle: [String: Int] = [:]
    private var marks: Set<DecimalMark> = []

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

    mutating func leaveOut(_ reason: LeftOut, row: Int, _ text: String) {
        leftOut[reason, default: Tally()].add(row: row, text)
    }

    mutating func warn(_ warning: ImportWarning, row: Int, _ text: String = "") {
        warnings[warning, default: Tally()].add(row: row, text)
    }

    /// Hears of an amount, whether its product comes in or not: it may show the writer's decimal mark.
    mutating func hear(amount text: String) {
        if marks.count < 2, let mark = AmountText(text, currency: options.currency).mark {
            marks.insert(mark)
        }
    }

    /// Hears of a count of pieces likewise.
    mutating func hear(pieces text: String) {
        if marks.count < 2, let mark = Quantity.mark(of: text) { marks.insert(mark) }
    }

    mutating func take(_ product: FoundProduct) { found.append(product) }

    /// Reads what was taken, now that all is known.
    mutating func finish() {
        let mark = marks.count == 1 ? marks.first : nil
        for product in found { finish(product, mark) }
        found = []
    }

    /// Checks a product by the domain's rules and takes it in; a rule broken is told by the file's own
    /// column.
    private mutating func finish(_ found: FoundProduct, _ mark: DecimalMark?) {
        if let earlier = rowOfHandle.updateValue(found.row, forKey: found.handle) {
            return refuse(row: found.row, column: nil, "is the same product as row \(earlier)")
        }
        guard let price = price(found.price, mark), let stock = stock(found, mark) else { return }
        var keeps = found.keeps.subtracting([.stock])
        if !stock.isKnown { keeps.insert(.stock) }
        for field in found.damaged.keys { keeps.insert(field) }
        do throws(StoreError) {
            let draft = try ProductDraft(
                name: found.name, description: found.description, price: price, stock: stock.stock,
                category: found.category, sku: found.sku.code, barcode: found.barcode.code)
            products.append(
                ImportedProduct(
                    handle: found.handle, draft: draft, row: found.row, keeps: keeps, damaged: found.damaged))
            for code in [found.sku, found.barcode] {
                if case .repaired(let text) = code { warn(.repairedCode, row: found.row, text) }
            }
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

    /// An amount, exact or (with a warning) rounded to the minor unit; nil, and refused, when it is none.
    private mutating func price(_ written: Written, _ mark: DecimalMark?) -> Money? {
        let amount = AmountText(written.text, currency: options.currency)
        if amount.isAmbiguous { warnOfMark(mark, written) }
        do throws(AmountProblem) {
            return try amount.money(mark: mark)
        } catch {
            switch error.reason {
            case .tooFine:
                if let rounded = try? amount.roundedMoney(mark: mark) {
                    warn(.roundedPrice, row: written.row, written.text)
                    return rounded
                }
            // As programs write very small and very large numbers: 9.9e1.
            case .notANumber:
                if let rounded = Money(rounding: written.text, currency: options.currency) { return rounded }
            case .twoReadings, .otherCurrency, .outOfRange: break
            }
            refuse(row: written.row, column: written.column, error.message)
            return nil
        }
    }

    private mutating func warnOfMark(_ mark: DecimalMark?, _ written: Written) {
        switch mark {
        case .comma: warn(.decimalComma, row: written.row, written.text)
        case .point: warn(.decimalPoint, row: written.row, written.text)
        case nil: break
        }
    }

    /// What a new product gets: a count as it is written, one that is not known as the options say; nil, and
    /// refused, when what is written is no count.
    private mutating func stock(_ found: FoundProduct, _ mark: DecimalMark?) -> (stock: Stock, isKnown: Bool)?
    {
        switch found.stock {
        case .none: return (.counted(0), true)
        case .uncounted: return (.untracked, true)
        case .unknown:
            warn(options.untrackedStock == nil ? .untracked : .stockGiven, row: found.row, found.name)
            return (options.untrackedStock.map(Stock.counted) ?? .untracked, false)
        case .written(let places, let rules):
            var pieces = 0
            for written in places {
                guard let count = count(written, rules, mark) else { return nil }
                pieces += max(-Product.maximumStock, min(count, Product.maximumStock + 1))
            }
            guard let row = places.first?.row else { return (.counted(0), true) }
            if pieces < 0 { warn(.negativeStock, row: row, String(pieces)) }
            if rules.contains(.shared) { warn(.sharedStock, row: found.row, found.name) }
            if places.count > 1 { warn(.severalLocations, row: row, found.name) }
            return (.counted(max(0, pieces)), true)
        }
    }

    private mutating func count(_ written: Written, _ rules: FoundStock.Rules, _ mark: DecimalMark?) -> Int? {
        do throws(AmountProblem) {
            let count = try Quantity.pieces(typed: written.text, mark: mark)
            if (try? Quantity.pieces(typed: written.text)) == nil { warnOfMark(mark, written) }
            return count
        } catch {
            if rules.contains(.mayBeFraction), let floor = Quantity.wholePieces(of: written.text) {
                warn(.roundedStock, row: written.row, written.text)
                return floor
            }
            refuse(row: written.row, column: written.column, error.piecesMessage)
            return nil
        }
    }
}

/// A cell that is read later, and where it stands.
struct Written: Hashable {
    let text: String
    let row: Int
    /// As messages call it.
    let column: String?
}

/// What a file says of a stock.
enum FoundStock: Hashable {
    /// There is none left.
    case none
    /// The file says that nobody counts it, and means this shop too.
    case uncounted
    /// It does not say, or its shop does not count it.
    case unknown
    /// A number, or one at each of several places.
    case written([Written], Rules)

    struct Rules: OptionSet, Hashable {
        let rawValue: Int
        /// It is the stock of all variants together.
        static let shared = Rules(rawValue: 1)
        /// Its shop may count parts of pieces.
        static let mayBeFraction = Rules(rawValue: 2)
    }
}

/// A product as a format found it, before the domain's rules.
struct FoundProduct {
    var handle: String
    var row: Int
    var name: String
    var description = ""
    var price: Written
    var stock: FoundStock = .unknown
    var category: String?
    var sku: WrittenCode = .none
    var barcode: WrittenCode = .none
    /// What a known product keeps whatever stands here.
    var keeps: Set<ImportedField> = []
    /// The file's column for each of `ProductDraft`'s field names.
    var columns: [String: String] = [:]

    /// Codes that a spreadsheet has taken digits from.
    var damaged: [ImportedField: String] {
        var damaged: [ImportedField: String] = [:]
        if case .damaged(let text) = sku { damaged[.sku] = text }
        if case .damaged(let text) = barcode { damaged[.barcode] = text }
        return damaged
    }
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

    /// A cell that is read when the file is known, as an amount.
    func amount(_ text: String, _ column: CSVHeader.Column?, _ collector: inout ImportCollector) -> Written {
        collector.hear(amount: text)
        return Written(text: text, row: row.number, column: column.map { "\"\($0.name)\"" })
    }

    /// A cell that is read when the file is known, as a count of pieces; unknown where it is empty.
    func stock(
        _ text: String, _ column: CSVHeader.Column?, _ collector: inout ImportCollector,
        _ rules: FoundStock.Rules = []
    ) -> FoundStock {
        guard !text.isEmpty else { return .unknown }
        collector.hear(pieces: text)
        return .written(
            [Written(text: text, row: row.number, column: column.map { "\"\($0.name)\"" })], rules)
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
}
