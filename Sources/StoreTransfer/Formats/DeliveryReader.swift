import StoreDomain

/// Reads a supplier's list of what is in a delivery as its bytes come in: CSV with a header, in any order the columns of
/// a SKU or a barcode or both, of how many pieces, and of what one costs where the list says so.
///
/// Encodings, delimiters, decimal marks and codes that went through a spreadsheet are read as in a catalogue.
public struct DeliveryReader {
    private var decoder = TextDecoder()
    /// Gathers the beginning until what parts cells is known.
    private var start: FileStart? = FileStart()
    private var parser = CSVParser()
    private var rows: DeliveryRows
    private var text: [UInt8] = []

    /// - Parameter currency: the store's, which the list's costs are taken for.
    public init(currency: Currency) { rows = DeliveryRows(currency: currency) }

    public mutating func consume(_ bytes: some Sequence<UInt8>) {
        text.removeAll(keepingCapacity: true)
        decoder.decode(bytes, into: &text)
        parse()
    }

    /// The lines of the list, in its order; to be called once.
    ///
    /// - Parameter name: what the file is called.
    /// - Throws: everything that cannot be taken, with its row.
    public mutating func finish(named name: String) throws(ImportRefusal) -> DeliveryNote {
        text.removeAll(keepingCapacity: true)
        decoder.finish(into: &text)
        if let fault = decoder.fault {
            throw ImportRefusal(
                problems: [ImportProblem(row: nil, column: nil, reason: fault.reason)], count: 1)
        }
        parse()
        begin()
        parser.finish(into: &rows)
        return DeliveryNote(name: name, lines: try rows.finish())
    }

    private mutating func parse() {
        var rest = text[...]
        while let byte = rest.first, start != nil {
            rest = rest.dropFirst()
            if start?.take(byte) == true { begin() }
        }
        if start == nil { parser.consume(rest, into: &rows) }
    }

    private mutating func begin() {
        guard let begun = start else { return }
        start = nil
        let delimiter = begun.delimiter { DeliveryColumns(CSVHeader($0)) != nil }
        parser = CSVParser(delimiter: delimiter.byte)
        parser.consume(begun.bytes, into: &rows)
    }
}

/// Where a list has what; nil for a header without codes or pieces.
private struct DeliveryColumns {
    let sku, barcode, cost: CSVHeader.Column?
    let pieces: CSVHeader.Column

    private static let skuNames = [
        "sku", "code", "product code", "item code", "article", "article no", "article number", "item",
        "item no",
        "item number", "part number", "reference", "ref", "artikel", "artikelnummer", "artikel-nr",
        "art.-nr.",
        "référence", "référence article", "codice", "código", "referencia",
    ]
    private static let piecesNames =
        [
            "pieces", "delivered", "shipped", "qty shipped", "quantity shipped", "shipped qty",
            "qty delivered",
            "quantity delivered", "geliefert", "liefermenge", "anzahl", "livré", "consegnato", "entregado",
        ] + PlainCatalog.stockNames
    /// Not `price` alone, which may be what the goods are to be sold for.
    private static let costNames = [
        "cost", "unit cost", "unit_cost", "cost price", "cost per item", "purchase price", "unit price",
        "net price", "einkaufspreis", "ek", "ek-preis", "einzelpreis", "stückpreis", "prix unitaire",
        "prix d'achat",
        "prezzo unitario", "precio unitario", "inköpspris", "inkoopprijs",
    ]

    init?(_ header: CSVHeader) {
        sku = header.column(anyOf: Self.skuNames)
        barcode = header.column(anyOf: PlainCatalog.barcodeNames)
        guard let pieces = header.column(anyOf: Self.piecesNames), sku != nil || barcode != nil else {
            return nil
        }
        self.pieces = pieces
        cost = header.column(anyOf: Self.costNames)
    }

    var all: [CSVHeader.Column] { [sku, barcode, pieces, cost].compactMap(\.self) }
}

private struct DeliveryRows: CSVSink {
    /// A row whose numbers are read when the file is known: its others may show the writer's decimal mark.
    private struct Row {
        let number: Int
        let codes: [String]
        let pieces: String
        let cost: String
    }

    private let currency: Currency
    private var beginning = FirstRows()
    private var header: CSVHeader?
    private var columns: DeliveryColumns?
    private var rows: [Row] = []
    private var marks: Set<DecimalMark> = []
    private var problems: [ImportProblem] = []
    private var problemCount = 0

    init(currency: Currency) { self.currency = currency }

    private mutating func refuse(_ row: Int?, _ column: String?, _ reason: String) {
        problemCount += 1
        guard problems.count < ImportRefusal.limit else { return }
        problems.append(ImportProblem(row: row, column: column, reason: reason))
    }

    private mutating func refuse(_ row: Int, _ column: CSVHeader.Column?, _ reason: String) {
        refuse(row, column.map { "\"\($0.name)\"" }, reason)
    }

    mutating func take(_ fault: CSVFault) {
        guard header == nil || columns != nil else { return }
        refuse(fault.row, header?.label(fault.column) ?? "\(fault.column + 1)", fault.reason)
    }

    mutating func take(_ row: CSVRow) {
        guard let header else {
            beginning.take(row)
            if let first = beginning.header { begin(first) }
            return
        }
        guard let columns, row.hasText else { return }
        if let extra = (0..<row.cellCount).dropFirst(header.width).first(where: row.hasText) {
            return refuse(
                row.number, header.label(extra), "has text, but the header ends with column \(header.width)")
        }
        func text(_ column: CSVHeader.Column?) -> String? {
            guard let column else { return "" }
            return row.text(column.index).map { FormulaGuard.disarmed($0.trimmedText) }
        }
        guard let sku = text(columns.sku), let barcode = text(columns.barcode),
            let pieces = text(columns.pieces), let cost = text(columns.cost)
        else {
            return refuse(row.number, nil as String?, "is not UTF-8 text; save the file as UTF-8")
        }
        let written = [
            (columns.barcode, WrittenCode.barcode(barcode)), (columns.sku, WrittenCode.sku(sku)),
        ]
        for case (let column, .damaged(let code)) in written {
            return refuse(
                row.number, column, "\(Cells.quoted(code)) is what a spreadsheet has made of a code")
        }
        let codes = written.compactMap(\.1.code)
        guard !codes.isEmpty else { return refuse(row.number, columns.sku ?? columns.barcode, "is empty") }
        if let mark = Quantity.mark(of: pieces) { marks.insert(mark) }
        if let mark = AmountText(cost, currency: currency).mark { marks.insert(mark) }
        rows.append(Row(number: row.number, codes: codes, pieces: pieces, cost: cost))
    }

    private mutating func begin(_ row: CSVRow) {
        let header = CSVHeader(row)
        self.header = header
        guard let columns = DeliveryColumns(header) else {
            return refuse(
                row.number, nil as String?,
                "is no header of a delivery: there must be a column sku or barcode and a column quantity; one called "
                    + "cost is read, too")
        }
        for column in columns.all where header.isAmbiguous(column) {
            refuse(row.number, column, "stands there more than once")
        }
        self.columns = columns
    }

    /// The lines. A row with 0 pieces, as of what comes later, is none.
    mutating func finish() throws(ImportRefusal) -> [DeliveryNote.Line] {
        let mark = marks.count == 1 ? marks.first : nil
        var lines: [DeliveryNote.Line] = []
        for row in rows {
            let (pieces, cost) = (readPieces(row, mark), readCost(row, mark))
            guard let pieces, pieces > 0 else { continue }
            lines.append(
                DeliveryNote.Line(row: row.number, codes: row.codes, pieces: pieces, unitCost: cost))
        }
        if lines.isEmpty, problemCount == 0 {
            refuse(nil as Int?, nil as String?, header == nil ? "is empty" : "lists no goods")
        }
        guard problemCount == 0 else {
            throw ImportRefusal(
                problems: problems.sorted { ($0.row ?? 0) < ($1.row ?? 0) }, count: problemCount)
        }
        return lines
    }

    private mutating func readPieces(_ row: Row, _ mark: DecimalMark?) -> Int? {
        do throws(AmountProblem) {
            let pieces = try Quantity.pieces(typed: row.pieces, mark: mark)
            guard (0...Product.maximumStock).contains(pieces) else {
                refuse(row.number, columns?.pieces, "must be 0 to \(Product.maximumStock.grouped)")
                return nil
            }
            return pieces
        } catch {
            refuse(row.number, columns?.pieces, error.piecesMessage)
            return nil
        }
    }

    /// An empty cell says nothing of the cost; what is no cost is refused.
    private mutating func readCost(_ row: Row, _ mark: DecimalMark?) -> Money? {
        guard !row.cost.isEmpty else { return nil }
        do throws(AmountProblem) {
            let amount = try AmountText(row.cost, currency: currency).money(mark: mark)
            if (0...Product.maximumPriceMinor).contains(amount.minorUnits) { return amount }
            refuse(row.number, columns?.cost, "must be 0.00 to 99999999.99")
        } catch {
            refuse(row.number, columns?.cost, error.message)
        }
        return nil
    }
}
